"""One record for each thread that answers: a Record is for one thread at a time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from musnad.record import Record

if TYPE_CHECKING:
    from musnad.serve.settings import Serving


class _Lent:
    """A record that a thread has, given back when the thread ends: idle threads of a pool do."""

    def __init__(self, record: Record, spare: list[Record]) -> None:
        self.record, self._spare = record, spare

    def __del__(self) -> None:
        self._spare.append(self.record)


class Records:
    """The record of a service, opened for as many threads as ask for it at once."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._mine = threading.local()
        self._spare: list[Record] = []
        self._all: list[Record] = []

    def held(self) -> Record:
        """The record of this thread. Raises as Record.open does."""
        lent: _Lent | None = getattr(self._mine, "lent", None)
        if lent is None:
            lent = self._mine.lent = _Lent(self._spare.pop() if self._spare else self._opened(), self._spare)
        return lent.record

    def close(self) -> None:
        """Let go of all of them; none is used any more."""
        for record in self._all:
            record.close()

    def _opened(self) -> Record:
        record = Record.open(self._serving.record, wait=self._serving.wait)
        self._all.append(record)
        return record
