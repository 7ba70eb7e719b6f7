"""``musnad batch`` as a person runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.batch.made import archive, contents, page, pages, record, rows

pytest.importorskip("pyarrow")


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "musnad", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of pages of three days and one in English."""
    said = [*pages(12), record(page(50, language="en"), "https://harbour.example/50")]
    return archive(tmp_path_factory.mktemp("news") / "news.warc.gz", said)


def test_it_says_what_it_did_and_does_it_once(news: Path, tmp_path: Path) -> None:
    output = tmp_path / "set"
    first = run("batch", news, "--language", "ar", "-o", output, "-j", "1")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("12 articles, ")
    assert "1 pages passed over" in first.stdout
    before = contents(output)
    again = run("batch", news, "--language", "ar", "-o", output)
    assert (again.returncode, again.stdout) == (0, first.stdout)
    assert contents(output) == before
    added = run("add", output, "--record", tmp_path / "r.sqlite")
    assert added.returncode == 2
    assert "--keep-pages" in added.stderr


def test_a_data_set_is_added_to_a_record(news: Path, tmp_path: Path) -> None:
    assert run("batch", news, "-o", tmp_path / "set", "--keep-pages").returncode == 0
    added = run("add", tmp_path / "set", "--record", tmp_path / "r.sqlite")
    assert (added.returncode, added.stderr) == (0, "")
    assert "13 new" in added.stdout
    found = run("search", "الرصيف", "--record", tmp_path / "r.sqlite", "--format", "jsonl")
    assert len(found.stdout.splitlines()) == 12


@pytest.mark.parametrize(
    ("wishes", "count"),
    [
        (["--since", "2022-03-02", "--until", "2022-03-02"], 4),
        (["--outlets", "harbour.example"], 1),
        (["--sample", "0"], 0),
        (["--language", "en"], 1),
    ],
)
def test_what_is_asked_for(news: Path, tmp_path: Path, wishes: list[str], count: int) -> None:
    done = run("batch", news, "-o", tmp_path / "set", *wishes)
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path / "set", "articles")) == count


@pytest.mark.parametrize(
    "wrong",
    [["--engine", "slow"], ["--part", "3/2"], ["--longest", "soon"], ["--since", "gestern"], ["--sample", "2"]],
)
def test_wrong_usage_is_told(news: Path, tmp_path: Path, wrong: list[str]) -> None:
    told = run("batch", news, "-o", tmp_path / "set", *wrong)
    assert told.returncode == 2
    assert wrong[0].strip("-") in told.stderr or wrong[1] in told.stderr
    assert "Traceback" not in told.stderr


def test_no_cluster_is_told_at_once(news: Path, tmp_path: Path) -> None:
    began = time.monotonic()
    told = run("batch", news, "-o", tmp_path / "set", "--engine", "ray", "--address", "127.0.0.1:9")
    assert told.returncode == 2
    assert "Ray" in told.stderr
    assert time.monotonic() - began < 60


def test_what_cannot_be_read_is_told_and_the_rest_is_done(news: Path, tmp_path: Path) -> None:
    done = run("batch", news, tmp_path / "gone.warc.gz", "-o", tmp_path / "set")
    assert done.returncode == 1
    assert "gone.warc.gz" in done.stderr
    assert len(rows(tmp_path / "set", "articles")) == 13


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_goes_on(tmp_path: Path, number: signal.Signals) -> None:
    long = archive(tmp_path / "long.warc.gz", pages(400))
    command = [sys.executable, "-m", "musnad", "batch", str(long), "-o", str(tmp_path / "set"), "-j", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        while not (tmp_path / "set" / "_work").exists():
            assert process.poll() is None
            time.sleep(0.05)
        os.kill(process.pid, number)
        process.communicate(timeout=60)
    assert process.returncode == 130
    assert run("batch", long, "-o", tmp_path / "set").returncode == 0
    assert len(rows(tmp_path / "set", "articles")) == 400


def test_its_help_has_examples_and_exit_codes() -> None:
    told = run("batch", "--help").stdout
    assert "musnad batch" in told
    assert "130" in told


@pytest.mark.parametrize("address", ["file://{folder}/news.warc.gz", "zip://news.warc.gz::{folder}/held.zip"])
def test_inputs_that_fsspec_opens(news: Path, tmp_path: Path, address: str) -> None:
    copy = tmp_path / "news.warc.gz"
    copy.write_bytes(news.read_bytes())
    with zipfile.ZipFile(tmp_path / "held.zip", "w") as held:
        held.write(copy, "news.warc.gz")
    done = run("batch", address.format(folder=tmp_path), "-o", tmp_path / "set", "-j", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(rows(tmp_path / "set", "articles")) == 13
