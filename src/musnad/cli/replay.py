"""``musnad replay``: a day served on the loopback address until it is stopped."""

from __future__ import annotations

import os
import signal
import threading
from datetime import UTC, datetime

from musnad.errors import UsageError
from musnad.publish import printable
from musnad.replay import Day, Server
from musnad.replay.day import listed

INTERRUPTED = 130


def replay_day(examples: str, *, seconds: float, port: int, listing: str | None) -> int:
    """Serve it, and say where; ends by Ctrl-C (130) or SIGTERM (0)."""
    stopped: list[int] = []
    event = threading.Event()

    def stop(number: int, _: object) -> None:
        stopped.append(number)
        event.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        day = Day(examples, seconds=seconds, start=datetime.now(UTC))
        with Server(day, port=port) as server:
            for path, name in day.feeds():
                print(f"{server.url}{path}  {printable(name)}", flush=True)
            if listing is not None:
                _write(listing, listed(day.feeds(), server.url))
            event.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return INTERRUPTED if stopped[:1] == [signal.SIGINT] else 0


def _write(path: str, words: str) -> None:
    """The list as a whole, or not at all: who waits for the file must not find half of it."""
    half = f"{path}.part"
    try:
        with open(half, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(words)
        os.replace(half, path)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=path, advice="name another place") from error
