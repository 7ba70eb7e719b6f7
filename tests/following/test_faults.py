"""Feeds and servers that misbehave: each is told, nothing is lost, and the rest goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from musnad.record import Record
from tests.fetch.conftest import Reply, Site
from tests.following.conftest import START, Desk, article, rss

XML = {"Content-Type": "text/xml"}
BOMB = (
    b"<!DOCTYPE r [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><rss><channel><item><title>&b;</title></item></channel></rss>"
)


def to(location: str) -> Reply:
    return Reply(b"", 302, {"Location": location})


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"<rss><channel><it", headers=XML), "no well-formed XML"),
        (Reply(BOMB, headers=XML), "declares entities"),
        (Reply(b"%PDF-1.7", headers={"Content-Type": "application/pdf"}), "neither a feed nor a page"),
        (Reply(b"x" * 300_000, headers=XML), "larger than the limit"),
        (Reply([b"<rss>"] * 50, headers=XML, pause=0.1), "not done within"),
        (Reply([b"<rss>"], headers={**XML, "Content-Length": "999"}), "broke off"),
        (Reply(b"", headers=XML), "empty"),
        (Reply(b"", 404), "404"),
        (Reply(b"", 500), "500"),
        (Reply(b"", 429), "429"),
        (to("/bad"), "in a ring"),
        (to("file:///etc/passwd"), "only http and https"),
        (to("ftp://x.example/"), "only http and https"),
    ],
)
def test_a_bad_feed_is_told_and_the_others_go_on(desk: Desk, reply: Reply, said: str) -> None:
    other = Site()
    try:
        other.replies |= {"/rss": rss("/n/1"), "/n/1": article("الجسر اكتمل")}
        desk.site.replies["/bad"] = reply
        desk.add("/bad")
        desk.add(other.url + "/rss")
        happened = desk.look()
        assert [one for one in happened if one.error and said in str(one.error)]
        assert list(desk.record.addresses()) == [other.url + "/n/1"]
        row = desk.row("/bad")
        assert (row.failures, row.state) == (1, "on")
        assert row.due_at is not None
        assert row.due_at > START
    finally:
        other.server.shutdown()
        other.server.server_close()


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120),
        (format_datetime(START + timedelta(days=2), usegmt=True), 0),
        ("99999999999999", 22.5),  # no number that anybody means: as if it did not ask
        ("999999999", 86_400),
        ("-5", 22.5),
        ("soon", 22.5),
    ],
)
def test_retry_after_is_heard_within_reason(desk: Desk, asked: str, seconds: float) -> None:
    desk.site.replies |= {"/a": Reply(b"", 503, {"Retry-After": asked}), "/b": rss()}
    desk.add("/a")
    desk.add("/b")
    desk.look()
    row = desk.row("/a")
    assert row.due_at is not None
    assert (row.due_at - START).total_seconds() == pytest.approx(max(seconds, 22.5), abs=1)
    if seconds > 10:
        assert "/b" not in desk.site.asked  # the host is left alone, not only the address


def test_dates_that_change_their_mind_cost_one_request(desk: Desk) -> None:
    desk.site.replies["/n/1"] = article("الجسر اكتمل")
    desk.add("/atom")
    for minute in range(0, 30, 6):
        entry = f"<entry><link href='/n/1'/><updated>2022-02-28T08:{minute:02d}:00Z</updated></entry>"
        desk.site.replies["/atom"] = Reply(f"<feed>{entry}</feed>".encode(), headers=XML)
        desk.look(after=timedelta(minutes=6))
    assert desk.site.asked.count("/n/1") <= 4
    assert desk.row("/n/1").misled
    assert len(desk.record.versions(desk.site.url + "/n/1")) == 1


def test_private_addresses_in_a_feed(desk: Desk) -> None:
    from dataclasses import replace

    desk.site.replies |= {
        "/rss": rss("http://10.0.0.1/x", "http://[::1]/x", "javascript:alert(1)", "file:///etc/passwd", "/n/1")
    }
    desk.add("/rss")
    allowed = desk.settings
    desk.following.add("http://10.0.0.1/feed", "10.0.0.1/feed", "10.0.0.1", now=desk.now)
    desk.settings = replace(allowed, allow_private=False)
    told = [str(one.error) for one in desk.look() if one.error]
    assert any("10.0.0.1" in words and "not public" in words for words in told)
    assert desk.site.asked == []  # the loopback address neither
    assert desk.kept() == []


def test_nothing_of_html_or_controls_reaches_a_terminal(desk: Desk) -> None:
    from musnad.feeds import look
    from musnad.model import Page

    body = "<rss><channel><item><title>&lt;script&gt;x&lt;/script&gt;خبر\x1b[31m&#27;[2J</title><link>http://a.example/1</link></item></channel></rss>"
    [item] = look(Page(body.encode(), "x", "http://a.example/")).items
    assert item.title.startswith("خبر")
    assert item.title.isprintable()
    assert "<" not in item.title


def test_a_disk_that_fills(desk: Desk, tmp_path: Path) -> None:
    paths = [f"/n/{number}" for number in range(30)]
    desk.site.replies["/rss"] = rss(*paths)
    desk.site.replies |= {path: article(os.urandom(20_000).hex()) for path in paths}
    record = tmp_path / "small.sqlite"
    command = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000)); import signal; "
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from musnad.cli import main; sys.exit(main())"
    )
    options = [f"{desk.site.url}/rss", "--once", "--allow-private", "--record", str(record)]
    environment = {**os.environ, "MUSNAD_FETCH_PAUSE": "0"}
    run = subprocess.run(
        [sys.executable, "-c", command, "follow", *options, "--format", "jsonl"],
        capture_output=True, text=True, env=environment, timeout=240, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert "Traceback" not in run.stderr
    acknowledged = run.stdout.count('"outcome": "new"')
    assert acknowledged
    with Record.open(record) as held:
        assert held.verify().problems == ()
        assert len(list(held.addresses())) == acknowledged
    subprocess.run(
        [sys.executable, "-m", "musnad", "follow", *options],
        capture_output=True,
        env=environment,
        timeout=240,
        check=True,
    )
    with Record.open(record) as held:
        assert len(list(held.addresses())) == len(paths)
