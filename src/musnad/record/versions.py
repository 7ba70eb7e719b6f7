"""The versions of an address, each as it was and until when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from musnad.record.rows import load_articles
from musnad.record.schema import addresses, articles, attributions, pages, versions
from musnad.record.types import Version

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Select

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
    whole = load_articles(connection, (row.article_id for row in rows))
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


def kept_of(address_id: int) -> Select[Any]:
    """The versions of an address in order, with the digests of page and article."""
    return (
        select(versions.c.seen_at, versions.c.article_id, pages.c.digest, articles.c.digest.label("article_digest"))
        .join(pages, pages.c.id == versions.c.page_id)
        .join(articles, articles.c.id == versions.c.article_id)
        .where(versions.c.address_id == address_id)
        .order_by(versions.c.seen_at, versions.c.id)
    )


def same_page(page: Page) -> Select[Any]:
    """The version of these bytes from the same place: the file or archive record, and the moment of fetching."""
    count = select(func.count()).where(attributions.c.article_id == versions.c.article_id).scalar_subquery()
    same = and_(pages.c.digest == page.id, versions.c.origin == page.origin)
    if page.fetched_at is not None:
        same = and_(same, versions.c.seen_at == page.fetched_at)
    else:
        same = and_(same, versions.c.fetched.is_(False))
    return (
        select(addresses.c.address, versions.c.seen_at, count.label("statements"))
        .join(versions, versions.c.address_id == addresses.c.id)
        .join(pages, pages.c.id == versions.c.page_id)
        .where(same)
        .order_by(versions.c.seen_at)
        .limit(1)
    )
