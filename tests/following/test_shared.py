"""Two processes follow into one record on a server, and one is killed: nothing is lost, and nothing is done twice."""

from __future__ import annotations

import json
import selectors
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


def first_to_keep(processes: list[subprocess.Popen[bytes]]) -> tuple[subprocess.Popen[bytes], bytes]:
    """The first process that says that it kept a page, and what it has said: which of them has the host first is chance."""
    with selectors.DefaultSelector() as selector:
        for process in processes:
            assert process.stdout is not None
            selector.register(process.stdout, selectors.EVENT_READ, process)
        told = {process.pid: b"" for process in processes}
        while selector.get_map() and (ready := selector.select(timeout=60)):
            process = ready[0][0].data
            line = process.stdout.readline()
            if not line:  # it has ended
                selector.unregister(process.stdout)
            told[process.pid] += line
            if kept(told[process.pid]):
                return process, told[process.pid]
    raise AssertionError("neither kept anything in a minute")


def test_two_follow_and_one_is_killed(address: str) -> None:
    start = datetime(2022, 2, 28, tzinfo=UTC)
    Record.open(address, create=True).close()
    with Server(Day(str(EXAMPLES), seconds=60, start=start), now=lambda: start + timedelta(seconds=60)) as site:
        both = [
            subprocess.Popen(command(site, address), stdout=subprocess.PIPE, env=ENVIRONMENT, bufsize=0) for _ in "12"
        ]
        killed, told = first_to_keep(both)
        killed.send_signal(signal.SIGKILL)
        told += killed.communicate(timeout=60)[0]
        [survivor] = [process for process in both if process is not killed]
        rest, _ = survivor.communicate(timeout=120)
        assert survivor.returncode == 0
        subprocess.run(command(site, address), check=True, env=ENVIRONMENT, timeout=60, stdout=subprocess.DEVNULL)
    one, other = kept(told), kept(rest)
    assert one, "it was killed before it had kept anything"
    assert other, "the other had nothing left to do"
    assert len({*one, *other}) == len(one) + len(other), "nothing twice"
    with Record.open(address) as record:
        assert record.verify().problems == ()
        held = [(place, version.digest) for place in record.addresses() for version in record.versions(place)]
        assert len(held) == len(set(held)) == 17
        assert {*one, *other} <= set(held), "nothing lost"
