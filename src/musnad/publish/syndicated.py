"""Feeds that others follow: Atom (RFC 4287) and JSON Feed (version 1.1) of the same items."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from musnad.publish.answers import instant
from musnad.publish.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed tells of once. `id` never changes, `updated` is when something was added to it; `via` is where the
    words were published, `value` what a program reads of it."""

    id: str
    url: str
    title: str
    html: str
    text: str
    published: datetime
    updated: datetime
    author: str = ""
    via: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    value: Value = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Syndicated:
    """A feed: the last that came first. `page` is the address of what it is a feed of, `updated` when that last changed."""

    id: str
    title: str
    page: str
    language: str
    updated: datetime
    items: tuple[Item, ...] = ()


def atom_text(feed: Syndicated, address: str) -> str:
    """A feed as Atom, to be found at `address`; what XML cannot hold is a replacement character."""
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(_name("feed"), {_LANG: feed.language})
    _put(root, "id", feed.id)
    _put(root, "title", feed.title)
    _put(root, "updated", instant(feed.updated))
    _put(root, "link", rel="self", type="application/atom+xml", href=address)
    _put(root, "link", rel="alternate", type="text/html", href=feed.page)
    _put(root, "generator", "musnad")
    _put(_put(root, "author"), "name", "musnad")
    for item in feed.items:
        _entry(root, item)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def json_feed_text(feed: Syndicated, address: str) -> str:
    """A feed as JSON Feed, to be found at `address`; an item's value is under ``_musnad``."""
    items = [_bare(_item(item)) for item in feed.items]
    value: Value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": address,
        "language": feed.language,
        "authors": [{"name": "musnad"}],
        "items": items,
    }
    return json.dumps(value, ensure_ascii=False) + "\n"


FEED_FORMS: dict[str, tuple[str, Callable[[Syndicated, str], str]]] = {
    "atom": ("application/atom+xml", atom_text),
    "json": ("application/feed+json", json_feed_text),
}
"""The forms of a feed by the ending of its address, each with its media type."""


def _entry(root: ElementTree.Element, item: Item) -> None:
    entry = _put(root, "entry")
    if item.language:
        entry.set(_LANG, item.language)
    _put(entry, "id", item.id)
    _put(entry, "title", item.title)
    _put(entry, "published", instant(item.published))
    _put(entry, "updated", instant(item.updated))
    _put(entry, "link", rel="alternate", type="text/html", href=item.url)
    if item.via:
        _put(entry, "link", rel="via", href=item.via)
    if item.author:
        _put(_put(entry, "author"), "name", item.author)
    for tag in item.tags:
        _put(entry, "category", term=tag)
    _put(entry, "content", item.html, type="html")


def _item(item: Item) -> Value:
    return {
        "id": item.id,
        "url": item.url,
        "external_url": item.via,
        "title": item.title,
        "content_html": item.html,
        "content_text": item.text,
        "date_published": instant(item.published),
        "date_modified": instant(item.updated),
        "authors": [{"name": item.author}] if item.author else [],
        "tags": list(item.tags),
        "language": item.language,
        "_musnad": item.value,
    }


def _bare(value: Value) -> Value:
    return {name: held for name, held in value.items() if held not in ("", [], {})}


def _put(parent: ElementTree.Element, name: str, words: str | None = None, **attributes: str) -> ElementTree.Element:
    clean = {key: _NO_XML.sub("\ufffd", value) for key, value in attributes.items()}
    made = ElementTree.SubElement(parent, _name(name), clean)
    if words is not None:
        made.text = _NO_XML.sub("\ufffd", words)
    return made


def _name(name: str) -> str:
    return f"{{{_ATOM}}}{name}"
