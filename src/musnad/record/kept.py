"""What is kept, read as a stream: version after version in the order in which they were added, each with all of its own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_

from musnad.record.ask import has_words, of_article, of_statement, stands
from musnad.record.rows import load_articles
from musnad.record.schema import addresses, articles, attributions, links, names, pages, versions
from musnad.record.types import Only

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from musnad.model import Article

_BATCH = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """A version as it is kept, with its page and its article: all that another record needs to keep it too.

    `number` counts the versions of its address from 1; `body` are the bytes of the page, compressed by zlib. `article` is
    without `origin` and `page_id`, which are the version's; several versions of an address may share one article, and
    `article_seen_at` is when the first of them was seen. Where `body` or `article` is None, the record that takes it has
    it already. `article_stands` tells whether the last version of the address still has that article. `asked` are the
    numbers of the attributions that were asked for (None: all of them).
    """

    number: int
    address: str
    origin: str
    content_type: str | None
    charset: str | None
    fetched: bool
    seen_at: datetime
    added_at: datetime
    superseded_at: datetime | None
    page_digest: str
    page_size: int
    body: bytes | None
    article_id: int
    article_digest: str
    article_seen_at: datetime
    reader: str
    article: Article | None
    article_stands: bool = True
    first_of_page: bool = True
    first_of_article: bool = True
    asked: frozenset[int] | None = None

    @property
    def whole(self) -> Article:
        """The article as that of this page. Raises ValueError where it was left to the other record."""
        if self.article is None:
            raise ValueError("the article of this version was left out")
        return replace(self.article, origin=self.origin, page_id=self.page_digest)


def kept(
    connection: Connection, only: Only | None = None, *, standing: bool = False, bodies: bool = True
) -> Iterator[Kept]:
    """Every version of the articles that `only` asks for, in the order in which they were added, a few in memory at a time.

    An article is asked for when one of its statements is, or, where nothing is asked of statements, when it was published
    in that time; it comes whole. With `standing`, only the last version of each address; without `bodies`, no bytes.
    Raises RecordError where an article is damaged.
    """
    only = only or Only()
    seen: tuple[set[int], set[int]] = set(), set()
    last = 0
    while rows := connection.execute(_wanted(only, standing, bodies).where(versions.c.id > last).limit(_BATCH)).all():
        last = rows[-1].id
        whole = load_articles(connection, (row.article_id for row in rows))
        asked = _asked(connection, only, sorted(whole))
        for row in rows:
            first = _first(seen[0], row.page_id, row.page_shared), _first(seen[1], row.article_id, row.article_shared)
            yield _kept(row, whole[row.article_id], first, asked)


def count_kept(connection: Connection, only: Only | None = None, *, standing: bool = False) -> int:
    """How many versions :func:`kept` gives."""
    wanted = select(func.count()).select_from(_joined()).where(*_conditions(only or Only(), standing))
    return connection.execute(wanted).scalar() or 0


def kept_names(connection: Connection, only: Only | None = None) -> Iterator[tuple[str, str]]:
    """The names of speakers and links in those articles, each with its words as they are searched for."""
    wanted = select(names.c.id, names.c.name, names.c.words).order_by(names.c.id)
    if only and only != Only():
        mine = select(articles.c.id).select_from(_joined()).where(*_conditions(only, False))
        said = select(attributions.c.speaker_id).where(attributions.c.article_id.in_(mine))
        told = select(links.c.name_id).join(attributions, attributions.c.id == links.c.attribution_id)
        wanted = wanted.where(
            or_(names.c.id.in_(said), names.c.id.in_(told.where(attributions.c.article_id.in_(mine))))
        )
    last = 0
    while rows := connection.execute(wanted.where(names.c.id > last).limit(1000)).all():
        last = rows[-1].id
        for row in rows:
            yield row.name, row.words.strip()


def _joined() -> Any:
    return (
        versions.join(addresses, addresses.c.id == versions.c.address_id)
        .join(pages, pages.c.id == versions.c.page_id)
        .join(articles, articles.c.id == versions.c.article_id)
    )


def _wanted(only: Only, standing: bool, bodies: bool) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [
        *(column for column in versions.c if column.name not in ("address_id",)),
        addresses.c.address,
        pages.c.digest,
        pages.c.size,
        articles.c.digest.label("article_digest"),
        articles.c.reader,
        _first_seen().label("article_seen_at"),
        _place().label("place"),
        _next_seen(only.known_at).label("superseded_at"),
        _article_stands(only.known_at).label("article_stands"),
        _shared(versions.c.page_id.name).label("page_shared"),
        _shared(versions.c.article_id.name).label("article_shared"),
        *([pages.c.body] if bodies else []),
    ]
    return select(*columns).select_from(_joined()).where(*_conditions(only, standing)).order_by(versions.c.id)


def _conditions(only: Only, standing: bool) -> Iterator[ColumnElement[bool]]:
    if standing:
        yield stands(only.known_at)
    elif only.known_at is not None:
        yield versions.c.seen_at <= only.known_at
    if only == Only(known_at=only.known_at):
        return
    statement = exists().where(attributions.c.article_id == articles.c.id, *_of_statement(only)).correlate(articles)
    if only.of_statements:
        yield statement
    else:
        at = func.coalesce(articles.c.published_on, _first_seen())
        yield or_(statement, and_(*of_article(only, at)))


def _of_statement(only: Only) -> Iterator[ColumnElement[bool]]:
    yield from of_statement(only)
    yield from of_article(only, func.coalesce(attributions.c.at, _first_seen()))
    if only.speaker:
        named = select(names.c.id).where(
            names.c.id == attributions.c.speaker_id, has_words(names.c.words, only.speaker)
        )
        yield named.exists()


def _asked(connection: Connection, only: Only, ids: Sequence[int]) -> dict[int, set[int]] | None:
    """The numbers of the attributions that are asked for, by article; None where all are."""
    if only == Only(known_at=only.known_at):
        return None
    found: dict[int, set[int]] = defaultdict(set)
    wanted = select(attributions.c.article_id, attributions.c.number)
    wanted = wanted.join(articles, articles.c.id == attributions.c.article_id).where(articles.c.id.in_(ids))
    for article_id, number in connection.execute(wanted.where(*_of_statement(only))):
        found[article_id].add(number)
    return found


def _first_seen() -> Any:
    earlier = versions.alias("earlier")
    wanted = select(func.min(earlier.c.seen_at)).where(earlier.c.article_id == articles.c.id)
    return wanted.correlate(articles).scalar_subquery()


def _place() -> Any:
    before = versions.alias("before")
    upto = tuple_(before.c.seen_at, before.c.id) <= tuple_(versions.c.seen_at, versions.c.id)
    wanted = select(func.count()).where(before.c.address_id == versions.c.address_id, upto)
    return wanted.correlate(versions).scalar_subquery()


def _next_seen(known_at: datetime | None) -> Any:
    later = versions.alias("later")
    after = tuple_(later.c.seen_at, later.c.id) > tuple_(versions.c.seen_at, versions.c.id)
    wanted = select(func.min(later.c.seen_at)).where(later.c.address_id == versions.c.address_id, after)
    if known_at is not None:
        wanted = wanted.where(later.c.seen_at <= known_at)
    return wanted.correlate(versions).scalar_subquery()


def _article_stands(known_at: datetime | None) -> ColumnElement[bool]:
    """Whether no version that came after all that have this article has another one."""
    last = versions.alias("last")
    newest = select(last.c.article_id).where(last.c.address_id == versions.c.address_id)
    if known_at is not None:
        newest = newest.where(last.c.seen_at <= known_at)
    newest = newest.order_by(last.c.seen_at.desc(), last.c.id.desc()).limit(1).correlate(versions)
    return newest.scalar_subquery() == versions.c.article_id


def _shared(column: str) -> ColumnElement[bool]:
    other = versions.alias("other")
    same = exists().where(other.c[column] == versions.c[column], other.c.id != versions.c.id)
    return same.correlate(versions)


def _first(seen: set[int], number: int, shared: bool) -> bool:
    """Whether this is the first time; only what several versions share has to be remembered."""
    if not shared:
        return True
    first = number not in seen
    seen.add(number)
    return first


def _kept(row: Any, article: Article, first: tuple[bool, bool], asked: dict[int, set[int]] | None) -> Kept:
    return Kept(
        number=row.place,
        address=row.address,
        origin=row.origin,
        content_type=row.content_type,
        charset=row.charset,
        fetched=row.fetched,
        seen_at=row.seen_at,
        added_at=row.added_at,
        superseded_at=row.superseded_at,
        page_digest=row.digest,
        page_size=row.size,
        body=getattr(row, "body", None),
        article_id=row.article_id,
        article_digest=row.article_digest,
        article_seen_at=row.article_seen_at,
        reader=row.reader,
        article=article,
        article_stands=row.article_stands,
        first_of_page=first[0],
        first_of_article=first[1],
        asked=None if asked is None else frozenset(asked.get(row.article_id, ())),
    )
