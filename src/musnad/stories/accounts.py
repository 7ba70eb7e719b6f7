"""Accounts side by side: what each party of a happening says of it, statement by statement.

>>> accounts([])
()
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from musnad.model import Span
from musnad.stories.amounts import agree, base_of
from musnad.stories.content import alike, is_future, terms
from musnad.stories.events import Event, places
from musnad.stories.points import points
from musnad.stories.polarity import denies, negations
from musnad.stories.sides import Sides, named, side_of, teller_of
from musnad.stories.told import instant_of, moment_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from musnad.model import Article, Attribution, Figure, Link
    from musnad.stories.events import Place
    from musnad.stories.types import Telling

Fate = Literal["both", "contradiction", "first", "second"]
"""both: said by the two · contradiction: said by one, the opposite by the other · first, second: said by that one alone."""
Why = Literal["polarity", "figure"]

_TITLES = ("headline", "heading", "entry")
_ASSERTS = frozenset({"say", "announce", "confirm", "deny", "report", "accuse"})
"""Acts by which something is said to be so; a demand and its refusal do not contradict one another."""
_LEAST, _SHARE = 3, 0.6  # words in common, and of the shorter, for one statement to be the other's
_LEAST_SHORT, _SHARE_SHORT, _SHARE_LONG = 2, 0.66, 0.5  # the same for short ones, which must also be much of the longer
_CERTAIN = 0.85  # likeness of all that is said but what is opposed, for a contradiction


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a side says: a stretch of an article, with the attribution that it stands in.

    `teller` is whose account it is (the first hop that is no outlet and no agency), `speaker` who says it in that account,
    by name; they differ where one tells what another said. `at` is when it was said, else published.
    """

    side: str
    told: Telling
    attribution: Attribution
    span: Span
    teller: Link
    speaker: str
    at: datetime

    @property
    def words(self) -> str:
        """The words as published."""
        return self.span.of(self.told.article.text.words)


@dataclass(frozen=True, slots=True)
class Row:
    """A statement of one side, of both, or two that contradict one another; each with all the places that make it, the
    earliest first. `why` names what is opposed in a contradiction."""

    fate: Fate
    first: tuple[Point, ...] = ()
    second: tuple[Point, ...] = ()
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Accounts:
    """The two accounts of a happening: its kind, the two sides, the first day of it, and the rows: said by both,
    contradictions, only by the first side, only by the second."""

    event: Event
    day: date
    rows: tuple[Row, ...]

    @property
    def sides(self) -> tuple[str, str]:
        """The two sides, in the order of the rows' `first` and `second`."""
        return self.event.sides

    def of(self, fate: Fate) -> tuple[Row, ...]:
        """The rows of one fate."""
        return tuple(row for row in self.rows if row.fate == fate)


def accounts(story: Sequence[Telling]) -> tuple[Accounts, ...]:
    """The happenings of a story of which both sides give an account, those of most statements first.

    A statement belongs to the account of the side that its chain begins with, after outlets and agencies: what the
    Élysée says that the Russian president said is the Élysée's. Headlines, which say again what the text says, are left out.
    Statements are one where enough of their words are (without function words, names of who speaks and reporting verbs;
    in any form; synonyms only as listed) and they neither deny nor count differently.
    """
    sides = Sides(story)
    out = []
    for (event, day), held in places(story).items():
        told = [point for place in held for point in _points(place, event, sides)]
        mine = _gathered([_Weighed(point) for point in told if point.side == event.sides[0]])
        theirs = _gathered([_Weighed(point) for point in told if point.side == event.sides[1]])
        if mine and theirs:
            out.append(Accounts(event, day, tuple(_rows(mine, theirs))))
    return tuple(sorted(out, key=lambda one: (-len(one.rows), one.day, one.event.kind, one.event.sides)))


class _Weighed:
    """A point with what is compared of it: its keys, its figures, whether it denies (None: left open)."""

    def __init__(self, point: Point) -> None:
        self.point = point
        article = point.told.article
        words = article.text.words
        inner = [a for a in article.attributions if a.content and any(point.span.overlaps(s) for s in a.content)]
        named_there = [span for a in inner for span in (*a.cue, a.source, a.addressee) if span is not None]
        told = [
            term
            for term in terms(words, point.span)
            if term.carries and not any(span.covers(term.span) for span in named_there)
        ]
        self.figures: list[Figure] = [f for f in article.figures if point.span.covers(f.number)]
        self.keys = {term.key for term in told}
        self.said = [term.key for term in told if not any(f.number.overlaps(term.span) for f in self.figures)]
        self.sides = {hit.meaning.side for hit in named(words, point.span)}
        self.future = any(one.tense == "future" for one in negations(words, point.span)) or any(
            is_future(term.form) for term in told
        )
        denied = sum(a.polarity == "denies" for a in inner) % 2 == 1
        plain = denies(words, point.span)
        self.denies = None if plain is None else plain != denied
        self.asserts = all(a.act in _ASSERTS for a in inner)

    @property
    def open(self) -> bool:
        """Whether it leaves open if something is so: by a condition or an exception, or because nothing is asserted."""
        return self.denies is None or not self.asserts


