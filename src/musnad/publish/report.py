"""The report to look at in a browser (``--format html``): one file, nothing from elsewhere, for one page or several.

It works without a script; with it, a card with the chain opens at a mark. The policy in its head (CSP) allows the one style
and the one script in it by their digests, and nothing else at all.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from musnad.publish.labels import labels
from musnad.publish.sheets import Sheet, sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jinja2 import Environment

    from musnad.errors import InputError
    from musnad.model import Article


def report_text(articles: Sequence[Article], unread: Sequence[InputError] = ()) -> str:
    """One HTML document for all `articles`, with a list of the pages that could not be read; it may be without any."""
    from markupsafe import Markup

    sheets = [sheet(article, f"p{number}") for number, article in enumerate(articles, 1)]
    ltr = bool(articles) and all(article.direction == "ltr" for article in articles)
    language = "en" if ltr else "ar"
    style = _file("report.css") + filter_rules(max((len(one.speakers) for one in sheets), default=0))
    script = _file("report.js")
    environment = _environment()
    return environment.get_template("report.html").render(
        pages=sheets,
        unread=[str(error) for error in unread],
        words=labels(language),
        language=language,
        direction="ltr" if ltr else "rtl",
        title=_title(sheets, labels(language)["brand"]),
        style=Markup(style),
        script=Markup(script),
        style_hash=_digest(style),
        script_hash=_digest(script),
        marked=marked_macro(),
    )


def page_text(article: Article) -> str:
    """The document for one article."""
    return report_text([article])


def marked_macro() -> Callable[..., str]:
    """What the templates print marked words with."""
    macro: Callable[..., str] = _environment().get_template("marked.html").module.marked  # type: ignore[attr-defined]
    return macro


def template_text(name: str) -> str:
    """A template, the style or the script of the report, as it is kept."""
    return _file(name)


def _title(sheets: Sequence[Sheet], brand: str) -> str:
    return f"{sheets[0].title} · {brand}" if len(sheets) == 1 else brand


def filter_rules(speakers: int) -> str:
    """The rules that make the choice of a speaker work without a script."""
    out = []
    for number in range(speakers):
        chosen = f".page:has(.f{number}:checked)"
        out.append(f"{chosen} .cards .card:not(.k{number}){{display:none}}")
        out.append(
            f"{chosen} .body .m:not(.k{number}),{chosen} h1 .m:not(.k{number})"
            "{background:none;color:inherit;text-decoration:none;box-shadow:none}"
        )
    return "\n".join(out)


@cache
def _file(name: str) -> str:
    return files("musnad.publish").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(loader=FunctionLoader(_file), autoescape=True, undefined=StrictUndefined)


def _digest(words: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()}"
