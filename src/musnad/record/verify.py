"""Whether the record is still what was stored: digests, spans, and what refers to what. Nothing is mended."""

from __future__ import annotations

import zlib
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from musnad.errors import RecordError
from musnad.model import Span
from musnad.record.codec import encode
from musnad.record.index import is_current, stored_statements
from musnad.record.rows import digest_of, load_articles
from musnad.record.schema import articles, attributions, figures, links, pages, places, versions
from musnad.record.types import Checked, Problem
from musnad.record.words import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_BATCH = 200


def check(connection: Connection) -> Checked:
    """Go through everything; what is wrong is listed, each with where it is."""
    problems = [*_database(connection), *_pages(connection), *_articles(connection), *_references(connection)]
    problems += _index(connection)
    counts = {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar() or 0
        for table in (pages, versions, articles, attributions, places)
    }
    return Checked(**counts, problems=tuple(problems))


def _database(connection: Connection) -> Iterator[Problem]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.execute(text("PRAGMA integrity_check(20)")):
        if said != "ok":
            yield Problem("the file", str(said).replace("\n", " "))


def _pages(connection: Connection) -> Iterator[Problem]:
    for row in connection.execute(select(pages)):
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
    """Rows that refer to what is not there, and what nothing refers to: half of something."""
    if connection.dialect.name == "sqlite":
        for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
            yield Problem(f"{table} row {row}", f"refers to something in {parent} that is not there")
    for table, key in ((pages, versions.c.page_id), (articles, versions.c.article_id)):
        loose = select(table.c.id).where(~select(versions.c.id).where(key == table.c.id).exists())
        for number in connection.execute(loose).scalars():
            yield Problem(f"{table.name} row {number}", "no version refers to it")


def _index(connection: Connection) -> Iterator[Problem]:
    """Whether every article and every statement can be found by its words, and by no others."""
    if not is_current(connection):
        yield Problem("the index", "it was made with other forms of words")
        return
    try:
        texts, statements = _told(connection)
    except ValueError:
        yield Problem("the index", "it cannot be compared with texts that are damaged")
        return
    yield from _indexed(connection, "article_words", texts)
    yield from _indexed(connection, "statement_words", statements)


def _told(connection: Connection) -> tuple[Counter[str], Counter[str]]:
    """How often each form stands in articles, and in statements with their speakers."""
    texts: Counter[str] = Counter()
    for (words,) in connection.execute(select(articles.c.text)):
        texts.update(forms(words))
    statements: Counter[str] = Counter()
    for _, content, speaker in stored_statements(connection):
        statements.update(forms(content))
        statements.update(forms(speaker))
    return texts, statements


def _indexed(connection: Connection, table: str, told: Counter[str]) -> Iterator[Problem]:
    try:
        connection.execute(text(f"CREATE VIRTUAL TABLE temp.{table}_held USING fts5vocab(main, {table}, row)"))
        held: Counter[str] = Counter(dict(connection.execute(text(f"SELECT term, cnt FROM temp.{table}_held")).all()))
        connection.execute(text(f"DROP TABLE temp.{table}_held"))
    except DBAPIError as error:
        yield Problem(f"the index {table}", f"it is damaged: {error.orig}")
        return
    missing, beyond = (told - held).total(), (held - told).total()
    if missing or beyond:
        yield Problem(
            f"the index {table}", f"{missing} words cannot be found, and {beyond} are found that are not there"
        )
