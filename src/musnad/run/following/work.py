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
    """The queue of one process, on the tables of the record. What is taken is known to this process alone: see `alone`."""

    def __init__(self, record: Record, due: Due, *, now: Callable[[], datetime] = utc_now) -> None:
        self._following, self._due, self._now = Following(record), due, now
        self._taken: dict[int, str] = {}
        self._last = now()
        self._following.settle(self._last)

    def take(self) -> Followed | None:
        """As Work."""
        task = self._following.next(self._due, self._moment(), self._taken.values())
        if task is not None:
            self._taken[task.id] = task.host
        return task

    def done(self, outcome: Outcome) -> Settled:
        """As Work."""
        settled = self._following.write(outcome)
        self._taken.pop(outcome.after.id, None)
        return settled

    def give_back(self, task: Followed) -> None:
        """As Work."""
        self._taken.pop(task.id, None)

    def rest(self) -> float | None:
        """As Work."""
        now = self._moment()
        at = self._following.next_at(self._due, now, self._taken.values())
        return None if at is None else max(0.0, (at - now).total_seconds())

    def failures(self, host: str) -> int:
        """As Work."""
        return self._following.host_failures(host)

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
