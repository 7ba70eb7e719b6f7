"""What is worked out once for all readers."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from musnad.errors import MusnadError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

T = TypeVar("T")

SHARE = 0.1
"""How much of the time may be spent on working out one thing again: what took a second is shown for ten."""

SOON, RECENT = 0.25, 60.0
"""What took longer than the first is worked out again beside the readers, who are given what there was, where that was
worked out within the second; in seconds."""

PATIENCE = 0.5
"""Seconds that a reader waits for another who works out the same, before being given what there was."""

_LOCKS = 64


class Turns:
    """Who works something out has a turn at it; the others wait, but not for ever where there is something to show."""

    def __init__(self) -> None:
        self._locks = [threading.Lock() for _ in range(_LOCKS)]

    @contextmanager
    def turn(self, key: Hashable, *, patience: float = -1) -> Iterator[bool]:
        """Whether it is ours to work out `key`, after waiting for at most that long (-1: as long as it takes)."""
        lock = self._locks[hash(key) % _LOCKS]
        mine = lock.acquire(blocking=patience != 0, timeout=patience or -1)
        try:
            yield mine
        finally:
            if mine:
                lock.release()


@dataclass(frozen=True, slots=True)
class _Made(Generic[T]):
    value: T
    version: int
    at: float
    took: float

    def serves(self, version: int) -> bool:
        return self.version == version or time.monotonic() - self.at < self.took / SHARE


class Kept(Generic[T]):
    """Values by a key, each of a version (a sequence number); the last asked for are kept.

    >>> kept = Kept(2)
    >>> [kept.get("a", 1, lambda: "once"), kept.get("a", 1, lambda: "again")]
    ['once', 'once']
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, _Made[T]] = OrderedDict()
        self._lock = threading.Lock()
        self._turns = Turns()

    def get(self, key: Hashable, version: int, make: Callable[[], T]) -> T:
        """The value of `key` at this version, or one from before that it is too early to work out again; `make` may be
        called in another thread."""
        made = self._find(key)
        if made is not None and made.serves(version):
            return made.value
        if made is not None and made.took > SOON and time.monotonic() - made.at < RECENT:
            threading.Thread(target=self._renew_beside, args=(key, version, make)).start()
            return made.value
        return self._renewed(key, version, make, PATIENCE if made else -1)

    def _renew_beside(self, key: Hashable, version: int, make: Callable[[], T]) -> None:
        with suppress(MusnadError):  # who asks later is told of it
            self._renewed(key, version, make, 0)

    def _renewed(self, key: Hashable, version: int, make: Callable[[], T], patience: float) -> T:
        with self._turns.turn(key, patience=patience) as mine:
            found = self._find(key)
            if found is not None and (not mine or found.serves(version)):
                return found.value
            began = time.monotonic()
            value = make()
            ended = time.monotonic()
            self._put(key, _Made(value, version, ended, ended - began))
            return value

    def _find(self, key: Hashable) -> _Made[T] | None:
        with self._lock:
            return self._made.get(key)

    def _put(self, key: Hashable, made: _Made[T]) -> None:
        with self._lock:
            self._made[key] = made
            self._made.move_to_end(key)
            while len(self._made) > self._most:
                self._made.popitem(last=False)
