"""Documents a line: nothing lost, what is broken told with its number."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from musnad.errors import BadRecord, InputError
from musnad.publish import marks_value
from musnad.run import marked, read_documents

LINES = [
    json.dumps({"id": "1", "text": "عنوان\nقالت الطبيبة سلمى حداد إن المريض بخير."}, ensure_ascii=False),
    "{broken",
    "",
    '{"id": "2"}',
    "[1, 2]",
    '{"id": 3, "text": "x"}',
    json.dumps({"id": "4", "text": "half \ud800 a pair"}),
    json.dumps({"id": "5", "text": ""}),
]


def write(path: Path, lines: list[str]) -> str:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "wt", encoding="utf-8") as stream:
        stream.write("\n".join(lines))
    return str(path)


@pytest.mark.parametrize("name", ["a.docs.jsonl", "a.docs.jsonl.gz"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_broken_is_told_and_the_rest_done(tmp_path: Path, name: str, jobs: int) -> None:
    path = write(tmp_path / name, LINES)
    outcomes = list(marked(path, marks_value, jobs=jobs))
    told = [str(outcome) for outcome in outcomes if isinstance(outcome, BadRecord)]
    done = [json.loads(outcome) for outcome in outcomes if isinstance(outcome, str)]
    assert [line.split(": ")[0].rsplit(":", 1)[1] for line in told] == ["2", "4", "5", "6"]
    assert [document["id"] for document in done] == ["1", "4", "5"]
    assert done[0]["attributions"]


def test_bytes_that_are_no_utf8_are_one_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "1", "text": "\xff\xfe"}\n' + LINES[0].encode())
    kinds = [type(outcome).__name__ for outcome in read_documents(str(path))]
    assert kinds == ["BadRecord", "dict"]


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(InputError, match="no-such"):
        list(read_documents("no-such.jsonl"))


def test_a_torn_gzip_file_gives_what_it_holds(tmp_path: Path) -> None:
    path = Path(write(tmp_path / "a.jsonl.gz", LINES[:1] * 5000))
    path.write_bytes(path.read_bytes()[:-20])
    documents = read_documents(str(path))
    assert next(documents)
    with pytest.raises(InputError, match="cannot be read on"):
        list(documents)
