"""Happenings between two sides that a story tells of: a call, a meeting, talks; and which statements tell of which."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from musnad.lang import table
from musnad.model import SPOKEN, Span
from musnad.stories.phrases import Phrases
from musnad.stories.points import turns
from musnad.stories.sides import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from musnad.model import Article, Block
    from musnad.stories.types import Telling

_LANGUAGE = "ar"
_TITLES = ("headline", "heading", "entry")
_STOP = re.compile(r"[.!?\u061f](?=\s|$)|\n")
_NEAR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Event:
    """A happening of one `kind` (call, meeting, talks, statement) between two sides, in the order of their codes."""

    kind: str
    sides: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of an article under one heading, and the happening that they tell of; None where they tell of none."""

    blocks: tuple[Block, ...]
    event: Event | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a story tells of a happening: in which article, and in which stretches of it."""

    told: Telling
    stretches: tuple[Span, ...]


def places(story: Sequence[Telling]) -> dict[tuple[Event, date], list[Place]]:
    """The happenings of a story with the day on which they are first told, and where each is told.

    What is told of one kind between the same two sides on days that follow one another is one happening.
    """
    found: dict[Event, list[tuple[date, Place]]] = {}
    for told in story:
        day = told.at.date()
        stretches: dict[Event, list[Span]] = {}
        for section in sections(told.article):
            if section.event:
                stretches.setdefault(section.event, []).extend(block.span for block in section.blocks)
        for event, spans in stretches.items():
            found.setdefault(event, []).append((day, Place(told, tuple(spans))))
    out: dict[tuple[Event, date], list[Place]] = {}
    for event, rows in found.items():
        first = last = None
        for day, place in sorted(rows, key=lambda row: row[0]):
            if first is None or last is None or day - last > _NEAR:
                first = day
            last = day
            out.setdefault((event, first), []).append(place)
    return out


def sections(article: Article) -> Iterator[Section]:
    """The sections of an article in order, each up to the next heading or words that turn to another matter.

    A section tells of the article's own happening where the first that it names is of that kind, and it names both
    sides; else of the one that its first sentence with a happening and two sides names.
    """
    parts = list(_parts(article))
    words = article.text.words
    own = next((event for part in parts[:2] if (event := _named_in(words, part))), None)
    for part in parts:
        yield Section(tuple(part), own if own and _tells(words, part, own) else _named_in(words, part))


def _parts(article: Article) -> Iterator[list[Block]]:
    part: list[Block] = []
    for block in article.blocks:
        if block.kind not in SPOKEN:
            continue
        title = block.kind in _TITLES
        begins = title and not all(held.kind in _TITLES for held in part)
        if part and (begins or (not title and turns(article.text.words, block.span))):
            yield part
            part = []
        part.append(block)
    if part:
        yield part


def _named_in(words: str, part: Sequence[Block]) -> Event | None:
    """The happening that the first sentence with its word and two sides tells of, between the two that are most named."""
    for block in part:
        for sentence in [block.span] if block.kind in _TITLES else _sentences(words, block.span):
            kind = next((hit.meaning for hit in _kinds().within(words, sentence)), None)
            if kind is not None and len({hit.meaning.side for hit in named(words, sentence)}) >= 2:
                here = {hit.meaning.side for hit in named(words, sentence)}
                first, second, *_ = sorted(here, key=lambda side: _weight(words, part, side), reverse=True)
                return Event(kind, (min(first, second), max(first, second)))
    return None


def _weight(words: str, part: Sequence[Block], side: str) -> tuple[int, int, str]:
    """How often somebody who acts for a side is named, then the side itself."""
    kinds = Counter(hit.meaning.acts for block in part for hit in named(words, block.span) if hit.meaning.side == side)
    return kinds[True], kinds[False], side


def _tells(words: str, part: Sequence[Block], event: Event) -> bool:
    first = next((hit.meaning for block in part for hit in _kinds().within(words, block.span)), None)
    sides = {hit.meaning.side for block in part for hit in named(words, block.span)}
    return event.kind == first and sides.issuperset(event.sides)


def _sentences(words: str, stretch: Span) -> Iterator[Span]:
    start = stretch.start
    for match in _STOP.finditer(words, stretch.start, stretch.end):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if stretch.end > start:
        yield Span(start, stretch.end)


@cache
def _kinds() -> Phrases[str]:
    return Phrases((row["words"], row["kind"]) for row in table(_LANGUAGE, "events"))
