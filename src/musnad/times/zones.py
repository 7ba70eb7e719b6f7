"""Zones: whose clock hangs in which city."""

from __future__ import annotations

from musnad.times.vocabulary import WORD, vocabulary


def zone_of(place: str, *, language: str = "ar") -> str | None:
    """The IANA zone of a city, a capital or a country of one zone, as printed; None for one that is not in the table.

    The name of the capital of Jordan and that of Oman are spelled alike: unmarked it is read as the city, with the
    damma of Oman as the country. Raises LookupError for a language that musnad does not have.

    >>> zone_of("دمشق"), zone_of("مكة المكرمة"), zone_of("غرينتش"), zone_of("المريخ")
    ('Asia/Damascus', 'Asia/Riyadh', 'UTC', None)
    """
    words = vocabulary(language)
    exact = words.printed_zones.get(place.strip())
    if exact is not None:
        return exact
    key = " ".join(WORD.findall(words.fold(place[:80]).words.lower()))
    return words.zones.get(key)
