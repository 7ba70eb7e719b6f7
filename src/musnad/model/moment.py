"""Moment: a time as it is printed, no more precise than its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

from musnad.model.span import Span

Precision = Literal["year", "month", "week", "day", "hour", "minute", "second"]
DayPart = Literal["dawn", "morning", "noon", "afternoon", "evening", "night"]
_ISO_LENGTH: dict[Precision, int] = {
    "year": 4,
    "month": 7,
    "week": 10,
    "day": 10,
    "hour": 13,
    "minute": 16,
    "second": 19,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A time with the words it was read from.

    `wall` holds the printed clock and calendar (naive: it is what a clock on the wall of `zone` shows); fields finer than
    `precision` mean nothing and are at their minimum. `zone` is an IANA name, or an offset as ``+03:00``, or None when the
    page does not say: then there is no `instant`. `bound` is "by" for «within two days» and "from" for «since»; `part` is
    the part of the day where the words name one. `inferred` is True when a year, day or zone was not printed beside it but
    comes from elsewhere on the page (the publication time, the outlet's zone).

    >>> m = Moment("2022.02.28 | 21:02 دمشق", datetime(2022, 2, 28, 21, 2), "minute", zone="Asia/Damascus")
    >>> m.iso, m.instant.isoformat()
    ('2022-02-28T21:02:00+02:00', '2022-02-28T19:02:00+00:00')
    """

    text: str
    wall: datetime
    precision: Precision
    zone: str | None = None
    span: Span | None = None
    part: DayPart | None = None
    bound: Literal["at", "by", "from"] = "at"
    inferred: bool = False
    evidence: str = "text"

    def __post_init__(self) -> None:
        if self.wall.tzinfo is not None:
            raise ValueError(
                "wall is the printed clock: give the zone by name or offset in `zone`, not in the datetime"
            )

    @property
    def instant(self) -> datetime | None:
        """The moment in UTC; None when the zone is unknown or the words are coarser than an hour."""
        tz = tz_of(self.zone)
        if tz is None or self.precision not in ("hour", "minute", "second"):
            return None
        return self.wall.replace(tzinfo=tz).astimezone(UTC)

    @property
    def iso(self) -> str:
        """ISO 8601, as precise as `precision` says; an offset only when a zone is known and the clock is printed."""
        if self.precision in ("minute", "second"):
            stem = self.wall.isoformat(timespec="seconds")
        else:
            stem = self.wall.isoformat()[: _ISO_LENGTH[self.precision]]
        tz = tz_of(self.zone)
        if tz is None or self.precision not in ("hour", "minute", "second"):
            return stem
        return stem + offset_of(self.wall.replace(tzinfo=tz).utcoffset())


def tz_of(zone: str | None) -> ZoneInfo | timezone | None:
    """The clock of a `zone` as a Moment has it, None for None. Raises ZoneInfoNotFoundError for a name that is no zone."""
    if zone is None:
        return None
    if zone in ("Z", "UTC", "+00:00"):
        return UTC
    if zone[0] in "+-":
        sign = -1 if zone[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6])))
    return ZoneInfo(zone)


def offset_of(delta: timedelta | None) -> str:
    """A distance from Greenwich as ``+03:00``; None counts as none."""
    seconds = int(delta.total_seconds()) if delta is not None else 0
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
