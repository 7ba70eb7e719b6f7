"""Moments as a person writes them on the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from musnad.errors import UsageError

_AGO = re.compile(r"(\d{1,6})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONG = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*([smhd]?)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_LONGEST = 30 * 86_400
_ADVICE = "write 2022-02-28, 2022-02-28T18:00, 2022-02-28T18:00+03:00, or 6h, 2d, 1w for that long ago"


def moment(option: str, words: str | None, *, now: datetime | None = None, end: bool = False) -> datetime | None:
    """The moment that is meant, None for None: a day, a time, or that long ago; without an offset, on this machine's clock.

    With `end`, a day is meant to its end. Raises UsageError for what is no moment.

    >>> moment("--since", "2022-02-28T18:00+03:00").isoformat()
    '2022-02-28T15:00:00+00:00'
    >>> moment("--since", "2d", now=datetime(2022, 2, 28, tzinfo=UTC)).isoformat()
    '2022-02-26T00:00:00+00:00'
    """
    if words is None:
        return None
    words = words.strip()
    ago = _AGO.fullmatch(words)
    try:
        if ago:
            return (now or datetime.now(UTC)) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        found = datetime.fromisoformat(words)
        if end and len(words) == len("2022-02-28"):
            found += timedelta(days=1)
        return found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{option} {words!r} is no moment", advice=_ADVICE) from error


def duration(option: str, words: str, *, least: float = 1.0) -> timedelta:
    """How long is meant: 30s, 5m, 2h, 1d; a bare number is seconds. Raises UsageError for what is none, or is too short.

    >>> duration("--every", "5m")
    datetime.timedelta(seconds=300)
    """
    found = _LONG.fullmatch(words.strip())
    seconds = float(found[1]) * _SECONDS[found[2] or "s"] if found else 0.0
    if not least <= seconds <= _LONGEST:
        advice = f"write 30s, 5m, 2h or 1d, at least {least:g}s"
        raise UsageError(f"{option} {words!r} is no time that can be waited", advice=advice)
    return timedelta(seconds=seconds)
