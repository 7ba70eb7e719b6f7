"""How a reader wants pictures: the language, the names of months, the digits, and the zone of the clock."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_gmt, get_timezone_location
from babel.numbers import format_compact_decimal, format_decimal

from musnad.model.moment import tz_of
from musnad.publish.labels import picture_labels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from musnad.model import Moment

_LOCALES = {"ar": "ar_LB", "en": "en_GB"}  # Levantine months for Arabic, as the sample pages print them
_ARABIC_ZERO = 0x660
_COMMA = unicodedata.lookup("ARABIC COMMA")
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
        return self._digits(format_skeleton(f"{self._month}d", local, tzinfo=local.tzinfo, locale=self._locale))

    def clock(self, at: datetime) -> str:
        """Hours and minutes, of 24."""
        local = self.local(at)
        return self._digits(format_time(local, "HH:mm", tzinfo=local.tzinfo, locale=self._locale))

    def moment(self, at: datetime) -> str:
        """Day, month and clock."""
        return f"{self.day(at)} {self.clock(at)}"

    def date(self, at: datetime) -> str:
        """Day, month and year, as it stands on its own clock."""
        return self._digits(format_date(at.date(), f"d {self._month} y", locale=self._locale))

    def full(self, at: datetime) -> str:
        """An instant whole, on the clock of the zone, with the place whose clock it is.

        >>> from datetime import datetime
        >>> Manner(zone="Asia/Damascus").full(datetime(2022, 2, 28, 19, 2, tzinfo=UTC))
        '28 شباط 2022، 21:02 دمشق'
        """
        local = self.local(at)
        return f"{self.date(local)}{self._comma} {self.clock(at)} {self.place(self.zone, local)}"

    def printed(self, moment: Moment) -> str:
        """A moment of a page on the page's own clock, as precise as it is; an hour without a zone has no place.

        >>> from datetime import datetime
        >>> from musnad.model import Moment
        >>> Manner("en").printed(Moment("28 شباط", datetime(2022, 2, 28), "day"))
        '28 Feb 2022'
        """
        day = self.date(moment.wall)
        if moment.precision not in ("hour", "minute", "second"):
            wanted = {"month": "MMMM y", "year": "y"}.get(moment.precision)
            return self._digits(format_date(moment.wall.date(), wanted, locale=self._locale)) if wanted else day
        clock = self._digits(moment.wall.strftime("%H:%M"))
        place = self.place(moment.zone, moment.wall) if moment.zone else ""
        return f"{day}{self._comma} {clock} {place}".rstrip()

    def place(self, zone: str, at: datetime) -> str:
        """The place whose clock a zone is; for one that is only an offset, the offset.

        >>> from datetime import datetime
        >>> Manner().place("Africa/Cairo", datetime(2022, 2, 28))
        'القاهرة'
        """
        tz = tz_of(zone)
        if tz is None or zone == "UTC":
            return "UTC"
        if "/" in zone:
            return str(get_timezone_location(tz, locale=self._locale, return_city=True))
        return "UTC" + self._digits(str(get_timezone_gmt(at.replace(tzinfo=tz), "iso8601", locale="en")))

    def number(self, value: float) -> str:
        """A number as it is."""
        return format_decimal(value, locale=self._locale, numbering_system=self.digits)

    def short_number(self, value: float) -> str:
        """A number for an axis."""
        if abs(value) < _COMPACT:
            return self.number(value)
        return format_compact_decimal(value, locale=self._locale, fraction_digits=1, numbering_system=self.digits)

    @property
    def _month(self) -> str:
        """Months whole in Arabic, which does not shorten them. CLDR's short ones are an alias there, and Babel (2.18) keeps
        what an alias led to for all regions of a language: a reader's months changed by who had asked before."""
        return "MMMM" if self.language == "ar" else "MMM"

    @property
    def _comma(self) -> str:
        return _COMMA if self.rtl else ","

    @property
    def _locale(self) -> str:
        return self.locale or _LOCALES.get(self.language, self.language)

    def _digits(self, text: str) -> str:
        if self.digits != "arab":
            return text
        return text.translate({ord("0") + n: chr(_ARABIC_ZERO + n) for n in range(10)})
