"""How a reader wants pages: language, digits, names of months, the clock, the size of the text; kept in cookies."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from babel.dates import get_month_names

from musnad.publish.pictures import Manner
from musnad.serve.speech import language_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Request
    from fastapi.responses import Response

DIGITS = ("latn", "arab")
MONTHS = ("ar_LB", "ar_EG", "ar_DZ", "ar_MA")
"""A locale for each set of names of months: Levantine, Egyptian and Gulf, Algerian and Tunisian, Moroccan (CLDR)."""

SIZES = (0, 1, 2, 3)
"""Steps of the size of the text."""

ZONES = (
    "UTC", "Asia/Damascus", "Asia/Beirut", "Asia/Amman", "Asia/Gaza", "Asia/Baghdad", "Asia/Riyadh", "Asia/Kuwait",
    "Asia/Qatar", "Asia/Dubai", "Asia/Aden", "Africa/Cairo", "Africa/Khartoum", "Africa/Tripoli", "Africa/Tunis",
    "Africa/Algiers", "Africa/Casablanca", "Africa/Nouakchott", "Europe/Istanbul", "Europe/Moscow", "Europe/Kyiv",
    "Europe/Paris", "Europe/London", "America/New_York",
)  # fmt: skip
"""The clocks that a reader can choose: those of Arabic newsrooms, and of where much of their news comes from."""

_YEAR = 365 * 86400
_NAMES = {"digits": DIGITS, "months": MONTHS, "zone": ZONES, "size": tuple(map(str, SIZES))}


def manner_of(request: Request) -> Manner:
    """How the reader who asks wants moments and numbers; what is not known is as if it was not said."""
    kept = _kept(request.cookies)
    language = language_of(request)
    months = kept["months"] if language == "ar" else ""
    return Manner(language, months, kept["zone"], kept["digits"] if language == "ar" else DIGITS[0])


def size_of(request: Request) -> int:
    """The step of the size of the text."""
    return int(_kept(request.cookies)["size"])


def choices(language: str, kept: Mapping[str, str]) -> list[dict[str, object]]:
    """What can be chosen: the field, and of each choice its value, its name and whether it is chosen now."""
    now = _kept(kept)
    named = {
        "digits": {"latn": "0123456789", "arab": Manner(digits="arab").number(1234567890)},
        "months": {locale: _months(locale) for locale in MONTHS},
        "zone": {zone: Manner(language).place(zone, datetime.now(UTC)) for zone in ZONES},
    }
    return [
        {"field": field, "choices": [(value, name, value == now[field]) for value, name in names.items()]}
        for field, names in named.items()
        if language == "ar" or field == "zone"
    ]


def keep(response: Response, asked: Mapping[str, str], cookies: Mapping[str, str]) -> None:
    """Set the cookie of what a reader asked for, beside what was kept."""
    wanted = _kept(cookies) | {name: asked[name] for name in _NAMES if asked.get(name) in _NAMES[name]}
    value = "|".join(wanted[name] for name in _NAMES)
    response.set_cookie("reading", value, max_age=_YEAR, samesite="lax", httponly=True)


def way_back(path: str) -> str:
    """An address of this service to go back to; the front page for anything else.

    >>> way_back("/story/4?act=deny"), way_back("//elsewhere.example"), way_back("https://elsewhere.example")
    ('/story/4?act=deny', '/', '/')
    """
    mine = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if mine else "/"


def _kept(cookies: Mapping[str, str]) -> dict[str, str]:
    parts = cookies.get("reading", "").strip('"').split("|")
    given = dict(zip(_NAMES, parts, strict=False))
    return {name: given[name] if given.get(name) in known else known[0] for name, known in _NAMES.items()}


def _months(locale: str) -> str:
    names = get_month_names("wide", locale=locale)
    return " · ".join(names[month] for month in (1, 2, 7))
