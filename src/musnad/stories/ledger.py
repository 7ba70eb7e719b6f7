"""The ledger of figures: for each thing that is counted, who claims which value, as of when, and what they revised.

>>> ledger([])
()
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from musnad.record.words import forms
from musnad.stories.amounts import agree, sense_of
from musnad.stories.counted import Counted, Thing, counted
from musnad.stories.told import instant_of, moment_at, outlet_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from musnad.model import Attribution, Figure, Moment, Speaker
    from musnad.stories.types import Telling

_Key = tuple[str, ...]

_CLAUSE_END = re.compile(r"[,;:.!?()\n\u061f\u060c\u061b]")
_FOLLOWING, _MOST_WORDS = 80, 4


@dataclass(frozen=True, slots=True)
class Carried:
    """A place at which an article carries a claim: the figure, the attribution that claims it, None where nobody does."""

    told: Telling
    figure: Figure
    attribution: Attribution | None
    moment: Moment | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """One value (or range, with its hedge) of one claimant, with all places that carry it, the earliest first.

    `revises` is True for a value that the claimant gave after another that cannot be true too; the other stays.
    """

    carried: tuple[Carried, ...]
    revises: bool = False

    @property
    def figure(self) -> Figure:
        """The figure as it was first carried."""
        return self.carried[0].figure

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that carry it, each once, in the order in which they did."""
        return tuple(dict.fromkeys(outlet_of(one.told) for one in self.carried))

    @property
    def texts(self) -> int:
        """How many texts carry it: copies of one count once."""
        return len({one.told.copy_id for one in self.carried})


