"""Which kind of database a record is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.record.address import is_address
from musnad.record.sqlite import Sqlite

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from musnad.record.contract import Database


def kind_of(place: str | Connection) -> Database:
    """The kind of database of a place, or the one that a connection goes to."""
    server = is_address(place) if isinstance(place, str) else place.dialect.name == "postgresql"
    if not server:
        return Sqlite()
    from musnad.record.postgresql import PostgreSQL  # whoever needs it loads it

    return PostgreSQL()
