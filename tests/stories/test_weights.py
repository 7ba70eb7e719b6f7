"""The weights of the signs of a copy, as they are learned."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from musnad.stories.copies import SIGNS
from training import copies as training

ROOT = Path(__file__).parents[2]
STREAM = ROOT.parent / "shared" / "stream" / "2015-07-25--27.docs.jsonl.gz"
MARKS = ROOT / "quality" / "stories"
_FIRST_DRAW = 89
"""Pairs for tuning of the first draw; they share some documents with those that are held."""


def test_what_is_learned_parts_what_can_be_parted() -> None:
    near, far = [1.0, *(0.9 for _ in SIGNS)], [1.0, *(0.1 for _ in SIGNS)]
    weights = training._fitted([(near, True)] * 6 + [(far, False)] * 6 + [([], False)])
    assert training._likely(weights, near) > 0.8
    assert training._likely(weights, far) < 0.2


def test_each_sign_has_a_weight_of_the_sense_that_it_is_told_in() -> None:
    lines = files("musnad.stories").joinpath("copies.tsv").read_text("utf-8").splitlines()[1:]
    held = {name: float(weight) for name, weight in (line.split("\t") for line in lines)}
    assert list(held) == ["bias", *SIGNS]
    assert {name for name in SIGNS if held[name] < 0} == {"subject", "home", "late"}


def test_nothing_of_held_is_learned_from() -> None:
    tuned, held = (json.loads((MARKS / f"copies-{part}.json").read_text("utf-8")) for part in ("tune", "held"))
    pairs = [{frozenset((mark["a"], mark["b"])) for mark in marks} for marks in (tuned, held)]
    assert not pairs[0] & pairs[1]
    added = tuned[_FIRST_DRAW:]
    assert not {mark[end] for mark in added for end in "ab"} & {mark[end] for mark in held for end in "ab"}


@pytest.mark.skipif(not STREAM.is_file(), reason="needs ../shared/stream")
def test_the_weights_are_those_of_the_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = tmp_path / "copies.tsv"
    training.main([str(STREAM), str(MARKS / "copies-tune.json"), "--output", str(made)])
    assert made.read_text("utf-8") == files("musnad.stories").joinpath("copies.tsv").read_text("utf-8")
    assert "weights learned from others" in capsys.readouterr().out
