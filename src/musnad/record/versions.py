"""The versions of an address, each as it was and until when."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from musnad.record import corrections
from musnad.record.rows import load_articles
from musnad.record.schema import addresses, articles, attributions, pages, versions
from musnad.record.types import Version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select

    from musnad.model import Page


def address_of_origin(connection: Connection, origin: str) -> str | None:
    """The address under which the pages of a file are gathered; None where it was never added or holds several."""
    wanted = select(addresses.c.address).join(versions, versions.c.address_id == addresses.c.id).distinct()
    found = connection.execute(wanted.where(versions.c.origin == origin).limit(2)).scalars().all()
    return found[0] if len(found) == 1 else None


def of_address(connection: Connection, address: str, known_at: datetime | None) -> tuple[Version, ...]:
    """The versions of `address` in the order in which they were seen; bytes seen again right after themselves are one."""
    wanted = (
        select(versions, pages.c.digest)
        .join(addresses, addresses.c.id == versions.c.address_id)
        .join(pages, pages.c.id == versions.c.page_id)
        .where(addresses.c.address == address)
        .order_by(versions.c.seen_at, versions.c.id)
    )
    if known_at is not None:
        wanted = wanted.where(versions.c.seen_at <= known_at)
    rows = list(connection.execute(wanted))
    rows = [row for at, row in enumerate(rows) if at == 0 or rows[at - 1].digest != row.digest]
    read = load_articles(connection, (row.article_id for row in rows))
    whole = corrections.apply(connection, {number: (address, one) for number, one in read.items()}, known_at)
    ends = [*(row.seen_at for row in rows[1:]), None][: len(rows)]
    return tuple(
        Version(
            id=row.id,
            address=address,
            digest=row.digest,
            origin=row.origin,
            seen_at=row.seen_at,
            added_at=row.added_at,
            superseded_at=end,
            article_id=row.article_id,
            article=replace(whole[row.article_id], origin=row.origin, page_id=row.digest),
        )
        for row, end in zip(rows, ends, strict=True)
    )


def kept_of(connection: Connection, address_id: int) -> Sequence[Row[Any]]:
    """The versions of an address in order, with the digests of page and article."""
    return connection.execute(_kept_of(), {"address": address_id}).all()


def same_page(connection: Connection, page: Page) -> Row[Any] | None:
    """The version of these bytes from the same place: the file or archive record, and the moment of fetching."""
    told: dict[str, str | datetime] = {"digest": page.id, "origin": page.origin}
    if page.fetched_at is not None:
        told |= {"seen": page.fetched_at}
    return connection.execute(_same_page(page.fetched_at is not None), told).first()


# Both are asked for every page that is added: to put such a question together takes longer than to answer it.
@cache
def _kept_of() -> Select[Any]:
    return (
        select(versions.c.seen_at, versions.c.article_id, pages.c.digest, articles.c.digest.label("article_digest"))
        .join(pages, pages.c.id == versions.c.page_id)
        .join(articles, articles.c.id == versions.c.article_id)
        .where(versions.c.address_id == bindparam("address"))
        .order_by(versions.c.seen_at, versions.c.id)
    )


@cache
def _same_page(fetched: bool) -> Select[Any]:
    count = select(func.count()).where(attributions.c.article_id == versions.c.article_id).scalar_subquery()
    moment = versions.c.seen_at == bindparam("seen") if fetched else versions.c.fetched.is_(False)
    return (
        select(addresses.c.address, versions.c.seen_at, count.label("statements"))
        .join(versions, versions.c.address_id == addresses.c.id)
        .join(pages, pages.c.id == versions.c.page_id)
        .where(pages.c.digest == bindparam("digest"), versions.c.origin == bindparam("origin"), moment)
        .order_by(versions.c.seen_at)
        .limit(1)
    )
