"""The words of the interface, in the reader's language: catalogues of gettext, read by Babel; English is what is written."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from starlette.requests import Request

LANGUAGES = ("ar", "en")
"""The first is what a reader has who asks for none of them; the switch goes from each to the next."""


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
