"""What tests share: where the measuring data is, when it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring data beside the checkout; where it is absent the test is skipped, but never in CI."""
    if not SHARED.is_dir():
        message = f"needs the measuring data in {SHARED}, which is not here"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return SHARED
