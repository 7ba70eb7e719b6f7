"""Figures as data: a sentence in, the numbers and their values out."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.find.figures import find_figures
from musnad.model import Block, Figure, Span

_ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("cases.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
][1:]


def _shown(text: str, figure: Figure) -> str:
    value = figure.value
    said = f"{value:g}" if isinstance(value, float) else str(value)
    if value is None:
        said = f"{figure.low}..{'' if figure.high is None else figure.high}"
    return f"{figure.number.of(text)}={said}"


def figures_of(text: str) -> tuple[Figure, ...]:
    return find_figures(text, (Block("paragraph", Span(0, len(text))),))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            sentence,
            expected,
            marks=[pytest.mark.xfail(strict=True)] if kind == "known failure" else [],
            id=f"{kind}: {sentence}",
        )
        for kind, sentence, expected in _ROWS
    ],
)
def test_figures(sentence: str, expected: str) -> None:
    found = ";".join(_shown(sentence, f) for f in figures_of(sentence))
    assert (found or "-") == expected
