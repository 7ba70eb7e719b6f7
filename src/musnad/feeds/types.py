"""What a feed is and what it lists; frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from musnad.model import Moment

Kind = Literal["rss", "atom", "json", "sitemap", "index", "section", "live", "page"]
"""index: a sitemap of sitemaps · section: a page that lists articles · live: an article that grows · page: any other."""

LISTS: frozenset[str] = frozenset({"rss", "atom", "json", "sitemap", "index", "section"})
"""The kinds that list articles; the others are one themselves."""

MOST_ITEMS = 1_000
"""The most that is taken from one feed at a time: what Google lets a news sitemap hold."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article that a feed lists. `address` is cleaned (http or https); `title` is plain words, without marks of HTML.

    `published` is what the feed says, None where it says nothing that is surely a moment. `mark` is what the feed writes
    when it says that the article changed, word for word; it is compared and never read.
    """

    address: str
    title: str = ""
    published: Moment | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What was found at an address: `items` in the order of the feed, each address once, at most MOST_ITEMS.

    `listed` is how many entries it has in all; `feeds` are those that a page names for itself. `doubts` say in words what
    could not be read, or was left out.
    """

    kind: Kind
    title: str = ""
    language: str | None = None
    items: tuple[Item, ...] = ()
    listed: int = 0
    feeds: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
