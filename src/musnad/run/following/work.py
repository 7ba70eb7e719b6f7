"""Where the work of following comes from: what is due is taken, one thing a host at a time, and what came of it is kept."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from musnad.errors import BusyRecord, RecordError
from musnad.record.following import Due, Followed, Following, Outcome, Settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from musnad.record import Record


_ELSEWHERE = 0.5
"""Seconds between two looks at hosts that another process has."""


class Work(Protocol):
    """A queue of what is followed. What is taken is nobody else's, and neither is its host, until it is done or given back;
    a process that dies gives back what it had."""

    def take(self) -> Followed | None:
        """What is due and whose host is free; None when nothing is."""

    def done(self, outcome: Outcome) -> Settled:
        """Keep what came of it, in one transaction, and let its host go. Raises RecordError where nothing was kept."""

    def give_back(self, task: Followed) -> None:
        """It was not done: it stays due."""

    def rest(self) -> float | None:
        """Seconds until there may be something to take (0.0: now); None when there will not be anything."""

    def failures(self, host: str) -> int:
        """How often in a row the host did not answer."""


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


class RecordWork:
    """The queue on the tables of the record. Processes that share a record share its hosts out among themselves: whoever has
    the lock of one is alone there, and when a process is killed, the server gives its hosts back. Into a file one process
    follows at a time: see `alone`."""

    def __init__(self, record: Record, due: Due, *, now: Callable[[], datetime] = utc_now) -> None:
        self._following, self._due, self._now = Following(record), due, now
        self._is_shared = record.is_shared
        self._locks, self._elsewhere = record.locks(), False
        self._taken: dict[int, str] = {}
        self._last = now()
        self._following.settle(self._last)

    def take(self) -> Followed | None:
        """As Work."""
        elsewhere: set[str] = set()
        while True:
            busy = {*self._taken.values(), *elsewhere}
            task = self._following.next(self._due, self._moment(), busy)
            if task is None:
                self._elsewhere = bool(elsewhere)
                return None
            if self._locks.take(task.host):
                again = self._again(task, busy)
                if again is not None and again.host == task.host:
                    self._taken[again.id] = again.host
                    return again
                self._locks.release(task.host)
            else:
                elsewhere.add(task.host)

    def _again(self, task: Followed, busy: set[str]) -> Followed | None:
        """What is due now that its host is ours: of a shared record another process may just have done the task."""
        return self._following.next(self._due, self._moment(), busy) if self._is_shared else task

    def done(self, outcome: Outcome) -> Settled:
        """As Work."""
        settled = self._following.write(outcome)
        self._let_go(outcome.after.id)
        return settled

    def give_back(self, task: Followed) -> None:
        """As Work."""
        self._let_go(task.id)

    def rest(self) -> float | None:
        """As Work."""
        now = self._moment()
        at = self._following.next_at(self._due, now, self._taken.values())
        if at is None:
            return None
        return max(_ELSEWHERE if self._elsewhere else 0.0, (at - now).total_seconds())

    def failures(self, host: str) -> int:
        """As Work."""
        return self._following.host_failures(host)

    def close(self) -> None:
        """Let go of the hosts that are still taken."""
        self._locks.close()

    def _let_go(self, number: int) -> None:
        host = self._taken.pop(number, None)
        if host is not None:
            self._locks.release(host)

    def _moment(self) -> datetime:
        """Now; where the clock went back, what that would hold up is mended first."""
        now = self._now()
        if now < self._last:
            self._following.settle(now)
        self._last = now
        return now


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep another process from following into the same file. Raises BusyRecord where one does.

    The lock is that of an empty database beside the record: the system lets go of it when a process ends, however.
    """
    name = f"{path}-follow"
    try:
        lock = sqlite3.connect(name, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise RecordError(f"cannot be opened: {error}", where=name, advice="check who may write there") from error
    try:
        lock.execute("PRAGMA journal_mode = MEMORY")
        lock.execute("BEGIN EXCLUSIVE")
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            advice = "one is enough for a record; stop it, or give another --record"
            raise BusyRecord("another `musnad follow` is at work on it", where=str(path), advice=advice) from error
        raise RecordError(f"cannot be locked: {error}", where=name, advice="check who may write there") from error
    finally:
        lock.close()
