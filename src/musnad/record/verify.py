"""Whether the record is still what was stored: digests, spans, and what refers to what. Nothing is mended."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from musnad.entities import key
from musnad.errors import RecordError
from musnad.model import Span
from musnad.record.codec import encode
from musnad.record.identity_schema import meanings
from musnad.record.index import STREAMED, is_current, stored_statements
from musnad.record.kinds import kind_of
from musnad.record.rows import digest_of, load_articles
from musnad.record.schema import articles, attributions, figures, links, names, pages, places, versions
from musnad.record.schema_stories import stories, story_articles
from musnad.record.standing import damage
from musnad.record.types import Checked, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_BATCH = 200


def check(connection: Connection) -> Checked:
    """Go through everything; what is wrong is listed, each with where it is."""
    problems = [
        *kind_of(connection).damage(connection),
        *_pages(connection),
        *_articles(connection),
        *_references(connection),
    ]
    problems += _index(connection)
    problems += _views(connection)
    problems += _corrections(connection)
    counts = {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar() or 0
        for table in (pages, versions, articles, attributions, places)
    }
    return Checked(**counts, problems=tuple(problems))


def _pages(connection: Connection) -> Iterator[Problem]:
    for row in connection.execute(select(pages), execution_options=STREAMED):
        where = f"page {row.digest}"
        try:
            body = zlib.decompress(row.body)
        except zlib.error as error:
            yield Problem(where, f"its bytes cannot be unpacked: {error}")
            continue
        if sha256(body).hexdigest() != row.digest:
            yield Problem(where, "its bytes have another digest")
        if len(body) != row.size:
            yield Problem(where, f"it holds {len(body)} bytes, and held {row.size}")


def _articles(connection: Connection) -> Iterator[Problem]:
    ids = list(connection.execute(select(articles.c.id).order_by(articles.c.id)).scalars())
    for at in range(0, len(ids), _BATCH):
        batch = ids[at : at + _BATCH]
        digests = dict(
            connection.execute(select(articles.c.id, articles.c.digest).where(articles.c.id.in_(batch))).all()
        )
        for number in batch:
            yield from _article(connection, number, digests[number])


def _article(connection: Connection, number: int, digest: str) -> Iterator[Problem]:
    where = f"article {number}"
    try:
        bad = list(_spans(connection, number, where))
    except ValueError as error:
        bad = [Problem(where, str(error))]
    yield from bad
    if bad:
        return
    try:
        article = load_articles(connection, [number])[number]
    except RecordError as error:
        yield Problem(where, f"it cannot be put together: {error.__cause__}")
        return
    if digest_of(encode(article)) != digest:
        yield Problem(where, "its text, its furniture or what was found in it is not what was stored")


def _spans(connection: Connection, number: int, where: str) -> Iterator[Problem]:
    """Places that are none, or that reach beyond the text."""
    row = connection.execute(select(articles.c.text, articles.c.headline).where(articles.c.id == number)).one()
    size = len(row.text)
    mine = select(attributions.c.id).where(attributions.c.article_id == number)
    asked: tuple[tuple[str, Any], ...] = (
        ("a place", select(places.c.start, places.c.stop).where(places.c.attribution_id.in_(mine))),
        (
            "a link",
            select(links.c.start, links.c.stop).where(links.c.attribution_id.in_(mine), links.c.start.is_not(None)),
        ),
        ("a figure", select(figures.c.start, figures.c.stop).where(figures.c.article_id == number)),
    )
    for what, query in asked:
        for start, stop in connection.execute(query):
            try:
                inside = Span(start, stop).end <= size
            except (ValueError, TypeError):
                inside = False
            if not inside:
                yield Problem(where, f"{what} [{start}, {stop}) is not within its text of {size} characters")


def _references(connection: Connection) -> Iterator[Problem]:
    """What nothing refers to: half of something."""
    for table, column in ((pages, versions.c.page_id), (articles, versions.c.article_id)):
        loose = select(table.c.id).where(~select(versions.c.id).where(column == table.c.id).exists())
        for number in connection.execute(loose).scalars():
            yield Problem(f"{table.name} row {number}", "no version refers to it")


def _index(connection: Connection) -> Iterator[Problem]:
    """Whether every article and every statement can be found by its words, and by no others."""
    if not is_current(connection):
        yield Problem("the index", "it was made with other forms of words")
        return
    texts = connection.execute(select(articles.c.id, articles.c.text), execution_options=STREAMED)
    try:
        pairs = ((number, words) for number, words in texts)
        yield from list(kind_of(connection).index_damage(connection, pairs, stored_statements(connection)))
    except ValueError:
        yield Problem("the index", "it cannot be compared with texts that are damaged")


def _corrections(connection: Connection) -> Iterator[Problem]:
    try:
        yield from list(damage(connection))
    except (ValueError, RecordError):
        yield Problem("corrections", "they cannot be compared with articles that are damaged")


def _views(connection: Connection) -> Iterator[Problem]:
    """Stories that do not agree with their articles, and names without a meaning; both can be made anew."""
    placed = func.count(story_articles.c.article_id)
    told = (
        select(stories.c.id, stories.c.articles, placed.label("placed"))
        .outerjoin(story_articles, story_articles.c.story_id == stories.c.id)
        .group_by(stories.c.id, stories.c.articles)
        .having(placed != stories.c.articles)
        .order_by(stories.c.id)
    )
    for row in connection.execute(told):
        yield Problem(f"story {row.id}", f"it says that {row.articles} articles tell it, and has {row.placed}")
    of_none = ~select(stories.c.id).where(stories.c.id == story_articles.c.story_id).exists()
    for number in connection.execute(select(story_articles.c.article_id).where(of_none)).scalars():
        yield Problem(f"article {number}", "it is placed in a story that is not there")
    without = ~select(meanings.c.name_id).where(meanings.c.name_id == names.c.id).exists()
    for row in connection.execute(select(names.c.id, names.c.name).where(without)):
        if key(row.name):
            yield Problem(f"name {row.id}", "nothing says whom it means")
