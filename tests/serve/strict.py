"""What the specifications of feeds demand, read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ONCE = ("id", "title", "updated", "published", "content")
_OF_FEED = {"id", "title", "updated", "link", "author", "generator", "entry"}
_OF_ENTRY = {"id", "title", "updated", "published", "link", "author", "category", "content"}
_OF_ITEM = {
    "id", "url", "external_url", "title", "content_html", "content_text", "date_published", "date_modified", "authors",
    "tags", "language", "_musnad",
}  # fmt: skip


def atom_faults(body: bytes) -> Iterator[str]:
    """What RFC 4287 forbids or misses in a document."""
    root = ElementTree.fromstring(body)
    if root.tag != f"{ATOM}feed":
        yield f"the root is {root.tag}"
    entries = root.findall(f"{ATOM}entry")
    for held, allowed in [(root, _OF_FEED), *((one, _OF_ENTRY) for one in entries)]:
        names = [child.tag.removeprefix(ATOM) for child in held]
        yield from (f"{name} does not belong there" for name in names if name not in allowed)
        yield from (f"there are {names.count(name)} {name}" for name in _ONCE if names.count(name) > 1)
        yield from (f"there is no {name}" for name in ("id", "title", "updated") if name not in names)
        alternates = [one for one in held.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        if len({(one.get("type"), one.get("hreflang")) for one in alternates}) != len(alternates) or not alternates:
            yield "an alternate link twice, or none"
        if held is not root and "author" not in names and root.find(f"{ATOM}author") is None:
            yield "an entry without an author"
        yield from (
            f"no date: {one.text}" for one in held.iter(f"{ATOM}updated") if not _DATE.fullmatch(one.text or "")
        )
        yield from (
            f"no IRI: {one.get('href')}" for one in held.findall(f"{ATOM}link") if not _absolute(one.get("href"))
        )
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    if len(ids) != len(set(ids)):
        yield "two entries have one id"
    if not any(one.get("rel") == "self" for one in root.findall(f"{ATOM}link")):
        yield "it does not say where it is"
    yield from (f"no IRI: {one}" for one in [root.findtext(f"{ATOM}id"), *ids] if not _absolute(one))


def json_feed_faults(value: dict[str, Any]) -> Iterator[str]:
    """What the JSON Feed specification, version 1.1, forbids or misses."""
    if value.get("version") != "https://jsonfeed.org/version/1.1":
        yield "version"
    yield from (f"{name} is no string" for name in ("title", "home_page_url", "feed_url") if not value.get(name))
    seen: set[str] = set()
    for item in value["items"]:
        yield from (f"{name} is not known" for name in item if name not in _OF_ITEM)
        if not isinstance(item.get("id"), str) or item["id"] in seen:
            yield f"an id that is none, or twice: {item.get('id')}"
        seen.add(item["id"])
        if not (item.get("content_html") or item.get("content_text")):
            yield "an item without content"
        yield from (
            f"no date: {item[name]}" for name in ("date_published", "date_modified") if not _DATE.fullmatch(item[name])
        )
        yield from (
            f"no address: {item[name]}"
            for name in ("url", "external_url")
            if name in item and not _absolute(item[name])
        )
        if not all(isinstance(one.get("name"), str) for one in item.get("authors", [])):
            yield "an author without a name"
        if not all(isinstance(tag, str) for tag in item.get("tags", [])):
            yield "a tag that is no string"


def _absolute(address: str | None) -> bool:
    return bool(address and address.isascii() and urlsplit(address).scheme)
