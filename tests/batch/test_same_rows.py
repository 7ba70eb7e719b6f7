"""The same rows, whoever does the work, however it is cut, whatever is broken in the input, however often it is ended."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from musnad.batch import begin, finish, missing
from musnad.fetch import open_inputs
from musnad.settings import Settings
from tests.batch.made import PIECE, archive, contents, done, job, page, pages, record, rows

pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of pages of three days."""
    return archive(tmp_path_factory.mktemp("news") / "news.warc.gz", pages(60))


def sums(output: Path) -> dict[str, tuple[int, str]]:
    told = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    return {one["name"]: (one["rows"], one["sum"]) for one in told["tables"]}


def test_files_are_the_same_whatever_the_workers_and_the_order(news: Path, tmp_path: Path) -> None:
    done(job(tmp_path / "one"), [news])
    done(job(tmp_path / "two"), [news], workers=2, order=random.Random(5).shuffle)
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert len([name for name in one if name.startswith("articles/")]) > 10
    assert one == two


def test_rows_are_the_same_however_it_is_cut(news: Path, tmp_path: Path) -> None:
    done(job(tmp_path / "small"), [news], piece=1_500)
    done(job(tmp_path / "whole"), [news], piece=10**9)
    assert sums(tmp_path / "small") == sums(tmp_path / "whole")
    assert sums(tmp_path / "whole")["articles"][0] == 60
    assert {row["seen_at"].day for row in rows(tmp_path / "whole", "articles")} == {1, 2, 3}  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_archive_is_shared_out_whole(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    path = archive(tmp_path / "torn.warc.gz", pages(40))
    raw = bytearray(path.read_bytes())
    for _ in range(4):
        at = chance.randrange(len(raw) - 40)
        raw[at : at + 20] = chance.choice([b"", b"\0" * 20, chance.randbytes(20), chance.randbytes(300)])
    path.write_bytes(bytes(raw[: len(raw) - chance.randrange(200)]))
    whole = list(open_inputs([str(path)], settings=Settings()))
    expected = sorted(one.where if isinstance(one, Exception) else one.origin for one in whole)
    for piece in (700, 1_501, 10**9):
        output = tmp_path / f"cut-{piece}"
        done(job(output), [path], piece=piece)
        got = [str(row["origin"]) for row in rows(output, "articles")]
        got += [str(row["where"]) for row in rows(output, "errors")]
        assert sorted(got) == expected, piece


def test_killed_at_any_moment_it_goes_on(news: Path, tmp_path: Path) -> None:
    """SIGKILL to the whole of it, or to the process that was started, until it is done."""
    chance = random.Random(int(os.environ.get("MUSNAD_SEED", "7")))
    done(job(tmp_path / "calm"), [news])
    program = (
        "import sys; from pathlib import Path; from tests.batch.made import done, job\n"
        "if __name__ == '__main__': done(job(Path(sys.argv[2])), [Path(sys.argv[1])], workers=2)"
    )
    command = [sys.executable, "-c", program, str(news), str(tmp_path / "killed")]
    kills = 0
    for turn in range(40):
        child = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE)
        try:
            _, told = child.communicate(timeout=chance.uniform(0.7, 2.0) if turn < 12 else 120)
            assert child.returncode == 0, told
            break
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL) if turn % 2 else child.kill()
            child.communicate()
            kills += 1
            if turn % 2 == 0:
                time.sleep(chance.uniform(0, 0.3))
    assert kills >= 1
    assert contents(tmp_path / "killed") == contents(tmp_path / "calm")


def test_what_is_gone_is_made_again_and_new_inputs_are_added(news: Path, tmp_path: Path) -> None:
    output = tmp_path / "set"
    done(job(output), [news])
    before = contents(output)
    victim = next(name for name in before if name.startswith("articles/"))
    (output / victim).unlink()
    plan, _ = begin([str(news)], job(output), piece=PIECE)
    assert [piece.name for piece in missing(plan)] == [Path(victim).name[:6]]
    assert finish(plan).missing == 1
    done(job(output), [news])
    assert contents(output) == before
    more = archive(tmp_path / "more.warc.gz", [record(page(900), "https://mina.example/900")])
    assert done(job(output), [news, more]).rows["articles"] == 61
    assert {name: held for name, held in contents(output).items() if name in before and "parquet" in name}.items() >= {
        name: held for name, held in before.items() if "parquet" in name
    }.items()
