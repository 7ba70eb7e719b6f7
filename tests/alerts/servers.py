"""A webhook and a mail server on loopback, which keep what they are sent and fail when they are told to."""

from __future__ import annotations

import email
import email.policy
import http.server
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class Hook:
    """A webhook: what came, and how it answers next (200 when nothing is left)."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.came]


@contextmanager
def hook() -> Iterator[Hook]:
    """A webhook that runs."""
    held = Hook()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            held.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(held.answers.pop(0) if held.answers else 200)
            for name, value in held.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        held.url = f"http://127.0.0.1:{server.server_port}/hook"
        try:
            yield held
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Post:
    """A mail server: the letters that came, and what it says to the next recipients (250 when nothing is left)."""

    url: str = ""
    answers: list[str] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)


@contextmanager
def post() -> Iterator[Post]:
    """A mail server that runs (as much of RFC 5321 as it takes to be sent a letter)."""
    held = Post()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            while line := self.rfile.readline().decode().strip():
                word = line[:4].upper()
                if word == "DATA":
                    self._say("354 go on")
                    lines = iter(self.rfile.readline, b".\r\n")
                    raw = b"".join(one[1:] if one.startswith(b".") else one for one in lines)
                    letter = email.message_from_bytes(raw, policy=email.policy.default)
                    assert isinstance(letter, EmailMessage)
                    held.letters.append(letter)
                    self._say("250 taken")
                elif word == "RCPT":
                    self._say(held.answers.pop(0) if held.answers else "250 ok")
                else:
                    self._say("221 bye" if word == "QUIT" else "250 ok")
                    if word == "QUIT":
                        return

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        held.url = f"smtp://127.0.0.1:{server.server_address[1]}"
        try:
            yield held
        finally:
            server.shutdown()
            thread.join()
