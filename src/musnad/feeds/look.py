"""What is at an address: a feed of some kind, a section, a live page, an article."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from musnad.errors import UnreadablePage
from musnad.feeds.read import read_json, read_xml
from musnad.feeds.section import Looks, read_section
from musnad.feeds.types import Feed
from musnad.fetch.declared import HTML_TYPES, too_large
from musnad.fetch.unpack import GZIP_MAGIC, Damaged, TooMuch, gunzip
from musnad.pages import read_html
from musnad.pages.charset import decode
from musnad.settings import Settings

if TYPE_CHECKING:
    from musnad.model import Page

_FEWEST = 5
"""Links that look like articles, from which on a page that is no article itself is a section."""
_OUTWEIGH = 3
_DEVIATING = "give the address of a feed, a sitemap, a section page or an article"


def look(page: Page, *, now: datetime | None = None, limit: int = Settings().max_page_bytes) -> Feed:
    """What a page is, by its bytes first, for feeds are served as anything; and what it lists.

    A page that lists nothing is no error: it has no items. Raises UnreadablePage for bytes that are none of these, for
    XML that declares entities, and for more than `limit` once unpacked.
    """
    body, where = _unpacked(page, limit), page.origin
    base = page.address or page.origin
    now = now or datetime.now(UTC)
    decoded = decode(_as_declared(body), page.charset).utf8
    head = decoded[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if not head:
        raise UnreadablePage("the answer is empty", where=where, advice="look at it in a browser")
    found = None
    if head.startswith((b"{", b"[")):
        found = read_json(decoded.decode("utf-8", "replace"), base, where, now)
    elif head.startswith(b"<") and not _is_html(head, page.content_type):
        found = read_xml(decoded.decode("utf-8", "replace").lstrip("\ufeff \r\n\t"), base, where, now)
    elif head.startswith(b"<") or page.content_type in HTML_TYPES:
        return _html(decoded, base)
    if found is None:
        what = f"is {page.content_type or 'of no declared type'}, neither a feed nor a page"
        raise UnreadablePage(what, where=where, advice=_DEVIATING)
    return found


def _html(utf8: bytes, address: str) -> Feed:
    looks = read_section(utf8, address)
    if looks.live:
        return Feed("live", looks.title, looks.language, feeds=looks.feeds)
    if looks.article or len(looks.items) < _FEWEST or _is_read(utf8, looks):
        return Feed("page", looks.title, looks.language, feeds=looks.feeds)
    return Feed("section", looks.title, looks.language, looks.items, len(looks.items), looks.feeds)


def _is_read(utf8: bytes, looks: Looks) -> bool:
    """Whether a page is there to be read: its paragraphs outweigh the headlines that it links to."""
    article = read_html(utf8)
    words = sum(block.span.end - block.span.start for block in article.blocks if block.kind == "paragraph")
    return words > _OUTWEIGH * sum(len(item.title) for item in looks.items)


def _is_html(head: bytes, kind: str | None) -> bool:
    """Whether it is HTML: by its first marks, or by its type where they do not say that it is a feed."""
    if any(mark in head for mark in (b"<rss", b"<feed", b":feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex", b"<opml")):
        return False
    return b"<!doctype html" in head or b"<html" in head or kind in HTML_TYPES


def _as_declared(body: bytes) -> bytes:
    """The bytes in UTF-8 where an XML declaration names a character set and they are none of UTF-8."""
    head = body[:200]
    if not head.lstrip().startswith(b"<?xml") or b"encoding" not in head:
        return body
    name = (
        head.partition(b"encoding")[2]
        .lstrip(b" =")[1:40]
        .partition(head.partition(b"encoding")[2].lstrip(b" =")[:1])[0]
    )
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return body.decode(name.decode("ascii"), "replace").encode("utf-8", "replace")
        except (LookupError, ValueError):
            return body
    return body


def _unpacked(page: Page, limit: int) -> bytes:
    """The bytes, unzipped where they are gzip's: sitemaps are often kept so."""
    if not page.body.startswith(GZIP_MAGIC):
        return page.body
    import io

    try:
        return gunzip(io.BytesIO(page.body).read, limit)
    except TooMuch:
        raise too_large(page.origin, limit) from None
    except Damaged as error:
        raise UnreadablePage(str(error), where=page.origin, advice="fetch it again later") from error
