"""The states of stories, each worked out once and given to all readers."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, TypeVar

from musnad.serve.changes import Changes
from musnad.serve.kept import PATIENCE, Kept, Turns
from musnad.serve.shown import Drawing, beside, drawn_story, news, sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from musnad.record import Record
    from musnad.serve.choice import View
    from musnad.serve.shown import Beside, Shown
    from musnad.serve.storycards import StoryCard

    _Had = tuple[dict[str, str], dict[str, str]]

Key = TypeVar("Key")
Value = TypeVar("Value")

KEPT_STATES = 256
"""How many states a service remembers: a reader who was away for longer is given the first part of the story anew."""

KEPT_STORIES = 64
"""How many stories, in a view each, are held whole."""

_TOLD = 64  # pieces of news, each for all who had the same state


class States:
    """What is shown of each story, for all threads: whole as it stands, and the cards alone as they stood before."""

    def __init__(self, card: Callable[[StoryCard, str], str], around: Callable[[Shown], dict[str, str]]) -> None:
        self._drawing = Drawing(card, around, self._beside_of, Changes())
        self._last: OrderedDict[tuple[int, View], Shown] = OrderedDict()
        self._cards: OrderedDict[tuple[int, int, View], tuple[str, _Had]] = OrderedDict()
        self._told: OrderedDict[tuple[int, View, str, str], bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._turns = Turns()
        self._beside: Kept[Beside] = Kept(KEPT_STORIES)

    def now(self, record: Record, number: int, view: View, *, had: str = "0") -> Shown:
        """A story as it stands; where another thread is long at working that out, as it stood before, but not before the
        state that a page `had`: what it shows would go and come again. Raises UsageError where there is no such story."""
        last = self.last(number, view)
        if last is not None and last.seq == sequence(record, number):
            return last
        enough = last is not None and last.seq >= number_of(had)
        with self._turns.turn(number, patience=PATIENCE if enough else -1) as mine:
            last = self.last(number, view)
            if last is not None and not mine:
                return last
            return self._made(record, number, view, last)

    def last(self, number: int, view: View) -> Shown | None:
        """What was shown last of a story; None where nothing was, or not for long."""
        with self._lock:
            return self._last.get((number, view))

    def news(self, shown: Shown, after: str) -> bytes:
        """What a page lacks that is in the state `after`, as JSON; worked out once for all such pages."""
        key = (shown.number, shown.view, after, shown.state)
        with self._lock:
            told = self._told.get(key)
        if told is None:
            lacks = news(shown, self._had(shown.number, after, shown.view))
            told = json.dumps(lacks, ensure_ascii=False, separators=(",", ":")).encode()
            with self._lock:
                _put(self._told, key, told, _TOLD)
        return told

    def _made(self, record: Record, number: int, view: View, last: Shown | None) -> Shown:
        while True:
            seq = sequence(record, number)
            if last is not None and last.seq == seq:
                return last
            with self._lock:
                other = next((one for one in self._last.values() if (one.number, one.seq) == (number, seq)), None)
            made = drawn_story(record, number, seq, view, self._drawing, last, other)
            if sequence(record, number) == seq:  # else something came in meanwhile, and this is neither state
                with self._lock:
                    _put(self._last, (number, view), made, KEPT_STORIES)
                    _put(self._cards, (number, seq, view), (made.state, (made.html, made.parts)), KEPT_STATES)
                return made

    def _beside_of(self, shown: Shown) -> Beside:
        return self._beside.get((shown.number, shown.view.manner), shown.seq, lambda: beside(shown))

    def _had(self, number: int, after: str, view: View) -> _Had | None:
        """The cards of a state, given by its name or its sequence number alone; None where they are not known."""
        with self._lock:
            state, had = self._cards.get((number, number_of(after), view), ("", None))
        return had if state == after or after.isdigit() else None


def number_of(state: str) -> int:
    """The sequence number of a state.

    >>> number_of("17-0123456789ab"), number_of("17")
    (17, 17)
    """
    return int(state.partition("-")[0])


def _put(held: OrderedDict[Key, Value], key: Key, value: Value, most: int) -> None:
    held[key] = value
    held.move_to_end(key)
    while len(held) > most:
        held.popitem(last=False)
