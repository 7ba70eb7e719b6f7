"""Versions out of another record, taken into this one with all their facts; nothing of what they say is believed."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from musnad.errors import BadRecord
from musnad.record.codec import encode
from musnad.record.corrections import link_article
from musnad.record.rows import digest_of
from musnad.record.schema import addresses, articles, pages, versions

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from musnad.model import Article
    from musnad.record.kept import Kept
    from musnad.record.types import Taken

LARGEST_PAGE = 256_000_000  # bytes unpacked: eight times what is read of a page; no more is made of a packed one
_LONGEST = 100_000  # characters of an address or a name; the longest addresses of the web have some thousands
_AHEAD = timedelta(days=1)  # clocks differ, but nobody has seen what is still to come
_SKIP = "the rest is taken; correct it or leave it out"


def checked(one: Kept, where: str) -> Kept:
    """The same version, when it is sound: its bytes and its article have their digests, its times are in the past.

    Raises BadRecord, with `where`, for what is not as it says.
    """
    for name in ("address", "origin", "reader", "content_type", "charset"):
        held = getattr(one, name)
        if held is not None and len(held) > _LONGEST:
            raise _bad(f"{name} has {len(held):,} characters", where)
    if not one.address:
        raise _bad("the address is empty", where)
    latest = datetime.now(UTC) + _AHEAD
    if one.seen_at > latest or one.added_at > latest:
        raise _bad("it was seen or added in the future", where)
    if one.article_seen_at > one.seen_at:
        raise _bad("its article was first seen after it", where)
    if one.body is not None:
        _check_body(one.body, one.page_size, one.page_digest, where)
    if one.article is not None:
        bare = replace(one.article, origin="", page_id=None)
        if digest_of(encode(bare)) != one.article_digest:
            raise _bad("the article has another digest than it says", where)
        return replace(one, article=bare)
    return one


def restore(
    connection: Connection, one: Kept, where: str, keep_article: Callable[[Article, str, str], int]
) -> Taken | BadRecord:
    """Keep a version that was checked, as it was kept where it comes from, or say why that cannot be.

    `keep_article` adds an article with its digest and its reader, and gives its number.
    """
    address_id = connection.execute(select(addresses.c.id).where(addresses.c.address == one.address)).scalar()
    page_id = connection.execute(select(pages.c.id).where(pages.c.digest == one.page_digest)).scalar()
    if address_id and page_id and _is_known(connection, address_id, page_id, one.seen_at):
        return "known"
    if page_id is None and one.body is None:
        return _bad(f"the bytes of page {one.page_digest} are not there", where)
    article_id = _shared_article(connection, address_id, one) if address_id else None
    if article_id is None and one.article is None:
        return _bad(f"article {one.article_id} is not there", where)
    if address_id is None:
        address_id = _added(connection, addresses, {"address": one.address})
    if article_id is None:
        assert one.article is not None
        article_id = keep_article(one.article, one.article_digest, one.reader)
    if page_id is None:
        page_id = _added(connection, pages, {"digest": one.page_digest, "size": one.page_size, "body": one.body})
    row = {"address_id": address_id, "page_id": page_id, "article_id": article_id}
    if one.article is not None:
        link_article(connection, one.address, article_id, one.article)
    facts = ("origin", "content_type", "charset", "fetched", "seen_at", "added_at")
    _added(connection, versions, row | {name: getattr(one, name) for name in facts})
    return "added"


def _is_known(connection: Connection, address_id: int, page_id: int, seen_at: datetime) -> bool:
    same = select(versions.c.id).where(versions.c.address_id == address_id, versions.c.page_id == page_id)
    return connection.execute(same.where(versions.c.seen_at == seen_at)).first() is not None


def _shared_article(connection: Connection, address_id: int, one: Kept) -> int | None:
    """The article that a version of this address, seen at that moment, brought here; several versions may share it."""
    same = (
        select(versions.c.article_id)
        .join(articles, articles.c.id == versions.c.article_id)
        .where(versions.c.address_id == address_id, versions.c.seen_at == one.article_seen_at)
        .where(articles.c.digest == one.article_digest)
        .order_by(versions.c.id)
    )
    return connection.execute(same.limit(1)).scalar()


def _added(connection: Connection, table: Any, row: dict[str, Any]) -> int:
    key = connection.execute(insert(table), row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _check_body(body: bytes, size: int, digest: str, where: str) -> None:
    """Unpack no more than the page says that it is."""
    if not 0 <= size <= LARGEST_PAGE:
        raise _bad(f"the page is said to have {size} bytes, and there are pages of up to {LARGEST_PAGE:,}", where)
    unpacking = zlib.decompressobj()
    try:
        page = unpacking.decompress(body, size + 1)
    except zlib.error as error:
        raise _bad(f"the bytes of the page cannot be unpacked: {error}", where) from error
    if len(page) != size or not unpacking.eof or unpacking.unused_data:
        raise _bad(f"the page has more or fewer bytes than the {size} that it says", where)
    if sha256(page).hexdigest() != digest:
        raise _bad("the bytes of the page have another digest than it says", where)


def _bad(what: str, where: str) -> BadRecord:
    return BadRecord(what, where=where, advice=_SKIP)
