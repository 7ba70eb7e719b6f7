"""What can be taken along from a page: its feeds, its data, and a frame to put elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlencode

from musnad.publish.linked import collected_value
from musnad.publish.syndicated import FEED_FORMS
from musnad.serve.keys import address_key
from musnad.serve.speech import LANGUAGES

if TYPE_CHECKING:
    from fastapi import Request

    from musnad.publish.values import Value
    from musnad.serve.settings import Serving
    from musnad.serve.shown import Shown

_LINKED = 20  # statements
_NOT_OF_THE_PAGE = ("lang", "token", "key", "cursor", "limit")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service is found from outside, and the language that is read there."""

    base: str
    language: str

    @classmethod
    def of(cls, request: Request, public: str, language: str) -> Place:
        """By what the service was told (`public`), else by what the reader asked for."""
        return cls((public or str(request.base_url)).rstrip("/"), language)

    def url(self, path: str, query: str = "") -> str:
        """The whole address of a path of this service."""
        return self.base + quote(path, safe="/?&=%#+~!$'()*,;:@") + (f"?{query}" if query else "")


@dataclass(frozen=True, slots=True)
class Taking:
    """Of one page: its feeds and its data as (label, media type, address), and the address to be framed, or ''."""

    feeds: tuple[tuple[str, str, str], ...] = ()
    data: tuple[tuple[str, str, str], ...] = ()
    frame: str = ""


def query_of(request: Request) -> str:
    """The question of a page, without how it is shown."""
    asked = [pair for pair in request.query_params.multi_items() if pair[0] not in _NOT_OF_THE_PAGE and pair[1]]
    return urlencode(asked)


def web_address(address: str) -> str:
    """An address to lead to; empty for a file, and for any scheme but the web's."""
    return address if address.lower().startswith(("http://", "https://")) else ""


def taking(request: Request, serving: Serving, language: str) -> Taking | None:
    """What the page of this request has to be taken along; None where there is nothing."""
    path = request.scope.get("raw_path", b"").decode("ascii", "replace").rstrip("/")
    query = query_of(request)
    kind, _, name = path[1:].partition("/")
    if kind == "search" and not query:
        return None
    tail = f"?{query}" if kind == "search" else ""

    def opened(ending: str) -> str:
        """An address with what opens it where there is a token, and with the language that is read."""
        whole, asked = f"{path}/{ending}", parse_qsl(query) if tail else []
        if language != LANGUAGES[0]:
            asked.append(("lang", language))
        if serving.token:
            asked.append(("key", address_key(serving.token, whole, asked)))
        return f"{whole}?{urlencode(asked)}" if asked else whole

    named = (("Atom", "atom"), ("JSON Feed", "json"))
    feeds = tuple((label, FEED_FORMS[form][0], opened(f"feed.{form}")) for label, form in named)
    if not path:
        return Taking(feeds)
    if kind in ("speaker", "outlet", "agency") and name:
        return Taking(feeds, _tables("/search", f"?{urlencode({kind: unquote(name)})}"))
    if kind == "article" and name.isdigit():
        return Taking((), _of_article(path))
    if (kind == "story" and name.isdigit()) or (kind == "search" and not name):
        frame = opened("embed") if kind == "story" and serving.embed else ""
        return Taking(feeds, _tables(path, tail), frame)
    return None


def _tables(path: str, tail: str) -> tuple[tuple[str, str, str], ...]:
    forms = [("CSV", "text/csv", "csv"), ("JSON Lines", "application/jsonl", "jsonl")]
    if has_parquet():
        forms.insert(1, ("Parquet", "application/vnd.apache.parquet", "parquet"))
    return tuple((label, mime, f"{path}/statements.{form}{tail}") for label, mime, form in forms)


def _of_article(path: str) -> tuple[tuple[str, str, str], ...]:
    return (
        ("CSV", "text/csv", f"{path}/statements.csv"),
        ("JSON-LD", "application/ld+json", f"{path}/article.jsonld"),
        ("Web Annotations", "application/ld+json", f"{path}/annotations"),
    )


def has_parquet() -> bool:
    """Whether what writes Parquet is installed."""
    return find_spec("pyarrow") is not None


def story_linked(shown: Shown) -> Value:
    """The newest statements of a story as linked data, for its page: all of them would be as long as the page."""
    articles = {one.article_id: one.article for one in shown.tellings}
    said = [(articles[card.article], card.anchor) for card in shown.cards[:_LINKED] if card.article in articles]
    named = [(article, article.attributions[int(anchor.rpartition("-")[2]) - 1]) for article, anchor in said]
    return collected_value(shown.headline, named)
