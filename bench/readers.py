"""Many readers of one story at once: each loads its page, holds its events, loses the connection now and then and goes on.

``python -m bench.readers URL … --story N --readers N --seconds N`` prints what they saw as JSON. A reader keeps the order of
the cards as the script of the page does, so that one that is lost or doubled is found at the end. With several addresses a
reader whose connection is lost goes on at the next; where that one does not know what the reader has, it gives the first
part of the timeline anew, and the reader is `short` of the rest.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import random
import re
import resource
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

_KEY = re.compile(r'data-key="([0-9a-f]+)"')
_STATE = re.compile(r'data-seq="([^"]+)"')
_EARLIER = re.compile(r'id="earlier"[^>]*\?after=([0-9a-f]+)')
_NUMBER = re.compile(r"\b1\d{4}\b")
_PATIENCE = 30.0


@dataclass
class Seen:
    """What all readers saw: when each statement (by its number) came to each of them, and what went wrong."""

    arrived: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    loaded: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    reconnected: int = 0
    doubled: int = 0
    wrong: int = 0
    short: int = 0
    events: int = 0


@dataclass
class Reader:
    """A reader: the state that its page is in, and the cards on it."""

    urls: list[str]
    story: int
    seen: Seen
    until: float
    losses: list[float]
    order: list[str] = field(default_factory=list)
    state: str = ""
    at: int = 0

    async def read(self) -> None:
        """Load the page and follow it until the end."""
        while not self.state and time.time() < self.until:
            try:
                await self._load()
            except (OSError, EOFError, TimeoutError, ValueError) as error:
                self._failed("page", error)
                await asyncio.sleep(1)
        while time.time() < self.until:
            try:
                await self._follow()
            except (OSError, EOFError, TimeoutError, ValueError) as error:
                self._failed("events", error)
                await asyncio.sleep(random.uniform(0.2, 1))

    def _failed(self, what: str, error: Exception) -> None:
        self.seen.errors[f"{what}: {type(error).__name__}"] += 1
        self.at += 1

    async def _load(self) -> None:
        url = self.urls[self.at % len(self.urls)]
        began = time.perf_counter()
        body, first, size = await page(url, f"/story/{self.story}")
        self.seen.loaded.append(first - began)
        self.seen.sizes.append(size)
        self.state, self.order = _STATE.findall(body)[0], _KEY.findall(body)

    async def _follow(self) -> None:
        lost = min((one for one in self.losses if one > time.time()), default=self.until)
        url = self.urls[self.at % len(self.urls)]
        reader, writer = await _asked(url, f"/story/{self.story}/events", f"Last-Event-ID: {self.state}\r\n")
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _PATIENCE)
            if b" 200 " not in head.split(b"\r\n")[0]:
                raise ValueError(head.split(b"\r\n")[0].decode())
            while time.time() < lost:
                try:
                    async with asyncio.timeout(max(0.01, lost - time.time())):
                        size = int(await reader.readline() or b"0", 16)
                        event = await reader.readexactly(size + 2)
                except TimeoutError:
                    break
                if not size:
                    raise EOFError
                if event.startswith(b"id: "):
                    self._take(event)
        finally:
            writer.close()
        if time.time() < self.until:
            self.seen.reconnected += 1
            self.at += 1

    def _take(self, event: bytes) -> None:
        state, order, then, numbers = _event(event)
        if state == self.state:
            return
        now = time.time()
        self.seen.events += 1
        had = set(self.order)
        start = self.order.index(then) if then in had else len(self.order)
        self.state, self.order = state, [*order, *(self.order[start:] if then else ())]
        if len(self.order) != len(set(self.order)):
            self.seen.doubled += 1
        for key, number in numbers.items():
            if key not in had:
                self.seen.arrived[number].append(now)


@lru_cache(256)
def _event(event: bytes) -> tuple[str, list[str], str | None, dict[str, int]]:
    """An event; all readers in one state are sent the same bytes."""
    news: dict[str, Any] = json.loads(event.split(b"\ndata: ", 1)[1])
    numbers = {key: int(found[-1]) for key, html in news["html"].items() if (found := _NUMBER.findall(html))}
    return news["state"], news["order"], news["then"], numbers


async def page(url: str, path: str) -> tuple[str, float, int]:
    """A page, when its first byte came, and its size as it was sent."""
    reader, writer = await _asked(url, path, "Accept-Encoding: gzip\r\nConnection: close\r\n")
    try:
        async with asyncio.timeout(_PATIENCE):
            head = await reader.readuntil(b"\r\n\r\n")
            first = time.perf_counter()
            body = await reader.read()
    finally:
        writer.close()
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise ValueError(head.split(b"\r\n")[0].decode())
    if b"chunked" in head.lower():
        body = _joined(body)
    text = gzip.decompress(body) if b"gzip" in head.lower() else body
    return text.decode(), first, len(head) + len(body)


def _joined(body: bytes) -> bytes:
    parts = []
    while body:
        size, _, body = body.partition(b"\r\n")
        parts.append(body[: int(size, 16)])
        body = body[int(size, 16) + 2 :]
    return b"".join(parts)


async def _asked(url: str, path: str, headers: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    place = urlsplit(url)
    async with asyncio.timeout(_PATIENCE):
        reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=2**22)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\n{headers}\r\n".encode())
    return reader, writer


async def whole(url: str, story: int) -> list[str]:
    """All cards of a story, part after part."""
    keys: list[str] = []
    path = f"/story/{story}"
    while True:
        body, _, _ = await page(url, path)
        keys += _KEY.findall(body)
        if not (earlier := _EARLIER.findall(body)):
            return keys
        path = f"/story/{story}?after={earlier[0]}"


async def read(urls: list[str], story: int, count: int, seconds: float, *, spread: float, losses: int) -> Seen:
    """What that many readers see in that time. They come within `spread` seconds, and each loses its connection so often."""
    seen, began = Seen(), time.time()
    until = began + seconds
    async with asyncio.TaskGroup() as group:
        readers = []
        for at in range(count):
            lost = [began + random.uniform(spread, max(spread, seconds - 10)) for _ in range(losses)]
            readers.append(Reader(urls, story, seen, until, lost, at=at))
            group.create_task(readers[-1].read())
            await asyncio.sleep(max(0.0, began + spread * at / count - time.time()))
    stands = await whole(urls[0], story)
    seen.wrong = sum(not reader.order or reader.order != stands[: len(reader.order)] for reader in readers)
    seen.short = sum(len(reader.order) < len(stands) for reader in readers)
    return seen


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.readers", description=__doc__)
    parser.add_argument("urls", nargs="+")
    parser.add_argument("--story", type=int, default=1)
    parser.add_argument("--readers", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=150)
    parser.add_argument("--spread", type=float, default=10)
    parser.add_argument("--losses", type=int, default=1)
    given = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    seen = asyncio.run(
        read(given.urls, given.story, given.readers, given.seconds, spread=given.spread, losses=given.losses)
    )
    print(json.dumps(vars(seen)))


if __name__ == "__main__":
    main()
