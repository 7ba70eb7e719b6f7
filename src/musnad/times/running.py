"""Times in running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from musnad.model import Doubt, Moment, Span
from musnad.times.gather import gather, starts
from musnad.times.resolve import Resolved, resolve
from musnad.times.result import Times
from musnad.times.tokens import END, tokens
from musnad.times.vocabulary import WORD, Vocabulary, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.lang import Folded
    from musnad.times.parts import Parts
    from musnad.times.tokens import Token

_NUMERIC = re.compile(r"\d[ ]?[:/.–-][ ]?\d|(?<!\d)(?:19|20)\d\d(?!\d)")
_FAR = 12
"""How many words back a word for the future is looked for."""


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
        if _hit(line, known):
            row = tokens(line, known)
            for parts in _expressions(row, known):
                resolved = resolve(parts, reference, zone, printed=False)
                if resolved is not None:
                    moment = as_moment(parts, resolved, words, folded, at)
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


def _hit(line: str, known: Vocabulary) -> bool:
    """True when a word or a numeral of the line may tell a time: the one look that every line gets."""
    found = WORD.findall(line if known.code == "ar" else line.lower())
    return not known.anchors.isdisjoint(found) or _NUMERIC.search(line) is not None


def _expressions(row: Sequence[Token], known: Vocabulary) -> list[Parts]:
    found: list[Parts] = []
    i, count = 0, len(row)
    while i < count:
        token = row[i]
        if token is END or not starts(token):
            i += 1
            continue
        gathered = gather(row, i, printed=False, code=known.code)
        if gathered is None:
            i += 1
            continue
        parts, after = gathered
        if parts.weekday is not None or parts.date is not None:
            parts.future = _ahead(row, i, known)
        found.append(parts)
        i = after
    return found


def _ahead(row: Sequence[Token], i: int, known: Vocabulary) -> bool:
    """True when the clause before token `i` speaks of what is to come."""
    for j in range(i - 1, max(-1, i - 1 - _FAR), -1):
        token = row[j]
        if token.text in (".", "؛", "!", "؟", "?"):
            return False
        if "future" in token.readings or _future_verb(token.text, known):
            return True
    return False


def _future_verb(word: str, known: Vocabulary) -> bool:
    match = known.future.match(word) if known.future is not None and word[:1].isalpha() else None
    return match is not None and not match[1].startswith(known.no_future)
