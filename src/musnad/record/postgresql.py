"""The record on a server that several people or machines share: what is PostgreSQL's alone.

Its index of words are two tables of tsvectors, made of our forms without PostgreSQL's parsers and dictionaries.
"""

from __future__ import annotations

from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    Table,
    and_,
    cast,
    create_engine,
    event,
    func,
    inspect,
    literal,
    not_,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import Text

from musnad.errors import BusyRecord, LostRecord, NoRecord, RecordError
from musnad.record.address import connect_arguments, read_address
from musnad.record.locks import Advisory
from musnad.record.schema import about, json_of, metadata
from musnad.record.tsquery import fits, has_rows, to_tsquery, to_tsvector
from musnad.record.types import Problem
from musnad.record.words import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Select

    from musnad.record import query as asked
    from musnad.record.locks import Locks

_own = MetaData()
_articles = Table(
    "article_words",
    _own,
    Column("id", Integer, primary_key=True),
    Column("words", TSVECTOR, nullable=False),
    Column("fits", Boolean, nullable=False),
    Index("article_words_words", "words", postgresql_using="gin"),
)
_statements = Table(
    "statement_words",
    _own,
    Column("id", Integer, primary_key=True),
    Column("words", TSVECTOR, nullable=False),
    Column("fits", Boolean, nullable=False),
    Index("statement_words_words", "words", postgresql_using="gin"),
)
_MARK = {"key": "made by", "value": "musnad"}
_LOCK = 0x6D736E64  # "msnd": held while a record is made or brought forward
_WEIGHTS = "{0.5, 0.5, 0.5, 1.0}"  # a word of the name weighs as much as two of the content, as in SQLite
_SHORTER = 1  # a rank is divided by 1 + the logarithm of the length
_CONNECTING = 10.0  # seconds
_BATCH = 500

_GONE = ("08", "57P", "53300")  # SQLSTATE: the connection, a server that stops or starts, too many connections
_BUSY = ("55P03", "40001", "40P01")  # a lock was not given in time, two transactions met


