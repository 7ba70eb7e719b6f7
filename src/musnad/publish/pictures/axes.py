"""Axes: round values and round times, with labels that stand apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from musnad.publish.pictures.svg import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.publish.pictures.manner import Manner

_STEPS = tuple(timedelta(minutes=m) for m in (5, 15, 30, 60, 120, 180, 360, 720)) + tuple(
    timedelta(days=d) for d in (1, 2, 7, 14, 30, 90, 365, 3650)
)
_APART = 90  # points between two labels of times
_BETWEEN = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis with its label."""

    place: float
    label: str


def round_values(low: float, high: float, wanted: int = 4) -> tuple[float, ...]:
    """About `wanted` round values, the first no more than `low` and the last no less than `high`.

    >>> round_values(0, 37)
    (0, 10, 20, 30, 40)
    """
    rough = max(high - low, 1e-9) / wanted
    power = 10 ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough * 0.999)
    values = [round(step * at, 9) for at in range(floor(low / step), ceil(high / step) + 1)]
    return tuple(int(value) if float(value).is_integer() else value for value in values)


def times(first: datetime, last: datetime, ends: tuple[float, float], size: float, manner: Manner) -> list[Mark]:
    """Round times from `first` to `last`, which stand at the two `ends`, as labels that do not meet; never none.

    The first label has its day, a later one where the day begins; the others only the clock.
    """
    begin, end = manner.local(first), manner.local(last)
    wanted = max(1, int((ends[1] - ends[0]) / _APART))
    step = next((one for one in _STEPS if (end - begin) / one <= wanted), _STEPS[-1])
    marks: list[Mark] = []
    reached = 0.0
    for at in _round(begin, end, step):
        place = ends[0] + (at - begin) / (end - begin) * (ends[1] - ends[0])
        days = step >= timedelta(days=1) or (at.hour, at.minute) == (0, 0)
        label = manner.day(at) if days else manner.clock(at) if marks else manner.moment(at)
        half = width_of(label, size) / 2
        if place - half >= reached and place + half <= ends[1] + _BETWEEN:
            marks.append(Mark(place, label))
            reached = place + half + _BETWEEN
    if marks:
        return marks
    label = manner.moment(first)
    return [Mark((ends[0] + ends[1]) / 2, label)]


def _round(begin: datetime, end: datetime, step: timedelta) -> Sequence[datetime]:
    midnight = begin.replace(hour=0, minute=0, second=0, microsecond=0)
    at = midnight + max(0, ceil((begin - midnight) / step)) * step
    out = []
    while at <= end:
        out.append(at)
        at += step
    return out
