"""The floor of quality on the marked documents: it can be raised, not lowered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.data import records
from musnad.find.figures import find_figures
from musnad.model import Figure, Span
from tests.find.figures.texts import paragraphs

_FLOOR = 0.97


def _read(path: Path) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in records(path)}


def _right(found: Figure, wanted: dict[str, Any]) -> bool:
    start, end = wanted["number"]
    if not found.span.overlaps(Span(start, end)):
        return False
    if wanted["value"] is not None:
        return bool(found.value == wanted["value"])
    return (found.low, found.high) == (wanted["low"], wanted["high"])


def test_found_and_right_on_dev(shared: Path) -> None:
    docs, marked = _read(shared / "gold" / "dev.docs.jsonl"), _read(shared / "gold" / "dev.figures.jsonl")
    right = wanted = given = 0
    for key, row in marked.items():
        text = docs[key]["text"]
        found = find_figures(text, paragraphs(text))
        given += len(found)
        wanted += len(row["figures"])
        right += sum(any(_right(f, want) for f in found) for want in row["figures"])
    assert 2 * right / (wanted + given) >= _FLOOR
