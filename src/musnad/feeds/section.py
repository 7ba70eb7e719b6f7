"""HTML pages that list articles: which of their links are articles; and what a page says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

import httpx
from selectolax.lexbor import LexborHTMLParser

from musnad.feeds.addresses import canonical, host_of, key_of, words
from musnad.feeds.types import MOST_ITEMS, Item
from musnad.feeds.words import plain

_DATE = re.compile(r"/(?:19|20)\d\d[/-]\d{1,2}(?:[/-]\d{1,2})?/")
_NUMBER = re.compile(r"\d{4,}")
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_LIVE = re.compile(r'"@type"\s*:\s*(?:\[[^\]]{0,200})?"LiveBlogPosting"')
_ARTICLE = re.compile(r'"@type"\s*:\s*(?:\[[^\]]{0,200})?"(?:News|Reportage|Opinion|Analysis)?(?:News)?Article"')
_FEWEST_WORDS, _ENOUGH, _MOST_LINKS = 4, 2, 20_000


@dataclass(frozen=True, slots=True)
class Looks:
    """What an HTML page says of itself, and the links on it that look like articles."""

    title: str
    language: str | None
    canonical: str | None
    base: str
    feeds: tuple[str, ...]
    items: tuple[Item, ...]
    live: bool
    article: bool


def read_section(utf8: bytes, address: str) -> Looks:
    """Read a page for its links. Nothing of it raises: a page without links has none."""
    tree = LexborHTMLParser(utf8)
    own = tree.css_first("link[rel=canonical][href]")
    named = tree.css_first("base[href]")
    base = (canonical(named.attributes.get("href") or "", address) if named else None) or address
    feeds = [
        found
        for link in tree.css("link[rel~=alternate][href]")[:200]
        if (link.attributes.get("type") or "").lower() in _FEEDS
        and (found := canonical(link.attributes.get("href") or "", base))
    ]
    root, title, kind = tree.css_first("html"), tree.css_first("title"), tree.css_first("meta[property='og:type']")
    scripts = [node.text() for node in tree.css("script[type='application/ld+json']")[:20]]
    return Looks(
        title=plain(title.text()) if title else "",
        language=(root.attributes.get("lang") or None) if root else None,
        canonical=own.attributes.get("href") if own else None,
        base=base,
        feeds=tuple(dict.fromkeys(feeds)),
        items=tuple(_items(tree, base, address)),
        live=any(_LIVE.search(script) for script in scripts),
        article=any(_ARTICLE.search(script) for script in scripts)
        or bool(kind and (kind.attributes.get("content") or "").lower() == "article"),
    )


def _items(tree: LexborHTMLParser, base: str, address: str) -> list[Item]:
    for node in tree.css("nav, footer, script, style"):
        node.decompose()
    longest: dict[str, tuple[str, str]] = {}
    own = key_of(address)
    for link in tree.css("a[href]")[:_MOST_LINKS]:
        found = canonical(link.attributes.get("href") or "", base)
        if found is None or host_of(found) != host_of(address) or key_of(found) == own:
            continue
        title = plain(link.text(separator=" "))
        if len(title) >= len(longest.get(found, ("", ""))[1]):
            longest[found] = (
                found,
                title,
            )  # a picture and a headline lead to the same article: the words are the headline's
    return [Item(found, title) for found, title in longest.values() if _is_article(found, title)][:MOST_ITEMS]


def _is_article(address: str, title: str) -> bool:
    """Whether a link looks like an article's: two of a headline's words, a date, a number, a long name, a page's ending."""
    path = unquote(httpx.URL(address).path)
    parts = [part for part in path.lower().split("/") if part]
    if not parts or any(part in words("other") for part in parts[:-1]):
        return False
    signs = (
        len(title.split()) >= _FEWEST_WORDS,
        bool(_DATE.search(path)),
        bool(_NUMBER.search(parts[-1]) or (parts[-1].isdigit() and len(parts) > 1)),
        parts[-1].count("-") >= 2,
        parts[-1].endswith((".html", ".htm", ".aspx")),
    )
    return sum(signs) >= _ENOUGH and signs[0]
