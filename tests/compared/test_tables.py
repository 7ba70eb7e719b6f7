"""The tables behind the comparison: every line has an example with its words in it, and both languages have the labels."""

from __future__ import annotations

import pytest

from musnad.lang import language, table
from musnad.record.words import plain
from musnad.stories.phrases import Phrases

TABLES = {
    "sides": "words",
    "officials": "word",
    "events": "words",
    "points": "words",
    "synonyms": "words",
    "negations": "words",
    "conditions": "words",
    "subsets": "word",
    "localities": "word",
}


@pytest.mark.parametrize("name", TABLES)
def test_examples_hold_their_words(name: str) -> None:
    rows = table("ar", name)
    assert rows
    for row in rows:
        words = row[TABLES[name]].split("|")
        held = {
            spelled
            for word in words
            for before in ("", "و")
            for spelled in Phrases([(before + word, 1)]).within(row["example"])
        }
        assert held, f"{name}: {row['example']}"


@pytest.mark.parametrize("name", ["officials", "subsets", "localities", "negations", "events"])
def test_a_word_stands_in_one_line(name: str) -> None:
    words = [row[TABLES[name]] for row in table("ar", name)]
    assert len(words) == len(set(words))


def test_synonyms_are_in_one_line_each() -> None:
    fold = language("ar").fold
    words = [plain(fold(word).words) for row in table("ar", "synonyms") for word in row["words"].split("|")]
    assert len(words) == len(set(words))


def test_labels_in_both_languages() -> None:
    arabic, english = ({row["name"] for row in table(code, "compared")} for code in ("ar", "en"))
    assert arabic == english
    named = {row["condition"] for row in table("ar", "conditions")} | {row["kind"] for row in table("ar", "events")}
    assert named <= arabic
