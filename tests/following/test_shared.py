"""Two processes follow into one record on a server, and one is killed: nothing is lost, and nothing is done twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from musnad.record import Record
from musnad.replay import Day, Server
from tests.following.test_kill import ENVIRONMENT, EXAMPLES
from tests.record.conftest import address, server

__all__ = ["address", "server"]


def command(site: Server, record: str) -> list[str]:
    feeds = [site.url + path for path in ("/feeds/rss.xml", "/feeds/atom.xml", "/pages/live-blog.html")]
    return [
        sys.executable, "-m", "musnad", "follow", *feeds,
        "--once", "--allow-private", "--jobs", "1", "--format", "jsonl", "--record", record,
    ]  # fmt: skip


def kept(told: bytes) -> list[tuple[str, str]]:
    """What was acknowledged: addresses and digests."""
    pages = [json.loads(line)["page"] for line in told[: told.rfind(b"\n") + 1].splitlines()]
    return [(page["address"], page["digest"]) for page in pages if page]


def test_two_follow_and_one_is_killed(address: str) -> None:
    start = datetime(2022, 2, 28, tzinfo=UTC)
    Record.open(address, create=True).close()
    with Server(Day(str(EXAMPLES), seconds=60, start=start), now=lambda: start + timedelta(seconds=60)) as site:
        first = subprocess.Popen(command(site, address), stdout=subprocess.PIPE, env=ENVIRONMENT)
        second = subprocess.Popen(command(site, address), stdout=subprocess.PIPE, env=ENVIRONMENT)
        assert first.stdout
        told = b""
        while not kept(told) and (line := first.stdout.readline()):  # so that there is something that could be lost
            told += line
        first.send_signal(signal.SIGKILL)
        told += first.communicate(timeout=60)[0]
        rest, _ = second.communicate(timeout=120)
        assert second.returncode == 0
        subprocess.run(command(site, address), check=True, env=ENVIRONMENT, timeout=60, stdout=subprocess.DEVNULL)
    one, other = kept(told), kept(rest)
    assert one, "the first was killed before it had kept anything"
    assert other, "the second had nothing left to do"
    assert len({*one, *other}) == len(one) + len(other), "nothing twice"
    with Record.open(address) as record:
        assert record.verify().problems == ()
        held = [(place, version.digest) for place in record.addresses() for version in record.versions(place)]
        assert len(held) == len(set(held)) == 17
        assert {*one, *other} <= set(held), "nothing lost"
