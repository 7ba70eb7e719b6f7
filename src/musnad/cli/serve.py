"""``musnad serve``: the service, run until it is stopped."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from musnad.cli.say import tell
from musnad.errors import UsageError
from musnad.record import Record, record_path
from musnad.serve import server
from musnad.settings import load

if TYPE_CHECKING:
    from musnad.serve import Serving


def serve_record(serving: Serving) -> int:
    """Serve until Ctrl-C. Raises as Record.open does, and UsageError where nothing can listen there."""
    Record.open(serving.record, create=True, wait=serving.wait).close()
    host = f"[{serving.host}]" if ":" in serving.host else serving.host
    _listen(serving)
    tell(f"the live page is at http://{host}:{serving.port}/ (Ctrl-C stops it)")
    server(serving).run()
    return 0


def record_named(record: str | None) -> tuple[str, float]:
    """The record that is to be served, and how long a writer of it is waited for."""
    settings = load()
    place = record or settings.record
    return place or str(record_path(None)), settings.record_wait


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
