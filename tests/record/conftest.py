"""A record for each test that asks for one: in a file, and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.record import Record
from tests.record import servers


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    """The socket of the one PostgreSQL server of all tests."""
    with servers.server() as socket:
        yield socket


@pytest.fixture
def address(server: Path) -> str:
    """The address of an empty PostgreSQL database."""
    return servers.database(server)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a record can be made, in each kind of database."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("address"))
    return str(tmp_path / "record.sqlite")


@pytest.fixture
def record(place: str) -> Iterator[Record]:
    """An empty record in each kind of database, closed at the end."""
    with Record.open(place, create=True, wait=5) as made:
        yield made


@pytest.fixture
def file_record(tmp_path: Path) -> Iterator[Record]:
    """An empty record in a file, for what is SQLite's alone."""
    with Record.open(tmp_path / "record.sqlite", create=True, wait=5) as made:
        yield made
