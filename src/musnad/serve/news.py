"""What is new, to open pages: the record is looked at once for all readers, and each is sent what its page lacks."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from musnad.errors import MusnadError
from musnad.serve.shown import sequence
from musnad.stories import keep_up

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from musnad.publish.pictures import Manner
    from musnad.serve.choice import Choice
    from musnad.serve.records import Records
    from musnad.serve.shown import States

BEAT = 15.0
"""Seconds after which a silent stream says that it is alive: proxies close what is silent for longer."""


class Watcher:
    """Looks at the record and wakes those who wait when something became of a story."""

    def __init__(self, records: Records, every: float) -> None:
        self._records, self._every = records, every
        self._changed = asyncio.Condition()
        self.seq = 0
        self.ended = False

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        """Meanwhile the record is looked at."""
        task = asyncio.create_task(self._look())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def after(self, seq: int) -> bool:
        """Wait until something has a later number; False after a beat without."""
        async with self._changed:
            try:
                await asyncio.wait_for(self._changed.wait_for(lambda: self.seq > seq or self.ended), BEAT)
            except TimeoutError:
                return False
        return True

    async def end(self) -> None:
        """Let all who wait go, so that a service that stops need not break off their streams."""
        async with self._changed:
            self.ended = True
            self._changed.notify_all()

    async def _look(self) -> None:
        while True:
            with suppress(MusnadError):  # a record that is busy or gone for a while is looked at again
                seq = await asyncio.to_thread(self._now)
                if seq != self.seq:
                    async with self._changed:
                        self.seq = seq
                        self._changed.notify_all()
            await asyncio.sleep(self._every)

    def _now(self) -> int:
        record = self._records.held()
        keep_up(record)
        return sequence(record)


async def stream(
    watcher: Watcher, states: States, records: Records, number: int, after: int, manner: Manner, choice: Choice
) -> AsyncIterator[str]:
    """Server-sent events of a story from the state `after` on; each has its sequence number as its id."""
    looked = -1
    yield "retry: 3000\n\n"
    while not watcher.ended:
        looked = watcher.seq
        shown = await asyncio.to_thread(lambda: states.now(records.held(), number, manner))
        if shown.seq != after:
            data = json.dumps(shown.news(states.at(number, after, manner), choice), ensure_ascii=False)
            yield f"id: {shown.seq}\nevent: news\ndata: {data}\n\n"
            after = shown.seq
        while not await watcher.after(looked):
            yield ": \n\n"
