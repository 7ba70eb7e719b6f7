"""A story as it is shown: its head and its cards, in a state with a sequence number.

The sequence number of a story is the number of the last thing that became of it (``story_events``, which only grows), so two
services over one record agree on it. A state is worked out once and given to all readers.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from musnad import stories as view
from musnad.publish.chains import said
from musnad.publish.compared import accounts_value
from musnad.publish.identity import card_key, first_carrier
from musnad.publish.labels import act_label, labels
from musnad.publish.pictures import Manner, chain, figures_over_time, who_carries_whom
from musnad.publish.times import short
from musnad.record.schema_stories import story_events
from musnad.stories.accounts import accounts
from musnad.stories.ledger import ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from markupsafe import Markup

    from musnad.model import Attribution
    from musnad.publish.identity import Sightings
    from musnad.publish.values import Value
    from musnad.record import Record
    from musnad.stories import Sources, Telling, Utterance

DESK, PHONE = 860, 350
"""Widths of the pictures, in pixels."""

_FIGURES = 3  # things that are counted, with a picture each

KEPT_STATES = 256
"""How many states of stories a service keeps: a reader who was away for longer is given the whole story."""


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A statement on the page of a story; what is not known is an empty string. `seen` and `at` are ISO 8601 in UTC."""

    key: str
    speaker: str
    kind: str
    act: str
    denies: bool
    quoted: bool
    said: str
    language: str
    direction: str
    chain: Markup
    when: str
    at: str
    seen: str
    addressee: str
    outlets: tuple[str, ...]
    texts: int
    article: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A story in one state and one language: its cards newest first, the HTML of each by its key, its pictures, each for
    a desk and for a phone, and its accounts of one happening."""

    number: int
    seq: int
    language: str
    headline: str
    section: str
    tellings: tuple[Telling, ...]
    sources: Sources
    cards: tuple[StoryCard, ...]
    html: dict[str, str]
    figures: tuple[tuple[Markup, Markup], ...] = ()
    carried: tuple[Markup, Markup] | None = None
    accounts: tuple[Value, ...] = ()

    def news(self, before: Shown | None) -> dict[str, object]:
        """What a page in the state `before` lacks (None: all): the order of all keys, and the HTML of what differs."""
        had = before.html if before else {}
        differing = {key: words for key, words in self.html.items() if had.get(key) != words}
        return {"seq": self.seq, "order": list(self.html), "html": differing}


class States:
    """The states of stories that were shown last, for all threads."""

    def __init__(self, drawn: Callable[[StoryCard, str], str]) -> None:
        self._drawn = drawn
        self._held: OrderedDict[tuple[int, int, str], Shown] = OrderedDict()
        self._lock = threading.Lock()
        self._making = threading.Lock()

    def now(self, record: Record, number: int, language: str) -> Shown:
        """A story as it stands. Raises UsageError where there is none."""
        found = self.at(number, sequence(record, number), language)
        if found is not None:
            return found
        with self._making:  # of two thousand who ask at once, one works it out
            while True:
                seq = sequence(record, number)
                found = self.at(number, seq, language) or self._made(record, number, seq, language)
                if sequence(record, number) == seq:  # else something came in meanwhile, and this is neither state
                    return self._keep(found)

    def _keep(self, shown: Shown) -> Shown:
        with self._lock:
            self._held[shown.number, shown.seq, shown.language] = shown
            while len(self._held) > KEPT_STATES:
                self._held.popitem(last=False)
        return shown

    def at(self, number: int, seq: int, language: str) -> Shown | None:
        """A state that was shown before; None where it is kept no more."""
        with self._lock:
            return self._held.get((number, seq, language))

    def _made(self, record: Record, number: int, seq: int, language: str) -> Shown:
        tellings = view.articles_of(record, number)
        cards = cards_of(view.utterances(tellings), language, view.sightings(record, tellings))
        first = next((one.article for one in reversed(tellings) if one.article.headline), None)
        section = next((one.article.section.value for one in tellings if one.article.section), "")
        return Shown(
            number, seq, language, first.headline.value if first and first.headline else "", section, tellings,
            view.sources_of(tellings), cards, {card.key: self._drawn(card, language) for card in cards},
            _figures(tellings, language), _carried(tellings, language),
            tuple(accounts_value(one) for one in accounts(tellings)),
        )  # fmt: skip


def sequence(record: Record, number: int | None = None) -> int:
    """The number of the last thing that became of a story, or of any; 0 where nothing did."""
    wanted = select(func.max(story_events.c.id))
    if number is not None:
        wanted = wanted.where((story_events.c.story_id == number) | (story_events.c.other_id == number))
    with record.reading() as connection:
        return connection.execute(wanted).scalar() or 0


def cards_of(said_in: Sequence[Utterance], language: str, seen: Sightings) -> tuple[StoryCard, ...]:
    """A card for each utterance, the last said first; none is an empty tuple."""
    timed = sorted(said_in, key=lambda one: (_at(*one.carriers[0]), _key(one, seen)), reverse=True)
    found: dict[str, StoryCard] = {}
    for one in timed:
        card = _card(one, language, seen)
        found.setdefault(card.key, card)
    return tuple(found.values())


def _figures(tellings: Sequence[Telling], language: str) -> tuple[tuple[Markup, Markup], ...]:
    manner = Manner(language)
    drawn = (tuple(figures_over_time(one, manner, width=width) for width in (DESK, PHONE)) for one in ledger(tellings))
    return tuple((desk, phone) for desk, phone in drawn if desk)[:_FIGURES]


def _carried(tellings: Sequence[Telling], language: str) -> tuple[Markup, Markup] | None:
    courses, manner = view.carried(tellings), Manner(language)
    desk = who_carries_whom(courses, manner, width=DESK)
    return (desk, who_carries_whom(courses, manner, width=PHONE)) if desk else None


def _card(one: Utterance, language: str, seen: Sightings) -> StoryCard:
    telling, first = one.carriers[0]
    article, words = telling.article, labels(language)
    return StoryCard(
        key=_key(one, seen),
        speaker=first.speaker.name or words["unknown"],
        kind=words[first.speaker.kind],
        act=act_label(words, first.act),
        denies=first.polarity == "denies",
        quoted=first.type != "indirect",
        said=said(article, first),
        language=article.language or "ar",
        direction=article.direction,
        chain=chain(first.chain, Manner(language)),
        when=short(first.said_at) if first.said_at else "",
        at=_iso(_at(telling, first)),
        seen=_iso(telling.seen_at),
        addressee=article.text.of(first.addressee) if first.addressee else "",
        outlets=one.outlets,
        texts=one.texts,
        article=telling.article_id,
        anchor=f"p1-{article.attributions.index(first) + 1}",
    )


def _at(telling: Telling, attribution: Attribution) -> datetime:
    instant = attribution.said_at.instant if attribution.said_at else None
    return instant or telling.at


def _key(one: Utterance, seen: Sightings) -> str:
    """What stays the same while others come to carry it and while its page is edited."""
    telling, first = first_carrier(one, seen)
    return card_key(telling.address, first)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
