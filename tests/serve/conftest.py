"""A service that runs, over a record of pages that the tests write."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bench import coverage
from musnad.record import Record
from musnad.run.path import read
from musnad.serve import Serving, server
from musnad.settings import Settings
from musnad.stories import Keeper
from tests.record import servers

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

BEGINS = "جنحت عبارة الركاب «نسيم» فجر اليوم قبالة ميناء السند، وعلى متنها اثنان وأربعون راكبا من قرى الضفة الشمالية."
HARBOUR = "قال مدير الميناء سالم الكعبي إن العبارة اصطدمت بحاجز رملي لم يكن على الخرائط."
CAPTAIN = "قالت القبطان هدى منصور: «لم يصب أحد من الركاب بأذى»."
ENDS = "ونقل خفر السواحل الركاب إلى الرصيف الشمالي في زوارق صغيرة قبل طلوع الشمس."
LEAD = "جنحت العبارة «نسيم» فجر اليوم قبالة ميناء السند وعليها ركاب من القرى."


class Desk:
    """A running service: its address, and pages that are added to its record as another process would add them."""

    def __init__(
        self, folder: Path, *, token: str = "", host: str = "127.0.0.1", embed: tuple[str, ...] = (), public: str = ""
    ) -> None:
        self.folder, self.record = folder, folder / "record.sqlite"
        self.write("first", "المدار", BEGINS, HARBOUR, ENDS)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        serving = Serving(str(self.record), host, port, token, every=0.1, embed=embed, public=public)
        self.server = server(serving)
        self.url = f"http://127.0.0.1:{port}"
        self._thread = threading.Thread(target=self.server.run)
        self._thread.start()
        while not self.server.started:
            time.sleep(0.02)
        self.client = httpx.Client(base_url=self.url, timeout=20)

    def write(self, name: str, outlet: str, *paragraphs: str, headline: str = "جنوح عبارة ركاب قبالة السند") -> None:
        """Write a page, or write it anew, and add it."""
        body = "".join(f"<p>{words}</p>" for words in paragraphs)
        page = (
            f'<!doctype html><html lang="ar"><head><title>{headline}</title>'
            f'<meta property="og:site_name" content="{outlet}">'
            f"</head><body><article><h1>{headline}</h1>{body}</article></body></html>"
        )
        file = self.folder / f"{name}.html"
        file.write_text(page, encoding="utf-8")
        command = [sys.executable, "-m", "musnad", "add", str(file), "--record", str(self.record)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)

    def close(self) -> None:
        self.client.close()
        self.server.should_exit = True
        self._thread.join(20)


def add(place: str, articles: int, each: int, first: int = 0) -> None:
    """Add articles of one coverage to a record."""
    with Record.open(place, create=True) as record, record.keeping_up(Keeper()):
        for one in coverage.pages(articles, each, first=first):
            record.add(one, read(one, settings=Settings()))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Path]:
    """The socket of a PostgreSQL server."""
    with servers.server() as sockets:
        yield sockets


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    held = Desk(tmp_path)
    yield held
    held.close()
