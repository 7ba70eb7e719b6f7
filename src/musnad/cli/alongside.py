"""``musnad follow`` beside a service: a process of its own, started again when it fails, ended with the service.

``python -m musnad.cli.alongside ARGUMENT…`` runs musnad until its standard input ends: whatever becomes of the process that
started it, it does not go on alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from musnad.cli.say import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIRST, LONGEST = 1.0, 60.0
"""Seconds until a process that failed is started again: twice as long each time."""

_END = 12.0  # seconds; what is in hand is finished within ten


class Alongside:
    """A command of musnad that is kept running."""

    def __init__(self, arguments: Sequence[str], *, first: float = FIRST) -> None:
        self._command = [sys.executable, "-m", __name__, *arguments]
        self._name = f"musnad {arguments[0]}"
        self._first = first
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name=self._name)
        self.started = 0

    def start(self) -> None:
        """Start it."""
        self._thread.start()

    def stop(self) -> None:
        """End it cleanly, or, when that takes too long, at once."""
        self._ended.set()
        with self._lock:
            process = self._process
        if process is not None and process.stdin is not None:
            process.stdin.close()  # it ends by that; see `main`
            try:
                process.wait(_END)
            except subprocess.TimeoutExpired:
                process.kill()
        self._thread.join()

    def _run(self) -> None:
        pause = self._first
        while not self._ended.is_set():
            code = self._once()
            if self._ended.is_set():
                return
            if code == 0:
                tell(f"{self._name} came to its end; the service goes on without it")
                return
            tell(f"{self._name} ended with {code}; it is started again in {pause:.0f} s")
            self._ended.wait(pause)
            pause = min(2 * pause, LONGEST)

    def _once(self) -> int:
        try:
            with self._lock:
                if self._ended.is_set():
                    return 0
                # A session of its own: Ctrl-C ends the service, and the service ends this.
                process = self._process = subprocess.Popen(
                    self._command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
                )
                self.started += 1
        except OSError as error:
            tell(f"{self._name} cannot be started: {error.strerror}")
            return 1
        with process:
            return process.wait()


@contextmanager
def alongside(arguments: Sequence[str]) -> Iterator[None]:
    """Meanwhile a command of musnad runs beside this process; without arguments none does."""
    if not arguments:
        yield
        return
    beside = Alongside(arguments)
    beside.start()
    try:
        yield
    finally:
        beside.stop()


def main(arguments: list[str]) -> int:
    """Run a command until standard input ends, which asks it to end as SIGTERM does."""
    from musnad.cli import main as run

    def watch() -> None:
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
