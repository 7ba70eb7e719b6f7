"""``musnad serve``: the service, run until it is stopped."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from musnad.cli.say import tell
from musnad.errors import UsageError
from musnad.record import Record, record_path
from musnad.serve import server
from musnad.settings import load

if TYPE_CHECKING:
    from musnad.serve import Serving

INTERRUPTED = 130


def serve_record(serving: Serving) -> int:
    """Serve until Ctrl-C (130) or SIGTERM (0). Raises as Record.open does, and UsageError where nothing can listen there."""
    Record.open(serving.record, create=True, wait=serving.wait).close()
    host = f"[{serving.host}]" if ":" in serving.host else serving.host
    _listen(serving)
    _many_connections()
    tell(f"the live page is at http://{host}:{serving.port}/ (Ctrl-C stops it)")
    told: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda number, _: told.append(number)) for number in numbers}
    try:
        server(serving).run()  # it ends by these signals, and raises them again for us
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return INTERRUPTED if signal.SIGINT in told else 0


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
