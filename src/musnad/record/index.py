"""The index of words: the forms of :mod:`musnad.record.words`, in the text search of the database.

It can be made again from the articles. What a database does in its own way is behind :mod:`musnad.record.contract`.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from musnad.model import Span
from musnad.record.kinds import kind_of
from musnad.record.schema import about, articles, attributions, names, places
from musnad.record.words import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

_FORMS = "forms"
_BATCH = 500
STREAMED = {"yield_per": 200}
"""For a query over the whole record: so many rows are in memory at once, whatever the driver would hold."""


def index_article(connection: Connection, article_id: int, words: str) -> None:
    """Make the words of an article findable."""
    kind_of(connection).index_articles(connection, [(article_id, words)])


def index_statements(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Make statements findable, each by its number, the words of its content and the name of its speaker."""
    kind_of(connection).index_statements(connection, rows)


def said_words(text_words: str, content: Sequence[Span]) -> str:
    """The words of a content, its pieces one after another."""
    return " ".join(span.of(text_words) for span in content)


def is_current(connection: Connection) -> bool:
    """Whether the index was made with the forms that this program asks for."""
    return connection.execute(select(about.c.value).where(about.c.key == _FORMS)).scalar() == fingerprint()


def rebuild(connection: Connection) -> None:
    """Make the index anew from what is stored, and note with which forms."""
    kind_of(connection).empty_index(connection)
    for number, words in connection.execute(select(articles.c.id, articles.c.text)):
        index_article(connection, number, words)
    for batch in _batches(stored_statements(connection)):
        index_statements(connection, batch)
    note(connection)


def note(connection: Connection) -> None:
    """Note with which forms the index is made."""
    connection.execute(about.delete().where(about.c.key == _FORMS))
    connection.execute(insert(about), {"key": _FORMS, "value": fingerprint()})


def stored_statements(connection: Connection) -> Iterator[tuple[int, str, str]]:
    """Every statement that is stored: its number, the words of its content, the name of its speaker."""
    texts = connection.execute(
        select(articles.c.id, articles.c.text).order_by(articles.c.id), execution_options=STREAMED
    )
    for article_id, words in texts:
        rows = connection.execute(
            select(attributions.c.id, names.c.name, places.c.start, places.c.stop)
            .join(names, names.c.id == attributions.c.speaker_id)
            .outerjoin(places, (places.c.attribution_id == attributions.c.id) & (places.c.role == "content"))
            .where(attributions.c.article_id == article_id)
            .order_by(attributions.c.id, places.c.number)
        )
        for (number, speaker), pieces in groupby(rows, lambda row: (row.id, row.name)):
            yield number, " ".join(words[one.start : one.stop] for one in pieces if one.start is not None), speaker


def _batches(rows: Iterator[tuple[int, str, str]]) -> Iterator[list[tuple[int, str, str]]]:
    batch: list[tuple[int, str, str]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch
