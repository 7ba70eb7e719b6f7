"""The commands over a story as a person meets them: by number and by address, text in two widths, JSON with places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from musnad.cli import main
from tests.compared.told import EXAMPLES

CALLS = ("call-kremlin.html", "call-elysee.html", "call-both.html")


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of its own for every test."""
    where = tmp_path / "record.sqlite"
    monkeypatch.setenv("MUSNAD_RECORD", str(where))
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return where


def add(*names: str) -> list[str]:
    """Add sample pages; their addresses."""
    files = [EXAMPLES / name for name in names]
    assert main(["add", *map(str, files), "--format", "jsonl"]) == 0
    return [file.as_uri() for file in files]


def addresses(capsys: pytest.CaptureFixture[str], *names: str) -> list[str]:
    """The addresses under which sample pages were added."""
    add(*names)
    return [json.loads(line)["address"] for line in capsys.readouterr().out.splitlines()]


def test_accounts_side_by_side(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    given = addresses(capsys, *CALLS)
    assert main(["accounts", *given]) == 0
    out = capsys.readouterr().out
    assert "اتصال: فرنسا – روسيا" in out
    assert "│ رواية روسيا" in out
    assert "\x1b" not in out
    monkeypatch.setenv("COLUMNS", "50")
    assert main(["accounts", *given]) == 0
    narrow = capsys.readouterr().out
    assert "│" not in narrow
    assert max(map(len, narrow.splitlines())) <= 60  # marks above and below letters take no cell
    assert main(["accounts", given[0], "--format", "json"]) == 0  # the others are of its story
    [value] = json.loads(capsys.readouterr().out)
    assert [side["side"] for side in value["sides"]] == ["FR", "RU"]
    fates = [row["fate"] for row in value["rows"]]
    assert (fates.count("first") >= 2, fates.count("second") >= 2, fates.count("contradiction")) == (True, True, 0)
    for row in value["rows"]:
        for point in (*row["first"], *row["second"]):
            assert point["address"] in given
            assert point["words"]
            assert point["span"][1] - point["span"][0] == len(point["words"])


def test_figures(capsys: pytest.CaptureFixture[str]) -> None:
    [given] = addresses(capsys, "explainer-figures.html")
    assert main(["figures", given]) == 0
    out = capsys.readouterr().out
    assert "طفل · قتلى" in out
    assert "فولوديمير زيلينسكي: 16 ████" in out
    assert main(["figures", given, "-f", "jsonl", "-n", "2"]) == 0
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(entry["noun"], entry["became"], entry["disputed"]) for entry in entries] == [
        ("طفل", ["dead"], True),
        ("مدني", ["dead"], True),
    ]
    for entry in entries:
        for claim in (claim for series in entry["series"] for claim in series["claims"]):
            assert [len(one["words"]) for one in claim["carried"]] == [
                end - start for start, end in (one["span"] for one in claim["carried"])
            ]


def test_drift(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = []
    for name, outlet, verb in (("a", "السند", "وسحب"), ("b", "الميناء", "وخروج")):
        wording = f"«وقف فوري لإطلاق النار {verb} القوات الروسية من البلاد»"
        files.append(tmp_path / f"{name}.html")
        head = f'<html lang="ar"><head><meta property="og:site_name" content="{outlet}"></head>'
        body = (
            f"<article><h1>مطلب كييف قبل الجولة</h1><p>قالت الرئاسة الأوكرانية إن هدفها {wording}.</p></article></html>"
        )
        files[-1].write_text(head + body, encoding="utf-8")
    assert main(["add", *map(str, files), "--format", "jsonl"]) == 0
    given = [json.loads(line)["address"] for line in capsys.readouterr().out.splitlines()]
    assert main(["drift", *given]) == 0
    out = capsys.readouterr().out
    assert "أول صيغة نُشرت" in out
    assert "‹وسحب›" in out or "‹وخروج›" in out
    assert main(["drift", *given, "-f", "json"]) == 0
    [value] = json.loads(capsys.readouterr().out)
    assert value["flags"] == []
    [variant] = value["variants"]
    words = {part["words"] for one in variant["differences"] for part in (one["there"], one["here"]) if part}
    assert "وسحب" in words


def test_nothing_to_tell(capsys: pytest.CaptureFixture[str]) -> None:
    [given] = addresses(capsys, "sport-undeclared-1256.html")
    for command, words in (("accounts", "لا حدث"), ("drift", "لا قول")):
        assert main([command, given]) == 0
        assert words in capsys.readouterr().out
        assert main([command, given, "-f", "json"]) == 0
        assert json.loads(capsys.readouterr().out) == []


def test_as_known_before_anything_was(capsys: pytest.CaptureFixture[str]) -> None:
    addresses(capsys, *CALLS)
    assert main(["figures", "1", "--as-known-at", "2001-01-01"]) == 0
    assert "لا أرقام" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["accounts", "figures", "drift"])
def test_stories_that_are_none(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    add("wire-naba.html")
    for name in ("99", "9" * 30, "https://nowhere.example/", "x\x1b[31m"):
        assert main([command, name]) == 2
        error = capsys.readouterr().err
        assert "musnad: " in error
        assert "\x1b" not in error
    assert main([command]) == 2
    assert main([command, "1", "--format", "xml"]) == 2
