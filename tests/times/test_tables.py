"""The tables of cases: a person who reads Arabic can add a line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from musnad.model import Moment
from musnad.times import find_moments, read_moment

REFERENCE = Moment("2022.02.28 | 21:02", datetime(2022, 2, 28, 21, 2), "minute", zone="Asia/Damascus")
HERE = Path(__file__).parent


def _cases(name: str) -> list[object]:
    lines = [
        line
        for line in (HERE / name).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    header = lines[0].split("\t")
    cases: list[object] = []
    for line in lines[1:]:
        row = dict(zip(header, line.split("\t"), strict=True))
        known = row["state"] != "ok"
        marks = [pytest.mark.xfail(strict=True, reason="a known failure")] if known else []
        cases.append(pytest.param(row, id=line[:50].replace("\t", " "), marks=marks))
    return cases


@pytest.mark.parametrize("row", _cases("printed.tsv"))
def test_printed(row: dict[str, str]) -> None:
    moment = read_moment(row["words"], reference=REFERENCE if row["reference"] else None)
    assert (moment.iso if moment else "") == row["iso"]
    if row["zone"]:
        assert moment is not None
        assert moment.zone == row["zone"]
    if moment is not None:
        assert moment.span is not None
        assert moment.span.of(row["words"]) == moment.text


@pytest.mark.parametrize("row", _cases("running.tsv"))
def test_running(row: dict[str, str]) -> None:
    found = find_moments(row["text"], reference=REFERENCE)
    told = [
        " ".join(filter(None, (f"{m.text} = {m.iso}", m.part, m.bound if m.bound != "at" else None))) for m in found
    ]
    assert " ; ".join(told) == row["times"]
