"""Times for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musnad.model import Moment

_MACHINE = re.compile(r"\d{4}-\d\d-\d\dT")


def short(moment: Moment) -> str:
    """A moment in figures, as precise as it is: day, hour and minute, the offset when it is known.

    >>> from datetime import datetime
    >>> from musnad.model import Moment
    >>> short(Moment("28 شباط، 21:02 دمشق", datetime(2022, 2, 28, 21, 2), "minute", zone="Asia/Damascus"))
    '2022-02-28 21:02 +02:00'
    """
    iso = moment.iso
    if "T" not in iso:
        return iso
    day, _, clock = iso.partition("T")
    for sign in "+-":
        if sign in clock:
            hours, _, offset = clock.partition(sign)
            return f"{day} {_clock(hours, moment)} {sign}{offset}"
    return f"{day} {_clock(clock, moment)}"


def printed(moment: Moment) -> str:
    """The words of the page for a moment; where they are a machine's, from structured data, the moment in figures.

    >>> from datetime import datetime
    >>> from musnad.model import Moment
    >>> printed(Moment("2022-02-28T21:02:00Z", datetime(2022, 2, 28, 21, 2), "minute", zone="UTC"))
    '2022-02-28 21:02 +00:00'
    """
    return short(moment) if _MACHINE.match(moment.text) else moment.text


def utc(moment: Moment) -> str | None:
    """The hour and minute in UTC, with the day where it is another one; None when the instant is not known."""
    instant = moment.instant
    if instant is None:
        return None
    clock = instant.strftime("%H:%M")
    return clock if instant.date() == moment.wall.date() else f"{instant:%Y-%m-%d} {clock}"


def _clock(clock: str, moment: Moment) -> str:
    if moment.precision == "hour":
        return f"{clock[:2]}h"
    return clock if moment.precision == "second" and moment.wall.second else clock[:5]
