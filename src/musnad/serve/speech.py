"""The words of the interface, in the reader's language: catalogues of gettext, read by Babel; English is what is written."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from babel.dates import format_datetime
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from starlette.requests import Request

LANGUAGES = ("ar", "en")
"""The first is what a reader has who asks for none of them."""

_LOCALES = {
    "ar": "ar_SY",
    "en": "en_GB",
}  # Levantine months and Latin digits, as Arabic news pages of the east print them


@cache
def catalogue(language: str) -> dict[str, str]:
    """Every message in a language; those of English are themselves and not in it."""
    if language == "en":
        return {}
    with files("musnad.serve").joinpath("words", f"{language}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale=language) if message.string}


def chosen(asked: str | None, kept: str | None, accepted: str) -> str:
    """The language of a reader: asked for now, else kept from before, else the first that the browser accepts.

    >>> chosen(None, None, "en-GB,en;q=0.9"), chosen("ar", "en", "en"), chosen("fr", None, "fr")
    ('en', 'ar', 'ar')
    """
    wanted = [part.split(";")[0].strip()[:2].lower() for part in accepted.split(",")]
    return next((one for one in (asked, kept, *wanted) if one in LANGUAGES), LANGUAGES[0])


def language_of(request: Request) -> str:
    """The language of who asks: by ``?lang=``, else the cookie that it left, else what the browser accepts."""
    asked, kept = request.query_params.get("lang"), request.cookies.get("lang")
    return chosen(asked, kept, request.headers.get("accept-language", ""))


def moment_words(moment: datetime, language: str) -> str:
    """A moment for people, to the minute, in its own zone.

    >>> from datetime import UTC, datetime
    >>> moment_words(datetime(2022, 2, 28, 19, 2, tzinfo=UTC), "en")
    '28 Feb 2022, 19:02 UTC'
    """
    return format_datetime(moment.astimezone(UTC), "d MMM y, HH:mm 'UTC'", locale=_LOCALES[language])
