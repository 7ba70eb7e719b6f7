"""A record for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.record import Record
from tests.record.texts import fresh


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """An empty record, closed at the end."""
    with fresh(tmp_path) as made:
        yield made