@dataclass(frozen=True, slots=True)
class Series:
    """The claims of one claimant of one thing, in the order of their times; `speaker` None: nobody's, the outlets' own."""

    speaker: Speaker | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is counted, named as first published, with a series for each claimant, those who came first first.

    `words` are the noun and its adjectives; for what is only measured, the first figure with the words that follow it.
    """

    thing: Thing
    words: str
    series: tuple[Series, ...]

    @property
    def disputed(self) -> bool:
        """Whether two of the values cannot both be true."""
        figures = [claim.figure for one in self.series for claim in one.claims]
        return any(not agree(one, other) for at, one in enumerate(figures) for other in figures[:at])


@dataclass(frozen=True, slots=True)
class _Seen:
    """A figure of an article: what it counts, where it is carried, and by which claimant."""

    told: Telling
    counted: Counted
    carried: Carried
    claimant: _Key

    def beside(self, other: _Seen) -> bool:
        """Whether the two stand in one sentence."""
        return self.told is other.told and self.counted.sentence == other.counted.sentence

    def rivals(self, other: _Seen) -> bool:
        """Whether one text has the same claimant give both of the same noun at once: then they are of two things («140
        طالبا … 65 طالبا منهم»), and no revision. In a live blog, another entry revises."""
        one, two = self.counted, other.counted
        if one.thing != two.thing or self.claimant != other.claimant or agree(one.figure, two.figure):
            return False
        return _stamp(self) == _stamp(other)


@dataclass(slots=True)
class _Open:
    """An entry while it is filled."""

    seen: list[_Seen] = field(default_factory=list)

    def has(self, new: _Seen) -> bool:
        """Whether the same thing was counted with a value that agrees, in another sentence."""
        same = any(one.counted.same(new.counted) and agree(one.carried.figure, new.carried.figure) for one in self.seen)
        return same and not any(one.beside(new) for one in self.seen)

    def may_differ(self, new: _Seen) -> bool:
        """Whether another value of it is one of the same thing: where what became of it is told, or like is said around."""
        if any(one.beside(new) or one.rivals(new) for one in self.seen):
            return False
        return any(one.counted.same(new.counted, surely=True) for one in self.seen)


def ledger(story: Sequence[Telling]) -> tuple[Entry, ...]:
    """The figures of a story by what they count, those that most differ about first; a story without figures gives none.

    Two figures count the same thing only where noun, adjectives, what became of it and place are the same; figures of one
    sentence never do, nor what a claimant gives of one noun in one text. Values that differ meet only where there is no
    choice. A claimant is one by the name; an unnamed one is one only within a text and its copies. Nothing
    is added up or averaged, and a value that was revised stays in its series.
    """
    names = _full_names(story)
    entries: dict[Thing, list[_Open]] = {}
    for told in sorted(story, key=lambda one: (one.at, one.address)):
        here = [
            _Seen(told, one, carried := _carried(told, one.figure), _claimant(carried, names))
            for one in counted(told.article)
        ]
        for seen in here:
            known = entries.setdefault(seen.counted.thing, [])
            entry = next((held for held in known if held.has(seen)), None)
            if entry is None and not any(seen.rivals(other) for other in here):
                open_ = [held for held in known if held.may_differ(seen)]
                entry = open_[0] if len(open_) == 1 else None
            if entry is None:
                entry = _Open()
                known.append(entry)
            entry.seen.append(seen)
    made = [_entry(entry) for known in entries.values() for entry in known]
    return tuple(sorted(made, key=lambda one: (-_values(one), -len(one.series), -_carriers(one))))


def _carried(told: Telling, figure: Figure) -> Carried:
    attribution = None if figure.claimant is None else told.article.attributions[figure.claimant]
    moment = figure.as_of or moment_at(told, figure.span, attribution)
    return Carried(told, figure, attribution, moment, instant_of(told, moment))


def _stamp(seen: _Seen) -> Moment | None:
    """The time printed on the entry of a live blog that a figure stands in; else that of the article."""
    return moment_at(seen.told, seen.carried.figure.span)


def _claimant(carried: Carried, names: Mapping[_Key, _Key]) -> _Key:
    """Who claims: by name; an unnamed one with the text; nobody, with the outlet."""
    if carried.attribution is None:
        return ("nobody", outlet_of(carried.told))
    speaker = carried.attribution.speaker
    told = tuple(forms(speaker.name))
    if speaker.anonymous or not told:
        return ("unnamed", str(carried.told.copy_id), *told)
    return ("named", *names.get(told, told))


def _full_names(story: Sequence[Telling]) -> dict[_Key, _Key]:
    """From a family name alone to the full name, where the story has one person of that family name."""
    speakers = {a.speaker for told in story for a in told.article.attributions if a.speaker.kind == "person"}
    full = {tuple(forms(speaker.name)) for speaker in speakers}
    out: dict[_Key, _Key] = {}
    for name in full:
        longer = [other for other in full if len(other) > len(name) and other[-len(name) :] == name]
        if name and len(longer) == 1:
            out[name] = longer[0]
    return out


def _entry(held: _Open) -> Entry:
    by_claimant: dict[_Key, list[Carried]] = {}
    for seen in held.seen:
        by_claimant.setdefault(seen.claimant, []).append(seen.carried)
    series = [_series(sorted(told, key=lambda one: one.at)) for told in by_claimant.values()]
    nobody = [one for one in series if one.speaker is None]
    known = [one for one in series if one.speaker is not None]
    rows = [*known, *_joined(nobody)]
    rows.sort(key=lambda one: one.claims[0].carried[0].at)
    told, first = held.seen[0].told, held.seen[0].counted
    named = " ".join([first.thing.noun, *first.adjectives]) if first.thing.noun else _phrase(told, first.figure)
    return Entry(first.thing, named, tuple(rows))


def _phrase(told: Telling, figure: Figure) -> str:
    """A figure with the words of its clause that follow it, a few of them."""
    words = told.article.text.words
    clause = _CLAUSE_END.split(words[figure.span.end : figure.span.end + _FOLLOWING], maxsplit=1)[0]
    return " ".join([figure.span.of(words), *clause.split()[:_MOST_WORDS]])


def _series(told: Sequence[Carried]) -> Series:
    """A value that is repeated is carried again; another is a claim of its own, and a revision where it does not agree with
    the one before («297» and «قرابة 300» do)."""
    by_value: dict[object, list[Carried]] = {}
    for one in told:
        by_value.setdefault(_value(one.figure), []).append(one)
    speaker = None if told[0].attribution is None else _fullest(told)
    claims: list[Claim] = []
    for held in by_value.values():
        revises = bool(claims) and not agree(claims[-1].figure, held[0].figure)
        claims.append(Claim(tuple(held), revises))
    return Series(speaker, tuple(claims))


def _joined(nobody: Sequence[Series]) -> Iterator[Series]:
    """What outlets state themselves, once for all that state the same and never revised it."""
    alone: dict[object, list[Carried]] = {}
    for one in nobody:
        if len(one.claims) > 1:
            yield one
        else:
            alone.setdefault(_value(one.claims[0].figure), []).extend(one.claims[0].carried)
    for held in alone.values():
        yield Series(None, (Claim(tuple(sorted(held, key=lambda one: one.at))),))


def _fullest(told: Sequence[Carried]) -> Speaker:
    return max((one.attribution.speaker for one in told if one.attribution), key=lambda speaker: len(speaker.name))


def _value(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.low, figure.high, sense_of(figure), figure.unit


def _values(entry: Entry) -> int:
    return len({_value(claim.figure)[:3] for one in entry.series for claim in one.claims})


def _carriers(entry: Entry) -> int:
    return sum(len(claim.carried) for one in entry.series for claim in one.claims)
