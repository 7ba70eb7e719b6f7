"""What somebody may send for a data set: each is told with its line, the rest is taken, and nothing is believed."""

from __future__ import annotations

import base64
import json
import sys
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from musnad.errors import InputError
from musnad.record import Only, Record
from musnad.sets import export, take
from tests.record.texts import ADDED, DENIED, OTHER, SAID, fresh, put

Line = dict[str, Any]


def packed(body: bytes, **more: Any) -> Line:
    """A page whose digest is right."""
    told = {
        "digest": sha256(body).hexdigest(),
        "size": len(body),
        "body": base64.b64encode(zlib.compress(body)).decode(),
    }
    return told | more


def put_in(*path: str | int, value: Any) -> Callable[[Line], Any]:
    """Set one value deep in a line."""

    def change(line: Line) -> None:
        held: Any = line
        for step in path[:-1]:
            held = held[step]
        held[path[-1]] = value

    return change


FOUND = ("article", "read", "attributions", 0)
BROKEN: tuple[tuple[Callable[[Line], Any], str], ...] = (
    (put_in("kind", value="feed"), "no line of a data set"),
    (put_in("address", value=5), "address: '5' is no str"),
    (put_in("address", value=""), "address is empty"),
    (put_in("address", value="https://madar.example/\ud800"), "surrogates not allowed"),
    (put_in("fetched", value="yes"), "fetched"),
    (put_in("seen_at", value="2022-02-28T09:00:00"), "no moment with its zone"),
    (put_in("seen_at", value="0001-01-01T00:00:00+14:00"), "no moment with its zone"),
    (put_in("seen_at", value="9999-01-01T00:00:00Z"), "in the future"),
    (put_in("article", "first_seen_at", value="2025-01-01T00:00:00Z"), "first seen after it"),
    (put_in("page", value=None), "page: there is no such object"),
    (put_in("page", "body", value="%%%"), "base64"),
    (put_in("page", "body", value=base64.b64encode(b"no zlib").decode()), "cannot be unpacked"),
    (put_in("page", "size", value=3), "more or fewer bytes"),
    (put_in("page", "size", value=10**15), "there are pages of up to"),
    (put_in("page", "digest", value="0" * 64), "another digest"),
    (put_in("page", value=packed(bytes(10_000_000), size=5)), "more or fewer bytes"),
    (put_in("article", "digest", value="0" * 64), "another digest"),
    (put_in("article", "read", "text", "words", value="غيره"), "lies outside"),
    (put_in("article", "read", "headline", value="عنوان"), "article.headline: 'عنوان' is no object"),
    (put_in("article", "read", "secret", value=1), "there is no field 'secret'"),
    (put_in("article", "read", "published", value={"text": "", "wall": "x", "precision": "day"}), "no moment in ISO 8601"),
    (
        put_in(
            "article", "read", "published",
            value={"text": "", "wall": "2022-02-28T00:00:00", "precision": "minute", "zone": "../../etc/passwd"},
        ),
        "ZoneInfo keys",
    ),
    (put_in(*FOUND, "content", value=[[0, 10**9]]), "is not within its text"),
    (put_in(*FOUND, "content", value=[[5, 2]]), "no such span"),
    (put_in(*FOUND, "content", value=[["0", "1"]]), "no pair of offsets"),
    (put_in(*FOUND, "within", value=0), "stands within itself"),
    (put_in(*FOUND, "within", value=99), "stands within 99"),
    (put_in(*FOUND, "act", value="lie"), "is none of say"),
    (put_in(*FOUND, "act", value=["say"]), "is none of say"),
    (put_in(*FOUND, "score", value=float("nan")), "is no number"),
    (put_in(*FOUND, "score", value=7), "not between 0 and 1"),
    (put_in(*FOUND, "rule", value="\ud800"), "half of a character"),
    (put_in("article", "read", "figures", 0, "claimant", value=40), "claimed by 40"),
    (put_in("article", "read", "figures", 0, "value", value="380"), "is no float"),
    (put_in("article", "read", "figures", 0, "value", value=381), "another digest"),
)  # fmt: skip


