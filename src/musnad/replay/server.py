"""A server on the loopback address that answers honestly: validators that hold, 304 where nothing changed, 410 for gone."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from musnad.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from musnad.replay.day import Day

_HOST = "127.0.0.1"


def _now() -> datetime:
    return datetime.now(UTC)


class Server:
    """Serves a day until it is closed; `port` 0 takes one that is free. What it answers depends on `now` alone.

    Raises UsageError where the port cannot be had.
    """

    def __init__(self, day: Day, *, port: int = 0, now: Callable[[], datetime] = _now) -> None:
        self.day, self._now = day, now
        try:
            self._server = _Listening((_HOST, port), _handler(self))
        except (OSError, OverflowError) as error:
            advice = "give another --port, or 0 for one that is free"
            raise UsageError(f"port {port} cannot be had: {error}", advice=advice) from error
        self.url = f"http://{_HOST}:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(
        self, path: str, if_none_match: str | None, if_modified_since: str | None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for a request of `path`."""
        found = self.day.at(path.partition("?")[0], self._now())
        if found is None or found.status != 200:
            return (404 if found is None else found.status), {"Content-Type": "text/plain"}, b""
        etag = f'"{sha256(found.body).hexdigest()[:20]}"'
        changed = found.changed.replace(microsecond=0)
        headers = {
            "Content-Type": found.content_type,
            "ETag": etag,
            "Last-Modified": format_datetime(changed, usegmt=True),
        }
        same = etag in if_none_match if if_none_match else _since(if_modified_since, changed)
        return (304, headers, b"") if same else (200, headers, found.body)


class _Listening(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        return  # who asked hung up


def _since(header: str | None, changed: datetime) -> bool:
    try:
        return header is not None and parsedate_to_datetime(header) >= changed
    except (ValueError, TypeError):
        return False


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = server.answer(
                self.path, self.headers["If-None-Match"], self.headers["If-Modified-Since"]
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    return Handler
