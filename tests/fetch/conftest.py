"""A small web site on the loopback address, and the making of WARC records."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from musnad.settings import Settings

PAGE = "<!doctype html><html lang=ar><h1>قال الناطق إن الاجتماع تأجل</h1></html>".encode()


@dataclass
class Reply:
    """What the site says at a path: `body` may be a list of parts with `pause` seconds between them."""

    body: bytes | list[bytes] = PAGE
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    pause: float = 0.0


class Site:
    """Replies by path; `asked` has the paths asked for, `hosts` their Host headers, `agents` their user agents."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | Callable[[BaseHTTPRequestHandler], Reply]] = {}
        self.asked: list[str] = []
        self.hosts: list[str] = []
        self.agents: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.hosts.append(self.headers["Host"])
                site.agents.append(self.headers["User-Agent"])
                found = site.replies.get(self.path, Reply(b"", 404))
                site.send(self, found(self) if callable(found) else found)

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                pass  # the reader hangs up on what is too large or too slow: that is what is tested

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def send(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        handler.send_response(reply.status)
        headers = dict(reply.headers)
        parts = reply.body if isinstance(reply.body, list) else [reply.body]
        if isinstance(reply.body, bytes):
            headers.setdefault("Content-Length", str(len(reply.body)))
        else:
            headers.setdefault("Connection", "close")
            handler.close_connection = True
        for name, value in headers.items():
            handler.send_header(name, value.encode().decode("latin-1"))  # as servers do that write UTF-8
        handler.end_headers()
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()
            time.sleep(reply.pause)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def settings() -> Settings:
    """Short times, small pages, and the loopback address allowed."""
    return Settings(
        allow_private=True, fetch_timeout=2.0, fetch_deadline=5.0, fetch_redirects=4, max_page_bytes=200_000
    )
