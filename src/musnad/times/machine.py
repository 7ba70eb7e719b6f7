"""Times as metadata writes them: ISO 8601, RFC 2822, seconds since 1970, the dates of JavaScript."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from musnad.model import Moment, Span
from musnad.model.moment import offset_of

if TYPE_CHECKING:
    from musnad.model.moment import Precision

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:(?:[Tt]|[ ]{1,3})(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?[ ]?"
    r"([Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?)?",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[Tt]?(\d\d)(\d\d)(\d\d)?([Zz])?)?", re.ASCII)
_SCRIPT = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2} \d{4} \d\d:\d\d:\d\d) (?:GMT|UTC)([+-]\d{4})(?: \([^()]{1,60}\))?", re.ASCII
)
_RFC = re.compile(
    r"(?:[A-Z][a-z]{2,8}, {0,2})?\d{1,2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{1,2}:\d\d(?::\d\d)? "
    r"(?:[+-]\d{4}|GMT|UTC|UT|Z|E[SD]T)",
    re.ASCII,
)
_YEARS = range(1900, 2101)
_EPOCH = range(1_000_000_000, 4_102_444_800)
"""Seconds from 2001 to 2100: fewer digits are other numbers, and zero is a date that was never set."""


def read_machine(words: str, reference_zone: str | None = None) -> Moment | None:
    """The moment in a string that is wholly one of the forms of metadata; None for any other.

    The zero of a clock that was never set (1970-01-01, midnight) is no time.

    >>> read_machine("2022-02-28T21:02:00+02:00").iso
    '2022-02-28T21:02:00+02:00'
    >>> read_machine("Mon, 28 Feb 2022 19:02:00 GMT").iso, read_machine("1646074920").iso
    ('2022-02-28T19:02:00+00:00', '2022-02-28T19:02:00+00:00')
    """
    bare = words.strip()
    if not (bare.isascii() and 7 <= len(bare) <= 100 and any(map(str.isdigit, bare))):
        return None
    start = words.index(bare)
    found = _iso(bare) or _compact(bare) or _epoch(bare) or _script(bare) or _rfc(bare)
    if found is None:
        return None
    wall, precision, zone = found
    if wall.year not in _YEARS or (wall.timetuple()[:6] == (1970, 1, 1, 0, 0, 0)):
        return None
    inferred = False
    if zone is None and precision in ("minute", "second") and reference_zone is not None:
        zone, inferred = reference_zone, True
    return Moment(bare, wall, precision, zone=zone, span=Span(start, start + len(bare)), inferred=inferred)


_Found = tuple[datetime, "Precision", str | None]


def _iso(words: str) -> _Found | None:
    match = _ISO.fullmatch(words)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    if day is not None and hour is None and (len(month) == 1 or len(day) == 1):
        return None  # as people print it
    if day is None and len(month) == 1:
        return None
    try:
        wall = datetime(int(year), int(month), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    precision: Precision = "month" if day is None else "day" if hour is None else "second" if second else "minute"
    if zone is None:
        return wall, precision, None
    offset = _zone(zone)
    return None if offset is None else (wall, precision, offset)


def _zone(printed: str) -> str | None:
    if printed[0] not in "+-":
        return "UTC"
    digits = printed[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 14 or minutes > 59:
        return None
    sign = "+" if not (hours or minutes) else printed[0]
    return f"{sign}{hours:02d}:{minutes:02d}"


def _compact(words: str) -> _Found | None:
    match = _COMPACT.fullmatch(words)
    if match is None or (match[4] is not None and "t" not in words.lower() and len(words) != 14):
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        wall = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    if wall.year not in range(1990, 2101):
        return None
    return wall, "day" if hour is None else "second" if second else "minute", "UTC" if zone else None


def _epoch(words: str) -> _Found | None:
    whole, _, fraction = words.partition(".")
    if not whole.isdigit() or (fraction and not fraction.isdigit()) or len(whole) not in (10, 13):
        return None
    seconds = int(whole) // (1000 if len(whole) == 13 else 1)
    if seconds not in _EPOCH:
        return None
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None), "second", "UTC"


def _script(words: str) -> _Found | None:
    match = _SCRIPT.fullmatch(words)
    zone = _zone(match[2]) if match is not None else None
    if match is None or zone is None:
        return None
    try:
        return datetime.strptime(match[1], "%b %d %Y %H:%M:%S"), "second", zone
    except ValueError:
        return None


def _rfc(words: str) -> _Found | None:
    if _RFC.fullmatch(words) is None:
        return None
    try:
        read = parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    offset = read.utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset is not None else 0
    if abs(minutes) > 14 * 60:
        return None
    zone = offset_of(offset) if minutes else "UTC"
    precision: Precision = "second" if words.count(":") == 2 else "minute"
    return read.replace(tzinfo=None), precision, zone
