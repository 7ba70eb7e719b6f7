"""What kind of page the bytes are, and the reader for it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from musnad.errors import UnreadablePage
from musnad.model import Doubt
from musnad.pages.charset import Decoded, decode
from musnad.pages.html import read_utf8
from musnad.pages.plain import read_text
from musnad.settings import Settings

if TYPE_CHECKING:
    from musnad.model import Article, Page

_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"RIFF", "a RIFF file (image or sound)"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|br|span|article|section|table|script|h1|a)\b", re.IGNORECASE
)
_CONTROLS = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 26, 27})
_SNIFF = 4096


def read_page(page: Page, *, limit: int = Settings().max_page_bytes) -> Article:
    """The article of a page, HTML or plain text as its type says and its bytes show.

    Raises UnreadablePage for bytes that are empty, binary, or more than `limit`. A page without an article is no error:
    its Article has an empty text and a Doubt.

    >>> from musnad.model import Page
    >>> read_page(Page("<h1>عنوان الخبر</h1>".encode(), "a.html")).headline is None
    True
    """
    body = page.body
    _refuse(page, limit)
    decoded = decode(body, page.charset)
    if _is_html(page, decoded.utf8):
        article = read_utf8(decoded.utf8, origin=page.origin, address=page.address)
    else:
        article = read_text(decoded.utf8.decode("utf-8", "replace"), origin=page.origin, address=page.address)
    return replace(article, page_id=page.id, doubts=article.doubts + _doubts(decoded))


def read_html(
    html: bytes | str, *, origin: str = "", address: str | None = None, charset: str | None = None
) -> Article:
    """The article of an HTML page given as bytes (decoded as :func:`read_page` does) or as a string.

    >>> html = "<title>ت</title><article><h1>الميناء يعود إلى العمل</h1><p>عادت السفن إلى الميناء، صباح اليوم.</p></article>"
    >>> read_html(html).headline.value
    'الميناء يعود إلى العمل'
    """
    if isinstance(html, str):
        return read_utf8(html.encode("utf-8", "replace"), origin=origin, address=address)
    decoded = decode(html, charset)
    article = read_utf8(decoded.utf8, origin=origin, address=address)
    doubts = _doubts(decoded)
    return replace(article, doubts=article.doubts + doubts) if doubts else article


def _refuse(page: Page, limit: int) -> None:
    body = page.body
    if len(body) > limit:
        raise UnreadablePage(
            f"{len(body):,} bytes, more than the limit of {limit:,}",
            where=page.origin,
            advice="raise MUSNAD_MAX_PAGE_BYTES to read it all the same",
        )
    if not body or body.isspace():
        raise UnreadablePage("the page is empty", where=page.origin, advice="save or fetch it again")
    for magic, what in _MAGIC:
        if body.startswith(magic):
            raise UnreadablePage(
                f"no page: this is {what}", where=page.origin, advice="give an HTML or plain-text page"
            )
    head = body[:_SNIFF]
    zeros = head.count(0)
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or zeros * 4 >= len(head) > 3
    if not wide and len(head.translate(None, _CONTROLS)) < 0.97 * len(head):
        raise UnreadablePage("binary data, no page", where=page.origin, advice="give an HTML or plain-text page")
    if wide and min(head[0::2].count(0), head[1::2].count(0)) * 4 > len(head) // 2:
        raise UnreadablePage("binary data, no page", where=page.origin, advice="give an HTML or plain-text page")


def _is_html(page: Page, utf8: bytes) -> bool:
    kind = (page.content_type or "").split(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        return True
    head = utf8[:_SNIFF]
    if kind == "text/plain":
        return head.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html"))
    return head.lstrip().startswith(b"<") or len(_TAG.findall(head)) >= 3


def _doubts(decoded: Decoded) -> tuple[Doubt, ...]:
    doubts = []
    if decoded.misdeclared:
        doubts.append(
            Doubt(
                f"declared as {decoded.declared}, but its bytes are {decoded.charset}: read as that", "bytes: charset"
            )
        )
    if decoded.lossy:
        doubts.append(Doubt("some bytes are no character of UTF-8; U+FFFD stands in their place", "bytes: broken"))
    return tuple(doubts)
