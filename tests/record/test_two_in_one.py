"""Two records open in one process, while another process adds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from musnad.record import Record


def test_one_that_was_opened_first_still_sees_what_others_add(tmp_path: Path) -> None:
    place = tmp_path / "r.sqlite"

    def add(number: int) -> None:
        page = tmp_path / f"{number}.html"
        page.write_text(
            f"<html lang=ar><article><h1>خبر {number}</h1><p>قال الوزير إن الجسر {number} يفتح.</p></article>"
        )
        command = [sys.executable, "-m", "musnad", "add", str(page), "--record", str(place)]
        subprocess.run(command, check=True, capture_output=True, timeout=60)

    add(1)
    with Record.open(place) as first:
        assert len(list(first.addresses())) == 1
        Record.open(place).close()
        for number in (2, 3):
            add(number)
            assert len(list(first.addresses())) == number
        with Record.open(place) as second:
            add(4)
            assert len(list(first.addresses())) == len(list(second.addresses())) == 4
