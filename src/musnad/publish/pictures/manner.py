"""How a reader wants pictures: the language, the names of months, the digits, and the zone of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_skeleton, format_time
from babel.numbers import format_compact_decimal, format_decimal

from musnad.model.moment import tz_of
from musnad.publish.labels import picture_labels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_LOCALES = {"ar": "ar_LB", "en": "en_GB"}  # Levantine months for Arabic, as the sample pages print them
_ARABIC_ZERO = 0x660
_COMPACT = 10_000  # from here on an axis says «10 ألف»


@dataclass(frozen=True, slots=True)
class Manner:
    """What a picture is drawn for. `locale` is a CLDR locale, empty for the usual one of the language; `digits` is ``latn``
    or ``arab``; a `zone` that is not known is UTC."""

    language: str = "ar"
    locale: str = ""
    zone: str = "UTC"
    digits: str = "latn"

    @property
    def rtl(self) -> bool:
        """Whether the picture runs from right to left."""
        return Locale(self.language).text_direction == "rtl"

    @property
    def words(self) -> Mapping[str, str]:
        """The labels of pictures."""
        return picture_labels(self.language)

    def local(self, at: datetime) -> datetime:
        """An instant on the clock of the zone."""
        return at.astimezone(tz_of(self.zone) or UTC)

    def day(self, at: datetime) -> str:
        """The day and the month.

        >>> from datetime import datetime
        >>> Manner().day(datetime(2022, 2, 28, tzinfo=UTC))
        '28 شباط'
        """
        local = self.local(at)
        return self._digits(format_skeleton("MMMd", local, tzinfo=local.tzinfo, locale=self._locale))

    def clock(self, at: datetime) -> str:
        """Hours and minutes, of 24."""
        local = self.local(at)
        return self._digits(format_time(local, "HH:mm", tzinfo=local.tzinfo, locale=self._locale))

    def moment(self, at: datetime) -> str:
        """Day, month and clock."""
        return f"{self.day(at)} {self.clock(at)}"

    def number(self, value: float) -> str:
        """A number as it is."""
        return format_decimal(value, locale=self._locale, numbering_system=self.digits)

    def short_number(self, value: float) -> str:
        """A number for an axis."""
        if abs(value) < _COMPACT:
            return self.number(value)
        return format_compact_decimal(value, locale=self._locale, fraction_digits=1, numbering_system=self.digits)

    @property
    def _locale(self) -> str:
        return self.locale or _LOCALES.get(self.language, self.language)

    def _digits(self, text: str) -> str:
        if self.digits != "arab":
            return text
        return text.translate({ord("0") + n: chr(_ARABIC_ZERO + n) for n in range(10)})
