"""One record for each thread that answers: a Record is for one thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from musnad.record import Record

if TYPE_CHECKING:
    from musnad.serve.settings import Serving


class Records:
    """The record of a service, opened once in each thread that asks for it."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._mine = threading.local()

    def held(self) -> Record:
        """The record of this thread. Raises as Record.open does."""
        record: Record | None = getattr(self._mine, "record", None)
        if record is None:
            record = self._mine.record = Record.open(self._serving.record, wait=self._serving.wait)
        return record
