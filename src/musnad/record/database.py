"""The database behind a record: opened, checked, brought to the form of this program; its errors told as ours."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError

from musnad.errors import NewerRecord, NoRecord, NotARecord
from musnad.record import index, meanings
from musnad.record.address import is_address, shown
from musnad.record.kinds import kind_of
from musnad.record.schema_alerts import metadata

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from musnad.record.contract import Database

HEAD = "0008"
"""The revision that this program reads and writes: the last of `migrations/versions`."""

_NEWER = "update musnad, or give another --record"


def engine_of(place: str | os.PathLike[str], wait: float, *, create: bool) -> Engine:
    """The engine of the record at `place`, brought to the form of this program; made when it is missing and `create`.

    Raises NoRecord, NotARecord, NewerRecord or BusyRecord, and RecordError for whatever else the database says.
    """
    given = str(place)
    kind = kind_of(given)
    kind.look(given, create=create)
    engine = kind.engine(given, wait)
    try:
        with told(given, wait):
            _prepare(kind, engine, shown(given), create=create)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write: it waits for its turn, and is kept whole or not at all."""
    with engine.connect().execution_options(musnad_writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def told(place: str | os.PathLike[str], wait: float) -> Iterator[None]:
    """Errors of the database as errors of ours, which say what to do."""
    try:
        yield
    except (DBAPIError, ConnectionError) as error:
        given = str(place)
        if isinstance(error, ConnectionError) and not is_address(given):
            raise  # a file has no connection: whoever reads our output has gone
        raise kind_of(given).explained(error, shown(given), wait) from error


def _prepare(kind: Database, engine: Engine, where: str, *, create: bool) -> None:
    with engine.connect() as connection, connection.begin():
        ready = _is_ready(kind, connection, where, create=create)
    if ready:
        return
    kind.begin_making(engine)
    with writing(engine) as connection:
        kind.alone(connection)
        if _is_ready(kind, connection, where, create=create):  # another process was here first
            return
        if _revision(connection) != HEAD:
            upgrade(connection)
            kind.claim(connection)
        if not index.is_current(connection):
            index.rebuild(connection)
        if not meanings.is_current(connection):
            meanings.rebuild(connection)


def _is_ready(kind: Database, connection: Connection, where: str, *, create: bool) -> bool:
    if not kind.is_ours(connection):
        if inspect(connection).get_table_names():
            what, other = "this database is no record", "name a record, or one that is not there yet"
            raise NotARecord(what, where=where, advice=other)
        if not create:
            advice = "`musnad add PAGE…` makes one; --record or MUSNAD_RECORD names another"
            raise NoRecord("it is empty: no record was made in it", where=where, advice=advice)
        return False
    revision = _revision(connection)
    known = {file.name[1:5] for file in files("musnad.record.migrations").joinpath("versions").iterdir()}
    if revision not in known:
        what = f"a newer version of musnad made this record (form {revision}; this one knows {HEAD})"
        raise NewerRecord(what, where=where, advice=_NEWER)
    return revision == HEAD and index.is_current(connection) and meanings.is_current(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(select(text("version_num")).select_from(text("alembic_version"))).scalar()


def upgrade(connection: Connection) -> None:
    """Run the migrations that this database lacks, within the transaction that `connection` is in."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(files("musnad.record.migrations")).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)

    def steps(revision: Any, _: object) -> Any:
        return script._upgrade_revs("head", revision)

    with EnvironmentContext(config, script, fn=steps) as environment:
        environment.configure(connection=connection, target_metadata=metadata)
        environment.run_migrations()
