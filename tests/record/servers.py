"""A PostgreSQL server for the tests: started once, without root, and stopped at the end; a database for each test."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest


@contextmanager
def server() -> Iterator[Path]:
    """The folder of a server's socket. Without pgserver the test is skipped, but never in CI."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where this user has no folder for what runs
            pgserver: Any = import_module("pgserver")
    except ImportError:
        if os.environ.get("CI"):
            pytest.fail("pgserver is not installed, and CI has to test PostgreSQL")
        pytest.skip("needs pgserver, which is not installed: the record on PostgreSQL is not tested")
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        running = pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield Path(str(running.get_postmaster_info().socket_dir))
        finally:
            running.cleanup()


def database(socket: Path, *, encoding: str = "UTF8") -> str:
    """The address of a new database."""
    name = f"t{uuid4().hex}"
    run(
        f"postgresql://postgres@/postgres?host={socket}",
        f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'",
    )
    return f"postgresql://postgres@/{name}?host={socket}"


def run(address: str, *commands: str) -> list[Any]:
    """Give commands to the database behind the record's back; what the last one answers."""
    dbapi: Any = import_module("pg8000.dbapi")

    from musnad.record.address import connect_arguments, read_address

    url = read_address(address)
    given = {"user": url.username, "database": url.database, **connect_arguments(url)}
    rows: list[Any] = []
    with closing(dbapi.connect(**given)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        for command in commands:
            cursor.execute(command)
            rows = list(cursor.fetchall()) if cursor.description else []
    return rows
