"""What an operator asks of a service: is it alive, is it ready, how much does it do, who asked for what."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi.responses import JSONResponse, PlainTextResponse, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from musnad.serve.news import Watcher

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Seconds within which requests are counted as answered."""

_STREAM = "/story/{number}/events"


class Counts:
    """Requests, by route and status, and how long they took, for one service."""

    def __init__(self) -> None:
        self.answered: Counter[tuple[str, int]] = Counter()
        self.within: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(BOUNDS) + 1))
        self.seconds: Counter[str] = Counter()

    def add(self, route: str, status: int, seconds: float) -> None:
        """One request that was answered. A stream has no end of its own, and its length says nothing."""
        self.answered[route, status] += 1
        if route != _STREAM:
            self.seconds[route] += seconds  # type: ignore[assignment]
            self.within[route][sum(seconds > bound for bound in BOUNDS)] += 1


class Counting:
    """Counts every request, and tells of each as a line of JSON, where that is wanted; stands before all else."""

    def __init__(self, app: ASGIApp, counts: Counts, log: Callable[[str], object] | None) -> None:
        self._app, self._counts, self._log = app, counts, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer and count."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, size = time.perf_counter(), 500, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            seconds = time.perf_counter() - began
            self._counts.add(_route(scope), status, seconds)
            if self._log is not None:
                self._log(_line(scope, status, size, seconds))


def add(app: FastAPI, watcher: Watcher, counts: Counts) -> None:
    """Give a service the routes for operators."""

    @app.get("/health", include_in_schema=False)
    async def health() -> Response:
        """Alive, because it answers; ready (200, else 503), when the record could be read lately."""
        last = watcher.last_article
        value = {"ready": watcher.ready, "last_article": None if last is None else last.astimezone(UTC).isoformat()}
        return JSONResponse(value, 200 if watcher.ready else 503, {"Cache-Control": "no-store"})

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        """The figures in the text form of Prometheus."""
        words = "".join(f"{line}\n" for line in _figures(watcher, counts))
        return PlainTextResponse(words, media_type="text/plain; version=0.0.4")


def _figures(watcher: Watcher, counts: Counts) -> Iterator[str]:
    yield from _one("musnad_ready", "gauge", "Whether the record could be read lately.", int(watcher.ready))
    yield from _one("musnad_streams", "gauge", "Open streams of events.", watcher.streams)
    yield from _one("musnad_events_total", "counter", "Events sent to open pages.", watcher.sent)
    yield from _one("musnad_sequence", "counter", "The sequence number of the record when last looked at.", watcher.seq)
    if watcher.last_article is not None:
        last = watcher.last_article.timestamp()
        yield from _one("musnad_last_article_seconds", "gauge", "When an article was last added, in Unix time.", last)
    if (memory := _resident()) is not None:
        yield from _one("process_resident_memory_bytes", "gauge", "Resident memory size in bytes.", memory)
    yield from _titled("musnad_requests_total", "counter", "Requests answered.")
    for (route, status), count in sorted(counts.answered.items()):
        yield f'musnad_requests_total{{route="{route}",status="{status}"}} {count}'
    yield from _titled("musnad_request_seconds", "histogram", "How long answers took, streams of events apart.")
    for route, within in sorted(counts.within.items()):
        total = 0
        for bound, count in zip([*map(str, BOUNDS), "+Inf"], within, strict=True):
            total += count
            yield f'musnad_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}'
        yield f'musnad_request_seconds_sum{{route="{route}"}} {counts.seconds[route]:.6f}'
        yield f'musnad_request_seconds_count{{route="{route}"}} {total}'


def _one(name: str, kind: str, words: str, value: float) -> Iterator[str]:
    yield from _titled(name, kind, words)
    yield f"{name} {value}"


def _titled(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} {kind}"


def _resident() -> int | None:
    """Bytes of memory, where the system tells them (Linux)."""
    if sys.platform != "linux":
        return None
    import resource

    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


def _route(scope: Scope) -> str:
    """The pattern of the path, so that there are as many as routes, whatever is asked for; ``-`` for what has none."""
    path: str = getattr(scope.get("route"), "path", "") or ("/static" if scope["path"].startswith("/static/") else "-")
    return path


def _line(scope: Scope, status: int, size: int, seconds: float) -> str:
    """A request as a line of JSON; what was asked for after the ``?`` may be a token or a name, and is left out."""
    value = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": scope["client"][0] if scope.get("client") else None,
        "method": scope["method"],
        "path": scope["path"],
        "status": status,
        "bytes": size,
        "ms": round(1000 * seconds, 1),
    }
    return json.dumps(value, ensure_ascii=True)
