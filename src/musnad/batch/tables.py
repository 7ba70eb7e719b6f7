"""The tables of a batch: those of data sets (:mod:`musnad.sets.tables`), a row of ``articles`` for each page, and errors."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, cast

from musnad.batch.asked import moment_of
from musnad.record.codec import encode
from musnad.record.kept import Kept
from musnad.record.rows import digest_of
from musnad.sets.tables import TABLES as OF_SETS
from musnad.sets.tables import Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from musnad.errors import InputError
    from musnad.model import Article, Page

_LEFT_OUT = {"stands", "asked", "superseded_at", "added_at", "article_seen_at", "article_digest"}
_OF_PAGE = ("origin", "page_digest", "content_type", "charset", "fetched")
_SEEN = Column(
    "seen_at", "datetime", "When it was fetched; where nothing tells that, published; in UTC.", required=False
)
_ID = "The number of the article: 63 bits of the SHA-256 of its origin, the same in every run."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table of a batch: its columns, and where each of their cells is in the rows of the tables of data sets."""

    table: Table
    cells: tuple[tuple[str, int], ...] = ()

    @property
    def by_day(self) -> bool:
        """Whether its files lie in a folder a day."""
        return self.table.name != "errors"


def rows_of(page: Page, article: Article, *, keep_pages: bool) -> Iterator[tuple[str, Row]]:
    """The rows of an article, each with the name of its table. Raises UnicodeEncodeError where one holds half a character.

    >>> from musnad.model import Page
    >>> from musnad.run import read
    >>> page = Page("أعلن الوزير سالم الكعبي أن العمل في الميناء بدأ.".encode(), "a.txt")
    >>> [name for name, _ in rows_of(page, read(page), keep_pages=False)]
    ['attributions', 'articles', 'places', 'places', 'places', 'links']
    """
    one = _kept(page, article, keep_pages)
    held: dict[str, list[Row]] = {}
    for wanted in tables(keep_pages=keep_pages):
        sources = dict.fromkeys(name for name, _ in wanted.cells)
        for name in sources:
            if name not in held:
                made = _of_sets()[name].of
                held[name] = list(made(one)) if made else []
        if len(sources) == 1:
            for row in held[wanted.table.name]:
                yield wanted.table.name, tuple(row[at] for _, at in wanted.cells)
        elif sources:  # an article and its only version
            yield wanted.table.name, tuple(held[name][0][at] for name, at in wanted.cells)


def error_row(error: InputError) -> Row:
    """The row of what could not be read."""
    file, _, offset = error.where.rpartition("@")
    begins = offset.partition("+")[0]
    known = bool(file) and begins.isdigit()
    told = (file if known else error.where, int(begins) if known else None, error.where, type(error).__name__)
    words = (*told[:1], *told[2:], error.what, error.advice)
    file, where, kind, what, advice = (word.encode("utf-8", "replace").decode() for word in words)
    return file, told[1], where, kind, what, advice


@cache
def tables(*, keep_pages: bool) -> tuple[Wanted, ...]:
    """The tables, in the order in which they are described."""
    names = ["attributions", "articles", "places", "links", "figures", "doubts"] + (["pages"] if keep_pages else [])
    return (*(_wanted(name) for name in names), Wanted(ERRORS))


def _wanted(name: str) -> Wanted:
    table = _of_sets()[name]
    columns = [(name, at, column) for at, column in enumerate(table.columns) if column.name not in _LEFT_OUT]
    if name == "articles":
        versions = _of_sets()["versions"].columns
        columns += [("versions", at, column) for at, column in enumerate(versions) if column.name in _OF_PAGE]
    told = [_told(column) for _, _, column in columns]
    return Wanted(replace(table, columns=tuple(told), refers=()), tuple((source, at) for source, at, _ in columns))


def _told(column: Column) -> Column:
    if column.name == "seen_at":
        return _SEEN
    return replace(column, about=_ID) if column.name == "id" else column


@cache
def _of_sets() -> dict[str, Table]:
    return {table.name: table for table in OF_SETS}


def _kept(page: Page, article: Article, keep_pages: bool) -> Kept:
    """The page and its article as a record would keep them; a seen_at that nobody knows is None."""
    bare = replace(article, origin="", page_id=None)
    value = encode(bare)
    _refuse_halves(value)
    seen = cast("datetime", moment_of(page, article))
    return Kept(
        number=1,
        address=(page.address or article.address or page.origin).encode("utf-8", "replace").decode(),
        origin=page.origin,
        content_type=page.content_type,
        charset=page.charset,
        fetched=page.fetched_at is not None,
        seen_at=seen,
        added_at=seen,
        superseded_at=None,
        page_digest=page.id,
        page_size=len(page.body),
        body=zlib.compress(page.body, 6) if keep_pages else None,
        article_id=int.from_bytes(sha256(page.origin.encode("utf-8", "replace")).digest()[:8], "big") >> 1,
        article_digest=digest_of(value),
        article_seen_at=seen,
        reader=_reader(),
        article=bare,
    )


def _refuse_halves(value: Any) -> None:
    """Raises UnicodeEncodeError for a lone surrogate anywhere in plain values: no table could hold it."""
    if isinstance(value, str):
        if not value.isascii():
            value.encode()
    elif isinstance(value, dict):
        for held in value.values():
            _refuse_halves(held)
    elif isinstance(value, list):
        for held in value:
            _refuse_halves(held)


@cache
def _reader() -> str:
    return f"musnad {version('musnad')}"


ERRORS = Table(
    "errors",
    "What could not be read, with file and offset; the rest was.",
    (
        Column("file", "string", "The file or the address."),
        Column("offset", "integer", "Where in it, in bytes; none where it is the file as a whole.", required=False),
        Column("where", "string", "Both, and the place within a compressed member, as musnad read prints it."),
        Column(
            "kind",
            "string",
            "BadRecord, UnreadablePage, InputError (musnad.errors); Stopped: took too long; Repeated: is there twice.",
        ),
        Column("what", "string", "What is wrong."),
        Column("advice", "string", "What can be done."),
    ),
    ("where", "what"),
)

STORIES = Table(
    "stories",
    "The story that each article tells, and the text that it is a version of.",
    (
        Column("article_id", "integer", "articles.id."),
        Column("story", "integer", "The number of the first article of the story."),
        Column("copy", "integer", "The number of the first article with this text; its own where it is the first."),
    ),
    ("article_id",),
)
