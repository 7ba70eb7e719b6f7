"""A story as it is shown: its head and its cards, in a state with a sequence number.

The sequence number of a story is the number of the last thing that became of it (``story_events``, which only grows), so two
services over one record agree on it. A state is worked out once and given to all readers.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from musnad import stories as view
from musnad.publish.compared import accounts_value
from musnad.publish.pictures import figures_over_time, who_carries_whom
from musnad.record.schema_stories import story_events
from musnad.serve.changes import Changes
from musnad.serve.choice import Choice, key_points, offered
from musnad.serve.storycards import cards_of
from musnad.stories.accounts import accounts
from musnad.stories.ledger import ledger
from musnad.stories.sides import Sides

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from musnad.publish.pictures import Manner
    from musnad.publish.values import Value
    from musnad.record import Record
    from musnad.serve.changes import Changed
    from musnad.serve.storycards import StoryCard
    from musnad.stories import Sources, Telling

DESK, PHONE = 860, 350
"""Widths of the pictures, in pixels."""

_FIGURES = 3  # things that are counted, with a picture each

KEPT_STATES = 256
"""How many states of stories a service keeps: a reader who was away for longer is given the whole story."""


ALL = Choice()


@dataclass(frozen=True, slots=True)
class Shown:
    """A story in one state and for one manner of reading: its cards newest first, the HTML of each by its key, its pictures,
    each for a desk and for a phone, and its accounts of one happening."""

    number: int
    seq: int
    manner: Manner
    headline: str
    section: str
    tellings: tuple[Telling, ...]
    sources: Sources
    cards: tuple[StoryCard, ...]
    html: dict[str, str]
    figures: tuple[tuple[Markup, Markup], ...] = ()
    carried: tuple[Markup, Markup] | None = None
    accounts: tuple[Value, ...] = ()
    changes: tuple[Changed, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    """HTML of what stands around the timeline and changes with it, by the id of its place."""

    def chosen(self, choice: Choice) -> dict[str, str]:
        """The HTML of the statements that are chosen, by their keys."""
        if not choice.query:
            return self.html
        return {card.key: self.html[card.key] for card in self.cards if choice.holds(card)}

    def offered(self, choice: Choice) -> list[tuple[str, list[tuple[str, int, bool]]]]:
        """What there is to choose from."""
        return list(offered(self.cards, choice))

    @property
    def points(self) -> tuple[StoryCard, ...]:
        """The statements that most texts carry."""
        return key_points(self.cards)

    def news(self, before: Shown | None, choice: Choice = ALL) -> dict[str, object]:
        """What a page in the state `before` lacks (None: all): the order of all keys, and the HTML of what differs."""
        had, mine = before.html if before else {}, self.chosen(choice)
        differing = {key: words for key, words in mine.items() if had.get(key) != words}
        around = before.parts if before else {}
        parts = {name: words for name, words in self.parts.items() if around.get(name) != words}
        return {"seq": self.seq, "order": list(mine), "html": differing, "parts": parts}


class States:
    """The states of stories that were shown last, for all threads."""

    def __init__(self, drawn: Callable[[StoryCard, str], str], around: Callable[[Shown], dict[str, str]]) -> None:
        self._drawn, self._around = drawn, around
        self._changes = Changes()
        self._held: OrderedDict[tuple[int, int, Manner], Shown] = OrderedDict()
        self._lock = threading.Lock()
        self._making = threading.Lock()

    def now(self, record: Record, number: int, manner: Manner) -> Shown:
        """A story as it stands. Raises UsageError where there is none."""
        found = self.at(number, sequence(record, number), manner)
        if found is not None:
            return found
        with self._making:  # of two thousand who ask at once, one works it out
            while True:
                seq = sequence(record, number)
                found = self.at(number, seq, manner) or self._made(record, number, seq, manner)
                if sequence(record, number) == seq:  # else something came in meanwhile, and this is neither state
                    return self._keep(found)

    def _keep(self, shown: Shown) -> Shown:
        with self._lock:
            self._held[shown.number, shown.seq, shown.manner] = shown
            while len(self._held) > KEPT_STATES:
                self._held.popitem(last=False)
        return shown

    def at(self, number: int, seq: int, manner: Manner) -> Shown | None:
        """A state that was shown before; None where it is kept no more."""
        with self._lock:
            return self._held.get((number, seq, manner))

    def _made(self, record: Record, number: int, seq: int, manner: Manner) -> Shown:
        tellings = view.articles_of(record, number)
        cards = cards_of(view.utterances(tellings), manner, Sides(tellings))
        first = next((one.article for one in reversed(tellings) if one.article.headline), None)
        section = next((one.article.section.value for one in tellings if one.article.section), "")
        shown = Shown(
            number, seq, manner, first.headline.value if first and first.headline else "", section, tellings,
            view.sources_of(tellings), cards, {card.key: self._drawn(card, manner.language) for card in cards},
            _figures(tellings, manner), _carried(tellings, manner),
            tuple(accounts_value(one) for one in accounts(tellings)), self._changes.of(record, tellings),
        )  # fmt: skip
        return replace(shown, parts=self._around(shown))


def sequence(record: Record, number: int | None = None) -> int:
    """The number of the last thing that became of a story, or of any; 0 where nothing did."""
    wanted = select(func.max(story_events.c.id))
    if number is not None:
        wanted = wanted.where((story_events.c.story_id == number) | (story_events.c.other_id == number))
    with record.reading() as connection:
        return connection.execute(wanted).scalar() or 0


def _figures(tellings: Sequence[Telling], manner: Manner) -> tuple[tuple[Markup, Markup], ...]:
    drawn = (tuple(figures_over_time(one, manner, width=width) for width in (DESK, PHONE)) for one in ledger(tellings))
    return tuple((desk, phone) for desk, phone in drawn if desk)[:_FIGURES]


def _carried(tellings: Sequence[Telling], manner: Manner) -> tuple[Markup, Markup] | None:
    courses = view.carried(tellings)
    desk = who_carries_whom(courses, manner, width=DESK)
    return (desk, who_carries_whom(courses, manner, width=PHONE)) if desk else None
