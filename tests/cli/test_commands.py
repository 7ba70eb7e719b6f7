"""The command line as a person meets it."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from musnad.cli import main

WORDS = "قالت المهندسة سلمى حداد إن الجسر سيفتح غدا أمام السيارات والحافلات الكبيرة."
HTML = f"<html><body><article><h1>افتتاح الجسر</h1><p>{WORDS}</p></article></body></html>"


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "bridge.html"
    path.write_text(HTML, encoding="utf-8")
    return str(path)


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, "-m", "musnad", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environ,
        check=False,
    )


def test_text_is_the_default_and_has_no_colours_when_piped(page: str) -> None:
    done = run("read", page)
    assert (done.returncode, done.stderr) == (0, "")
    assert "{المهندسة سلمى حداد}" in done.stdout
    assert "\x1b" not in done.stdout


def test_json_of_one_page(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", page, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["headline"] == "افتتاح الجسر"


def test_json_of_several_pages_says_what_to_do(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", page, page, "--format", "json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "jsonl" in err
    assert "--output FOLDER/" in err


def test_jsonl_of_several_pages(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", page, page, "-f", "jsonl"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_folder_of_outputs(page: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["read", page, page, "-f", "json", "-o", f"{out}/"]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["bridge-2.json", "bridge.json"]
    assert json.loads((out / "bridge.json").read_text(encoding="utf-8"))["language"] == "ar"


def test_one_bad_input_is_told_and_the_rest_done(page: str, tmp_path: Path) -> None:
    binary = tmp_path / "image.html"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n")
    done = run("read", str(binary), page, "no-such.html", "-f", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    told = done.stderr.splitlines()
    assert len(told) == 2
    assert str(binary) in told[0]
    assert told[1].startswith("musnad: no-such.html: there is no such file")


def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HTML.encode())))
    assert main(["read", "-", "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["origin"] == "-"


def test_nobody_overwrites_a_page(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", page, "-o", page]) == 2
    assert "is one of the inputs" in capsys.readouterr().err
    assert Path(page).read_text(encoding="utf-8") == HTML


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["read", "x", "--format", "jsno"], "did you mean json?"),
        (["read", "x", "--bidi", "viusal"], "did you mean visual?"),
        (["read"], "PAGE..."),
        (["read", "--no-such-option", "x"], "--no-such-option"),
        (["raed", "x"], "raed"),
    ],
)
def test_wrong_usage(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert says in capsys.readouterr().err


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("musnad ")
    assert main(["read", "--help"]) == 0
    text = capsys.readouterr().out
    assert "musnad read page.html\n" in text
    assert "Exit codes: 0" in text


def test_a_reader_that_goes_away_is_no_matter(page: str) -> None:
    command = [sys.executable, "-m", "musnad", "read", *[page] * 50]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stderr
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(60) == 141


@pytest.mark.parametrize("more", [[], ["--jobs", "2"]])
def test_an_interruption_ends_it_with_one_line(tmp_path: Path, more: list[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text((json.dumps({"id": "1", "text": f"عنوان\n{WORDS * 20}"}) + "\n") * 3000, encoding="utf-8")
    command = [sys.executable, "-m", "musnad", "mark", str(path), *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as child:
        assert child.stdout
        child.stdout.readline()
        os.killpg(child.pid, signal.SIGINT)  # as a terminal does it
        _, told = child.communicate(timeout=60)
    assert child.returncode == 130
    assert told.decode().splitlines() == ["musnad: interrupted"]


def test_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.docs.jsonl"
    path.write_text(json.dumps({"id": "1", "text": f"عنوان\n{WORDS}"}) + "\n{broken\n", encoding="utf-8")
    assert main(["mark", str(path)]) == 1
    out, err = capsys.readouterr()
    [marks] = map(json.loads, out.splitlines())
    assert marks["attributions"][0]["speaker"] == "سلمى حداد"
    assert f"{path}:2: no JSON" in err


def test_whatever_the_locale_says_it_is_utf8(page: str) -> None:
    environ = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "musnad", "read", page]
    assert "الجسر" in subprocess.run(command, capture_output=True, check=True, env=environ).stdout.decode()
