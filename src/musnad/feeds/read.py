"""From the entries of a feed, as it writes them, to its items."""

from __future__ import annotations

import heapq
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from musnad.errors import UnreadablePage
from musnad.feeds.addresses import canonical, key_of
from musnad.feeds.types import MOST_ITEMS, Feed, Item, Kind
from musnad.feeds.words import moment_of, plain
from musnad.feeds.xml import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.feeds.xml import Entry
    from musnad.model import Moment

_KINDS = frozenset({"rss", "atom", "sitemap", "index"})
_PUBLISHED = ("pubDate", "published", "publication_date", "date", "created", "issued")
_CHANGED = ("updated", "modified", "lastmod")
_SITEMAP_AGE = timedelta(days=3)
"""Older entries of a sitemap are its archive; a news sitemap holds two days (Google's rule)."""
_MOST_PARTS = 10


def read_xml(text: str, base: str, where: str, now: datetime) -> Feed | None:
    """The feed in an XML document; None where it is XML of another kind. Raises UnreadablePage for a trap, and for one
    that is broken before its first entry."""
    tree = read_tree(text, where)
    if tree.root not in _KINDS:
        return None
    if tree.fault and not tree.entries:
        raise UnreadablePage(tree.fault, where=where, advice="tell the outlet, or follow its section page")
    language = tree.head.fields.get("language") or None
    doubts = [f"{tree.fault}; the entries that can be read were read"] if tree.fault else []
    if tree.more:
        doubts.append(f"lists more than {len(tree.entries):,} entries: the rest was not read")
    kind = cast("Kind", tree.root)
    chosen = _newest(tree.entries, _MOST_PARTS if kind == "index" else MOST_ITEMS, by_date=kind in ("sitemap", "index"))
    items = [_item(entry, base, language) for entry in chosen]
    title = plain(tree.head.fields.get("title", ""))
    return _feed(kind, title, language, items, len(tree.entries), doubts, now)


def _newest(entries: list[Entry], most: int, *, by_date: bool) -> list[Entry]:
    """At most so many: the first, for feeds begin with the newest, or by their ISO dates, for sitemaps are in any order.

    It is done before anything is read of them: 50,000 addresses and dates take five seconds.
    """
    if len(entries) <= most or not by_date:
        return entries[:most]
    return heapq.nlargest(most, entries, key=_written)  # stable: without dates, the first


def _written(entry: Entry) -> str:
    return next((entry.fields[name] for name in (*_PUBLISHED, *_CHANGED) if name in entry.fields), "")[:19]


def read_json(text: str, base: str, where: str, now: datetime) -> Feed | None:
    """The feed in a document of JSON Feed (jsonfeed.org, 1 and 1.1); None for JSON of another kind.

    Raises UnreadablePage for what is no JSON.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadablePage(f"no JSON: {error}", where=where, advice="tell the outlet") from error
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        return None
    language = _string(value, "language") or None
    written = value["items"]
    items = [_json_item(item, base, language) for item in written[:MOST_ITEMS]]
    return _feed("json", plain(_string(value, "title")), language, items, len(written), [], now)


def _feed(
    kind: Kind,
    title: str,
    language: str | None,
    items: list[Item | None],
    listed: int,
    doubts: list[str],
    now: datetime,
) -> Feed:
    kept: dict[str, Item] = {}
    old = 0
    for item in items:
        if item is None:
            continue
        if kind == "sitemap" and _is_old(item, now):
            old += 1
        else:
            kept.setdefault(key_of(item.address), item)
    lost = items.count(None)
    if listed > len(items):
        doubts.append(f"lists {listed:,} entries: the newest {len(items):,} are taken")
    if lost:
        doubts.append(f"{lost:,} entries have no address that may be fetched")
    if old:
        doubts.append(f"{old:,} entries are older than {_SITEMAP_AGE.days} days and left out")
    return Feed(kind, title, language, tuple(kept.values()), listed, doubts=tuple(doubts))


def _is_old(item: Item, now: datetime) -> bool:
    if item.published is None:
        return False
    when = item.published.instant or item.published.wall.replace(tzinfo=UTC)
    return when < now - _SITEMAP_AGE


def _item(entry: Entry, base: str, language: str | None) -> Item | None:
    for address in _addresses(entry):
        found = canonical(address, base)
        if found:
            fields = entry.fields
            mark = next((fields[name] for name in _CHANGED if name in fields), "")[:100]
            return Item(found, plain(fields.get("title", "")), _published(fields, language), mark)
    return None


def _addresses(entry: Entry) -> Iterator[str]:
    fields = entry.fields
    yield from (href for rel, kind, href in entry.links if rel == "alternate" and kind in ("", "text/html"))
    yield from (fields[name] for name in ("link", "origLink", "feedburner:origLink", "loc") if name in fields)
    yield from (href for rel, _, href in entry.links if rel == "alternate")
    for name in ("guid", "id"):  # some feeds have the address there alone
        if fields.get(name, "").startswith(("http://", "https://")):
            yield fields[name]


def _published(fields: dict[str, str], language: str | None) -> Moment | None:
    for name in (*_PUBLISHED, *_CHANGED):
        found = moment_of(fields.get(name, ""), language)
        if found:
            return found
    return None


def _json_item(item: Any, base: str, language: str | None) -> Item | None:
    if not isinstance(item, dict):
        return None
    tried = (
        canonical(_string(item, "url"), base),
        canonical(_string(item, "external_url")),
        canonical(_string(item, "id")),
    )
    address = next(filter(None, tried), None)
    if address is None:
        return None
    published = moment_of(_string(item, "date_published"), language)
    return Item(address, plain(_string(item, "title")), published, _string(item, "date_modified")[:100])


def _string(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""
