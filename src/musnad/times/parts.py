"""Parts: what one expression of time says, word by word, before anything is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musnad.times.clocks import Clock
    from musnad.times.dates import Calendar


@dataclass(slots=True)
class Parts:
    """The parts of one printed time. None: not said."""

    date: Calendar | None = None
    hijri: Calendar | None = None
    weekday: int | None = None
    step: int | None = None
    """Past -1, present 0, next 1, said of the weekday, the date or the month."""
    year_step: int | None = None
    """Years from the present one, said of a month or a date: «أكتوبر من العام الماضي»."""
    shift: int | None = None
    """Days from the day of publication."""
    period: tuple[str, int] | None = None
    """Week, month or year, and how many from the present one."""
    distance: tuple[str, int] | None = None
    """Unit and signed count from the moment of publication."""
    clock: Clock | None = None
    part: str | None = None
    half: str | None = None
    zone: str | None = None
    unnamed_zone: bool = False
    other: tuple[Clock, str] | None = None
    """The same time on another clock: «10:00 بالتوقيت المحلي (07:00 بتوقيت غرينتش)»."""
    bound: str | None = None
    """The preposition that opened it: before, after, within, since, until."""
    edge: bool = False
    lead: bool = False
    label: str | None = None
    future: bool = False
    start: int = 0
    end: int = 0

    @property
    def dated(self) -> bool:
        """True when it names a day or a longer time."""
        return not (
            self.date is None
            and self.hijri is None
            and self.weekday is None
            and self.shift is None
            and self.period is None
            and self.distance is None
        )

    @property
    def said(self) -> bool:
        """True when it says a time at all."""
        return self.dated or self.clock is not None

    @property
    def open_year(self) -> bool:
        """True for a weekday or a date that words before it may turn to the future."""
        if self.date is not None:
            return self.date.year is None
        return self.weekday is not None and self.step is None

    def turned(self, value: str) -> None:
        """Take in a word for a part of the day, given as the tables give it (``evening:pm``)."""
        part, _, half = value.partition(":")
        if part != "-":
            self.part = part
        self.half = half or self.half
