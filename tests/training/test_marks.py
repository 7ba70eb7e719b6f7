"""The marks in the repository: what a program can check of them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.data import records

TRAINING = Path(__file__).resolve().parents[2] / "training"
TRAINED = sorted(TRAINING.glob("marks/*.gold.jsonl"))
HELD_OUT = sorted(TRAINING.glob("held-out/*.jsonl"))
Span = tuple[int, int]


@cache
def texts(shared: Path) -> dict[str, str]:
    files = ("corpus/ant.docs.jsonl.gz", "stream/2015-07-25--27.docs.jsonl.gz")
    return {row["id"]: row["text"] for name in files for row in records(shared / name)}


def places(attribution: dict[str, Any]) -> list[list[int]]:
    single = (attribution[key] for key in ("source", "addressee", "medium"))
    return [*attribution["cue"], *attribution["content"], *filter(None, single)]


def whole(attribution: dict[str, Any]) -> tuple[int, int]:
    return attribution["content"][0][0], attribution["content"][-1][1]


def crossing(one: Span, other: Span) -> bool:
    first, second = sorted([one, other])
    return first[0] < second[0] < first[1] < second[1]


def ids(paths: list[Path]) -> list[str]:
    return [row["id"] for path in paths for row in records(path)]


@pytest.mark.parametrize("path", [*TRAINED, *(p for p in HELD_OUT if ".gold" in p.name)], ids=lambda p: p.name)
def test_marks_are_well_formed(path: Path) -> None:
    for row in records(path):
        marks = row["attributions"]
        assert set(row) == {"id", "attributions"}
        for index, mark in enumerate(marks):
            assert mark["cue"]
            assert mark["content"]
            assert all(0 <= start < end for start, end in places(mark))
            assert 0 < len(mark["speaker"].split()) <= 11
            assert mark["within"] is None or mark["within"] in set(range(len(marks))) - {index}
            assert not any(crossing(whole(mark), whole(other)) for other in marks[:index])


@pytest.mark.parametrize("path", [*TRAINED, *HELD_OUT], ids=lambda p: p.name)
def test_marks_stand_on_words(path: Path, shared: Path) -> None:
    for row in records(path):
        words = texts(shared)[row["id"]]
        figures = [figure["number"] for figure in row.get("figures", ())]
        for start, end in figures + [place for mark in row.get("attributions", ()) for place in places(mark)]:
            assert words[start:end].strip() == words[start:end] != "", (row["id"], start, end)


def test_no_document_twice() -> None:
    assert [key for key, times in Counter(ids(TRAINED)).items() if times > 1] == []
    assert [key for key, times in Counter(ids(HELD_OUT)).items() if times > 1] == []


def test_nothing_measured_is_trained_on(shared: Path) -> None:
    trained = set(ids([*TRAINED, shared / "gold" / "train.docs.jsonl"]))
    measured = ids([shared / "gold" / "dev.docs.jsonl", shared / "gold" / "live.docs.jsonl"])
    measured += ids([path for path in HELD_OUT if ".gold" in path.name])
    assert trained.isdisjoint(measured)
