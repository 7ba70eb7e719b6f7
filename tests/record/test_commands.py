"""The commands of the record as a person meets them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from musnad.cli import main
from musnad.record import Record
from tests.fetch import records
from tests.record.texts import ADDED, ADDRESS, DENIED, OTHER, SAID, html


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of its own for every test."""
    where = tmp_path / "record.sqlite"
    monkeypatch.setenv("MUSNAD_RECORD", str(where))
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return where


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "bridge.html"
    file.write_bytes(html(SAID, DENIED, OTHER))
    return file


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_add_search_who_history_verify(page: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", str(page)]) == 0
    assert capsys.readouterr().out == f"1 new; the record is {path}\n"
    assert main(["search", "للجسر"]) == 0
    out = capsys.readouterr().out
    assert "هدى منصور" in out
    assert "‹الجسر›" in out
    assert "\x1b" not in out
    page.write_bytes(html("تصحيح: سقط من نسخة سابقة اسم المهندس.", SAID, ADDED, OTHER))
    assert main(["add", str(page)]) == 0
    assert f"changed: {page.as_uri()}" in capsys.readouterr().out
    assert main(["history", str(page)]) == 0
    out = capsys.readouterr().out
    for words in ("النسخة 2", "تصحيح من الناشر: تصحيح: سقط", "− لم يعد  سالم الكعبي".replace("  ", " "), "+ جديد"):
        assert words in " ".join(out.split()), words
    assert main(["who", "كريم الهادي"]) == 0
    assert "أن المفاوضات مع الشركة انتهت مساء الخميس" in capsys.readouterr().out
    assert main(["verify"]) == 0
    assert "nothing is wrong" in capsys.readouterr().out


def test_json_and_jsonl(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", str(page), "-f", "jsonl"]) == 0
    [added] = told(capsys)
    assert (added["outcome"], added["address"]) == ("new", page.as_uri())
    assert main(["search", "الجسر", "-f", "jsonl"]) == 0
    for hit in told(capsys):
        assert all(word == "الجسر" for *_, word in hit["found"])  # type: ignore[attr-defined]
        assert hit["address"] == page.as_uri()
    assert main(["who", "هدى منصور", "-f", "json"]) == 0
    [said] = json.loads(capsys.readouterr().out)
    assert said["statement"]["speaker"]["name"] == "هدى منصور"
    assert said["statement"]["chain"]
    assert main(["history", str(page), "-f", "json"]) == 0
    [version] = json.loads(capsys.readouterr().out)
    assert (version["changes"], version["superseded_at"]) == (None, None)
    assert version["article"]["headline"]
    assert main(["verify", "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []
    assert main(["add", str(page), "-f", "json"]) == 0
    assert [one["outcome"] for one in json.loads(capsys.readouterr().out)] == ["unchanged"]


@pytest.mark.parametrize("more", [[], ["--jobs", "2"]])
def test_bad_input_never_ends_the_batch(
    page: Path, tmp_path: Path, more: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    documents = tmp_path / "news.docs.jsonl"
    good = {"id": "1", "text": f"عنوان\n{ADDED}", "url": ADDRESS}
    odd = {"id": "2", "text": "عنوان", "url": "https://madar.example/\ud800"}
    lines = [json.dumps(good), "{broken", json.dumps({"id": "3"}), json.dumps(odd), json.dumps(good)]
    documents.write_text("\n".join(lines), encoding="utf-8")
    binary = tmp_path / "image.html"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert main(["add", str(binary), "no-such.html", str(documents), str(page), *more]) == 1
    out, err = capfd.readouterr()
    assert out.startswith("3 new, 1 unchanged, 4 not read") or out.startswith("2 new, 1 unchanged, 5 not read")
    assert f"{documents}:2: no JSON" in err
    assert "no-such.html: there is no such file" in err


def test_folders_and_documents_again_change_nothing(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = tmp_path / "news.docs.jsonl"
    rows = [{"id": str(n), "text": f"عنوان {n}\n{ADDED}"} for n in range(20)]
    documents.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main(["add", str(page.parent), str(documents), "--jobs", "2"]) == 0
    assert "21 new" in capsys.readouterr().out
    assert main(["add", str(documents), str(page.parent)]) == 0
    assert "21 unchanged" in capsys.readouterr().out
    assert main(["verify"]) == 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["search", "الجسر"], 1, "there is no record there"),
        (["who", "سالم"], 1, "musnad add PAGE"),
        (["history", "https://madar.example"], 1, "there is no record there"),
        (["verify"], 1, "there is no record there"),
        (["add"], 2, "PAGE..."),
        (["search", "x", "--format", "jsno"], 2, "did you mean json?"),
        (["search", "x", "--act", "denny"], 2, "did you mean deny?"),
        (["search", "x", "--since", "yesterday"], 2, "--since 'yesterday' is no moment"),
        (["search", "x", "--limit", "0"], 2, "--limit"),
        (["who"], 2, "NAME"),
    ],
)
def test_what_goes_wrong_is_told(
    arguments: list[str], code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    assert says in capsys.readouterr().err


def test_another_file_is_not_taken_for_a_record(tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["add", str(page), "--record", str(page)], ["search", "x", "--record", str(page)]):
        assert main(arguments) == 1
        assert "this file is no record" in capsys.readouterr().err
    assert page.read_bytes() == html(SAID, DENIED, OTHER)


def test_nothing_found_is_an_answer(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", str(page)])
    capsys.readouterr()
    assert main(["search", "غواصة"]) == 0
    assert capsys.readouterr().out == "لا شيء بهذه الكلمات في السجل\n"
    assert main(["search", "غواصة", "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["who", "غواصة"]) == 0
    assert main(["history", "https://madar.example/none"]) == 1
    assert main(["search", ""]) == 2


def test_filters_and_what_was_known_then(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", str(page)])
    capsys.readouterr()
    for more, found in (
        (["--speaker", "هدى منصور"], 1),
        (["--speaker", "سالم الكعبي"], 0),
        (["--act", "say", "--since", "1h"], 1),
        (["--until", "2000-01-01"], 0),
        (["--as-known-at", "2000-01-01"], 0),
    ):
        assert main(["search", "سيفتح", "-f", "jsonl", *more]) == 0
        assert len(told(capsys)) == found, more


@pytest.mark.parametrize("command", ["add", "search", "who", "history", "verify"])
def test_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    out = capsys.readouterr().out
    assert f"\n  musnad {command}" in out
    assert "Exit codes: 0" in out


def test_colours_and_a_narrow_terminal(
    page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["add", str(page)])
    capsys.readouterr()
    assert main(["search", "الجسر", "--color", "--bidi", "isolate"]) == 0
    out = capsys.readouterr().out
    assert "\x1b[1mالجسر\x1b[0m" in out
    assert "‹" not in out
    assert "\u202b" in out
    monkeypatch.setenv("COLUMNS", "40")
    assert main(["history", str(page), "--bidi", "visual"]) == 0
    assert all(len(line) <= 60 for line in capsys.readouterr().out.splitlines())


def test_reading_pages_does_not_load_the_database() -> None:
    loaded = "print([name for name in sys.modules if 'sqlalchemy' in name])"
    command = f"import sys, musnad.cli.commands, musnad.run, musnad.publish; {loaded}"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_keeps_what_was_told(
    jobs: str, tmp_path: Path, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = tmp_path / "news.docs.jsonl"
    rows = [{"id": str(n), "text": f"عنوان {n}\n{ADDED}"} for n in range(3000)]
    documents.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    command = [sys.executable, "-m", "musnad", "add", str(documents), "--jobs", jobs, "-f", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as child:
        assert child.stdout
        first = child.stdout.readline()
        os.killpg(child.pid, signal.SIGINT)  # as a terminal does it
        out, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert err.decode().splitlines() == ["musnad: interrupted"]
    acknowledged = [json.loads(line)["address"] for line in (first + out).splitlines()]
    with Record.open(path) as record:
        assert set(acknowledged) <= set(record.addresses())
        assert record.verify().problems == ()


def test_two_captures_in_an_archive_are_two_versions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = "Content-Type: text/html; charset=utf-8"
    first, second = (records.record(records.http(html(SAID, words, OTHER), told), 7) for words in (DENIED, ADDED))
    second = second.replace(b"2022-02-28T19:02:00Z", b"2022-02-28T21:30:00Z")
    archive = tmp_path / "crawl.warc.gz"
    archive.write_bytes(b"".join(records.zipped([second, first])))  # an archive need not be in order
    for summary in ("1 new, 1 changed", "2 unchanged"):
        assert main(["add", str(archive)]) == 0
        assert summary in capsys.readouterr().out
    assert main(["history", "http://news.example/7", "-f", "json"]) == 0
    old, new = json.loads(capsys.readouterr().out)
    assert (old["seen_at"], new["seen_at"]) == ("2022-02-28T19:02:00Z", "2022-02-28T21:30:00Z")
    assert [change["fate"] for change in new["changes"]["statements"]] == ["new", "gone"]
    assert main(["who", "سالم الكعبي", "--as-known-at", "2022-02-28T20:00Z", "-f", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1
