"""A record for each test that asks for one."""

from tests.record.conftest import record

__all__ = ["record"]
