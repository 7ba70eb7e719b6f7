"""Feeds: what is followed, and what it lists: RSS, Atom, JSON Feed, sitemaps, section pages, live pages.

>>> from musnad.model import Page
>>> body = "<rss><channel><title>المدار</title><item><link>https://madar.example/1?utm_source=rss</link></item></channel></rss>"
>>> feed = look(Page(body.encode(), "-", "https://madar.example/rss"))
>>> feed.kind, [item.address for item in feed.items]
('rss', ['https://madar.example/1'])
"""

from musnad.feeds.addresses import canonical, declared_canonical, host_of, key_of
from musnad.feeds.listed import Listed, read_list
from musnad.feeds.look import look
from musnad.feeds.types import LISTS, MOST_ITEMS, Feed, Item, Kind

__all__ = [
    "Feed", "Item", "Kind", "LISTS", "Listed", "MOST_ITEMS", "canonical", "declared_canonical", "host_of", "key_of", "look",
    "read_list",
]  # fmt: skip
