"""A service that follows feeds besides."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from musnad.cli.alongside import Alongside
from musnad.cli.serve import follow_arguments
from musnad.errors import UsageError
from musnad.replay import Day, Server

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ENVIRONMENT = {**os.environ, "MUSNAD_FETCH_PAUSE": "0"}


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], httpx.Client]]:
    """A service as a process, and a client of it; it is killed at the end where it still runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "musnad", "serve", "--port", str(port), *arguments]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client,
    ):
        try:
            until(lambda: _answers(client), 60)
            yield process, client
        finally:
            process.kill()


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/health").status_code == 200
    except httpx.TransportError:
        return False


def until(holds: Callable[[], object], seconds: float) -> None:
    """Wait until something holds; a test that waits for longer has failed."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def followers(record: Path) -> list[int]:
    """The processes that follow into a record."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:  # it ended meanwhile
            continue
        if b"follow" in words and str(record).encode() in words:
            found.append(int(folder.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_what_is_followed_is_shown_and_following_ends_with_the_service(tmp_path: Path, number: signal.Signals) -> None:
    record = tmp_path / "record.sqlite"
    start = datetime(2022, 2, 28, tzinfo=UTC)
    with Server(Day(str(EXAMPLES), seconds=60, start=start), now=lambda: start + timedelta(seconds=60)) as feeds:
        given = ["--record", str(record), "--follow", f"{feeds.url}/feeds/rss.xml", "--every", "1s", "--allow-private"]
        with started(*given) as (process, client):
            until(lambda: client.get("/api/v1/stories").json(), 60)
            [follower] = followers(record)
            if number == signal.SIGTERM:  # a follower that is killed ends nothing, and comes again
                os.kill(follower, signal.SIGKILL)
                until(lambda: followers(record) not in ([], [follower]), 30)
                assert client.get("/health").status_code == 200
            process.send_signal(number)
            code = process.wait(30)
            assert code == {signal.SIGTERM: 0, signal.SIGINT: 130, signal.SIGKILL: -9}[number]
            until(lambda: not followers(record), 20)


def test_following_that_fails_never_ends_serving(tmp_path: Path) -> None:
    with started("--record", str(tmp_path / "r.sqlite"), "--follow") as (process, client):  # there are no feeds
        time.sleep(3)
        assert client.get("/").status_code == 200
        process.terminate()
        _, words = process.communicate(timeout=30)
        assert process.returncode == 0
        assert "started again" in words.decode()


def test_a_command_that_fails_is_started_again() -> None:
    beside = Alongside(["mark", "/there/is/no.docs.jsonl"], first=0.01)
    beside.start()
    until(lambda: beside.started >= 3, 60)
    beside.stop()
    had = beside.started
    time.sleep(0.2)
    assert beside.started == had


def test_what_is_named_to_be_followed(tmp_path: Path) -> None:
    listed = tmp_path / "feeds.tsv"
    listed.write_text("https://a.example/rss\n", encoding="utf-8")

    def asked(*sources: str, every: str = "5m", following: bool = True) -> list[str]:
        return follow_arguments(sources, "r", every=every, allow_private=False, following=following)

    assert asked(following=False) == []
    assert asked() == ["follow", "--record", "r", "--every", "5m"]
    assert asked("https://b.example/", str(listed))[1:4] == ["https://b.example/", "--sources", str(listed)]
    for wrong in (("no.tsv",), (str(listed), str(listed))):
        with pytest.raises(UsageError):
            asked(*wrong)
    with pytest.raises(UsageError, match="--follow"):
        asked("x.tsv", following=False)
    with pytest.raises(UsageError, match="--every"):
        asked(every="soon")
