"""Stories and copies of a whole data set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import coverage
from musnad.batch import begin, finish
from musnad.record import Record
from musnad.run import keep_many
from musnad.settings import Settings
from musnad.stories import articles_of, stories
from tests.batch.made import archive, contents, done, job, page, record, rows

pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A coverage of several outlets, and pages of something else, of which one is printed elsewhere too."""
    told = list(coverage.pages(6, 3))
    said = [record(one.body, one.address or "") for one in told]
    said += [record(page(n), f"https://mina.example/{n}") for n in range(4)]
    said.append(record(page(1), "https://copy.example/1", day=2))
    return archive(tmp_path_factory.mktemp("news") / "news.warc.gz", said)


def groups(pairs: list[tuple[str, int]]) -> set[frozenset[str]]:
    held: dict[int, set[str]] = {}
    for address, group in pairs:
        held.setdefault(group, set()).add(address)
    return {frozenset(one) for one in held.values()}


def test_they_are_those_of_a_record_whoever_does_the_work(news: Path, tmp_path: Path) -> None:
    done(job(tmp_path / "one", stories=True), [news], piece=10**9)
    address = {row["id"]: str(row["address"]) for row in rows(tmp_path / "one", "articles")}
    placed = rows(tmp_path / "one", "stories")
    assert {row["article_id"] for row in placed} == set(address)
    assert all(row["story"] in address and row["copy"] in address for row in placed)
    told = groups([(address[row["article_id"]], int(str(row["story"]))) for row in placed])
    copies = groups([(address[row["article_id"]], int(str(row["copy"]))) for row in placed])
    with Record.open(tmp_path / "r.sqlite", create=True) as held:
        assert len(list(keep_many(held, [str(news)], settings=Settings()))) == len(address)
        tellings = [(head.id, one) for head in stories(held, limit=50) for one in articles_of(held, head.id)]
        assert told == groups([(one.address, story) for story, one in tellings])
        assert copies == groups([(one.address, one.copy_id) for _, one in tellings])
    assert max(map(len, told)) >= 6
    assert {"https://mina.example/1", "https://copy.example/1"} in copies
    done(job(tmp_path / "two", stories=True), [news], workers=2, piece=10**9)
    before = contents(tmp_path / "one")
    assert before == contents(tmp_path / "two")
    placed_again: list[int] = []
    plan, _ = begin([str(news)], job(tmp_path / "one", stories=True), piece=10**9)
    assert finish(plan, placed_again.append).rows["stories"] == len(address)
    assert placed_again == []
    next((tmp_path / "one" / "stories").rglob("*.parquet")).unlink()
    finish(plan, placed_again.append)
    assert sum(placed_again) == len(address)
    assert contents(tmp_path / "one") == before


def test_they_are_the_same_however_it_is_cut(news: Path, tmp_path: Path) -> None:
    sums = []
    for piece in (500, 10**9):
        output = tmp_path / str(piece)
        whole = done(job(output, stories=True), [news], piece=piece)
        assert whole.rows["stories"] == whole.rows["articles"] == 11
        told = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["tables"]
        sums.append([(one["rows"], one["sum"]) for one in told if one["name"] == "stories"])
        assert "## stories" in (output / "README.md").read_text(encoding="utf-8")
    assert sums[0] == sums[1]
    assert sums[0][0][0] == 11
