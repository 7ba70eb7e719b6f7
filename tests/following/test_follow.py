"""What is followed into a record: what is fetched, when, and what is not."""

from __future__ import annotations

from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from musnad.errors import BusyRecord
from musnad.run.following import alone
from tests.fetch.conftest import Reply
from tests.following.conftest import START, Desk, article, rss

LATER = timedelta(minutes=11)


def outcomes(desk: Desk, after: timedelta = timedelta(0)) -> list[str]:
    return sorted(happened.added.outcome for happened in desk.look(after=after) if happened.added)


def test_what_is_new_is_kept_and_nothing_twice(desk: Desk) -> None:
    desk.site.replies |= {
        "/rss": rss("/n/1?utm_source=rss", "/n/2", "/n/1#top"),
        "/n/1": article("الجسر اكتمل"),
        "/n/2": article("النفق تأخر"),
    }
    desk.add("/rss")
    assert outcomes(desk) == ["new", "new"]
    assert sorted(desk.kept()) == ["/n/1", "/n/2"]
    desk.site.asked.clear()
    assert outcomes(desk, timedelta(minutes=5)) == []
    assert desk.site.asked == ["/robots.txt", "/rss"]  # articles are young, but not due yet
    assert desk.record.verify().problems == ()


def test_a_changed_article_is_a_version_and_visits_grow_apart(desk: Desk) -> None:
    desk.site.replies |= {"/rss": rss("/n/1"), "/n/1": article("الجسر اكتمل")}
    desk.add("/rss")
    desk.look()
    desk.site.replies["/n/1"] = article("الجسر لم يكتمل")
    assert outcomes(desk, LATER) == ["changed"]
    assert len(desk.record.versions(desk.site.url + "/n/1")) == 2
    steps = []
    for _ in range(8):
        row = desk.row("/n/1")
        if row.due_at is None:
            break
        steps.append((row.due_at - desk.now).total_seconds() / 60)
        desk.look(after=row.due_at - desk.now + timedelta(seconds=1))
    assert [round(step) for step in steps] == [10, 30, 120, 360, 1440, 4320]
    assert desk.row("/n/1").state == "done"


def test_nothing_is_sent_where_nothing_changed(desk: Desk) -> None:
    given: list[tuple[str | None, str | None]] = []

    def validated(handler: BaseHTTPRequestHandler) -> Reply:
        given.append((handler.headers["If-None-Match"], handler.headers["If-Modified-Since"]))
        headers = {
            "Content-Type": "application/rss+xml",
            "ETag": 'W/"1"',
            "Last-Modified": "Mon, 28 Feb 2022 07:00:00 GMT",
        }
        return Reply(b"", 304, headers) if given[-1][0] else Reply(rss("/n/1").body, headers=headers)

    desk.site.replies |= {"/rss": validated, "/n/1": article("الجسر اكتمل")}
    desk.add("/rss")
    desk.look()
    desk.look(after=LATER)
    assert given == [(None, None), ('W/"1"', "Mon, 28 Feb 2022 07:00:00 GMT")]
    assert desk.row("/rss").seen_at is not None
    assert desk.row("/rss").seen_at > START + timedelta(minutes=10)  # type: ignore[operator]


def test_moved_and_gone(desk: Desk) -> None:
    desk.site.replies |= {
        "/old": Reply(b"", 301, {"Location": "/rss"}),
        "/rss": rss("/n/1"),
        "/n/1": article("الجسر اكتمل"),
    }
    desk.add("/old")
    assert any("moved for good" in note for happened in desk.look() for note in happened.notes)
    desk.site.asked.clear()
    desk.site.replies["/rss"] = Reply(b"", 410)
    [told] = [happened for happened in desk.look(after=timedelta(minutes=6)) if happened.error]
    assert "410" in str(told.error)
    assert desk.site.asked == ["/robots.txt", "/rss"]
    desk.site.asked.clear()
    assert desk.look(after=timedelta(days=9)) or desk.site.asked
    assert "/rss" not in desk.site.asked
    assert desk.kept() == ["/n/1"]


def test_a_withdrawn_article_is_told_and_its_versions_stay(desk: Desk) -> None:
    desk.site.replies |= {"/rss": rss("/n/1"), "/n/1": article("الجسر اكتمل")}
    desk.add("/rss")
    desk.look()
    desk.site.replies["/n/1"] = Reply(b"", 410)
    assert any("withdrawn" in note for happened in desk.look(after=LATER) for note in happened.notes)
    assert desk.row("/n/1").state == "gone"
    assert len(desk.record.versions(desk.site.url + "/n/1")) == 1


@pytest.mark.parametrize("claimed", ["https://other.example/n/1", "http://127.0.0.1:1/n/1", "/"])
def test_no_page_speaks_for_another_host(desk: Desk, claimed: str) -> None:
    desk.site.replies |= {"/rss": rss("/n/1"), "/n/1": article("الجسر اكتمل", f"<link rel=canonical href='{claimed}'>")}
    desk.add("/rss")
    desk.look()
    assert desk.kept() == ["/n/1"]


def test_addresses_of_one_article_are_one(desk: Desk) -> None:
    head = "<link rel=canonical href='/n/1'>"
    desk.site.replies |= {
        "/rss": rss("/n/1", "/short"),
        "/n/1": article("الجسر اكتمل", head),
        "/short": article("الجسر اكتمل", head),
    }
    desk.add("/rss")
    desk.look()
    assert desk.kept() == ["/n/1"]
    assert desk.row("/short").state == "same"


def test_a_live_page_is_looked_at_as_long_as_it_changes(desk: Desk) -> None:
    live = '<script type="application/ld+json">{"@type":"LiveBlogPosting"}</script>'
    desk.add("/live")
    for number in range(4):
        desk.site.replies["/live"] = article(f"الجسر رقم {number} اكتمل", live)
        desk.look(after=timedelta(minutes=6))
    assert len(desk.record.versions(desk.site.url + "/live")) == 4
    assert desk.row("/live").kind == "live"


def test_a_clock_that_goes_back(desk: Desk) -> None:
    desk.site.replies |= {"/rss": rss("/n/1"), "/n/1": article("الجسر اكتمل")}
    desk.add("/rss")
    desk.look()
    desk.site.replies["/n/1"] = article("الجسر لم يكتمل")
    desk.look(after=timedelta(days=-400))
    first, second = desk.record.versions(desk.site.url + "/n/1")
    assert first.seen_at < second.seen_at
    assert desk.record.verify().problems == ()


def test_one_at_a_time_on_a_file(desk: Desk) -> None:
    with alone(desk.record.path), pytest.raises(BusyRecord, match="another `musnad follow`"), alone(desk.record.path):
        pass
    with alone(desk.record.path):
        pass


def test_a_busy_host_is_left_alone_and_robots_are_heard(desk: Desk) -> None:
    desk.site.replies |= {
        "/robots.txt": Reply(
            b"User-agent: *\nDisallow: /secret\nCrawl-delay: 2", headers={"Content-Type": "text/plain"}
        ),
        "/rss": rss("/secret/1"),
    }
    desk.add("/rss")
    clock = iter(START + timedelta(seconds=second) for second in range(0, 100_000, 3))
    told = desk.look(clock=lambda: next(clock))
    assert [happened for happened in told if happened.error and "robots.txt" in str(happened.error)]
    assert "/secret/1" not in desk.site.asked
