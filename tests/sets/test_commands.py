"""What `musnad export` and `musnad import` say: of what cannot be, and of what became of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from musnad.cli import main
from musnad.record import Record
from tests.record.texts import ADDED, OTHER, SAID, put


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The record of this user, with two pages."""
    where = tmp_path / "record.sqlite"
    monkeypatch.setenv("MUSNAD_RECORD", str(where))
    with Record.open(where, create=True) as record:
        put(record, SAID, OTHER, hour=9)
        put(record, ADDED, hour=10, address="https://mina.example/1")
    return where


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "xml"], "--format"),
        (["--format", "csv"], "csv is several files: (name a folder: --output DIR)"),
        (["--output", "{record}"], "is the record"),
        (["--format", "csv", "--output", "{full}"], "is there already"),
        (["--since", "someday"], "--since"),
    ],
)
def test_an_export_that_cannot_be(
    arguments: list[str], told: str, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    names = {"record": str(path), "full": str(tmp_path / "full")}
    assert main(["export", *(argument.format_map(names) for argument in arguments)]) == 2
    assert told.replace(": (", " (") in capsys.readouterr().err.replace(": (", " (")
    assert [one.name for one in (tmp_path / "full").iterdir()] == ["mine.txt"]
    assert not list(tmp_path.glob(".*.part-*"))


def test_without_pyarrow_parquet_says_what_to_do(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert main(["export", "--format", "parquet", "--output", str(tmp_path / "set")]) == 2
    assert "pip install 'musnad[parquet]'" in capsys.readouterr().err
    assert not (tmp_path / "set").exists()


def test_an_import_says_what_became_of_it(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["entities", "rename", "هدى منصور", "هدى"]) == 0
    assert main(["export", "--output", str(tmp_path / "set")]) == 0
    assert "2 versions, 2 articles" in capsys.readouterr().err
    other = str(tmp_path / "other.sqlite")
    assert main(["import", str(tmp_path / "set"), "--record", other]) == 0
    assert capsys.readouterr().out.startswith("2 versions added, decisions taken: 1, 0 known; the record is")
    assert main(["import", str(tmp_path / "set"), "--record", other, "--format", "jsonl"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"added": 0, "decided": 0, "known": 3, "faults": 0, "record": other}


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["nothing.jsonl"], "nothing.jsonl"),
        (["empty"], "there is no data set that can be imported"),
        (["sheets"], "CSV leaves out what a record needs"),
    ],
)
def test_an_import_of_what_is_none(
    names: list[str], told: str, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["export", "--format", "csv", "--output", str(tmp_path / "sheets")]) == 0
    assert main(["import", *(str(tmp_path / name) for name in names), "--record", str(tmp_path / "o.sqlite")]) == 1
    captured = capsys.readouterr()
    assert told in captured.err
    assert "0 versions added" in captured.out


def test_a_set_that_was_cut_gives_what_is_whole(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--output", str(tmp_path / "whole.jsonl")]) == 0
    whole = (tmp_path / "whole.jsonl").read_bytes()
    (tmp_path / "cut.jsonl").write_bytes(whole[:-500])
    assert main(["import", str(tmp_path / "cut.jsonl"), "--record", str(tmp_path / "o.sqlite")]) == 1
    captured = capsys.readouterr()
    assert "cut.jsonl:2: no JSON" in captured.err
    assert captured.out.startswith("1 versions added")


def test_whoever_reads_no_further_ends_it_quietly(path: Path) -> None:
    with Record.open(path) as record:
        put(record, *(f"{OTHER} {number}." for number in range(5_000)), hour=11)
    command = [sys.executable, "-m", "musnad", "export", "--record", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as export:
        assert export.stdout is not None
        assert export.stderr is not None
        export.stdout.read(10)
        export.stdout.close()
        told = export.stderr.read().decode()
        assert (export.wait(timeout=60), "database" in told) == (141, False), told