class PostgreSQL:
    """See :class:`musnad.record.contract.Database`."""

    def look(self, place: str, *, create: bool) -> None:
        """Only that the driver is there: the rest is asked of the server."""
        try:
            import_module("pg8000")
        except ImportError:
            what = "a record on PostgreSQL needs its driver, which is not installed"
            raise RecordError(what, advice="pip install 'musnad[postgresql]'") from None

    def engine(self, place: str, wait: float) -> Engine:
        """A connection that was lost is made again when it is next needed."""
        url = read_address(place)
        given = connect_arguments(url)
        engine = create_engine(
            url.set(query={}),
            connect_args={**given, "timeout": _CONNECTING},
            json_serializer=json_of,
            pool_pre_ping=True,
            pool_size=2,
        )
        engine.dialect.use_insertmanyvalues_wo_returning = True  # many rows in one statement

        def settle(connection: Any, _: object) -> None:
            connection._usock.settimeout(None)  # the time was for connecting, not for an answer
            cursor = connection.cursor()
            for setting, value in (
                ("timezone", "'UTC'"),
                ("lock_timeout", int(1000 * wait) or 1),
                ("tcp_keepalives_idle", 30),  # the server notices a machine that is gone in a minute, not in two hours
                ("tcp_keepalives_interval", 10),
                ("tcp_keepalives_count", 3),
            ):
                cursor.execute(f"SET {setting} = {value}")
            connection.commit()

        event.listen(engine, "connect", settle)
        event.listen(engine, "begin", _begin)
        return engine

    def is_ours(self, connection: Connection) -> bool:
        """By a row of ``about``."""
        if not inspect(connection).has_table(about.name):
            return False
        columns = {column["name"] for column in inspect(connection).get_columns(about.name)}
        if columns != {"key", "value"}:
            return False
        held = select(about.c.value).where(about.c.key == _MARK["key"])
        return connection.execute(held).scalar() == _MARK["value"]

    def begin_making(self, engine: Engine) -> None:
        """The words are Arabic: no other encoding of the server holds them."""
        with engine.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
        if encoding != "UTF8":
            advice = "make one: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
            raise RecordError(f"the database holds {encoding}, not UTF8", advice=advice)

    def alone(self, connection: Connection) -> None:
        """By a lock of the whole database that ends with the transaction."""
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))

    def claim(self, connection: Connection) -> None:
        """By the same row."""
        connection.execute(insert(about).on_conflict_do_nothing(), _MARK)

    def explained(self, error: DBAPIError | ConnectionError, place: str, wait: float) -> RecordError:
        """By the SQLSTATE; of what the server says only its message, which holds nothing of ours."""
        told = _told_by(error.orig) if isinstance(error, DBAPIError) else str(error)
        state, said = (told.get("C", ""), told.get("M", "")) if isinstance(told, dict) else ("", str(told))
        if not state or state.startswith(_GONE):
            advice = "see that the server runs and can be reached; nothing that was acknowledged is lost"
            return LostRecord(
                f"the database does not answer: {said or 'the connection is gone'}", where=place, advice=advice
            )
        if state in _BUSY:
            what = f"others are writing to this record, and have not ended in {wait:g} s"
            advice = "try again, or set MUSNAD_RECORD_WAIT to more seconds"
            return BusyRecord(what, where=place, advice=advice)
        if state == "3D000":
            return NoRecord("there is no such database", where=place, advice="make it with createdb, or name another")
        if state.startswith("28"):
            advice = "check the user, and the password in PGPASSWORD"
            return RecordError(f"the server lets us not in: {said}", where=place, advice=advice)
        if state == "53100":
            advice = "make room on the server; nothing is half written"
            return RecordError("the disk of the server is full", where=place, advice=advice)
        if state == "42501":
            advice = "ask for rights on this database, or name another"
            return RecordError(f"this user may not do that: {said}", where=place, advice=advice)
        advice = "if the server is well, `musnad verify` tells whether the record is"
        return RecordError(f"the database says: {said} ({state})", where=place, advice=advice)

    def number(self, connection: Connection, table: Table, key: Mapping[str, Any], more: Mapping[str, Any]) -> int:
        """Whoever adds it at the same time is waited for."""
        [(column, value)] = key.items()
        wanted = select(table.c.id).where(table.c[column] == value)
        found = connection.execute(wanted).scalar()
        if found is None:
            added = insert(table).on_conflict_do_nothing(index_elements=[column]).returning(table.c.id)
            found = connection.execute(added, {**key, **more}).scalar()
        return int(found if found is not None else connection.execute(wanted).scalar_one())

    def hold_address(self, connection: Connection, number: int) -> None:
        """By the lock of its row."""
        addresses = metadata.tables["addresses"]
        row = select(addresses.c.id).where(addresses.c.id == number)
        connection.execute(row.with_for_update(key_share=True))

    def hold(self, connection: Connection, what: str) -> None:
        """By an advisory lock of the transaction."""
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK, func.hashtext(what))))

    def locks(self, engine: Engine) -> Locks:
        """By advisory locks of a session."""
        return Advisory(engine)

    def numbers(self, connection: Connection, table: Table, count: int) -> Sequence[int]:
        """Of the sequence of the table."""
        taken = func.nextval(f"{table.name}_id_seq")
        return sorted(connection.execute(select(taken).select_from(func.generate_series(1, count))).scalars())

    def index_articles(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
        """As tsvectors."""
        _index(connection, _articles, [(number, forms(words), []) for number, words in rows])

    def index_statements(self, connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
        """As tsvectors, the name of weight A."""
        _index(connection, _statements, [(number, forms(words), forms(name)) for number, words, name in rows])

    def empty_index(self, connection: Connection) -> None:
        """Both tables."""
        for table in (_articles, _statements):
            connection.execute(table.delete())

    def articles_with(self, query: asked.Query) -> Select[Any]:
        """Ranked by how near to one another the words stand, and how often."""
        return _ranked(_articles, query)

    def statements_with(
        self, query: asked.Query | None, speaker: asked.Query | None, *, newest: int | None = None
    ) -> Select[Any]:
        """In the same way."""
        found = (
            _ranked(_statements, query) if query is not None else select(_statements.c.id, literal(0.0).label("rank"))
        )
        if speaker is not None:
            found = found.where(_statements.c.words.op("@@")(cast(to_tsquery(speaker, "A"), TSQUERY)))
        if newest is not None:
            last = found.order_by(None).order_by(_statements.c.id.desc()).limit(newest).subquery()
            return select(last).order_by(last.c.rank, last.c.id.desc())
        return found

    def damage(self, connection: Connection) -> Iterator[Problem]:
        """Rows that refer to what is not there: the server holds that itself, unless somebody has switched it off."""
        for table in metadata.sorted_tables:
            for key in table.foreign_keys:
                parent = key.column.table.alias("parent")
                there = select(parent.c.id).where(parent.c[key.column.name] == key.parent).exists()
                loose = select(*table.primary_key.columns).where(key.parent.is_not(None), ~there)
                for row in connection.execute(loose):
                    where = f"{table.name} row {' '.join(map(str, row))}"
                    yield Problem(where, f"refers to something in {key.column.table.name} that is not there")

    def index_damage(
        self,
        connection: Connection,
        texts: Iterable[tuple[int, str]],
        statements: Iterable[tuple[int, str, str]],
    ) -> Iterator[Problem]:
        """Row by row: each has to be what would be made of it now."""
        held = ((number, forms(words), list[str]()) for number, words in texts)
        yield from _compared(connection, _articles, held)
        yield from _compared(
            connection, _statements, ((row, forms(words), forms(name)) for row, words, name in statements)
        )


def _index(connection: Connection, table: Table, rows: Sequence[tuple[int, list[str], list[str]]]) -> None:
    given = [{"id": row, "words": to_tsvector(words, names), "fits": fits(words)} for row, words, names in rows]
    if given:
        connection.execute(table.insert(), given)


def _ranked(table: Table, query: asked.Query) -> Select[Any]:
    wanted = cast(to_tsquery(query), TSQUERY)
    stands: ColumnElement[bool] = table.c.words.op("@@")(wanted)
    if has_rows(query):  # a tsvector does not know all places of a very long text: there, its words are enough
        loose = cast(to_tsquery(query, rows=False), TSQUERY)
        stands = or_(stands, and_(not_(table.c.fits), table.c.words.op("@@")(loose)))
    rank = -func.ts_rank_cd(text(f"'{_WEIGHTS}'::real[]"), table.c.words, wanted, _SHORTER)
    return select(table.c.id, rank.label("rank")).where(stands).order_by(rank, table.c.id.desc())


def _compared(
    connection: Connection, table: Table, rows: Iterator[tuple[int, list[str], list[str]]]
) -> Iterator[Problem]:
    total, missing = 0, 0
    while batch := list(islice(rows, _BATCH)):
        total += len(batch)
        ids = cast([row for row, _, _ in batch], ARRAY(Integer))
        vectors = cast([to_tsvector(words, names) for _, words, names in batch], ARRAY(Text))
        told = select(func.unnest(ids).label("id"), func.unnest(vectors).label("words")).subquery()
        same = and_(table.c.id == told.c.id, table.c.words == cast(told.c.words, TSVECTOR))
        lacking = select(func.count()).select_from(told.outerjoin(table, same)).where(table.c.id.is_(None))
        missing += connection.execute(lacking).scalar_one()
    beyond = connection.execute(select(func.count()).select_from(table)).scalar_one() - (total - missing)
    if missing or beyond:
        what = f"{missing} rows cannot be found, and {beyond} hold words that are not there"
        yield Problem(f"the index {table.name}", what)


def _begin(connection: Connection) -> None:
    if not connection.get_execution_options().get("musnad_writes"):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _told_by(error: BaseException | None) -> Any:
    """What the server said last, though the driver stumbled while it closed the connection; else what the driver says."""
    first = error.args[0] if error and error.args else ""
    while error is not None:
        if error.args and isinstance(error.args[0], dict):
            return error.args[0]
        error = error.__context__
    return first
