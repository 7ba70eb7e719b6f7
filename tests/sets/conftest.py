"""A record for each test that asks for one, in each kind of database."""

from tests.record.conftest import address, file_record, place, record, server

__all__ = ["address", "file_record", "place", "record", "server"]
