"""Times on a page: which printed words and which metadata say when it was published, and whether they agree."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from musnad.model import Moment, Span
from musnad.pages.words import inner_labels, label
from musnad.times import find_moments, read_times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.model import Precision

_LANGUAGES = ("ar", "en")

_ISO = re.compile(
    r"\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?\s*$"
)
_DIGIT = re.compile(r"\d")
_CLOCK_ALONE = re.compile(r"[\s:]*\d{1,2}[:.]\d{2}(?!\d)[^\d/]*(?:\d{2}:?\d{2})?\D*$")
_GMT_FIRST = re.compile(r"^(GMT|UTC)[\s:]+([^\n]+)$")


def iso_moment(words: str, evidence: str) -> Moment | None:
    """The moment of an ISO 8601 string as metadata writes it, or None; its zone is the offset that it carries.

    >>> iso_moment("2022-02-28T21:02:00+02:00", "meta:article:published_time").iso
    '2022-02-28T21:02:00+02:00'
    """
    match = _ISO.match(words)
    if match is None:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    try:
        wall = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    zone = None if offset is None else "Z" if offset in ("Z", "UTC", "GMT") else offset[:3] + ":" + offset[-2:]
    precision: Precision = "day" if hour is None else "minute" if second is None else "second"
    return Moment(words.strip(), wall, precision, zone=zone, evidence=evidence)


def find(words: str, language: str = "ar", reference: Moment | None = None) -> tuple[Moment, ...]:
    """The moments printed in a line, with spans in it; a line without a digit has none."""
    if _DIGIT.search(words) is None:
        return ()
    return find_moments(words, language=language if language in _LANGUAGES else "ar", reference=reference, zone=None)


def stamps(words: str, language: str = "ar", reference: Moment | None = None) -> list[tuple[str | None, Moment]]:
    """The times of a line that prints nothing else, each with its label ("published", "modified" or None); without a day
    none is read. The spans are in the line.

    >>> [(name, moment.iso) for name, moment in stamps("(محدثة 17:49 17.03.2020)")]
    [('modified', '2020-03-17T17:49:00')]
    """
    if _DIGIT.search(words) is None:
        return []
    language = language if language in _LANGUAGES else "ar"
    name, after = label(words)
    given = name if name in ("published", "modified") else None
    for plain in _readings(words, after if given else 0):
        times = read_times(plain, language=language, reference=reference)
        if times.moments and plain is words:
            return list(zip(times.labels, times.moments, strict=True))
        if times.moments:
            return [(times.labels[0] or given, replace(times.moments[0], text=words, span=Span(0, len(words))))]
    return []


def _readings(words: str, after: int) -> Iterator[str]:
    """The line itself, then without what hinders: a label in the middle, brackets around it, GMT before the clock."""
    inner = inner_labels().search(words, 1)
    if inner is not None and after == 0 and _CLOCK_ALONE.match(words, inner.end()) is not None:
        yield inner_labels().sub(" ", words)
    yield words
    bare = words[after:].strip(" ()[]|،,")
    if bare != words:
        yield _GMT_FIRST.sub(r"\2 GMT", bare)
    elif "GMT" in words:
        yield _GMT_FIRST.sub(r"\2 GMT", words)
    if inner is not None:
        yield inner_labels().sub(" ", words)


def shift(moment: Moment, start: int, evidence: str | None = None) -> Moment:
    """`moment`, found in a line, with its span in the text in which the line begins at `start`."""
    span = None if moment.span is None else Span(moment.span.start + start, moment.span.end + start)
    return replace(moment, span=span, evidence=evidence or moment.evidence)


def first(words: str, evidence: str, language: str = "ar", reference: Moment | None = None) -> Moment | None:
    """The first moment of `words`, which are not part of a text (no span), or None."""
    for moment in find(words, language, reference):
        return replace(moment, span=None, evidence=evidence)
    return None
