"""The tables of words, and what the lexicon makes of them, as data."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from musnad.lang import Word, language, table
from musnad.lang.ar import inflection
from musnad.model.attribution import Act

ARABIC = language("ar")
CLITICS = ("", "و", "ف", "ب", "ل", "ك")


def folded(words: str) -> str:
    return ARABIC.fold(words).words


def rows(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def look(word: str) -> Word:
    return ARABIC.word(folded(word))


@pytest.mark.parametrize("row", table("ar", "cues"), ids=lambda row: row["past"])
def test_every_verb_has_an_example_that_reports(row: dict[str, str]) -> None:
    words = [look(word) for word in row["example"].split()]
    assert 3 <= len(words) <= 12
    assert row["past"] in {word.cue.lemma for word in words if word.cue is not None}
    assert row["act"] in get_args(Act)


@pytest.mark.parametrize("row", table("ar", "words"), ids=lambda row: row["word"])
def test_every_word_has_an_example_that_contains_it(row: dict[str, str]) -> None:
    words = folded(row["example"]).split()
    assert len(words) >= 3
    assert {clitic + folded(row["word"]) for clitic in CLITICS} & set(words)
    assert look(row["word"]).kind == row["class"]


@pytest.mark.parametrize("row", table("ar", "lookalikes"), ids=lambda row: row["word"])
def test_a_lookalike_reports_nothing(row: dict[str, str]) -> None:
    words = folded(row["example"]).split()
    assert len(words) >= 3
    assert folded(row["word"]) in words
    assert look(row["word"]).cue is None


@pytest.mark.parametrize(("name", "column"), [("cues", "past"), ("words", "word"), ("lookalikes", "word")])
def test_no_word_twice(name: str, column: str) -> None:
    counts = Counter(folded(row[column]) for row in table("ar", name))
    assert [word for word, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("row", rows("inflection"), ids=lambda row: f"{row[0]} {row[1]}")
def test_inflection(row: list[str]) -> None:
    kind, given, wanted, unwanted = row
    found = {(person, form) for form, person in getattr(inflection, kind)(given)}
    assert {tuple(pair.split("=")) for pair in wanted.split()} <= found
    assert not {form for _, form in found} & set(unwanted.split())


@pytest.mark.parametrize("row", rows("lookups"), ids=lambda row: row[0])
def test_reporting_forms(row: list[str]) -> None:
    word = look(row[0])
    found = (word.cue.lemma, word.cue.shape, word.attached or "-", word.joined or "-") if word.cue else ("-",) * 4
    assert list(found) == row[1:]


@pytest.mark.parametrize("row", rows("classes"), ids=lambda row: row[0])
def test_classes(row: list[str]) -> None:
    assert (look(row[0]).kind or "-") == row[1]
