"""Resolve: the parts of an expression, worked out against the moment of publication."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from musnad.model.moment import offset_of, tz_of
from musnad.times.clocks import turn
from musnad.times.dates import Calendar, gregorian

if TYPE_CHECKING:
    from typing import Literal

    from musnad.model import Moment
    from musnad.model.moment import Precision
    from musnad.times.clocks import Clock
    from musnad.times.parts import Parts

_TOO_FAR = 270
"""Days from which on a date without a year is rather that of the year beside the reference's."""
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FINE = ("hour", "minute", "second")


class Resolved(NamedTuple):
    """A time worked out, with what did not agree on the way: pairs of rule and plain sentence."""

    wall: datetime
    precision: Precision
    inferred: bool
    zone: str | None
    bound: Literal["at", "by", "from"]
    quarrels: tuple[tuple[str, str], ...] = ()


class _Day(NamedTuple):
    day: date
    precision: Precision
    inferred: bool


def resolve(parts: Parts, reference: Moment | None, zone: str | None, *, printed: bool) -> Resolved | None:
    """The time that the parts tell; None where it hangs on a publication time that is not known, or cannot be.

    A week is told by its Monday (ISO 8601). A year that is not printed is that of the reference, unless that would put
    the day more than nine months ahead: on 3 January «28 كانون الأول» is the December just past.
    """
    quarrels: list[tuple[str, str]] = []
    today = _today(reference, zone)
    try:
        if parts.distance is not None:
            return _distance(parts, reference, zone, printed)
        found = _dated(parts, today, quarrels) if parts.dated else None
        if found is None and not parts.dated and today is not None:
            found = _Day(today, "day", True)
    except (ValueError, OverflowError):
        return None
    if found is None:
        return None
    return _clocked(parts, found, reference, zone, tuple(quarrels), printed)


def _today(reference: Moment | None, zone: str | None) -> date | None:
    """The day of publication on the clock of `zone`; None without one, or when only its month is known."""
    if reference is None or reference.precision in ("year", "month", "week"):
        return None
    instant = reference.instant
    if instant is None or zone is None or zone[:1] in "+-Z" or zone == "UTC":
        return reference.wall.date()
    return instant.astimezone(ZoneInfo(zone)).date()


def _dated(parts: Parts, today: date | None, quarrels: list[tuple[str, str]]) -> _Day | None:
    if parts.date is not None and parts.date.month is None and parts.date.day is not None:
        return _day_of_month(parts, today, quarrels)
    if parts.date is not None:
        found = _calendar(parts, parts.date, today)
    elif parts.hijri is not None:
        day = gregorian(parts.hijri)
        found = None if day is None else _Day(day, "day", False)
    elif parts.shift is not None:
        return None if today is None else _shifted(parts, parts.shift, today, quarrels)
    elif parts.period is not None:
        return None if today is None else _period(parts, parts.period, today)
    else:
        return None if today is None or parts.weekday is None else _weekday(parts, parts.weekday, today)
    if found is None or found.precision != "day":
        return found
    _check_weekday(parts, found.day, quarrels)
    _check_hijri(parts, found.day, quarrels)
    if parts.shift is not None and today is not None and today + timedelta(days=parts.shift) != found.day:
        said = today + timedelta(days=parts.shift)
        quarrels.append(("times/day", f"the words for the day mean {said}, the date beside them is {found.day}"))
    return found


def _day_of_month(parts: Parts, today: date | None, quarrels: list[tuple[str, str]]) -> _Day | None:
    """«24 من الشهر الجاري»."""
    if today is None or parts.date is None or parts.date.day is None or parts.period is None:
        return None
    day = _months(today, parts.period[1]).replace(day=parts.date.day)
    _check_weekday(parts, day, quarrels)
    return _Day(day, "day", True)


def _calendar(parts: Parts, read: Calendar, today: date | None) -> _Day | None:
    if read.month is None:
        return None if read.year is None else _Day(date(read.year, 1, 1), "year", False)
    precision: Precision = "month" if read.day is None else "day"
    if read.year is not None:
        return _Day(date(read.year, read.month, read.day or 1), precision, False)
    if today is None:
        return None
    if parts.year_step is not None:
        day = _day(today.year + parts.year_step, read.month, read.day)
    else:
        step = -1 if parts.step is None and parts.bound == "since" else parts.step
        day = _with_year(read.month, read.day, today, step, parts.future)
        if day is not None and step is None and read.day is not None:
            day = _year_by_weekday(day, parts.weekday, today)
    return None if day is None else _Day(day, precision, True)


