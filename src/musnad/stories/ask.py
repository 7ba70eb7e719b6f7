"""Questions to the stories of a record: which there are, and which articles tell one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, literal, select, tuple_

from musnad.errors import UsageError
from musnad.record.ask import first_seen, stands
from musnad.record.corrections import apply
from musnad.record.rows import load_articles
from musnad.record.schema import addresses, articles, attributions, pages, versions
from musnad.record.schema_stories import stories as story_rows
from musnad.record.schema_stories import story_articles, story_events
from musnad.stories.keeping import keep_up
from musnad.stories.types import StoryEvent, StoryHead, Telling

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection

    from musnad.record import Record

LARGEST = 2**31 - 1
"""The largest number of a story that the tables keep (an Integer of PostgreSQL)."""

_AT_ONCE = 500  # addresses or statements in one question
_MORE = 3  # of that many times the stories that are wanted, the numbers now are looked up


def stories(
    record: Record,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    known_at: datetime | None = None,
    limit: int = 20,
) -> tuple[StoryHead, ...]:
    """The stories of a record, those of most articles first, of as many the newest; none is an empty tuple.

    With `since` and `until`, those of which an article was published then (the first within, the second not). With
    `known_at`, what was known then: articles as they stood then; how they are grouped is what the program finds now.
    """
    keep_up(record)
    wanted = select(story_rows.c.id).where(story_rows.c.articles > 0)
    if since:
        wanted = wanted.where(story_rows.c.last_at >= since)
    if until:
        wanted = wanted.where(story_rows.c.first_at < until)
    wanted = wanted.order_by(story_rows.c.articles.desc(), story_rows.c.last_at.desc(), story_rows.c.id.desc())
    with record.reading() as connection:
        heads: list[StoryHead] = []
        numbers = list(connection.execute(wanted if known_at else wanted.limit(_MORE * limit)).scalars())
        for at in range(0, len(numbers), _MORE * limit):
            heads += _heads(connection, numbers[at : at + _MORE * limit], known_at)
            if len(heads) >= limit:
                break
    heads.sort(key=lambda head: (-head.articles, -head.last_at.timestamp(), -head.id))
    return tuple(heads[:limit])


def page_of_stories(
    record: Record, *, newest: bool = False, after: tuple[int, datetime, int] | None = None, limit: int = 20
) -> tuple[tuple[StoryHead, ...], tuple[int, datetime, int] | None]:
    """A page of the stories, those of most articles first, or those of the `newest` article; and the place where the next
    page begins, to be given as `after` (None: there is no next)."""
    keep_up(record)
    columns = (story_rows.c.articles, story_rows.c.last_at, story_rows.c.id)
    order = columns[1:] if newest else columns
    wanted = select(*columns).where(story_rows.c.articles > 0).order_by(*(column.desc() for column in order))
    if after is not None:
        place = [literal(value, column.type) for value, column in zip(after, columns, strict=True)]
        wanted = wanted.where(tuple_(*order) < tuple_(*(place[1:] if newest else place)))
    with record.reading() as connection:
        rows = connection.execute(wanted.limit(limit + 1)).all()
        heads = {head.id: head for head in _heads(connection, [row.id for row in rows[:limit]], None)}
    last = rows[limit - 1] if len(rows) > limit else None
    return tuple(heads[row.id] for row in rows[:limit] if row.id in heads), last and (
        last.articles,
        last.last_at,
        last.id,
    )


def changed_at(record: Record, story_id: int | None = None) -> datetime | None:
    """When something became of a story, or of any, last; None where nothing did."""
    wanted = select(func.max(story_events.c.at))
    if story_id is not None:
        wanted = wanted.where((story_events.c.story_id == story_id) | (story_events.c.other_id == story_id))
    with record.reading() as connection:
        return connection.execute(wanted).scalar()


def first_addresses(record: Record, numbers: Sequence[int]) -> dict[int, str]:
    """The address of the article of each story that came first: what a story is known by outside of its record."""
    first = select(func.min(story_articles.c.article_id)).where(story_articles.c.story_id.in_(list(numbers)))
    wanted = (
        select(story_articles.c.story_id, addresses.c.address)
        .join(versions, versions.c.article_id == story_articles.c.article_id)
        .join(addresses, addresses.c.id == versions.c.address_id)
        .where(story_articles.c.article_id.in_(first.group_by(story_articles.c.story_id)))
        .order_by(versions.c.id.desc())
    )
    with record.reading() as connection:
        return {row.story_id: row.address for row in connection.execute(wanted)}


def stories_of(record: Record, statements: Sequence[int]) -> dict[int, int]:
    """The story of each statement, by their numbers in the record."""
    wanted = select(attributions.c.id, story_articles.c.story_id).join(
        story_articles, story_articles.c.article_id == attributions.c.article_id
    )
    out: dict[int, int] = {}
    with record.reading() as connection:
        for at in range(0, len(statements), _AT_ONCE):
            rows = connection.execute(wanted.where(attributions.c.id.in_(statements[at : at + _AT_ONCE])))
            out |= {row.id: row.story_id for row in rows}
    return out


def sightings(record: Record, story: Sequence[Telling]) -> dict[tuple[str, str], tuple[datetime, int]]:
    """When each statement (by address and id) was first seen where it stands, and in which article, for those addresses of
    a story that have several versions: an edit of the page leaves that as it was."""
    seen, first = func.min(versions.c.seen_at), func.min(versions.c.article_id)
    out: dict[tuple[str, str], tuple[datetime, int]] = {}
    places = [one.address for one in story]
    with record.reading() as connection:
        for at in range(0, len(places), _AT_ONCE):
            of = select(addresses.c.id).where(addresses.c.address.in_(places[at : at + _AT_ONCE]))
            edited = select(versions.c.address_id).where(versions.c.address_id.in_(of)).group_by(versions.c.address_id)
            wanted = (
                select(addresses.c.address, attributions.c.key, seen.label("seen"), first.label("first"))
                .join(versions, versions.c.address_id == addresses.c.id)
                .join(attributions, attributions.c.article_id == versions.c.article_id)
                .where(addresses.c.id.in_(edited.having(func.count() > 1)))
                .group_by(addresses.c.address, attributions.c.key)
            )
            for row in connection.execute(wanted):
                out[row.address, row.key] = (row.seen, row.first)
    return out


def articles_of(record: Record, story_id: int, *, known_at: datetime | None = None) -> tuple[Telling, ...]:
    """The articles that tell a story, the first published first; of each address as it stood last (by `known_at`).

    A story that was merged into another is told by the articles of that one. A story that was never known raises
    UsageError; one of which nothing was known by `known_at` is an empty tuple.
    """
    keep_up(record)
    with record.reading() as connection:
        number = _living(connection, story_id)
        rows = _tellings(connection, [number], known_at)
        read = load_articles(connection, (row.article_id for row in rows))
        whole = apply(connection, {row.article_id: (row.address, read[row.article_id]) for row in rows}, known_at)
    return tuple(
        Telling(
            article_id=row.article_id,
            copy_id=row.copy_id,
            article=replace(whole[row.article_id], origin=row.origin, page_id=row.digest),
            address=row.address,
            outlet=row.outlet,
            seen_at=row.seen_at,
            published=whole[row.article_id].published,
            at=row.at,
        )
        for row in rows
    )


def events_of(record: Record, story_id: int) -> tuple[StoryEvent, ...]:
    """What became of a story, in order: created, joined, merged, split; one that is not known has none."""
    keep_up(record)
    mine = (story_events.c.story_id == story_id) | (story_events.c.other_id == story_id)
    with record.reading() as connection:
        rows = connection.execute(select(story_events).where(mine).order_by(story_events.c.id)).all()
    return tuple(StoryEvent(row.at, row.event, row.story_id, row.article_id, row.other_id) for row in rows)


def story_of(record: Record, address: str, *, known_at: datetime | None = None) -> int | None:
    """The story that the page at an address tells; None where the record has no such page."""
    keep_up(record)
    known = record.versions(address, known_at=known_at)
    if not known:
        return None
    wanted = select(story_articles.c.story_id).where(story_articles.c.article_id == known[-1].article_id)
    with record.reading() as connection:
        return connection.execute(wanted).scalar()


def _living(connection: Connection, story_id: int) -> int:
    """The story itself, or the one that it was merged into."""
    while True:
        known = story_id <= LARGEST  # a larger number cannot even be asked for
        row = connection.execute(select(story_rows).where(story_rows.c.id == story_id)).first() if known else None
        if row is None:
            raise UsageError(f"there is no story {story_id}", advice="`musnad story` lists those that there are")
        if row.merged_into is None:
            return int(row.id)
        story_id = row.merged_into


def _tellings(connection: Connection, numbers: Sequence[int], known_at: datetime | None) -> Sequence[Any]:
    wanted = (
        select(
            story_articles.c.article_id,
            story_articles.c.story_id,
            story_articles.c.copy_id,
            story_articles.c.at,
            addresses.c.address,
            articles.c.outlet,
            articles.c.headline,
            pages.c.digest,
            versions.c.origin,
            first_seen().label("seen_at"),
        )
        .join(articles, articles.c.id == story_articles.c.article_id)
        .join(versions, versions.c.article_id == articles.c.id)
        .join(addresses, addresses.c.id == versions.c.address_id)
        .join(pages, pages.c.id == versions.c.page_id)
        .where(story_articles.c.story_id.in_(list(numbers)), stands(known_at))
        .order_by(story_articles.c.at, story_articles.c.article_id)
    )
    return connection.execute(wanted).all()


def _heads(connection: Connection, numbers: Sequence[int], known_at: datetime | None) -> list[StoryHead]:
    told: dict[int, list[Any]] = {number: [] for number in numbers}
    for row in _tellings(connection, numbers, known_at):
        told[row.story_id].append(row)
    counted = select(attributions.c.article_id, func.count()).group_by(attributions.c.article_id)
    mine = [row.article_id for rows in told.values() for row in rows]
    rows_of = connection.execute(counted.where(attributions.c.article_id.in_(mine)))
    statements = {row[0]: int(row[1]) for row in rows_of}
    return [_head(number, rows, statements) for number, rows in told.items() if rows]


def _head(number: int, rows: list[Any], statements: dict[int, int]) -> StoryHead:
    copies = Counter(row.copy_id for row in rows)
    most = max(copies.values())
    headline = next((row.headline for row in rows if copies[row.copy_id] == most and row.headline), None)
    return StoryHead(
        id=number,
        headline=headline,
        articles=len(rows),
        texts=len(copies),
        outlets=tuple(dict.fromkeys(row.outlet for row in rows if row.outlet)),
        statements=sum(statements.get(row.article_id, 0) for row in rows),
        seen_first=min(row.seen_at for row in rows),
        seen_last=max(row.seen_at for row in rows),
        first_at=rows[0].at,
        last_at=rows[-1].at,
    )
