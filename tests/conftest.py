"""What tests share: where the measuring data is, when it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring data beside the checkout; the test is skipped where it is absent and in CI."""
    if os.environ.get("CI"):
        pytest.skip("measuring data is not used in CI")
    if not SHARED.is_dir():
        pytest.skip(f"needs the measuring data in {SHARED}, which is not here")
    return SHARED