def _points(place: Place, event: Event, sides: Sides) -> Iterator[Point]:
    """The points of either side's account in the stretches of an article that tell of the happening."""
    article = place.told.article
    told_by = [sides.of_account(article, a) for a in article.attributions]
    titles = [block.span for block in article.blocks if block.kind in _TITLES]
    for index, attribution in enumerate(article.attributions):
        side, teller = told_by[index], teller_of(attribution)
        if side not in event.sides or teller is None or not attribution.content:
            continue
        where = attribution.content[0]
        if not any(stretch.covers(where) for stretch in place.stretches) or any(t.covers(where) for t in titles):
            continue
        if any(told_by[outer] == side for outer in _outwards(article, index)):
            continue
        at = instant_of(place.told, moment_at(place.told, where, attribution))
        for span in points(article.text.words, attribution.content):
            yield Point(side, place.told, attribution, span, teller, _speaker(article, index, span, side), at)


def _outwards(article: Article, index: int) -> Iterator[int]:
    """The attributions in whose content one stands, from the nearest outwards."""
    seen = {index}
    at = article.attributions[index].within
    while at is not None and at not in seen:
        yield at
        seen.add(at)
        at = article.attributions[at].within


def _speaker(article: Article, index: int, span: Span, side: str) -> str:
    """Who says a point: the speaker of the shortest content that has it. Where the name that the printed source was taken
    for is of another side than the account, the words as printed."""
    own = article.attributions[index]
    held = [a for a in article.attributions if any(s.covers(span) for s in a.content)]
    inner = min(held, key=lambda a: sum(s.end - s.start for s in a.content), default=own)
    if inner is own and own.source and side_of(own.speaker.name) not in (None, side):
        return own.source.of(article.text.words)
    return inner.speaker.name


def _gathered(told: Sequence[_Weighed]) -> list[list[_Weighed]]:
    """The points of one side, those that say the same together, in the order in which they were first said."""
    out: list[list[_Weighed]] = []
    for point in sorted(told, key=lambda one: (one.point.at, one.point.told.address, one.point.span)):
        same = next((held for held in out if any(_relation(point, one)[0] == "same" for one in held)), None)
        if same is None:
            out.append([point])
        else:
            same.append(point)
    return out


def _rows(mine: list[list[_Weighed]], theirs: list[list[_Weighed]]) -> Iterator[Row]:
    pairs: list[tuple[float, int, int, Why | None]] = []
    for a, one in enumerate(mine):
        for b, other in enumerate(theirs):
            found = [(alike(p.keys, q.keys), *_relation(p, q)) for p in one for q in other]
            same = [score for score, how, _ in found if how == "same"]
            opposed = [(score, why) for score, how, why in found if how == "opposed"]
            if same:
                pairs.append((max(same), a, b, None))
            elif opposed:
                pairs.append((max(opposed)[0], a, b, max(opposed)[1]))
    taken: dict[int, tuple[int, Why | None]] = {}
    for _, a, b, why in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if a not in taken and b not in (held for held, _ in taken.values()):
            taken[a] = b, why
    bare = [[tuple(w.point for w in held) for held in side] for side in (mine, theirs)]
    ordered = sorted(taken.items(), key=lambda row: row[1][1] is not None)
    for a, (b, why) in ordered:
        yield Row("contradiction" if why else "both", bare[0][a], bare[1][b], why)
    yield from (Row("first", first=held) for a, held in enumerate(bare[0]) if a not in taken)
    met = {b for b, _ in taken.values()}
    yield from (Row("second", second=held) for b, held in enumerate(bare[1]) if b not in met)


def _relation(one: _Weighed, other: _Weighed) -> tuple[Literal["same", "opposed", "other"], Why | None]:
    """Whether two points say the same thing, the same with one part opposed, or another."""
    shared = len(one.keys & other.keys)
    least, most = sorted((len(one.keys), len(other.keys)))
    near = (shared >= _LEAST and shared >= _SHARE * least) or (
        shared >= _LEAST_SHORT and shared >= _SHARE_SHORT * least and shared >= _SHARE_LONG * most
    )
    counted = [(f, g) for f in one.figures for g in other.figures if base_of(f) == base_of(g)]
    apart = bool(counted) and not any(agree(f, g) for f, g in counted)
    if one.denies != other.denies and None not in (one.denies, other.denies):
        return ("opposed", "polarity") if not apart and _is_certain(one, other) else ("other", None)
    if apart:
        alone = len(one.figures) == len(other.figures) == 1
        return ("opposed", "figure") if alone and _is_certain(one, other) else ("other", None)
    return ("same", None) if near else ("other", None)


def _is_certain(one: _Weighed, other: _Weighed) -> bool:
    """Whether all but the opposed part is the same: words in their order, sides, time, and both say it to be so. The one may
    say a little more than the other, but nothing else instead."""
    if one.open or other.open or one.sides != other.sides or one.future != other.future:
        return False
    mine, theirs = set(one.said), set(other.said)
    if len(mine & theirs) < _LEAST or not (mine <= theirs or theirs <= mine):
        return False
    return SequenceMatcher(None, one.said, other.said, autojunk=False).ratio() >= _CERTAIN
