"""Transactions of a record: one for each question or page, or one that several pages share; tried again when it is lost."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from musnad.errors import LostRecord, RecordError
from musnad.record.database import engine_of, told, writing
from musnad.record.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from musnad.record.locks import Locks

T = TypeVar("T")
_FIRST, _LONGEST = 0.1, 2.0  # seconds between one try and the next, twice as long each time


class Access:
    """The engine of a record, and the transaction that is shared now, if one is."""

    def __init__(self, place: str, wait: float, *, create: bool) -> None:
        self._place, self._wait = place, wait
        self._engine = engine_of(place, wait, create=create)
        self._shared: Connection | None = None

    def locks(self) -> Locks:
        """Names that processes share out among themselves."""
        with told(self._place, self._wait):
            return kind_of(self._place).locks(self._engine)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state from its beginning to its end."""
        if self._shared is not None:
            with told(self._place, self._wait):
                yield self._shared
            return
        with told(self._place, self._wait), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write; within a shared one a part of it, which can fail without the rest."""
        if self._shared is not None:
            with told(self._place, self._wait), self._shared.begin_nested():
                yield self._shared
            return
        with told(self._place, self._wait), writing(self._engine) as connection:
            yield connection

    @contextmanager
    def sharing(self) -> Iterator[Connection]:
        """A transaction that whatever is read and written within takes part in. Raises RecordError within another."""
        if self._shared is not None:
            raise RecordError("a transaction of this record is open", advice="end it, or open the record once more")
        with told(self._place, self._wait), writing(self._engine) as connection:
            self._shared = connection
            try:
                yield connection
            finally:
                self._shared = None

    def patiently(self, work: Callable[[], T]) -> T:
        """What `work` gives back, tried again for as long as we wait where the server is gone; it has to be work that
        may be done twice. Within a shared transaction, all of which is lost, it is tried once. Raises LostRecord."""
        end, pause = time.monotonic() + self._wait, _FIRST
        while True:
            try:
                return work()
            except LostRecord:
                if self._shared is not None or time.monotonic() + pause > end:
                    raise
                self._engine.dispose()
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST)
