"""Times on a page: which printed words and which metadata say when it was published, and whether they agree."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, cast

from musnad.model import Moment, Span

if TYPE_CHECKING:
    from collections.abc import Callable

_ISO = re.compile(
    r"\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?\s*$"
)
_DIGIT = re.compile(r"\d")


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
    precision = "day" if hour is None else "minute" if second is None else "second"
    return Moment(words.strip(), wall, precision, zone=zone, evidence=evidence)


def find(words: str, language: str = "ar", reference: Moment | None = None) -> tuple[Moment, ...]:
    """The moments printed in a line, with spans in it; a line without a digit has none."""
    if _DIGIT.search(words) is None:
        return ()
    finder = cast("Callable[..., tuple[Moment, ...]] | None", getattr(import_module("musnad.times"), "find_moments", None))
    if finder is None:
        found = iso_moment(words, "text")
        return () if found is None else (replace(found, span=Span(0, len(words))),)
    return finder(words, language=language, reference=reference, zone=None)


def shift(moment: Moment, start: int, evidence: str | None = None) -> Moment:
    """`moment`, found in a line, with its span in the text in which the line begins at `start`."""
    span = None if moment.span is None else Span(moment.span.start + start, moment.span.end + start)
    return replace(moment, span=span, evidence=evidence or moment.evidence)


def first(words: str, evidence: str, language: str = "ar") -> Moment | None:
    """The first moment of `words`, which are not part of a text (no span), or None."""
    for moment in find(words, language):
        return replace(moment, span=None, evidence=evidence)
    return None
