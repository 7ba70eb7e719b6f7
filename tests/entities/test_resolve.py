"""Who is meant by names on days: the table of cases beside this file, and what must hold for all names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.entities import Entity, key, registry, resolve
from training.entities import made

HERE = Path(__file__).parent
CASES = [tuple(line.split("\t")) for line in (HERE / "names.tsv").read_text(encoding="utf-8").splitlines()[2:]]


@pytest.mark.parametrize(("name", "on", "entity"), CASES)
def test_who_is_meant(name: str, on: str, entity: str) -> None:
    found = resolve(name, on=date.fromisoformat(on) if on else None)
    assert (found.id if isinstance(found, Entity) else "?" if found else "-") == entity


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 150
    assert sum(entity == "-" for *_, entity in CASES) >= 20


def test_the_file_is_what_the_command_makes() -> None:
    path = Path(__file__).resolve().parents[2] / "src/musnad/entities/registry.jsonl"
    assert path.read_text(encoding="utf-8") == made(), "make entities"


def test_terms_name_people_and_offices_that_are_there() -> None:
    known = registry()
    for office, terms in known.terms.items():
        assert known.get(office) is not None
        for term in terms:
            assert term.since <= term.last
            assert known.get(term.person) is not None


def test_kind() -> None:
    found = resolve("الرئيس الروسي", on=date(2022, 2, 28), kind="office")
    assert isinstance(found, Entity)
    assert found.id == "office:ru-president"
    assert resolve("رويترز", kind="person") is None


@given(st.text(max_size=60))
def test_any_words_are_answered(name: str) -> None:
    resolve(name, on=date(2022, 2, 28))
    assert ":" not in key(name)
