"""The live page under load: many readers of a story that grows, a long story in a large record, two services of one."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from bench import coverage, data
from bench.readers import page
from bench.scale import ATTRIBUTIONS, repeat
from bench.timing import verdict
from musnad.record import Record
from musnad.run import keep_many
from musnad.run.path import read
from musnad.settings import Settings
from musnad.stories import Keeper, stories

READERS = 2000
STATEMENTS = 120  # one a second
BEFORE = (12, 5)  # articles that there are at first, and statements in each
_START = 15.0  # seconds in which the readers come
_LONG = (125, 8)
_MOVING = 500  # readers of two services
_ASKED = 40
_GROWS = 20  # statements that come in meanwhile, one a second


def report() -> Iterator[str]:
    """The lines of all three."""
    yield "the load is made on the same machine, by a process of its own; statements are added by another"
    yield from _many_readers()
    yield from _two_services()
    yield from _long_story()


def _many_readers() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        place = str(Path(folder) / "record.sqlite")
        _add(place, *BEFORE)
        with serving(place) as (url, process):
            before, beginning = memory(process), _later(_START + 5, lambda: memory(process))
            seen, added = _watched([url], place, READERS)
            yield f"{READERS:,} readers of a story, {STATEMENTS} statements, one a second; each loses its connection once"
            yield from _told(seen, added, READERS)
            figures = httpx.get(f"{url}/metrics").text
            yield (
                f"memory of the service: {before:.0f} MB alone, {beginning[0]:.0f} MB when all readers are there, "
                f"{memory(process):.0f} MB at the end, {memory(process, 'VmHWM'):.0f} MB at most"
            )
            yield verdict(memory(process) < 1.2 * beginning[0], "flat, within a fifth")
            sent = next(line.split()[1] for line in figures.splitlines() if line.startswith("musnad_events_total "))
            yield f"{int(sent):,} events sent, {int(sent) / STATEMENTS:,.0f} a second"
            yield from _requests(url)


def _requests(url: str) -> Iterator[str]:
    """How many pages a second, asked by one client on a few connections."""
    taken: list[float] = []

    async def ask() -> None:
        async with httpx.AsyncClient(headers={"Accept-Encoding": "gzip"}, timeout=30) as client:
            while time.perf_counter() < until:
                began = time.perf_counter()
                (await client.get(f"{url}/story/1")).raise_for_status()
                taken.append(time.perf_counter() - began)

    async def asked() -> None:
        await asyncio.gather(*(ask() for _ in range(8)))

    began = time.perf_counter()
    until = began + 10
    asyncio.run(asked())
    yield f"the page of that story: {len(taken) / (time.perf_counter() - began):.0f} a second, 8 at a time"


def _two_services() -> Iterator[str]:
    from tests.record.servers import database, server

    with server() as sockets:
        place = database(sockets)
        _add(place, *BEFORE)
        with serving(place) as (one, _), serving(place) as (other, process):
            killed = time.time() + _START + STATEMENTS / 2
            seen, added = _watched([one, other], place, _MOVING, losses=6, kill=(process, killed))
            yield f"{_MOVING} readers go to and fro between two services on one PostgreSQL, one of which is killed"
            yield from _told(seen, added, _MOVING)


def _long_story() -> Iterator[str]:
    if not data.here():
        yield "there is no stream here to make a record of a million of"
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "record.sqlite"
        with Record.open(path, create=True) as record:
            for _ in keep_many(record, [str(data.STREAM)], settings=Settings(), jobs=2):
                pass
        count, _ = repeat(path, ATTRIBUTIONS)
        _add(str(path), *_LONG)
        yield from long_story(str(path), count)


def long_story(place: str, count: int) -> Iterator[str]:
    """The page of the made-up coverage over a record of so many attributions."""
    with Record.open(place) as record:
        number = next(one.id for one in stories(record, limit=200) if one.headline == coverage.HEADLINE)
    with serving(place) as (url, _):
        yield f"a story of {_LONG[0] * _LONG[1]:,} statements in a record of {count:,}"
        yield from _pages(url, "its page", f"/story/{number}", aimed=True)
        yield from _pages(url, "the coverage", "/")
        first = _LONG[0] * _LONG[1]
        adding = threading.Thread(target=_add, args=(place, _GROWS, 1, first, 1.0))
        adding.start()
        yield from _pages(
            url, "its page, while a statement a second comes in", f"/story/{number}", pause=_GROWS / _ASKED
        )
        adding.join()


def _pages(url: str, name: str, path: str, *, aimed: bool = False, pause: float = 0.0) -> Iterator[str]:
    taken, sizes = [], set()
    for _ in range(_ASKED):
        began = time.perf_counter()
        _, first, size = asyncio.run(page(url, path))
        taken.append(1000 * (first - began))
        sizes.add(size)
        time.sleep(pause)
    middle, late = median(taken[1:]), quantiles(taken[1:], n=20)[-1]
    yield (
        f"{name}: first byte median {middle:.0f} ms, 95 % under {late:.0f} ms, the very first {taken[0]:.0f} ms; "
        f"{max(sizes) / 1000:.0f} kB"
    )
    if aimed:
        yield verdict(middle < 100, "first byte median under 100 ms")
        yield verdict(max(sizes) < 300_000, "under 300 kB")


def free_port() -> int:
    """A port of this machine where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


