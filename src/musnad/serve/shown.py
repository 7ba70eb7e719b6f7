"""A story as it is shown: its head and its cards, in a state with a sequence number.

The sequence number of a story is the number of the last thing that became of it (``story_events``, which only grows), so two
services over one record agree on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from musnad import stories as view
from musnad.publish.chains import said
from musnad.publish.compared import accounts_value
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
    from musnad.publish.values import Value
    from musnad.record import Record
    from musnad.stories import Sources, Telling, Utterance

    Draw = Callable[["StoryCard", str], str]

DESK, PHONE = 860, 350
"""Widths of the pictures, in pixels."""

_FIGURES = 3  # things that are counted, with a picture each

PART = 100
"""How many cards a page has at first, and each time that earlier ones are asked for."""


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
class Beside:
    """What stands beside the timeline: pictures, each for a desk and for a phone, and the accounts of one happening."""

    figures: tuple[tuple[Markup, Markup], ...]
    carried: tuple[Markup, Markup] | None
    accounts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Some cards of the timeline, newest first; `earlier` is the key after which the next part begins, empty at the end.
    Only the first part goes on by itself."""

    html: tuple[str, ...]
    earlier: str
    first: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A story in one state and one language: its cards newest first, and the HTML of each by its key.

    `state` names what is shown: the sequence number, and a digest of all cards, because two services, or one before and
    after it was started anew, may show the same number in other words. What stands beside the cards is made when it is
    asked for, and may be of a state shortly before.
    """

    number: int
    seq: int
    state: str
    language: str
    headline: str
    section: str
    tellings: tuple[Telling, ...]
    said: tuple[Utterance, ...]
    sources: Sources
    cards: tuple[StoryCard, ...]
    html: dict[str, str]
    made_beside: Callable[[Shown], Beside]

    @property
    def figures(self) -> tuple[tuple[Markup, Markup], ...]:
        """The figures over time, those that most claim first."""
        return self.made_beside(self).figures

    @property
    def carried(self) -> tuple[Markup, Markup] | None:
        """Who carries whom; None where nothing is carried."""
        return self.made_beside(self).carried

    @property
    def accounts(self) -> tuple[Value, ...]:
        """The accounts side by side."""
        return self.made_beside(self).accounts

    def part(self, after: str = "") -> Part:
        """The cards after the one with this key; without one, or where it is there no more, the first ones."""
        keys = list(self.html)
        start = keys.index(after) + 1 if after in self.html else 0
        mine = keys[start : start + PART]
        earlier = mine[-1] if start + PART < len(keys) else ""
        return Part(tuple(self.html[key] for key in mine), earlier, start == 0)


def news(shown: Shown, had: dict[str, str] | None) -> dict[str, object]:
    """What a page lacks that showed the cards `had`, by their keys.

    ``order`` are the keys down to where both agree, which is before the key ``then`` (None: at the end), and ``html`` the
    cards that differ. Where it is not known what the page showed, the first part of the timeline, and whether there is
    ``more``.
    """
    keys = list(shown.html)
    if had is None:
        first = keys[:PART]
        return {**_told(shown, first, None, {key: shown.html[key] for key in first}), "more": len(keys) > PART}
    before = list(had)
    same = next(
        (at for at, (one, other) in enumerate(zip(reversed(keys), reversed(before), strict=False)) if one != other),
        min(len(keys), len(before)),
    )
    differing = {key: words for key, words in shown.html.items() if had.get(key) != words}
    return _told(shown, keys[: len(keys) - same], keys[-same] if same else None, differing)


def _told(shown: Shown, order: list[str], then: str | None, html: dict[str, str]) -> dict[str, object]:
    return {"seq": shown.seq, "state": shown.state, "order": order, "then": then, "html": html}


def drawn_story(
    record: Record, number: int, seq: int, language: str, draw: Draw, made_beside: Callable[[Shown], Beside],
    before: Shown | None = None, other: Shown | None = None,
) -> Shown:  # fmt: skip
    """A story as it stands in the record now. Cards that are as they were `before` are not drawn again, and what was read
    for an `other` language at the same number is not read again. Raises UsageError where there is no such story."""
    tellings = other.tellings if other else view.articles_of(record, number)
    said_in = other.said if other else view.utterances(tellings)
    cards = cards_of(said_in, language)
    html = _html(cards, language, draw, before)
    first = next((one.article for one in reversed(tellings) if one.article.headline), None)
    section = next((one.article.section.value for one in tellings if one.article.section), "")
    return Shown(
        number, seq, _name(seq, html), language, first.headline.value if first and first.headline else "", section,
        tellings, said_in, view.sources_of(tellings), cards, html, made_beside,
    )  # fmt: skip


def recalled(record: Record, shown: Shown, seq: int, draw: Draw) -> tuple[str, dict[str, str]]:
    """The name and the cards of an earlier state, made of those articles that had joined the story by that number. Where one
    of them was edited since, they are others than were shown then, and so is the name."""
    mine = select(story_events.c.article_id).where(story_events.c.story_id == shown.number, story_events.c.id <= seq)
    with record.reading() as connection:
        joined = set(connection.execute(mine).scalars())
    said_in = view.utterances([one for one in shown.tellings if one.article_id in joined])
    html = _html(cards_of(said_in, shown.language), shown.language, draw, shown)
    return _name(seq, html), html


def _html(cards: Sequence[StoryCard], language: str, draw: Draw, before: Shown | None) -> dict[str, str]:
    drawn = {card: before.html[card.key] for card in before.cards} if before else {}
    return {card.key: drawn.get(card) or draw(card, language) for card in cards}


def _name(seq: int, html: dict[str, str]) -> str:
    shown = "\0".join(f"{key}\0{words}" for key, words in html.items())
    return f"{seq}-{sha256(shown.encode()).hexdigest()[:12]}"


def beside(shown: Shown) -> Beside:
    """What stands beside a timeline."""
    told = tuple(accounts_value(one) for one in accounts(shown.tellings))
    return Beside(_figures(shown.tellings, shown.language), _carried(shown.tellings, shown.language), told)


def sequence(record: Record, number: int | None = None) -> int:
    """The number of the last thing that became of a story, or of any; 0 where nothing did."""
    wanted = select(func.max(story_events.c.id))
    if number is not None:
        wanted = wanted.where((story_events.c.story_id == number) | (story_events.c.other_id == number))
    with record.reading() as connection:
        return connection.execute(wanted).scalar() or 0


def cards_of(said_in: Sequence[Utterance], language: str) -> tuple[StoryCard, ...]:
    """A card for each utterance, the last said first; none is an empty tuple."""
    timed = sorted(said_in, key=lambda one: (_at(*one.carriers[0]), _key(one)), reverse=True)
    found: dict[str, StoryCard] = {}
    for one in timed:
        card = _card(one, language)
        found.setdefault(card.key, card)
    return tuple(found.values())


def _figures(tellings: Sequence[Telling], language: str) -> tuple[tuple[Markup, Markup], ...]:
    manner = Manner(language)
    drawn = ((one, figures_over_time(one, manner, width=DESK)) for one in ledger(tellings))
    shown = islice(((one, desk) for one, desk in drawn if desk), _FIGURES)
    return tuple((desk, figures_over_time(one, manner, width=PHONE)) for one, desk in shown)


def _carried(tellings: Sequence[Telling], language: str) -> tuple[Markup, Markup] | None:
    courses, manner = view.carried(tellings), Manner(language)
    desk = who_carries_whom(courses, manner, width=DESK)
    return (desk, who_carries_whom(courses, manner, width=PHONE)) if desk else None


def _card(one: Utterance, language: str) -> StoryCard:
    telling, first = one.carriers[0]
    article, words = telling.article, labels(language)
    return StoryCard(
        key=_key(one),
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


def _key(one: Utterance) -> str:
    """What stays the same while others come to carry it and while its page is edited: where it was first seen."""
    telling, first = min(one.carriers, key=lambda held: (held[0].seen_at, held[0].article_id))
    return sha256(f"{telling.address}#{first.id}".encode()).hexdigest()[:12]


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
