"""``musnad serve``: the service, run until it is stopped."""

from __future__ import annotations

import signal
import socket
import threading
import time
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from musnad.cli.alongside import alongside
from musnad.cli.moments import duration
from musnad.cli.say import tell
from musnad.errors import UsageError
from musnad.record import Record, record_path
from musnad.serve import server
from musnad.settings import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    import uvicorn

    from musnad.serve import Serving

INTERRUPTED = 130


def serve_record(serving: Serving, beside: Sequence[str] = (), *, browse: bool = False) -> int:
    """Serve until Ctrl-C (130) or SIGTERM (0), with the command `beside` as a process of its own, where there is one.

    Raises as Record.open does, and UsageError where nothing can listen there.
    """
    Record.open(serving.record, create=True, wait=serving.wait).close()
    host = f"[{serving.host}]" if ":" in serving.host else serving.host
    _listen(serving)
    _many_connections()
    address = f"http://{host}:{serving.port}/"
    tell(f"the live page is at {address} (Ctrl-C stops it)")
    told: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda number, _: told.append(number)) for number in numbers}
    running = server(serving)
    if browse:
        entered = f"{address}?{urlencode({'token': serving.token})}" if serving.token else address
        threading.Thread(target=_open_when_it_answers, args=(running, entered), daemon=True).start()
    try:
        with alongside(beside):
            running.run()  # it ends by these signals, and raises them again for us
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return INTERRUPTED if signal.SIGINT in told else 0


def follow_arguments(
    sources: Sequence[str], record: str, *, every: str, allow_private: bool, following: bool
) -> list[str]:
    """The command that follows beside the service; empty where nothing is to be followed. Raises UsageError for what
    `musnad follow` would refuse."""
    if not following:
        if sources:
            advice = "add --follow to read them besides"
            raise UsageError(f"nothing is followed, and {sources[0]!r} is named", advice=advice)
        return []
    duration("--every", every)
    feeds = [one for one in sources if "://" in one]
    lists = [one for one in sources if "://" not in one]
    if len(lists) > 1:
        raise UsageError("more than one list of feeds", where=lists[1], advice="put all feeds into one file")
    if lists and not Path(lists[0]).is_file():
        raise UsageError("there is no such list of feeds", where=lists[0], advice="name a file, or http(s) addresses")
    listed = ["--sources", lists[0]] if lists else []
    private = ["--allow-private"] if allow_private else []
    return ["follow", *feeds, *listed, "--record", record, "--every", every, *private]


def request_line(words: str) -> None:
    """Print the line of a request; where nobody reads any more, serving goes on."""
    with suppress(OSError):
        print(words, flush=True)


def _open_when_it_answers(running: uvicorn.Server, address: str) -> None:
    while not running.started:
        time.sleep(0.05)
    if not webbrowser.open(address):
        tell("there is no browser here: open the address in yours")


def record_named(record: str | None) -> tuple[str, float]:
    """The record that is to be served, and how long a writer of it is waited for."""
    settings = load()
    place = record or settings.record
    return place or str(record_path(None)), settings.record_wait


def _many_connections() -> None:
    """As many open connections as the system lets us have: the usual 1024 files are 1000 readers."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _listen(serving: Serving) -> None:
    """Raises UsageError where the port is taken: told before anything is served, not as a trace in the middle."""
    try:
        family = socket.getaddrinfo(serving.host, serving.port, type=socket.SOCK_STREAM)[0][0]
        with socket.create_server((serving.host, serving.port), family=family):
            pass
    except OSError as error:
        advice = "name another with --port"
        raise UsageError(
            f"cannot listen: {error.strerror}", where=f"{serving.host}:{serving.port}", advice=advice
        ) from error
