"""What is new, to open pages: the record is looked at once for all readers, and each is sent what its page lacks.

A reader's stream asks nothing of the record by itself: all streams of a story, in a view, hang on one channel, whose
state is worked out once, and pages in the same state are sent the same bytes.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.responses import Response

from musnad.errors import MusnadError, UsageError
from musnad.record.schema import versions
from musnad.serve.shown import sequence
from musnad.serve.states import number_of
from musnad.stories import keep_up

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from starlette.types import Receive, Scope, Send

    from musnad.serve.choice import View
    from musnad.serve.records import Records
    from musnad.serve.shown import Shown
    from musnad.serve.states import States

BEAT = 15.0
"""Seconds after which a silent stream says that it is alive: proxies close what is silent for longer."""

STALE = 30.0
"""Seconds without a look at the record after which a service says that it is not ready."""

_LOG = logging.getLogger("uvicorn.error")
_AGAIN = b"retry: 3000\n\n"  # milliseconds after which a browser whose connection is lost asks again
_BEAT = b": \n\n"
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


@dataclass(slots=True, eq=False)
class Channel:
    """All open streams of a story in a view; `readers` are woken when `shown` is another state, and at each beat."""

    shown: Shown
    readers: set[asyncio.Event] = field(default_factory=set)
    renewing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def wake(self) -> None:
        """Let every stream look."""
        for reader in self.readers:
            reader.set()


class Watcher:
    """Looks at the record and keeps the channels up to it."""

    def __init__(self, records: Records, states: States, every: float) -> None:
        self._records, self._states, self._every = records, states, every
        self._channels: dict[tuple[int, View], Channel] = {}
        self._late = False
        self.seq = 0
        self.sent = 0
        self.ended = False
        self.looked: float | None = None
        self.last_article: datetime | None = None

    @property
    def streams(self) -> int:
        """How many streams are open."""
        return sum(len(channel.readers) for channel in self._channels.values())

    @property
    def ready(self) -> bool:
        """Whether the record could be read lately."""
        return self.looked is not None and time.monotonic() - self.looked < max(STALE, 3 * self._every)

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        """Meanwhile the record is looked at."""
        tasks = [asyncio.create_task(self._look()), asyncio.create_task(self._beat())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def end(self) -> None:
        """End all streams: a service that stops need not break them off."""
        self.ended = True
        self._wake_all()

    async def stream(self, number: int, view: View, state: str) -> Stream:
        """The stream of a story for a page that is in `state`. Raises UsageError where there is no such story."""
        channel = self._channels.get((number, view))
        if channel is None:
            shown = await asyncio.to_thread(self._shown, number, view)
            channel = self._channels.setdefault((number, view), Channel(shown))
        if channel.shown.seq < number_of(state):  # of a service beside this one, which looked a moment before
            await self._renew(channel, state)
        if channel.shown.state != state:
            await asyncio.to_thread(self._recall, number, view, state)
        return Stream(self, channel, state)

    @asynccontextmanager
    async def reader(self, channel: Channel) -> AsyncIterator[asyncio.Event]:
        """One more who is woken; the channel goes when the last of them goes."""
        key, woken = (channel.shown.number, channel.shown.view), asyncio.Event()
        if key not in self._channels:  # it was let go of since it was given, and may not be what stands
            self._channels[key], self._late = channel, True
        self._channels[key].readers.add(woken)
        try:
            yield woken
        finally:
            held = self._channels[key]
            held.readers.discard(woken)
            if not held.readers:
                del self._channels[key]

    def channel_of(self, channel: Channel) -> Channel:
        """The channel that goes on where this one did."""
        return self._channels.get((channel.shown.number, channel.shown.view), channel)

    def news(self, shown: Shown, state: str) -> bytes:
        """An event with what a page in `state` lacks."""
        self.sent += 1
        return f"id: {shown.state}\nevent: news\ndata: ".encode() + self._states.news(shown, state) + b"\n\n"

    async def _look(self) -> None:
        while True:
            try:
                seq = await asyncio.to_thread(self._now)
                self.looked = time.monotonic()
                if seq != self.seq or self._late:
                    self._late = not await self._renew_all()
                    self.seq = seq
            except MusnadError:  # a record that is busy or gone for a while is looked at again
                pass
            except Exception:
                _LOG.exception("the record could not be looked at; it is looked at again")
            await asyncio.sleep(self._every)

    async def _renew_all(self) -> bool:
        """Let all channels show what stands; whether all could."""
        done = True
        for key, channel in list(self._channels.items()):
            if not channel.readers:
                del self._channels[key]
                continue
            try:
                await self._renew(channel)
            except UsageError:  # the story is there no more
                continue
            except MusnadError:
                done = False
        return done

    async def _renew(self, channel: Channel, had: str = "") -> None:
        """Let a channel show what stands, or at least the state that a page `had`."""
        async with channel.renewing:  # else an older state could be put in the place of a newer one
            if had and channel.shown.seq >= number_of(had):
                return
            shown = channel.shown
            shown = await asyncio.to_thread(self._shown, shown.number, shown.view)
            if shown.state != channel.shown.state:
                channel.shown = shown
                channel.wake()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            self._wake_all()

    def _wake_all(self) -> None:
        for channel in self._channels.values():
            channel.wake()

    def _shown(self, number: int, view: View) -> Shown:
        return self._states.fresh(self._records.held(), number, view)

    def _recall(self, number: int, view: View, state: str) -> None:
        self._states.recall(self._records.held(), number, view, state)

    def _now(self) -> int:
        record = self._records.held()
        keep_up(record)
        with record.reading() as connection:
            newest = versions.select().with_only_columns(versions.c.added_at).order_by(versions.c.id.desc()).limit(1)
            self.last_article = connection.execute(newest).scalar()
        return sequence(record)


class Stream(Response):
    """Server-sent events of a story from a state on, as an ASGI answer; the id of each is the state that it leads to.

    A reader who is slow is sent, once it has taken what was sent before, what it lacks by then: nothing piles up for it.
    """

    def __init__(self, watcher: Watcher, channel: Channel, state: str) -> None:
        super().__init__()
        self._watcher, self._channel, self._state = watcher, channel, state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer until the reader goes or the service ends."""
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await send({"type": "http.response.body", "body": _AGAIN, "more_body": True})
        async with self._watcher.reader(self._channel) as woken:
            gone = asyncio.ensure_future(_gone(receive))
            gone.add_done_callback(lambda _: woken.set())
            try:
                while not (gone.done() or self._watcher.ended):
                    await send({"type": "http.response.body", "body": self._news() or _BEAT, "more_body": True})
                    await woken.wait()
                    woken.clear()
            finally:
                gone.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _news(self) -> bytes:
        shown = self._watcher.channel_of(self._channel).shown
        if shown.state == self._state:
            return b""
        words = self._watcher.news(shown, self._state)
        self._state = shown.state
        return words


async def _gone(receive: Receive) -> None:
    """Back when the reader is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
