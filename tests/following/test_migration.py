"""A record of the first form, with data in it, is brought forward."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from musnad.model import Page
from musnad.record import Record
from musnad.record.following import Following
from musnad.run import read
from tests.record.first_form import take_back


def test_a_record_of_the_first_form(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    page = Page("<h1>خبر</h1><p>قال الوزير سالم الكعبي إن الجسر اكتمل.</p>".encode(), "a", "https://madar.example/1")
    with Record.open(path, create=True) as record:
        record.add(page, read(page))
    take_back(path)
    with Record.open(path) as record:
        assert list(record.addresses()) == ["https://madar.example/1"]
        assert record.verify().problems == ()
        now = datetime(2022, 2, 28, tzinfo=UTC)
        Following(record).add("https://madar.example/rss", "madar.example/rss", "madar.example", now=now)
        assert [feed.address for feed in Following(record).feeds()] == ["https://madar.example/rss"]
        assert Following(record).remove("madar.example/rss") is not None
        assert Following(record).feeds() == ()