@pytest.fixture
def lines(record: Record, tmp_path: Path) -> list[str]:
    """A set of three versions."""
    for number, words in enumerate((SAID, DENIED, ADDED)):
        put(record, words, OTHER, hour=9 + number)
    export(record, "jsonl", Only(), str(tmp_path / "set.jsonl"))
    return (tmp_path / "set.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def other(tmp_path: Path) -> Record:
    (tmp_path / "other").mkdir()
    return fresh(tmp_path / "other")


def taken(other: Record, folder: Path, lines: list[str]) -> list[Any]:
    path = folder / "given.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return list(take(other, str(path)))


@pytest.mark.parametrize(("change", "says"), BROKEN)
def test_a_broken_line_is_told_and_the_rest_taken(
    change: Callable[[Line], Any], says: str, lines: list[str], other: Record, tmp_path: Path
) -> None:
    line = json.loads(lines[0])
    change(line)
    fates = taken(other, tmp_path, [json.dumps(line), *lines[1:]])
    assert isinstance(fates[0], InputError)
    assert "given.jsonl:1: " in str(fates[0])
    assert says in str(fates[0])
    assert fates[1:] == ["added", "added"]
    assert other.verify().problems == ()


@pytest.mark.parametrize("line", ["{", "5", "null", "[" * 100_000, '{"form": 1}', '{"form": true}', '"\\ud800"'])
def test_a_line_that_is_none(line: str, lines: list[str], other: Record, tmp_path: Path) -> None:
    fates = taken(other, tmp_path, [lines[0], line, "", *lines[1:]])
    assert [fate for fate in fates if not isinstance(fate, InputError)] == ["added"] * 3
    [bad] = [fate for fate in fates if isinstance(fate, InputError)]
    assert "given.jsonl:2: " in str(bad)


def test_a_line_too_long_is_passed_over(
    lines: list[str], other: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["musnad.sets.take"], "LONGEST_LINE", 100_000)
    fates = taken(other, tmp_path, [lines[0], "x" * 350_000, *lines[1:]])
    assert "given.jsonl:2: a line of more than" in str(fates[1])
    assert [fates[0], *fates[2:]] == ["added"] * 3


def test_a_newer_form_is_refused(lines: list[str], other: Record, tmp_path: Path) -> None:
    newer = json.dumps(json.loads(lines[0]) | {"form": 2})
    with pytest.raises(InputError, match=r"given.jsonl:1: a newer musnad wrote it \(form 2; this one knows 1\)"):
        taken(other, tmp_path, [newer])


def test_an_article_that_is_not_there_is_told(record: Record, other: Record, tmp_path: Path) -> None:
    """Of a folder a table was lost, or is of another set; no file outside the folder is opened."""
    put(record, SAID, DENIED, hour=9)
    export(record, "parquet", Only(), str(tmp_path / "set"))
    put(record, ADDED, hour=10)
    export(record, "parquet", Only(), str(tmp_path / "later"))
    (tmp_path / "set" / "places.parquet").write_bytes((tmp_path / "later" / "names.parquet").read_bytes())
    with pytest.raises(InputError, match="there is no column"):
        list(take(other, str(tmp_path / "set")))
    (tmp_path / "set" / "places.parquet").write_bytes(b"PAR1 nothing")
    (tmp_path / "set" / "SHA256SUMS").write_text(f"{'0' * 64}  ../../../etc/passwd\n", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        list(take(other, str(tmp_path / "set")))
    (tmp_path / "set" / "places.parquet").unlink()
    with pytest.raises(InputError, match="cannot be read"):
        list(take(other, str(tmp_path / "set")))
    assert other.verify().versions == 0


def test_a_changed_file_is_told(record: Record, other: Record, tmp_path: Path) -> None:
    put(record, SAID, DENIED, hour=9)
    export(record, "jsonl", Only(), str(tmp_path / "set"))
    with (tmp_path / "set" / "versions.jsonl").open("a", encoding="utf-8") as stream:
        stream.write("{}\n")
    told = [str(fate) for fate in take(other, str(tmp_path / "set"))]
    assert "another digest than when it was exported" in told[0]
    assert told[1] == "added"
    assert "versions.jsonl:2: no line of a data set" in told[2]


DECIDED: dict[str, Any] = {
    "form": 1, "kind": "decision", "what": "alias", "entity": "person:a", "by": "desk", "why": "", "name": "هدى",
    "made_at": "2022-03-01T00:00:00Z", "into": None, "of_kind": None, "since": None, "until": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"what": "forget"}, "what: 'forget' is no decision"),
        ({"name": None}, "name: a decision to alias needs it"),
        ({"name": "؟!"}, "name: there is no word in it"),
        ({"what": "merge"}, "into: a decision to merge needs it"),
        ({"what": "add", "of_kind": "ship"}, "of_kind: 'ship' is no kind of entity"),
        ({"by": 5}, "by: '5' is no str"),
        ({"why": "ل" * 20_000}, "why: it has 20,000 characters"),
        ({"made_at": "2022-03-01"}, "no moment with its zone"),
        ({"made_at": "9999-01-01T00:00:00Z"}, "in the future"),
        ({"since": "once"}, "since: 'once' is no moment"),
    ],
)
def test_decisions_that_are_none(change: Line, told: str, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in (DECIDED | change, DECIDED)), encoding="utf-8")
    with fresh(tmp_path) as record:
        bad, good = take(record, str(path))
        assert told in str(bad)
        assert good == "decided"
        assert len(record.decisions()) == 1