def _with_year(month: int, day: int | None, today: date, step: int | None, future: bool) -> date | None:
    here = today.replace(day=1) if day is None else today
    years = {-1: (0, -1), 1: (0, 1), -2: (-1, -2), 2: (1, 2)}.get(step if step is not None else 9)
    if years is not None and step is not None:
        for more in years:
            found = _day(today.year + more, month, day)
            if found is not None and ((found < here) if step < 0 else (found > here)):
                return found
        return None
    found = _day(today.year, month, day)
    if found is None or step == 0:
        return found
    if (found - today).days > _TOO_FAR and not future:
        return _day(today.year - 1, month, day)
    if (today - found).days > _TOO_FAR and future:
        return _day(today.year + 1, month, day)
    return found


def _year_by_weekday(day: date, weekday: int | None, today: date) -> date:
    """The same date a year before or after where only there it falls on the weekday printed beside it."""
    if weekday is None or day.isoweekday() == weekday:
        return day
    for year in (day.year - 1, day.year + 1):
        other = _day(year, day.month, day.day)
        if other is not None and other.isoweekday() == weekday and abs((other - today).days) <= _TOO_FAR:
            return other
    return day


def _day(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None


def _shifted(parts: Parts, shift: int, today: date, quarrels: list[tuple[str, str]]) -> _Day:
    """«أمس الأربعاء»: where the two disagree by one day the weekday is believed, for pages go out after
    midnight with the words of the day before."""
    day = today + timedelta(days=shift)
    if parts.weekday is not None and day.isoweekday() != parts.weekday:
        off = (parts.weekday - day.isoweekday() + 3) % 7 - 3
        quarrels.append(
            ("times/weekday", f"{_DAY_NAMES[parts.weekday - 1]} is printed, but the words beside it mean {_named(day)}")
        )
        if abs(off) == 1:
            day += timedelta(days=off)
    return _Day(day, "day", True)


def _weekday(parts: Parts, weekday: int, today: date) -> _Day:
    """The day of that name: last before with a step back, next after with a step on; without one today or the last
    before, or, after a word for the future, the next."""
    back = (today.isoweekday() - weekday) % 7
    if parts.step is None:
        days = -back if not parts.future or not back else 7 - back
    elif parts.step == 0:
        days = weekday - today.isoweekday()
    elif parts.step < 0:
        days = -(back or 7) + 7 * (parts.step + 1)
    else:
        days = 7 - back + 7 * (parts.step - 1)
    return _Day(today + timedelta(days=days), "day", True)


def _period(parts: Parts, period: tuple[str, int], today: date) -> _Day:
    unit, count = period
    if unit == "week":
        monday = today - timedelta(days=today.isoweekday() - 1) + timedelta(weeks=count)
        if parts.weekday is not None:
            return _Day(monday + timedelta(days=parts.weekday - 1), "day", True)
        return _Day(monday, "week", True)
    if unit == "month":
        return _Day(_months(today, count), "month", True)
    return _Day(date(today.year + count, 1, 1), "year", True)


def _months(today: date, count: int) -> date:
    month = today.year * 12 + today.month - 1 + count
    return date(month // 12, month % 12 + 1, 1)


def _distance(parts: Parts, reference: Moment | None, zone: str | None, printed: bool) -> Resolved | None:
    if parts.distance is None or reference is None:
        return None
    unit, count = parts.distance
    today = _today(reference, zone)
    if today is None:
        return None
    bound = _bound(parts, printed)
    if unit in ("hour", "minute", "second"):
        return _hours(unit, count, reference, zone, bound, today)
    if unit == "day" or (unit == "week" and bound != "at"):
        day, precision = today + timedelta(days=count * (7 if unit == "week" else 1)), "day"
    elif unit == "week":
        day = today + timedelta(weeks=count)
        day, precision = day - timedelta(days=day.isoweekday() - 1), "week"
    elif unit == "month":
        day, precision = _months(today, count), "month"
    else:
        day, precision = date(today.year + count, 1, 1), "year"
    wall = datetime(day.year, day.month, day.day)
    return Resolved(wall, precision, True, None, bound)  # type: ignore[arg-type]


def _hours(
    unit: str, count: int, reference: Moment, zone: str | None, bound: Literal["at", "by", "from"], today: date
) -> Resolved | None:
    delta = timedelta(**{unit + "s": count})
    if reference.precision not in _FINE:
        if delta % timedelta(days=1):
            return None
        day = today + delta
        return Resolved(datetime(day.year, day.month, day.day), "day", True, None, bound)
    wall = reference.wall + delta
    if unit == "hour":
        return Resolved(wall.replace(minute=0, second=0, microsecond=0), "hour", True, reference.zone, bound)
    return Resolved(wall.replace(second=0, microsecond=0), "minute", True, reference.zone, bound)


def _bound(parts: Parts, printed: bool) -> Literal["at", "by", "from"]:
    if parts.distance is not None:
        if parts.bound == "within":
            return "by" if parts.distance[1] > 0 else "from"
        return "from" if parts.bound == "since" and not printed else "at"
    if parts.bound in ("until", "before"):
        return "by"
    return "from" if parts.bound in ("since", "from", "after") else "at"


def _clocked(
    parts: Parts,
    found: _Day,
    reference: Moment | None,
    zone: str | None,
    quarrels: tuple[tuple[str, str], ...],
    printed: bool,
) -> Resolved:
    wall = datetime(found.day.year, found.day.month, found.day.day)
    bound = _bound(parts, printed)
    clock, hour = parts.clock, None
    if clock is not None and found.precision == "day":
        hour = _hour(clock, parts.half)
    if clock is None or hour is None:
        return Resolved(wall, found.precision, found.inferred, None, bound, quarrels)
    wall = wall.replace(hour=hour, minute=clock.minute or 0, second=clock.second or 0)
    precision: Precision = "second" if clock.second is not None else "minute" if clock.minute is not None else "hour"
    at, more = _zone_beside(parts, wall)
    inferred = found.inferred
    if at is None and not parts.unnamed_zone:
        at = zone or (reference.zone if reference is not None else None)
        inferred = inferred or at is not None
    return Resolved(wall, precision, inferred, at, bound, quarrels + more)


def _hour(clock: Clock, half: str | None) -> int | None:
    """The hour of 24; None where the page does not say which half of the day it means."""
    if half is not None and not (clock.whole and clock.hour > 12):
        return turn(clock, half)
    return clock.hour if clock.whole else None


def _zone_beside(parts: Parts, wall: datetime) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """The zone of the clock. Where the same time stands beside it on another clock («07:00 بتوقيت غرينتش») a zone that is
    not named is the offset between the two, and one that is named has to have it."""
    if parts.other is None:
        return parts.zone, ()
    clock, zone = parts.other
    own, its = _offset(parts.zone, wall), _offset(zone, wall)
    if its is None:
        return parts.zone, ()
    gap = (wall.hour * 60 + wall.minute) - (clock.hour * 60 + (clock.minute or 0)) + its
    gap = (gap + 11 * 60) % 1440 - 11 * 60
    if own is None and gap % 15 == 0:
        return offset_of(timedelta(minutes=gap)), ()
    if own is not None and (own - gap) % 1440 == 0:
        return parts.zone, ()
    return parts.zone, (("times/clocks", f"the clock printed and the one of {zone} beside it tell two times"),)


def _offset(zone: str | None, wall: datetime) -> int | None:
    """Minutes from Greenwich on that day."""
    tz = tz_of(zone)
    offset = wall.replace(tzinfo=tz).utcoffset() if tz is not None else None
    return None if offset is None else int(offset.total_seconds()) // 60


def _check_weekday(parts: Parts, day: date, quarrels: list[tuple[str, str]]) -> None:
    if parts.weekday is not None and day.isoweekday() != parts.weekday:
        quarrels.append(("times/weekday", f"{_DAY_NAMES[parts.weekday - 1]} is printed beside {_named(day)}"))


def _check_hijri(parts: Parts, day: date, quarrels: list[tuple[str, str]]) -> None:
    """Calendars of sighted moons differ from the table by a day; beyond that the two dates disagree."""
    if parts.hijri is None or parts.date is None:
        return
    other = gregorian(parts.hijri)
    if other is not None and abs((other - day).days) > 1:
        quarrels.append(("times/hijri", f"the Hijri date printed is {other}, the Gregorian beside it {day}"))


def _named(day: date) -> str:
    return f"{day}, a {_DAY_NAMES[day.isoweekday() - 1]}"
