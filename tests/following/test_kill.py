"""Following, killed at any moment: the record opens and is whole, and the next run ends where an undisturbed one does."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from musnad.record import Record
from musnad.replay import Day, Server

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MOMENTS = 20
LONGEST = 60.0
ENVIRONMENT = {**os.environ, "MUSNAD_FETCH_PAUSE": "0"}


def command(server: Server, record: Path) -> list[str]:
    feeds = [server.url + path for path in ("/feeds/rss.xml", "/feeds/atom.xml", "/pages/live-blog.html")]
    options = ["--once", "--allow-private", "--format", "jsonl", "--record", str(record)]
    return [sys.executable, "-m", "musnad", "follow", *feeds, *options]


def killed(arguments: list[str], after: float) -> list[tuple[str, str]]:
    """What was acknowledged until the kill: addresses and digests."""
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT) as child:
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
        assert child.stdout
        told = child.stdout.read()
    pages = [json.loads(line)["page"] for line in told[: told.rfind(b"\n") + 1].splitlines()]
    return [(page["address"], page["digest"]) for page in pages if page]


def content(record: Path) -> set[tuple[str, str]]:
    with Record.open(record) as held:
        assert held.verify().problems == ()
        return {(address, one.digest) for address in held.addresses() for one in held.versions(address)}


def test_killed_at_any_moment_nothing_is_lost_or_half_there(tmp_path: Path) -> None:
    chance = random.Random(int(os.environ.get("MUSNAD_SEED", "20220228")))
    start = datetime(2022, 2, 28, tzinfo=UTC)
    with Server(Day(str(EXAMPLES), seconds=60, start=start), now=lambda: start + timedelta(seconds=60)) as server:
        began = time.monotonic()
        subprocess.run(
            command(server, tmp_path / "whole.sqlite"), check=True, capture_output=True, env=ENVIRONMENT, timeout=60
        )
        took = time.monotonic() - began
        whole = content(tmp_path / "whole.sqlite")
        assert len(whole) == 17
        moments = 0
        began = time.monotonic()
        while moments < MOMENTS and time.monotonic() - began < LONGEST:
            record = tmp_path / f"{moments // 4}.sqlite"  # some are killed again and again
            acknowledged = set(killed(command(server, record), chance.uniform(0.2, took)))
            if record.exists():
                with Record.open(record, create=True) as held:
                    assert held.verify().problems == ()
                    assert {address for address, _ in acknowledged} <= set(held.addresses())
            moments += 1
        assert moments >= MOMENTS // 3, "the machine is too busy to try often enough"
        for number in range((moments + 3) // 4):
            record = tmp_path / f"{number}.sqlite"
            subprocess.run(command(server, record), check=True, capture_output=True, env=ENVIRONMENT, timeout=60)
            assert content(record) == whole