@contextmanager
def serving(place: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A service over a record: its address and its process."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "musnad", "serve", "--record", place, "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        while not _ready(url):
            if process.poll() is not None:
                raise RuntimeError(f"the service ended with {process.returncode}")
            time.sleep(0.1)
        yield url, process
    finally:
        process.terminate()
        process.wait(20)


def memory(process: subprocess.Popen[bytes], name: str = "VmRSS") -> float:
    """What a process takes, in MB."""
    lines = Path(f"/proc/{process.pid}/status").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(f"{name}:"))) / 1000


def _later(seconds: float, measure: Callable[[], float]) -> list[float]:
    """What is measured after that long, in a list that is empty until then."""
    found: list[float] = []
    threading.Timer(seconds, lambda: found.append(measure())).start()
    return found


def _ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health").status_code == 200
    except httpx.TransportError:
        return False


def _add(place: str, articles: int, each: int, first: int = 0, every: float = 0.0) -> dict[int, float]:
    """Add articles, one each so many seconds; when each of their statements was in the record."""
    added: dict[int, float] = {}
    began = time.time()
    with Record.open(place, create=True) as record, record.keeping_up(Keeper()):
        for at, one in enumerate(coverage.pages(articles, each, first=first)):
            time.sleep(max(0.0, began + at * every - time.time()))
            record.add(one, read(one, settings=Settings()))
            for number in range(coverage.FIRST + (first + at) * each, coverage.FIRST + (first + at + 1) * each):
                added[number] = time.time()
    return added


def _watched(
    urls: list[str], place: str, readers: int, *, losses: int = 1,
    kill: tuple[subprocess.Popen[bytes], float] | None = None,
) -> tuple[dict[str, Any], dict[int, float]]:  # fmt: skip
    """What readers saw of statements that are added one a second, and when those were added."""
    seconds = _START + STATEMENTS + 15
    command = [sys.executable, "-m", "bench.readers", *urls, "--readers", str(readers), "--seconds", str(seconds)]
    command += ["--spread", str(_START - 5), "--losses", str(losses)]
    loading = subprocess.Popen(
        command, stdout=subprocess.PIPE, cwd=data.ROOT, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    )
    time.sleep(_START)
    half = STATEMENTS // 2
    articles, each = BEFORE
    first = articles * each  # one statement an article from now on
    added = _add(place, half, 1, first, 1.0)
    if kill is not None:
        kill[0].kill()
    added |= _add(place, STATEMENTS - half, 1, first + half, 1.0)
    words, _ = loading.communicate()
    return json.loads(words), added


def _told(seen: dict[str, Any], added: dict[int, float], readers: int) -> Iterator[str]:
    late = sorted(
        arrived - added[int(number)]
        for number, times in seen["arrived"].items()
        if int(number) in added
        for arrived in times
    )
    lost = readers * len(added) - len(late)
    cuts = quantiles(late, n=100)
    yield (
        f"seen after the record had it: median {1000 * cuts[49]:.0f} ms, 95 % under {1000 * cuts[94]:.0f} ms, "
        f"99 % under {1000 * cuts[98]:.0f} ms, the last {1000 * late[-1]:.0f} ms ({len(late):,} of {readers * len(added):,})"
    )
    yield verdict(cuts[94] <= 2, "95 % within 2 s")
    pages = seen["loaded"]
    yield (
        f"first byte of the page, {len(pages):,} loaded: median {1000 * median(pages):.0f} ms, "
        f"95 % under {1000 * quantiles(pages, n=20)[-1]:.0f} ms; {max(seen['sizes']) / 1000:.0f} kB at most"
    )
    yield f"{seen['reconnected']:,} connections lost and made again; errors: {seen['errors'] or 'none'}"
    yield f"statements not seen: {lost}, seen twice: {seen['doubled']}, pages that differ at the end: {seen['wrong']}"
    if seen["short"]:
        yield f"given the first part of the timeline anew, by a service that did not know their state: {seen['short']}"
    yield verdict(not (lost or seen["doubled"] or seen["wrong"]), "none lost, none doubled")
