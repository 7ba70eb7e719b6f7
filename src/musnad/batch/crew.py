"""Workers on this machine: each a process of its own, so that what ends one costs a page and not the night."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter, deque
from multiprocessing.connection import Connection, Pipe, wait
from typing import TYPE_CHECKING, cast

from musnad.batch.job import Failed, Receipt, Step
from musnad.errors import MusnadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from musnad.batch.job import Event, Job, Piece

_SLOW = 5  # times the limit of a page that it may take by the clock: a busy machine is no fault of a page
_GRACE = 10.0
_SILENT = 1800.0  # seconds without any page, in a piece of requests and pictures alone
_TOGETHER = 100  # pages between two steps that are told
_TRIES = 2  # of a page at which a worker ended
_ENDS = 50  # workers that may end over one piece


class Crew:
    """So many workers. What a worker does at its death is known: a page that ended one twice, or that does not end, is left
    out of its piece, and a row of ``errors`` says so."""

    def __init__(self, job: Job, workers: int) -> None:
        self._job, self._count = job, workers

    def run(self, pieces: Iterable[Piece]) -> Iterator[Event]:
        """Do the pieces; what became of each as soon as it is known, and steps between.

        Raises Unwritable where the output cannot be written. However it ends, no worker is left behind.
        """
        waiting = deque(pieces)
        workers: list[_Worker] = []
        try:
            while waiting or any(worker.piece for worker in workers):
                while waiting and len(workers) < self._count:
                    workers.append(_Worker(self._job))
                for worker in workers:
                    if worker.piece is None and waiting:
                        worker.begin(waiting.popleft())
                busy = {worker.connection: worker for worker in workers if worker.piece}
                for ready in wait(list(busy), timeout=1.0):
                    yield from busy[cast("Connection", ready)].hear()
                for worker in workers:
                    yield from worker.look()
        finally:
            for worker in workers:
                worker.end()


class _Worker:
    def __init__(self, job: Job) -> None:
        self._job = job
        self.piece: Piece | None = None
        self._without: dict[str, str] = {}
        self._deaths: Counter[str] = Counter()
        self._at, self._since, self._pages = "", time.monotonic(), 0
        self._start()

    def begin(self, piece: Piece) -> None:
        """Give it a piece."""
        self.piece, self._without, self._deaths = piece, {}, Counter()
        self._send()

    def hear(self) -> Iterator[Event]:
        """What it has to say."""
        try:
            while self.piece and self.connection.poll():
                told = self.connection.recv()
                self._since = time.monotonic()
                if isinstance(told, str):
                    self._at = told
                    self._pages += not told
                    if self._pages >= _TOGETHER:
                        yield from self._step()
                elif isinstance(told, MusnadError):
                    raise told
                else:
                    self.piece = None
                    yield from self._step()
                    yield cast("Receipt | Failed", told)
        except (EOFError, ConnectionResetError):
            self._process.wait()
            yield from self._died(f"ended the process that read it ({_how(self._process.returncode)})", tries=_TRIES)

    def look(self) -> Iterator[Event]:
        """End it where it has been at one page for too long."""
        longest = self._job.longest * _SLOW + _GRACE if self._at else _SILENT
        if self.piece and time.monotonic() - self._since > longest:
            self._process.kill()
            self._process.wait()
            yield from self._died(f"took more than {longest:g} s and was stopped", tries=1)

    def end(self) -> None:
        """End it, at whatever it is."""
        self.connection.close()
        self._process.kill()
        self._process.wait()

    def _step(self) -> Iterator[Event]:
        if self._pages:
            yield Step(self._pages)
        self._pages = 0

    def _died(self, how: str, *, tries: int) -> Iterator[Event]:
        """Do the piece again with another process, without the page at which this one ended as often as that."""
        assert self.piece is not None
        self.connection.close()
        self._deaths[self._at] += 1
        if self._at and self._deaths[self._at] >= tries:
            self._without[self._at] = how
        self._start()
        if self._deaths.total() >= _ENDS or self._deaths[""] > _TRIES:
            piece, self.piece = self.piece, None
            yield Failed(piece.name, f"{piece.ranges[0].file}: {how}")
        else:
            self._send()

    def _start(self) -> None:
        mine, others = Pipe()
        self.connection: Connection = mine
        path = os.pathsep.join(place for place in sys.path if place)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "musnad.batch.worker", str(others.fileno())],
            pass_fds=[others.fileno()],
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        others.close()
        self._at, self._since = "", time.monotonic()
        self._tell(self._job)

    def _send(self) -> None:
        self._since, self._pages = time.monotonic(), 0
        self._tell((self.piece, self._without))

    def _tell(self, value: object) -> None:
        try:
            self.connection.send(value)
        except (BrokenPipeError, ConnectionResetError):
            return  # it is dead already: that is heard when it is listened to


def _how(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"code {code}"
