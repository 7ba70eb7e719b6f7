"""Times that stand alone: the line under a headline, a cell of metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.model import Doubt, Moment
from musnad.times.gather import MARKS, gather
from musnad.times.machine import read_machine
from musnad.times.resolve import resolve
from musnad.times.result import Times
from musnad.times.running import as_moment, find_times
from musnad.times.tokens import END, tokens
from musnad.times.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.times.parts import Parts
    from musnad.times.tokens import Token

_LONGEST = 240
"""Characters beyond which a string is no printed time but a text."""
_FIELDS = {"year": 1, "month": 2, "week": 3, "day": 3, "hour": 4, "minute": 5, "second": 5}
_LINES = {ord(c): " " for c in "\n\r\t\x0b\x0c"}
_ZONES = frozenset({"place", "offset", "zone"})
"""A line may print its zone first: «GMT 17:27 17.03.2020»."""
_PASSED = frozenset({"label", "join", "joint", "dayword"})


def read_moment(
    words: str, *, language: str = "ar", reference: Moment | None = None, zone: str | None = None
) -> Moment | None:
    """The time that the string as a whole prints, labels and separators allowed; None when it cannot be read.

    Of several (published and updated) it is the published one, else the first; `read_times` has them all. It is never
    more precise than the words: no clock, no hour. `zone` is the clock's where none is printed, `reference` what a
    missing year and words like «أمس» are measured against. Raises LookupError for a language that musnad does not have.

    >>> read_moment("2022.02.28 | 21:02 دمشق").iso
    '2022-02-28T21:02:00+02:00'
    >>> read_moment("نشر في: الإثنين، 28 شباط/فبراير 2022 - 09:02 م").iso
    '2022-02-28T21:02:00'
    >>> read_moment("28 شباط") is None
    True
    """
    return read_times(words, language=language, reference=reference, zone=zone).chosen


def read_times(words: str, *, language: str = "ar", reference: Moment | None = None, zone: str | None = None) -> Times:
    """Every time that the string prints, with its label, and a Doubt for every two that disagree.

    A line «published … updated …» has two moments with two labels; two unlabelled ones that tell different times are a
    Doubt of rule ``times/two``. A string that holds anything else than times has none.

    >>> read = read_times("نشر في 28/2/2022 آخر تحديث 1/3/2022")
    >>> [(label, moment.iso) for label, moment in zip(read.labels, read.moments)]
    [('published', '2022-02-28'), ('modified', '2022-03-01')]
    """
    known = vocabulary(language)
    if not words or len(words) > _LONGEST or words.isspace():
        return Times()
    machine = read_machine(words, zone)
    if machine is not None:
        return Times((machine,), (), (None,))
    folded = known.fold(words)
    line = folded.words.translate(_LINES)
    gathered = _all(tokens(line, known), known.code)
    if gathered is None:
        return Times()
    moments: list[Moment] = []
    labels: list[str | None] = []
    doubts: list[Doubt] = []
    for parts in gathered:
        resolved = resolve(parts, reference, zone, printed=True)
        if resolved is None:
            return Times()
        moments.append(as_moment(parts, resolved, words, folded, 0))
        labels.append(parts.label)
        doubts.extend(Doubt(what, rule, moments[-1].span) for rule, what in resolved.quarrels)
    return Times(tuple(moments), (*doubts, *_disagreeing(moments, labels)), tuple(labels))


def weekday_conflict(moment_words: str, *, language: str = "ar", reference: Moment | None = None) -> str | None:
    """One plain sentence when the weekday printed in the words is not that of the date beside it, else None.

    >>> weekday_conflict("الثلاثاء 28 شباط 2022")
    'Tuesday is printed beside 2022-02-28, a Monday'
    >>> weekday_conflict("الإثنين 28 شباط 2022") is None
    True
    """
    doubts = read_times(moment_words, language=language, reference=reference).doubts
    doubts = doubts or find_times(moment_words, language=language, reference=reference).doubts
    return next((doubt.what for doubt in doubts if doubt.rule == "times/weekday"), None)


def _all(row: Sequence[Token], code: str) -> list[Parts] | None:
    """The expressions of a line that holds nothing else; None when it does (or has none)."""
    found: list[Parts] = []
    label: str | None = None
    i = 0
    while row[i] is not END:
        token = row[i]
        gathered = (
            gather(row, i, printed=True, code=code) if token.opens or not _ZONES.isdisjoint(token.readings) else None
        )
        if gathered is not None:
            parts, i = gathered
            if not _continued(found, parts, label):
                parts.label = label
                found.append(parts)
            label = None
        elif "label" in token.readings:
            label = _label(token.readings["label"]) or label
            i += 1
        elif token.text in MARKS or not _PASSED.isdisjoint(token.readings):
            i += 1
        else:
            return None
    return found or None


def _label(value: str) -> str | None:
    return None if value == "none" else value


def _continued(found: list[Parts], parts: Parts, label: str | None) -> bool:
    """True when the expression only adds to the one before it: another calendar, a clock after the date and its zone, or
    the same time on another clock («19:05 بتوقيت دمشق، 16:05 بتوقيت غرينتش»)."""
    last = found[-1] if found else parts
    if not parts.dated and parts.clock is not None and last.dated:
        if last.clock is None and (label is None or last.label is None):
            last.label = last.label or label  # «28 شباط 2022، آخر تحديث 14:00»
            last.clock, last.half, last.zone = parts.clock, parts.half or last.half, parts.zone or last.zone
            last.part = last.part or parts.part
            last.unnamed_zone = last.unnamed_zone or parts.unnamed_zone
            last.end = parts.end
            return True
        parts.date, parts.hijri, parts.weekday = last.date, last.hijri, None
        parts.shift = last.shift
    return False


def _disagreeing(moments: Sequence[Moment], labels: Sequence[str | None]) -> list[Doubt]:
    """A Doubt for each moment that tells another time than the first of its label."""
    first: dict[str | None, Moment] = {}
    doubts = []
    for moment, label in zip(moments, labels, strict=True):
        other = first.setdefault(label, moment)
        if not same_time(other, moment):
            doubts.append(Doubt(f"two times are printed: {other.text} and {moment.text}", "times/two", moment.span))
    return doubts


def same_time(one: Moment, other: Moment) -> bool:
    """True when the two tell the same time as far as both say: instants where both have one, else as much of day and
    clock as the coarser prints.

    >>> same_time(read_moment("2022.02.28 | 21:02 دمشق"), read_moment("2022-02-28T19:02:00Z"))
    True
    >>> same_time(read_moment("28 شباط 2022"), read_moment("1 آذار 2022"))
    False
    """
    if one.instant is not None and other.instant is not None and "hour" not in (one.precision, other.precision):
        return abs((one.instant - other.instant).total_seconds()) < 60
    length = min(_FIELDS[one.precision], _FIELDS[other.precision])
    return one.wall.timetuple()[:length] == other.wall.timetuple()[:length]
