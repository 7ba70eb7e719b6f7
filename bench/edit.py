"""How long it takes until an edit of a followed page is on the screen of a reader who has its story open."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from statistics import median
from tempfile import TemporaryDirectory

import httpx

from bench import coverage
from bench.live import free_port
from bench.timing import verdict

POLL = 10
"""Seconds between two looks at the page; the usual five minutes would make this last an hour."""

EDITS = 12
_SCREEN = 60_000  # milliseconds until an edit counts as lost
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


class _Outlet(BaseHTTPRequestHandler):
    """An outlet with one live page, of which one statement is edited again and again."""

    html = b""

    def do_GET(self) -> None:
        """Answer the page; there are no rules for robots."""
        found = self.path == "/live.html"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.html if found else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def report() -> Iterator[str]:
    """The lines of the measurement."""
    browser = next(filter(None, map(which, _CHROMIUM)), None)
    if browser is None:
        yield "there is no Chromium here to look with"
        return
    taken = _taken(browser)
    yield f"a live page, looked at every {POLL} s and edited {EDITS} times by chance, its story open in Chromium"
    yield f"from the edit to the screen: median {median(taken):.1f} s, longest {max(taken):.1f} s"
    yield verdict(max(taken) <= POLL + 1, f"within one poll of {POLL} s, and a second to read it and tell of it")


def _taken(browser: str) -> list[float]:
    """Seconds from each edit to the screen."""
    from playwright.sync_api import sync_playwright

    chance = random.Random(28)
    _edit(0)
    taken = []
    with (
        TemporaryDirectory() as folder,
        _outlet() as address,
        _followed(folder, address) as url,
        sync_playwright() as playing,
    ):
        page = playing.chromium.launch(executable_path=browser, args=["--no-sandbox"]).new_page()
        page.goto(f"{url}/story/1")
        for edit in range(1, EDITS + 1):
            time.sleep(chance.uniform(0.5, POLL))
            began = time.perf_counter()
            words = _edit(edit)
            page.locator("#feed", has_text=words).wait_for(timeout=_SCREEN)
            taken.append(time.perf_counter() - began)
    return taken


def _edit(edit: int) -> str:
    """Put the page as it is after so many edits; the words by which the last is known."""
    number = coverage.FIRST + edit * len(coverage.TOLD)  # the same sentence of it, with another number
    html = coverage.page(0, [coverage.statement(number)], coverage.START).body.decode()
    live = (
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"LiveBlogPosting"}</script></head>'
    )
    _Outlet.html = html.replace("</head>", live).encode()
    return str(number)


@contextmanager
def _outlet() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Outlet) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}/live.html"
        httpd.shutdown()


@contextmanager
def _followed(folder: str, address: str) -> Iterator[str]:
    """A service that follows a page, once it shows a story."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    command = [
        sys.executable, "-m", "musnad", "serve", "--record", str(Path(folder) / "record.sqlite"), "--port", str(port),
        "--follow", address, "--every", f"{POLL}s", "--allow-private",
    ]  # fmt: skip
    environment = {**os.environ, "MUSNAD_FETCH_PAUSE": "0"}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment) as process:
        try:
            while not _shows(url):
                time.sleep(0.2)
            yield url
        finally:
            process.terminate()


def _shows(url: str) -> bool:
    try:
        return bool(httpx.get(f"{url}/api/v1/stories").json())
    except httpx.TransportError:
        return False
