"""The states of stories, each worked out once and given to all readers."""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from musnad.errors import MusnadError
from musnad.serve.beside import beside
from musnad.serve.changes import Changes
from musnad.serve.kept import PATIENCE, RECENT, SOON, Kept, Turns
from musnad.serve.pages import piece
from musnad.serve.shown import Beside, Drawing, drawn_story, news, recalled, sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from musnad.record import Record
    from musnad.serve.choice import View
    from musnad.serve.records import Records
    from musnad.serve.shown import Shown
    from musnad.serve.storycards import StoryCard

    _Had = tuple[dict[str, str], dict[str, str]]

Key = TypeVar("Key")
Value = TypeVar("Value")

KEPT_STATES = 256
"""How many states a service remembers: a reader who was away for longer is given the first part of the story anew."""

KEPT_STORIES = 64
"""How many stories, in a view each, are held whole."""

_TOLD = 64  # pieces of news, each for all who had the same state


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is shown of a story now, since when, and how long it took to work out."""

    shown: Shown
    at: float
    took: float


class States:
    """What is shown of each story, for all threads: whole as it stands, and the cards alone as they stood before."""

    def __init__(
        self, card: Callable[[StoryCard, str], str], around: Callable[[Shown], dict[str, str]], records: Records
    ) -> None:
        self._drawing = Drawing(card, around, self._beside_of, Changes())
        self._records = records
        self._last: OrderedDict[tuple[int, View], _Standing] = OrderedDict()
        self._cards: OrderedDict[tuple[int, int, View], tuple[str, _Had]] = OrderedDict()
        self._told: OrderedDict[tuple[int, View, str, str], bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._turns = Turns()
        self._beside: Kept[Beside] = Kept(KEPT_STORIES)

    def now(self, record: Record, number: int, view: View, *, had: str = "0") -> Shown:
        """A story as it stands. One that takes long to work out (:data:`musnad.serve.kept.SOON`) is given as it stood
        shortly before, and worked out beside; but not as before the state that a page `had`: what it shows would go and
        come again. Raises UsageError where there is no such story."""
        stands = self._standing(number, view)
        if stands is None or stands.shown.seq < number_of(had):
            return self.fresh(record, number, view)
        if stands.shown.seq == sequence(record, number):
            return stands.shown
        if stands.took > SOON and time.monotonic() - stands.at < RECENT:
            threading.Thread(target=self._work_out, args=(number, view)).start()
            return stands.shown
        with self._turns.turn(number, patience=PATIENCE) as mine:
            return self._made(record, number, view) if mine else stands.shown

    def fresh(self, record: Record, number: int, view: View) -> Shown:
        """A story as it stands, however long it takes. Raises UsageError where there is no such story."""
        with self._turns.turn(number):
            return self._made(record, number, view)

    def last(self, number: int, view: View) -> Shown | None:
        """What was shown last of a story; None where nothing was, or not for long."""
        stands = self._standing(number, view)
        return stands.shown if stands else None

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

    def recall(self, record: Record, number: int, view: View, state: str) -> None:
        """Work out the cards of a state that is not remembered, as a service knows none that another one showed."""
        stands = self._standing(number, view)
        if stands is None or not 0 < number_of(state) < stands.shown.seq or self._is_kept(number, view, state):
            return
        with self._turns.turn(number):
            if not self._is_kept(number, view, state):
                told = recalled(record, stands.shown, number_of(state))
                had = told.state, (told.html, told.parts)
                with self._lock:
                    _put(self._cards, (number, number_of(state), view), had, KEPT_STATES)

    def _is_kept(self, number: int, view: View, state: str) -> bool:
        with self._lock:
            return (number, number_of(state), view) in self._cards

    def _standing(self, number: int, view: View) -> _Standing | None:
        with self._lock:
            return self._last.get((number, view))

    def _work_out(self, number: int, view: View) -> None:
        with self._turns.turn(number, patience=0) as mine, suppress(MusnadError):  # who asks next is told of it
            if mine:
                self._made(self._records.held(), number, view)

    def _made(self, record: Record, number: int, view: View) -> Shown:
        last = self.last(number, view)
        while True:
            seq = sequence(record, number)
            if last is not None and last.seq == seq:
                return last
            began = time.monotonic()
            with self._lock:
                shown = (one.shown for one in self._last.values())
                other = next((one for one in shown if (one.number, one.seq) == (number, seq)), None)
            made = drawn_story(record, number, seq, view, self._drawing, last, other)
            if sequence(record, number) == seq:  # else something came in meanwhile, and this is neither state
                ended = time.monotonic()
                with self._lock:
                    _put(self._last, (number, view), _Standing(made, ended, ended - began), KEPT_STORIES)
                    _put(self._cards, (number, seq, view), (made.state, (made.html, made.parts)), KEPT_STATES)
                return made

    def _beside_of(self, shown: Shown) -> Beside:
        manner = shown.view.manner

        def made() -> Beside:  # tables of a long story are long: once for all readers
            held = beside(shown.tellings, manner)
            told = piece("story-told.html", manner.language, shown=shown, manner=manner)
            return Beside(told, piece("story-beside.html", manner.language, beside=held, number=shown.number))

        return self._beside.get((shown.number, manner), shown.seq, made)

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
