"""What was put right goes out with a data set, and in again."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.record import Only, Record
from musnad.sets.export import export
from musnad.sets.take import take
from tests.record.texts import SAID, fresh, put


@pytest.mark.parametrize(("form", "output"), [("jsonl", "set.jsonl"), ("jsonl", "folder"), ("parquet", "tables")])
def test_there_and_back(tmp_path: Path, form: str, output: str) -> None:
    path = str(tmp_path / output)
    with fresh(tmp_path) as record:
        put(record, SAID, hour=10)
        number = record.search("سيفتح غدا").statements[0].id
        told = record.correct(number, "speaker", ["ليلى الحسن", "person"], by="سالم", note="بحسب التسجيل")
        assert export(record, form, Only(), path)["corrections"] == 1
    with Record.open(tmp_path / "other.sqlite", create=True) as other:
        assert list(take(other, path)).count("decided") == 1
        assert other.corrections() == [told]
        assert other.who("ليلى الحسن")[0].attribution.speaker.name == "ليلى الحسن"
        assert "decided" not in list(take(other, path))
        assert other.verify().problems == ()
