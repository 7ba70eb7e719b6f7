"""A story as it is shown: its head and its cards, in a state with a sequence number.

The sequence number of a story is the number of the last thing that became of it (``story_events``, which only grows), so two
services over one record agree on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from musnad import stories as view
from musnad.record.schema_stories import story_events
from musnad.serve.choice import key_points, offered
from musnad.serve.storycards import cards_of
from musnad.stories.sides import Sides

if TYPE_CHECKING:
    from collections.abc import Callable

    from musnad.record import Record
    from musnad.serve.changes import Changed, Changes
    from musnad.serve.choice import View
    from musnad.serve.storycards import StoryCard
    from musnad.stories import Sources, Telling, Utterance

_ARTICLES = 30  # are listed beside the timeline

PART = 100
"""How many cards a page has at first, and each time that earlier ones are asked for."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the timeline, as HTML: the lists of sources and articles, and what stands under both."""

    told: str
    below: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a story is drawn with: a card in a language as HTML, what stands around the timeline as HTML by its place, what
    stands beside it, and what changed in its articles."""

    card: Callable[[StoryCard, str], str]
    around: Callable[[Shown], dict[str, str]]
    beside: Callable[[Shown], Beside]
    changes: Changes


@dataclass(frozen=True, slots=True)
class Part:
    """Some cards of the timeline, newest first; `earlier` is the key after which the next part begins, empty at the end.
    Only the first part goes on by itself."""

    html: tuple[str, ...]
    earlier: str
    first: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A story in one state and one view: the cards that are chosen, newest first, and the HTML of each by its key; `every`
    are all cards, `parts` the HTML of what stands around the timeline and changes with it.

    `state` names what is shown: the sequence number, and a digest of what is shown, because two services, or one before and
    after it was started anew, may show the same number in other words. What stands beside the cards is made when it is
    asked for, and may be of a state shortly before.
    """

    number: int
    seq: int
    state: str
    view: View
    headline: str
    section: str
    tellings: tuple[Telling, ...]
    said: tuple[Utterance, ...]
    sources: Sources
    changes: tuple[Changed, ...]
    every: tuple[StoryCard, ...]
    cards: tuple[StoryCard, ...]
    html: dict[str, str]
    parts: dict[str, str]
    drawing: Drawing

    @property
    def beside(self) -> Beside:
        """Lists, accounts, figures and pictures, as HTML."""
        return self.drawing.beside(self)

    @property
    def newest(self) -> tuple[Telling, ...]:
        """The articles that came last, the last first."""
        return self.tellings[: -_ARTICLES - 1 : -1]

    @property
    def points(self) -> tuple[StoryCard, ...]:
        """The statements that most texts carry."""
        return key_points(self.every)

    @property
    def offered(self) -> list[tuple[str, list[tuple[str, int, bool]]]]:
        """What statements can be chosen by."""
        return list(offered(self.every, self.view.choice))

    def part(self, after: str = "") -> Part:
        """The cards after the one with this key; without one, or where it is there no more, the first ones."""
        keys = list(self.html)
        start = keys.index(after) + 1 if after in self.html else 0
        mine = keys[start : start + PART]
        earlier = mine[-1] if start + PART < len(keys) else ""
        return Part(tuple(self.html[key] for key in mine), earlier, start == 0)


def news(shown: Shown, had: tuple[dict[str, str], dict[str, str]] | None) -> dict[str, object]:
    """What a page lacks that showed the cards and the parts `had`, by their keys.

    ``order`` are the keys down to where both agree, which is before the key ``then`` (None: at the end), ``html`` the
    cards that differ, and ``parts`` what differs around them. Where it is not known what the page showed, the first part
    of the timeline, and whether there is ``more``.
    """
    keys = list(shown.html)
    if had is None:
        first = keys[:PART]
        whole = _told(shown, first, None, {key: shown.html[key] for key in first}, shown.parts)
        return {**whole, "more": len(keys) > PART}
    before = list(had[0])
    same = next(
        (at for at, (one, other) in enumerate(zip(reversed(keys), reversed(before), strict=False)) if one != other),
        min(len(keys), len(before)),
    )
    differing = _differing(shown.html, had[0]), _differing(shown.parts, had[1])
    return _told(shown, keys[: len(keys) - same], keys[-same] if same else None, *differing)


def _differing(now: dict[str, str], had: dict[str, str]) -> dict[str, str]:
    return {key: words for key, words in now.items() if had.get(key) != words}


def _told(
    shown: Shown, order: list[str], then: str | None, html: dict[str, str], parts: dict[str, str]
) -> dict[str, object]:
    return {"seq": shown.seq, "state": shown.state, "order": order, "then": then, "html": html, "parts": parts}


def drawn_story(
    record: Record, number: int, seq: int, view_: View, drawing: Drawing, before: Shown | None = None,
    other: Shown | None = None,
) -> Shown:  # fmt: skip
    """A story as it stands in the record now. Cards that are as they were `before` are not drawn again, and what was read
    for an `other` view at the same number is not read again. Raises UsageError where there is no such story."""
    tellings = other.tellings if other else view.articles_of(record, number)
    said_in = other.said if other else view.utterances(tellings)
    return _drawn(record, (number, seq, view_), drawing, tellings, said_in, before)


def recalled(record: Record, shown: Shown, seq: int) -> Shown:
    """An earlier state, made of those articles that had joined the story by that number. Where one of them was edited since,
    it is another than was shown then, and so is its name."""
    mine = select(story_events.c.article_id).where(story_events.c.story_id == shown.number, story_events.c.id <= seq)
    with record.reading() as connection:
        joined = set(connection.execute(mine).scalars())
    tellings = tuple(one for one in shown.tellings if one.article_id in joined)
    return _drawn(record, (shown.number, seq, shown.view), shown.drawing, tellings, view.utterances(tellings), shown)


def _drawn(
    record: Record, what: tuple[int, int, View], drawing: Drawing, tellings: tuple[Telling, ...],
    said_in: tuple[Utterance, ...], before: Shown | None,
) -> Shown:  # fmt: skip
    number, seq, view_ = what
    every = cards_of(said_in, view_.manner, Sides(tellings), view.sightings(record, tellings))
    cards = tuple(card for card in every if view_.choice.holds(card))
    drawn = {card: before.html[card.key] for card in before.cards} if before else {}
    html = {card.key: drawn.get(card) or drawing.card(card, view_.manner.language) for card in cards}
    first = next((one.article for one in reversed(tellings) if one.article.headline), None)
    section = next((one.article.section.value for one in tellings if one.article.section), "")
    shown = Shown(
        number, seq, "", view_, first.headline.value if first and first.headline else "", section,
        tellings, said_in, view.sources_of(tellings), drawing.changes.of(record, tellings), every, cards, html, {}, drawing,
    )  # fmt: skip
    parts = drawing.around(shown)
    return replace(shown, state=f"{seq}-{_digest(html, parts)}", parts=parts)


def _digest(*shown: dict[str, str]) -> str:
    words = "\0".join(f"{key}\0{words}" for held in shown for key, words in held.items())
    return sha256(words.encode()).hexdigest()[:12]


def sequence(record: Record, number: int | None = None) -> int:
    """The number of the last thing that became of a story, or of any; 0 where nothing did."""
    wanted = select(func.max(story_events.c.id))
    if number is not None:
        wanted = wanted.where((story_events.c.story_id == number) | (story_events.c.other_id == number))
    with record.reading() as connection:
        return connection.execute(wanted).scalar() or 0
