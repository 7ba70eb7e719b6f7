"""A site on the loopback address, a record, and runs that look once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from musnad.feeds import host_of, key_of
from musnad.record import Record
from musnad.record.following import Due, Followed, Following
from musnad.run.following import Happened, Plan, RecordWork, follow
from musnad.settings import Settings
from tests.fetch.conftest import Reply, Site

START = datetime(2022, 2, 28, 8, tzinfo=UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def article(words: str, head: str = "") -> Reply:
    body = (
        f"<!doctype html><html lang=ar><head><title>ت</title>{head}</head><article><h1>خبر الجسر الجديد في المدينة</h1>"
    )
    return Reply(f"{body}<p>قال الوزير سالم الكعبي إن {words}.</p></article></html>".encode(), headers=dict(HTML))


def rss(*paths: str, date: str = "Mon, 28 Feb 2022 07:00:00 GMT") -> Reply:
    items = "".join(f"<item><title>خبر</title><link>{path}</link><pubDate>{date}</pubDate></item>" for path in paths)
    body = f"<rss><channel><title>المدار</title>{items}</channel></rss>"
    return Reply(body.encode(), headers={"Content-Type": "application/rss+xml"})


class Desk:
    """Somebody who follows feeds into a record, with a clock that the test sets."""

    def __init__(self, record: Record, site: Site) -> None:
        self.record, self.site, self.now = record, site, START
        self.following = Following(record)
        self.settings = Settings(
            allow_private=True, fetch_timeout=1.0, fetch_deadline=2.0, fetch_pause=0.0, max_page_bytes=200_000
        )

    def add(self, path: str) -> Followed:
        address = path if path.startswith("http") else self.site.url + path
        return self.following.add(address, key_of(address), host_of(address), now=self.now)

    def look(self, *, after: timedelta = timedelta(0), clock: Callable[[], datetime] | None = None) -> list[Happened]:
        """Look once, so much later; what happened."""
        self.now += after
        due = Due(once_since=self.now)
        ticks = iter(range(1, 1_000_000))

        def tick() -> datetime:
            return self.now + timedelta(microseconds=next(ticks))

        work = RecordWork(self.record, due, now=clock or tick)
        plan = Plan(chance=lambda: 0.5)
        run = follow(work, settings=self.settings, plan=plan, once=True, jobs=2, now=clock or tick)
        return [happened for happened in run if happened is not None]

    def row(self, path: str) -> Followed:
        with self.record.reading() as connection:
            from sqlalchemy import select

            from musnad.record.schema import followed

            rows = connection.execute(select(followed).where(followed.c.address == self.site.url + path))
            return Followed(**rows.one()._mapping)

    def kept(self) -> list[str]:
        return [address.removeprefix(self.site.url) for address in self.record.addresses()]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    site = Site()
    with Record.open(tmp_path / "record.sqlite", create=True) as record:
        yield Desk(record, site)
    site.server.shutdown()
    site.server.server_close()
