"""The database behind a record: opened, checked, brought to the form of this program; its errors told as ours."""

from __future__ import annotations

import json
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.exc import DBAPIError

from musnad.errors import BusyRecord, NewerRecord, NoRecord, NotARecord, RecordError
from musnad.record import index, meanings
from musnad.record.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "0002"
"""The revision that this program reads and writes: the last of `migrations/versions`."""

_APPLICATION = 0x6D736E64  # "msnd" in the header of the file
_MAGIC = b"SQLite format 3\x00"
_NEWER = "update musnad, or give another --record"


def engine_of(path: Path, wait: float, *, create: bool) -> Engine:
    """The engine of the record at `path`, brought to the form of this program; made when it is missing and `create`.

    Raises NoRecord, NotARecord, NewerRecord or BusyRecord, and RecordError for whatever else the database says.
    """
    _look(path, create=create)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": wait}, json_serializer=_json)
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    with told(path, wait):
        _prepare(engine, path, create=create)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write: it waits for its turn at the beginning, and is kept whole or not at all."""
    with engine.connect().execution_options(musnad_writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def told(path: Path, wait: float) -> Iterator[None]:
    """Errors of the database as errors of ours, which say what to do."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig)
        if "locked" in said or "busy" in said:
            what = f"another process is writing to this record, and has not ended in {wait:g} s"
            advice = "try again when it is done, or set MUSNAD_RECORD_WAIT to more seconds"
            raise BusyRecord(what, where=str(path), advice=advice) from error
        if "not a database" in said or "malformed" in said:
            advice = "`musnad verify` tells how far; restore a copy, pages can be added again"
            raise RecordError(f"the file is damaged: {said}", where=str(path), advice=advice) from error
        if "full" in said:
            raise RecordError(
                "the disk is full", where=str(path), advice="make room; nothing is half written"
            ) from error
        advice = "check that the file and its folder can be read and written"
        raise RecordError(f"the database says: {said}", where=str(path), advice=advice) from error


def _look(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise NotARecord("is a folder", where=str(path), advice="name a file")
    try:
        if not path.exists():
            if not create:
                advice = "`musnad add PAGE…` makes it; --record or MUSNAD_RECORD names another"
                raise NoRecord("there is no record there", where=str(path), advice=advice)
            path.parent.mkdir(parents=True, exist_ok=True)
            return
        with path.open("rb") as stream:
            head = stream.read(len(_MAGIC))
    except OSError as error:
        advice = "check the name and who may read it"
        raise RecordError(f"cannot be opened: {error.strerror}", where=str(path), advice=advice) from error
    if head and head != _MAGIC:
        raise NotARecord(
            "this file is no record", where=str(path), advice="name a record, or a file that is not there yet"
        )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _settle(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("musnad_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare(engine: Engine, path: Path, *, create: bool) -> None:
    with engine.connect() as connection:
        ready = _is_ready(connection, path, create=create)
    if ready:
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
    with writing(engine) as connection:
        if _is_ready(connection, path, create=create):  # another process was here first
            return
        if _revision(connection) != HEAD:
            upgrade(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION}")
        if not index.is_current(connection):
            index.rebuild(connection)
        if not meanings.is_current(connection):
            meanings.rebuild(connection)


def _is_ready(connection: Connection, path: Path, *, create: bool) -> bool:
    ours = connection.exec_driver_sql("PRAGMA application_id").scalar() == _APPLICATION
    tables = inspect(connection).get_table_names()
    if not ours:
        if tables or not create:
            what = "this database is no record" if tables else "this file is empty: no record was made in it"
            raise NotARecord(what, where=str(path), advice="name a record, or a file that is not there yet")
        return False
    revision = _revision(connection)
    known = {file.name[1:5] for file in files("musnad.record.migrations").joinpath("versions").iterdir()}
    if revision not in known:
        what = f"a newer version of musnad made this record (form {revision}; this one knows {HEAD})"
        raise NewerRecord(what, where=str(path), advice=_NEWER)
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
