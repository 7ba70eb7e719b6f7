"""The questions of docs/archives.md, asked of a data set that is made of the examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from musnad.batch import Crew, Job, begin, finish, missing
from musnad.settings import Settings

duckdb = pytest.importorskip("duckdb")
ROOT = Path(__file__).parents[2]
RECIPES = re.findall(r"```sql\n-- (\d+) ([^\n]+)\n(.*?)```", (ROOT / "docs/archives.md").read_text("utf-8"), re.S)
EMPTY = {"8"}  # no two of the examples print one quotation to the letter
HOLDS = {
    "1": "الكرملين",
    "2": "رويترز",
    "4": "الرئاسة الأوكرانية",
    "5": "مرصد الأرقام",
    "6": "تجار",
    "7": "confirm",
    "10": "رويترز",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("archive") / "set"
    job = Job(str(output), settings=Settings())
    plan, unread = begin([str(ROOT / "examples")], job)
    assert unread == []
    assert list(Crew(job, 1).run(missing(plan)))
    assert finish(plan).missing == 0
    return output


def test_there_are_ten() -> None:
    assert [number for number, _, _ in RECIPES] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize(("number", "question", "query"), RECIPES, ids=[number for number, _, _ in RECIPES])
def test_a_question_is_answered(made: Path, number: str, question: str, query: str) -> None:
    asked = re.sub(r"read_parquet\('", f"read_parquet('{made}/", query)
    rows = duckdb.connect().execute(asked).fetchall()
    assert bool(rows) != (number in EMPTY), question
    assert HOLDS.get(number, "") in str(rows), question
