"""From a data set into a record, and what is in an archive twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from musnad.batch import Asked, Job, pages_of_set
from musnad.errors import InputError, UsageError
from musnad.fetch import open_inputs
from musnad.record import Record
from musnad.run import keep_many, keep_pages
from musnad.settings import Settings
from tests.batch.made import archive, done, job, page, pages, record, rows

pytest.importorskip("pyarrow")


def kept(path: Path, archive_: Path, *, set_: Path | None = None) -> list[tuple[object, ...]]:
    """What a record holds after an archive, or a data set of it, was added."""
    with Record.open(path, create=True) as held:
        if set_ is None:
            outcomes = list(keep_many(held, [str(archive_)], settings=Settings()))
        else:
            outcomes = list(keep_pages(held, pages_of_set(str(set_)), settings=Settings()))
        assert not [one for one in outcomes if isinstance(one, InputError)]
        assert held.verify().problems == ()
        return sorted(
            (address, one.seen_at, one.digest, [(said.speaker, said.content) for said in one.article.attributions])
            for address in held.addresses()
            for one in held.versions(address)
        )


def test_a_data_set_makes_the_record_that_its_archive_makes(tmp_path: Path) -> None:
    news = archive(tmp_path / "news.warc.gz", pages(20))
    output = tmp_path / "set"
    done(Job(str(output), Asked(), keep_pages=True, settings=Settings()), [news])
    assert kept(tmp_path / "a.sqlite", news) == kept(tmp_path / "b.sqlite", news, set_=output)


def test_a_data_set_that_cannot_be_taken_says_why(tmp_path: Path) -> None:
    news = archive(tmp_path / "news.warc.gz", pages(6))
    done(job(tmp_path / "bare"), [news])
    with pytest.raises(UsageError, match="did not keep its pages"):
        list(pages_of_set(str(tmp_path / "bare")))
    output = tmp_path / "set"
    done(Job(str(output), Asked(), keep_pages=True, settings=Settings()), [news])
    broken = next((output / "pages").rglob("*.parquet"))
    broken.write_bytes(b"PAR1")
    found = list(pages_of_set(str(output)))
    bad = [one for one in found if isinstance(one, InputError)]
    assert len(bad) == 1
    assert len(found) > 1
    (output / "manifest.json").unlink()
    with pytest.raises(UsageError, match="not whole"):
        list(pages_of_set(str(output)))


def test_records_that_are_there_twice_are_told_of(tmp_path: Path) -> None:
    again = record(page(3), "https://mina.example/3")
    later = record(page(3), "https://mina.example/3", day=2)
    first = archive(tmp_path / "a.warc.gz", [again, record(page(4), "https://mina.example/4"), again])
    second = archive(tmp_path / "b.warc.gz", [later, again])
    origins = [
        one.origin
        for one in open_inputs([str(first), str(second)], settings=Settings())
        if not isinstance(one, InputError)
    ]
    told = {}
    for name, workers, piece in (("one", 1, 10**9), ("two", 2, 300)):
        output = tmp_path / name
        whole = done(job(output), [first, second], workers=workers, piece=piece)
        assert whole.rows["articles"] == 5
        assert whole.rows["errors"] == 2
        assert [row["where"] for row in rows(output, "errors")] == [origins[2], origins[4]]
        assert {row["kind"] for row in rows(output, "errors")} == {"Repeated"}
        assert all(origins[0] in str(row["what"]) for row in rows(output, "errors"))
        manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
        told[name] = [(one["rows"], one["sum"]) for one in manifest["tables"] if one["name"] == "errors"]
    assert told["one"] == told["two"]
