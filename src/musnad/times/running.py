"""Times in running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from musnad.model import Doubt, Moment, Span
from musnad.times.gather import gather
from musnad.times.resolve import Resolved, resolve
from musnad.times.result import Times
from musnad.times.tokens import tokens
from musnad.times.vocabulary import DEFINITE, WORD, Vocabulary, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.lang import Folded
    from musnad.times.parts import Parts
    from musnad.times.tokens import Token

_CLOCK = re.compile(r"\d:\d\d")
_BEFORE, _BEHIND = 40, 60
"""Characters before and behind a word of time that an expression with it may take up (each such word adds its own)."""
_FAR = 60
"""Characters back to which a word for the future is looked for."""
_NUMERIC_MARKS = frozenset("/-–.:،")
_STOPS = frozenset(".؛!؟?")
_MANY = 16
"""Words sought one by one in a line; more are found in one pass over it, so a long line stays linear."""


def find_moments(
    words: str, *, language: str = "ar", reference: Moment | None = None, zone: str | None = None
) -> tuple[Moment, ...]:
    """Every time expression of a running text, in order, not overlapping, each with its span in code points of `words`.

    Relative ones («مساء اليوم الإثنين», «خلال يومين») are worked out against `reference`, the moment of publication;
    without it they are left out. `zone` is the zone of the page's clock where none is printed. An empty tuple where
    there is none. Raises LookupError for a language that musnad does not have.

    >>> from datetime import datetime
    >>> published = Moment("", datetime(2022, 2, 28, 21, 2), "minute", zone="Asia/Damascus")
    >>> for m in find_moments("انتهت مساء اليوم الإثنين جولة ستليها أخرى خلال يومين", reference=published):
    ...     print(m.text, m.iso, m.part, m.bound)
    مساء اليوم الإثنين 2022-02-28 evening at
    خلال يومين 2022-03-02 None by
    """
    return find_times(words, language=language, reference=reference, zone=zone).moments


def find_times(words: str, *, language: str = "ar", reference: Moment | None = None, zone: str | None = None) -> Times:
    """The times of a running text as `find_moments` gives them, with a Doubt for every two that disagree: a weekday that
    is not that of the date beside it, a Hijri date of another day, words for a day against its date."""
    known = vocabulary(language)
    folded = known.fold(words)
    moments: list[Moment] = []
    doubts: list[Doubt] = []
    at = 0
    for line in folded.words.split("\n"):
        for start, end in _windows(line, known):
            for parts in _expressions(tokens(line[start:end], known), known.code):
                if parts.open_year:
                    parts.future = _ahead(line[max(0, start + parts.start - _FAR) : start + parts.start], known)
                resolved = resolve(parts, reference, zone, printed=False)
                if resolved is not None:
                    moment = as_moment(parts, resolved, words, folded, at + start)
                    moments.append(moment)
                    doubts.extend(Doubt(what, rule, moment.span) for rule, what in resolved.quarrels)
        at += len(line) + 1
    return Times(tuple(moments), tuple(doubts))


def as_moment(parts: Parts, resolved: Resolved, words: str, folded: Folded, at: int) -> Moment:
    """The Moment of an expression that stands at offset `at` of the folded words."""
    span = folded.span(at + parts.start, at + parts.end)
    span = Span(span.start, min(span.end, len(words)))
    return Moment(
        span.of(words),
        resolved.wall,
        resolved.precision,
        zone=resolved.zone,
        span=span,
        part=parts.part,  # type: ignore[arg-type]
        bound=resolved.bound,
        inferred=resolved.inferred,
    )


def _windows(line: str, known: Vocabulary) -> list[tuple[int, int]]:
    """The stretches of a line in which a time may stand, apart from each other: all that is read closely.

    A line gets one cheap look; only where a word or numeral in it may tell a time are the places of these looked up.
    """
    found: list[tuple[int, int]] = []
    for place in places(line, language=known.code):
        start = line.rfind(" ", 0, max(0, place - _BEFORE)) + 1
        end = line.find(" ", place + _BEHIND)
        end = len(line) if end < 0 else end
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def places(words: str, *, language: str = "ar") -> list[int]:
    """The offsets in folded words, in order, at which a word or a clock stands that may tell a time.

    A stretch without any of them has no moment; they cost less than folding it.
    """
    known = vocabulary(language)
    sought = words if known.code == "ar" else words.lower()
    hits = known.anchors.intersection(WORD.findall(sought))
    at = _places(sought, hits) if hits else []
    if ":" in sought:
        at.extend(match.start() for match in _CLOCK.finditer(sought))
    return sorted(at)


def _places(line: str, hits: frozenset[str]) -> list[int]:
    """Where these words stand in the line, and where they are parts of others, which does no harm."""
    if len(hits) > _MANY:
        return [match.start() for match in WORD.finditer(line) if match[0] in hits]
    at = []
    for word in hits:
        place = line.find(word)
        while place >= 0:
            at.append(place)
            place = line.find(word, place + len(word))
    return at


def _expressions(row: Sequence[Token], code: str) -> list[Parts]:
    found: list[Parts] = []
    i, count = 0, len(row)
    while i < count:
        token = row[i]
        if not token.opens or (token.digits and not row[i + 1].readings and row[i + 1].text not in _NUMERIC_MARKS):
            i += 1
            continue
        gathered = None if _adjective(row, i) else gather(row, i, printed=False, code=code)
        if gathered is None:
            i += 1
            continue
        parts, i = gathered
        found.append(parts)
    return found


def _adjective(row: Sequence[Token], i: int) -> bool:
    """True for an ordinal that counts the definite noun before it («الأسبوع الثالث من آذار») and is no day."""
    if "ordinal" not in row[i].readings or not i:
        return False
    before = row[i - 1]
    return before.end + 1 == row[i].start and before.text.startswith(DEFINITE) and "weekday" not in before.readings


def _ahead(before: str, known: Vocabulary) -> bool:
    """True when the clause that ends here speaks of what is to come."""
    for word in reversed(WORD.findall(before)):
        if word in _STOPS:
            return False
        if word in known.ahead:
            return True
        match = known.future.match(word) if known.future is not None else None
        if match is not None and match[1] not in known.lookalikes and not match[1].startswith(known.no_future):
            return True
    return False
