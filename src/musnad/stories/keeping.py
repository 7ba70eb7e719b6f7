"""Stories kept up to date in a record: each article placed in the transaction that adds it, or caught up with later.

What decides about the groups has a fingerprint, which the record notes. Where it differs, everything is placed anew; a
story then keeps its number by the most of its articles, and what went over to another is logged as merged or split.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from musnad.record.kinds import kind_of
from musnad.record.rows import load_heads, sortable
from musnad.record.schema import articles, versions
from musnad.record.schema_stories import story_articles
from musnad.record.words import fingerprint as forms_fingerprint
from musnad.stories.copies import Shape, shape_of
from musnad.stories.copies import fingerprint as copies_fingerprint
from musnad.stories.gist import Gist, table_fingerprint, words_of
from musnad.stories.groups import Groups, Placed
from musnad.stories.moved import is_moved, settle
from musnad.stories.rows import keep, next_number, note, noted, placements, replace_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from musnad.model import Article
    from musnad.record import Record

_METHOD = "2"
"""Raised when the grouping itself changes, so that what was grouped before is grouped anew."""

_BATCH = 100

# What is asked for every article; to put these questions together each time took a tenth of the time of adding.
_PLACED_SINCE = (
    select(story_articles).where(story_articles.c.article_id > bindparam("last")).order_by(story_articles.c.article_id)
)
_BETWEEN = (
    select(articles.c.id)
    .where(articles.c.id > bindparam("last"), articles.c.id < bindparam("before"))
    .order_by(articles.c.id)
)
_SEEN = select(func.min(versions.c.seen_at)).where(versions.c.article_id == bindparam("article"))
_mine, _other = versions.alias("mine"), versions.alias("other")
_EARLIER = (
    select(func.max(_other.c.article_id))
    .join(_mine, _mine.c.address_id == _other.c.address_id)
    .where(_mine.c.article_id == bindparam("article"), _other.c.article_id < bindparam("article"))
)


class Keeper:
    """Places the articles of one record as they are added: ``with record.keeping_up(Keeper())``.

    What another process placed in between is taken in first. An article that cannot be placed ends its transaction.
    """

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self._groups = Groups(self._shape)
        self._last = 0

    def __call__(self, connection: Connection, article_id: int, article: Article) -> None:
        """Place an article that was just added, and all before it that were not placed."""
        self._connection = connection
        try:
            self._recall(connection)
            self._catch_up(connection, before=article_id)
            self._place(connection, article_id, article)
            self._settle(connection)
        except BaseException:
            self._forget()  # what was held may not have been kept
            raise
        finally:
            self._connection = None

    def catch_up(self, connection: Connection, *, most: int = _BATCH) -> int:
        """Place at most that many articles that are not placed yet; how many were."""
        self._connection = connection
        try:
            self._recall(connection)
            placed = self._catch_up(connection, most=most)
            self._settle(connection)
            return placed
        except BaseException:
            self._forget()
            raise
        finally:
            self._connection = None

    def _catch_up(self, connection: Connection, *, before: int | None = None, most: int | None = None) -> int:
        if before is not None:
            ids = list(connection.execute(_BETWEEN, {"last": self._last, "before": before}).scalars())
        else:
            waiting = select(articles.c.id).where(articles.c.id > self._last).order_by(articles.c.id)
            ids = list(connection.execute(waiting.limit(most)).scalars())
        for number, article in _heads(connection, ids):
            self._place(connection, number, article)
        return len(ids)

    def _place(self, connection: Connection, number: int, article: Article) -> None:
        at, gist, shape = self._read(connection, number, article)
        fresh = next_number(connection)
        earlier = _earlier(connection, number)
        story = None if earlier is None else placements(connection, [earlier]).get(earlier)
        placed = self._groups.place(number, gist, shape, fresh=fresh, story=story)
        self._last = number
        keep(connection, number, placed, at, gist, new=placed.story == fresh)

    def _recall(self, connection: Connection) -> None:
        """Take in what others placed since, or, at first, what the window holds; no other process places meanwhile."""
        kind_of(connection).hold(connection, "stories")
        if noted(connection) != fingerprint():
            self._forget()
            self._renew(connection)
        for row in connection.execute(_PLACED_SINCE, {"last": self._last}):
            if row.gist is not None:
                self._groups.recall(row.article_id, Gist.unpacked(row.gist), Placed(row.story_id, row.copy_id))
            self._last = row.article_id

    def _settle(self, connection: Connection) -> None:
        """Leave articles where people put them; what is held in memory may say otherwise then."""
        if is_moved(connection) and settle(connection):
            self._forget()

    def _renew(self, connection: Connection) -> None:
        """Place everything anew; the stories keep their numbers as far as they are the same."""
        before = placements(connection)
        after: dict[int, tuple[Placed, datetime, Gist]] = {}
        for number, article in _heads(connection, before):
            at, gist, shape = self._read(connection, number, article)
            earlier = _earlier(connection, number)
            story = after[earlier][0].story if earlier in after else None
            after[number] = self._groups.place(number, gist, shape, fresh=number, story=story), at, gist
        replace_all(connection, before, after)
        note(connection, fingerprint())
        self._forget()

    def _read(self, connection: Connection, number: int, article: Article) -> tuple[datetime, Gist, Shape]:
        """When an article was published, else first seen, its gist and its shape."""
        at = sortable(article.published) or connection.execute(_SEEN, {"article": number}).scalar_one()
        words = words_of(article)
        return at, self._groups.gist(words, at.timestamp()), shape_of(article, words)

    def _forget(self) -> None:
        self._groups, self._last = Groups(self._shape), 0

    def _shape(self, number: int) -> Shape:
        assert self._connection is not None
        return shape_of(load_heads(self._connection, [number])[number])


@cache
def fingerprint() -> str:
    """A digest of what decides about the groups."""
    told = f"{_METHOD} {forms_fingerprint()} {table_fingerprint()} {copies_fingerprint()}"
    return sha256(told.encode()).hexdigest()[:16]


def keep_up(record: Record, *, step: Callable[[int], None] | None = None) -> int:
    """Place all articles of a record that are not placed yet; how many were. `step` is told after each batch.

    Nothing is written where there is nothing to place. Raises BusyRecord or RecordError.
    """
    with record.reading() as connection:
        if is_current(connection):
            return 0
    keeper, done = Keeper(), 0
    while True:
        with record.writing() as connection:
            placed = keeper.catch_up(connection)
        if not placed:
            return done
        done += placed
        if step:
            step(placed)


def rebuild(record: Record) -> None:
    """Place everything anew; stories keep their numbers as far as they are the same. Raises BusyRecord or RecordError."""
    with record.writing() as connection:
        note(connection, "")
        Keeper().catch_up(connection, most=0)
    keep_up(record)


def is_current(connection: Connection) -> bool:
    """Whether every article is placed, by what decides now."""
    last = connection.execute(select(func.max(articles.c.id))).scalar()
    placed = connection.execute(select(func.max(story_articles.c.article_id))).scalar()
    return last == placed and (last is None or noted(connection) == fingerprint())


def _heads(connection: Connection, ids: Iterable[int]) -> Iterator[tuple[int, Article]]:
    wanted = sorted(ids)
    for at in range(0, len(wanted), _BATCH):
        batch = wanted[at : at + _BATCH]
        heads = load_heads(connection, batch)
        for number in batch:
            yield number, heads[number]


def _earlier(connection: Connection, number: int) -> int | None:
    """The article that stood last at the address of this one before it was added; None for the first of an address."""
    return connection.execute(_EARLIER, {"article": number}).scalar()
