"""Pages out of templates: escaped, in the reader's language."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from babel import Locale
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from musnad.publish.pictures import Manner
from musnad.publish.report import marked_macro, template_text
from musnad.serve.speech import LANGUAGES, catalogue

if TYPE_CHECKING:
    from fastapi import Request

    from musnad.serve.shown import Shown
    from musnad.serve.storycards import StoryCard

_AROUND = ("head", "counts", "points", "changes")
"""Parts of a story's page that stand around the timeline, each a template ``story-NAME.html``."""


def page(name: str, manner: Manner, **values: Any) -> str:
    """The page that a template makes of values, for one manner of reading."""
    language = manner.language
    other = LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]
    text: str = _template(name, language).render(
        language=language,
        manner=manner,
        direction=Locale(language).text_direction,
        other=other,
        other_name=Locale(other).get_display_name(),
        marked=marked_macro(),
        **values,
    )
    return text


def card_html(card: StoryCard, language: str) -> str:
    """A statement of a story, as the page has it and as it is sent to open pages."""
    text: str = _template("card.html", language).render(card=card, language=language)
    return text


def around_html(shown: Shown) -> dict[str, str]:
    """The parts around the timeline of a story, by their names; a part of nothing is an empty string."""
    language = shown.view.manner.language
    return {
        name: _template(f"story-{name}.html", language).render(shown=shown, manner=shown.view.manner).strip()
        for name in _AROUND
    }


def piece(name: str, language: str, **values: Any) -> str:
    """What a template makes of values that is no whole page."""
    text: str = _template(name, language).render(language=language, **values)
    return text.strip()


def tagged(request: Request, html: str, status: int = 200) -> Response:
    """A page as an answer that says which one it is (ETag), or only that it is the one that the reader has."""
    if status != HTTPStatus.OK:
        return HTMLResponse(html, status)
    tag = f'W/"{sha256(html.encode()).hexdigest()[:20]}"'
    had = request.headers.get("if-none-match") == tag
    return Response(status_code=304, headers={"ETag": tag}) if had else HTMLResponse(html, headers={"ETag": tag})


def data_block(value: object) -> Markup:
    """A value as JSON that can stand in a ``<script>`` of data: no sign of it begins or ends an element.

    >>> str(data_block({"said": "</script><b>"}))
    '{"said": "\\\\u003c/script\\\\u003e\\\\u003cb\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


@cache
def _template(name: str, language: str) -> Any:
    environment = Environment(loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined)
    environment.globals["_"] = lambda words: catalogue(language).get(words, words)
    environment.filters["data"] = data_block
    return environment.get_template(name)


def _source(name: str) -> str:
    """A template of this package, else one of the report's."""
    mine = files("musnad.serve").joinpath("templates", name)
    return mine.read_text("utf-8") if mine.is_file() else template_text(name)
