"""What the page says of itself to machines: meta elements, JSON-LD, microdata. Witnesses, not the truth."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_QUERY = (
    "meta,title,link[rel=canonical],script[type*=ld],[itemprop=author],[itemprop=datePublished],[itemprop=dateModified]"
)
_COMMA = re.compile(r",(\s*[}\]])")
_BROKEN = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|name|@type)"\s*:\s*"((?:[^"\\]|\\.){1,500})"'
)
_ARTICLE = re.compile(r"Article|Posting|Reportage|Report$|NewsItem", re.IGNORECASE)


@dataclass(slots=True)
class Update:
    """An entry of a live blog as JSON-LD gives it."""

    headline: str
    published: str


@dataclass(slots=True)
class Witness:
    """The claims of a page about itself; `meta` by name in lower case, first of each; the rest from JSON-LD."""

    meta: dict[str, str] = field(default_factory=dict)
    title: str = ""
    canonical: str | None = None
    headline: str = ""
    published: str = ""
    modified: str = ""
    section: str = ""
    authors: list[str] = field(default_factory=list)
    publisher: str = ""
    body: str = ""
    caption: str = ""
    live: bool = False
    kinds: set[str] = field(default_factory=set)
    updates: list[Update] = field(default_factory=list)
    item_author: str = ""
    broken: bool = False

    def first(self, *names: str) -> tuple[str, str]:
        """The first of these meta names that has a value, and the value; two empty strings where none has."""
        for name in names:
            value = self.meta.get(name)
            if value:
                return name, value
        return "", ""


def read_witness(parser: LexborHTMLParser) -> Witness:
    """Everything that the page says to machines, in one selection. Broken JSON-LD gives what can be saved of it."""
    witness = Witness()
    meta = witness.meta
    for node in parser.css(_QUERY):
        tag = node.tag
        if tag == "meta":
            get = node.attributes.get
            value = get("content")
            if value and (value := value.strip()):
                for name in (get("property"), get("name"), get("itemprop")):
                    if name:
                        meta.setdefault(name.strip().lower(), value)
        elif tag == "title":
            witness.title = witness.title or " ".join(node.text().split())
        elif tag == "link":
            witness.canonical = witness.canonical or (node.attributes.get("href") or "").strip() or None
        elif tag == "script":
            _script(witness, node.text())
        elif (prop := node.attributes.get("itemprop") or "").startswith("date"):
            value = node.attributes.get("datetime") or node.attributes.get("content") or node.text().strip()
            meta.setdefault(prop.lower(), value)
        elif prop == "author" and not witness.item_author:
            inner = node.css_first("[itemprop=name]") or node
            witness.item_author = " ".join(inner.text().split())[:120]
    return witness


def _script(witness: Witness, source: str) -> None:
    if "@type" not in source:
        return
    for clean in (str.strip, _unwrapped, _repaired):
        try:
            data = json.loads(clean(source), strict=False)
        except (ValueError, RecursionError):
            continue
        _collect(witness, data)
        return
    witness.broken = True
    _salvage(witness, source)


def _unwrapped(source: str) -> str:
    """The source out of the comment or CDATA marks that old systems write around it."""
    start, end = source.find("{"), source.rfind("}")
    first, last = source.find("["), source.rfind("]")
    if source.lstrip()[:1] == "[" or start < 0:
        start, end = first, last
    return source[start : end + 1]


def _repaired(source: str) -> str:
    """The source without commas before closing brackets."""
    return _COMMA.sub(r"\1", _unwrapped(source))


def _salvage(witness: Witness, source: str) -> None:
    """Of JSON-LD that no parser takes: the plain fields of an article, each first come."""
    found: dict[str, str] = {}
    for name, value in _BROKEN.findall(source[:200_000]):
        found.setdefault(name, unescape(value.replace('\\"', '"').replace("\\/", "/")))
    if _ARTICLE.search(found.get("@type", "")):
        witness.headline = witness.headline or found.get("headline", "")
        witness.published = witness.published or found.get("datePublished", "")
        witness.modified = witness.modified or found.get("dateModified", "")
        witness.section = witness.section or found.get("articleSection", "")


def _collect(witness: Witness, data: Any) -> None:
    queue: list[Any] = [data]
    seen = 0
    while queue and seen < 400:
        item = queue.pop(0)
        seen += 1
        if isinstance(item, list):
            queue.extend(item)
        elif isinstance(item, dict):
            kind = " ".join(_strings(item.get("@type")))
            witness.kinds.add(kind)
            if _ARTICLE.search(kind):
                _article(witness, item, kind)
            elif "Organization" in kind and not witness.publisher:
                witness.publisher = _first(item.get("name"))
            nested = (item.get(name) for name in ("@graph", "mainEntity", "mainEntityOfPage"))
            queue.extend(n for n in nested if isinstance(n, (list, dict)))


def _article(witness: Witness, item: dict[str, Any], kind: str) -> None:
    witness.headline = witness.headline or unescape(_first(item.get("headline")) or _first(item.get("name")))
    witness.published = witness.published or _first(item.get("datePublished"))
    witness.modified = witness.modified or _first(item.get("dateModified"))
    witness.section = witness.section or unescape(_first(item.get("articleSection")))
    witness.body = witness.body or _first(item.get("articleBody"))
    if not witness.authors:
        witness.authors = [a for a in map(unescape, _names(item.get("author"))) if a]
    publisher = _names(item.get("publisher"))
    if publisher:
        witness.publisher = publisher[0]
    image = item.get("image")
    if isinstance(image, dict):
        witness.caption = witness.caption or unescape(_first(image.get("caption")) or "")
    if "LiveBlog" in kind:
        witness.live = True
        for update in _listed(item.get("liveBlogUpdate"))[:2000]:
            if isinstance(update, dict):
                witness.updates.append(
                    Update(unescape(_first(update.get("headline"))), _first(update.get("datePublished")))
                )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _strings(value: Any) -> list[str]:
    return [v.strip() for v in _listed(value) if isinstance(v, str) and v.strip()]


def _first(value: Any) -> str:
    strings = _strings(value)
    return strings[0] if strings else ""


def _names(value: Any) -> list[str]:
    """The names of people or bodies, given as strings or as objects."""
    names: list[str] = []
    for item in _listed(value):
        names.extend(_strings(item.get("name") if isinstance(item, dict) else item))
    return names
