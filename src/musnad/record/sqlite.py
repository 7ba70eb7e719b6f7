"""The record in one file: what is SQLite's alone. Its index of words is FTS5."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from musnad.errors import BusyRecord, NoRecord, NotARecord, RecordError
from musnad.record import query as asked
from musnad.record.fts5 import to_fts5
from musnad.record.locks import Alone
from musnad.record.schema import json_of
from musnad.record.types import Problem
from musnad.record.words import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Select

    from musnad.record.locks import Locks

_APPLICATION = 0x6D736E64  # "msnd" in the header of the file
_PAGE = 8192  # bytes; articles of two kilobytes leave less of it empty than of 4096
_virtual = MetaData()
_articles = Table("article_words", _virtual, Column("rowid", Integer, primary_key=True), Column("words", String))
_statements = Table(
    "statement_words",
    _virtual,
    Column("rowid", Integer, primary_key=True),
    Column("words", String),
    Column("speaker", String),
)
_STATEMENT_RANK: ColumnElement[float] = literal_column("bm25(statement_words, 1.0, 2.0)")
_ARTICLE_RANK: ColumnElement[float] = literal_column("bm25(article_words)")


def _look_inside(path: Path) -> None:
    """Raises NotARecord for another kind of file.

    SQLite looks itself: closing a file that this process read by other means would drop every lock that SQLite holds on it
    (https://www.sqlite.org/howtocorrupt.html, 2.2), and others would take the log away under an open record.
    """
    looking = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)
    try:
        looking.execute("PRAGMA schema_version").fetchone()
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            advice = "name a record, or a file that is not there yet"
            raise NotARecord("this file is no record", where=str(path), advice=advice) from error
    finally:
        looking.close()


class Sqlite:
    """See :class:`musnad.record.contract.Database`."""

    def look(self, place: str, *, create: bool) -> None:
        """As the contract says; its folder is made when the file may be."""
        path = Path(place)
        if path.is_dir():
            raise NotARecord("is a folder", where=place, advice="name a file")
        try:
            if not path.exists():
                if not create:
                    advice = "`musnad add PAGE…` makes it; --record or MUSNAD_RECORD names another"
                    raise NoRecord("there is no record there", where=place, advice=advice)
                path.parent.mkdir(parents=True, exist_ok=True)
                return
            if not os.access(path, os.R_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            if path.stat().st_size:
                _look_inside(path)
        except OSError as error:
            advice = "check the name and who may read it"
            raise RecordError(f"cannot be opened: {error.strerror}", where=place, advice=advice) from error

    def engine(self, place: str, wait: float) -> Engine:
        """As the contract says."""
        engine = create_engine(f"sqlite:///{place}", connect_args={"timeout": wait}, json_serializer=json_of)
        event.listen(engine, "connect", _settle)
        event.listen(engine, "begin", _begin)
        return engine

    def is_ours(self, connection: Connection) -> bool:
        """By a number in the header of the file."""
        return connection.exec_driver_sql("PRAGMA application_id").scalar() == _APPLICATION

    def begin_making(self, engine: Engine) -> None:
        """Readers go on while one writes (WAL)."""
        raw = engine.raw_connection()
        try:
            raw.cursor().execute(f"PRAGMA page_size = {_PAGE}")  # of a file that is not made yet
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()

    def alone(self, connection: Connection) -> None:
        """Whoever writes is alone."""

    def claim(self, connection: Connection) -> None:
        """By the same number."""
        connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION}")

    def explained(self, error: DBAPIError | ConnectionError, place: str, wait: float) -> RecordError:
        """By what SQLite says."""
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        if "locked" in said or "busy" in said:
            what = f"another process is writing to this record, and has not ended in {wait:g} s"
            advice = "try again when it is done, or set MUSNAD_RECORD_WAIT to more seconds"
            return BusyRecord(what, where=place, advice=advice)
        if "not a database" in said or "malformed" in said:
            advice = "`musnad verify` tells how far; restore a copy, pages can be added again"
            return RecordError(f"the file is damaged: {said}", where=place, advice=advice)
        if "full" in said:
            return RecordError("the disk is full", where=place, advice="make room; nothing is half written")
        advice = "check that the file and its folder can be read and written"
        return RecordError(f"the database says: {said}", where=place, advice=advice)

    def number(self, connection: Connection, table: Table, key: Mapping[str, Any], more: Mapping[str, Any]) -> int:
        """Nobody else writes now, so that to look and then to add is enough."""
        [(column, value)] = key.items()
        found = connection.execute(select(table.c.id).where(table.c[column] == value)).scalar()
        if found is None:
            inserted = connection.execute(insert(table), {**key, **more}).inserted_primary_key
            assert inserted is not None
            found = inserted[0]
        return int(found)

    def hold_address(self, connection: Connection, number: int) -> None:
        """Nobody else writes now."""

    def hold(self, connection: Connection, what: str) -> None:
        """Nobody else writes now."""

    def locks(self, engine: Engine) -> Locks:
        """One process has them all."""
        return Alone()

    def numbers(self, connection: Connection, table: Table, count: int) -> Sequence[int]:
        """The next ones: nobody else writes now."""
        free = 1 + (connection.execute(select(func.max(table.c.id))).scalar() or 0)
        return range(free, free + count)

    def index_articles(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
        """Into FTS5."""
        given = [{"rowid": number, "words": " ".join(forms(words))} for number, words in rows]
        if given:
            connection.execute(insert(_articles), given)

    def index_statements(self, connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
        """Into FTS5."""
        given = [
            {"rowid": number, "words": " ".join(forms(content)), "speaker": " ".join(forms(speaker))}
            for number, content, speaker in rows
        ]
        if given:
            connection.execute(insert(_statements), given)

    def empty_index(self, connection: Connection) -> None:
        """By FTS5's own command: it keeps no words, and so no row of it can be taken out."""
        for table in (_articles, _statements):
            connection.execute(text(f"INSERT INTO {table.name}({table.name}) VALUES ('delete-all')"))

    def articles_with(self, query: asked.Query) -> Select[Any]:
        """By FTS5, ranked by BM25."""
        found = select(_articles.c.rowid.label("id"), _ARTICLE_RANK.label("rank"))
        return _matching(found, "article_words", to_fts5(query)).order_by(_ARTICLE_RANK, _articles.c.rowid.desc())

    def statements_with(
        self, query: asked.Query | None, speaker: asked.Query | None, *, newest: int | None = None
    ) -> Select[Any]:
        """By FTS5, ranked by BM25, where a word of the name weighs as much as two of the content."""
        parts = [to_fts5(query)] if query is not None else []
        if speaker is not None:
            parts.append(f"speaker : ({to_fts5(speaker)})")
        match = " AND ".join(f"({part})" if len(parts) > 1 else part for part in parts)
        if query is None:
            return _matching(
                select(_statements.c.rowid.label("id"), literal(0.0).label("rank")), "statement_words", match
            )
        found = _matching(
            select(_statements.c.rowid.label("id"), _STATEMENT_RANK.label("rank")), "statement_words", match
        )
        if newest is not None:  # FTS5 goes through its rows backwards, and ranks no more of them
            last = found.order_by(_statements.c.rowid.desc()).limit(newest).subquery()
            return select(last).order_by(last.c.rank, last.c.id.desc())
        return found.order_by(_STATEMENT_RANK, _statements.c.rowid.desc())

    def damage(self, connection: Connection) -> Iterator[Problem]:
        """By SQLite's own checks."""
        for (said,) in connection.execute(text("PRAGMA integrity_check(20)")):
            if said != "ok":
                yield Problem("the file", str(said).replace("\n", " "))
        for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
            yield Problem(f"{table} row {row}", f"refers to something in {parent} that is not there")

    def index_damage(
        self,
        connection: Connection,
        texts: Iterable[tuple[int, str]],
        statements: Iterable[tuple[int, str, str]],
    ) -> Iterator[Problem]:
        """By how often each form stands in all: the index keeps no more that could be read."""
        told: Counter[str] = Counter()
        for _, words in texts:
            told.update(forms(words))
        said: Counter[str] = Counter()
        for _, content, speaker in statements:
            said.update(forms(content))
            said.update(forms(speaker))
        yield from _compared(connection, "article_words", told)
        yield from _compared(connection, "statement_words", said)


def _matching(found: Select[Any], table: str, match: str) -> Select[Any]:
    return found.where(text(f"{table} MATCH :match").bindparams(match=match))


def _compared(connection: Connection, table: str, told: Counter[str]) -> Iterator[Problem]:
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


def _settle(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("musnad_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
