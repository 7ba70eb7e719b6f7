"""Out of a record and into another: nothing is lost, nothing comes twice, and every question is answered alike."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench import data
from musnad.entities import Entity
from musnad.errors import InputError
from musnad.model import Article, Page
from musnad.record import Decision, Found, Only, Record
from musnad.run import keep_many
from musnad.sets import FORMS, export, take
from musnad.settings import Settings
from tests.record.texts import ADDED, ADDRESS, DENIED, OTHER, SAID, at, fresh, put
from tests.sets.made import articles

WHOLE = ("jsonl", "parquet")


def copy_of(record: Record, folder: Path, form: str, only: Only | None = None) -> Record:
    """Another record, made of a data set of the first."""
    export(record, form, only or Only(), str(folder / form))
    other = Record.open(folder / f"{form}.sqlite", create=True)
    assert taken(other, folder / form)["fault"] == 0
    return other


def taken(record: Record, path: Path) -> Counter[str]:
    fates = list(take(record, str(path)))
    return Counter("fault" if isinstance(fate, InputError) else fate for fate in fates)


def lines(record: Record, folder: Path, only: Only | None = None) -> bytes:
    """All that a record holds, as bytes."""
    path = folder / f"{abs(hash(record.where))}-all.jsonl"
    export(record, "jsonl", only or Only(), str(path))
    return path.read_bytes()


@pytest.fixture
def filled(record: Record) -> Record:
    """A page that changed, changed its bytes alone, and went back; the same bytes at another address; a late page."""
    put(record, SAID, DENIED, OTHER, hour=9)
    put(record, SAID, DENIED, OTHER, hour=10, extra="1")
    put(record, "تصحيح: سقط اسم المهندس.", SAID, ADDED, OTHER, hour=12)
    put(record, SAID, DENIED, OTHER, hour=13)
    put(record, SAID, DENIED, OTHER, hour=14, address="https://mina.example/1")
    put(record, SAID, OTHER, hour=11)
    put(record, ADDED, address="https://rafid.example/1")
    return record


def _unranked(found: Found) -> Found:
    """The same in an order that does not depend on the database."""
    statements = tuple(sorted(found.statements, key=lambda one: one.id))
    return Found(statements, tuple(sorted(found.mentions, key=lambda one: (one.address, one.seen_at))), found.more)


@pytest.mark.parametrize("form", WHOLE)
def test_every_question_is_answered_alike(form: str, filled: Record, tmp_path: Path) -> None:
    other = copy_of(filled, tmp_path, form)
    assert other.verify() == filled.verify()
    assert lines(other, tmp_path) == lines(filled, tmp_path)
    for moment in (None, at(9, 30), at(11, 30), at(12, 30), at(23)):
        assert other.versions(ADDRESS, known_at=moment) == filled.versions(ADDRESS, known_at=moment)
        only = Only(known_at=moment)
        assert other.who("هدى منصور", only) == filled.who("هدى منصور", only)
        found, wanted = (one.search("الجسر OR المفاوضات", only) for one in (other, filled))
        assert _unranked(found) == _unranked(wanted)
        assert found == wanted or filled.is_shared, "the two kinds of database rank each in its own way"
    [digest] = {version.digest for version in filled.versions("https://rafid.example/1")}
    assert other.page(digest) == filled.page(digest)


@pytest.mark.parametrize("form", WHOLE)
def test_twice_adds_nothing_and_others_are_merged(form: str, filled: Record, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = fresh(tmp_path / "other")
    put(other, DENIED, OTHER, hour=8, address="https://own.example/1")
    put(other, SAID, DENIED, OTHER, hour=9)
    export(filled, form, Only(), str(tmp_path / form))
    assert taken(other, tmp_path / form) == {"added": 6, "known": 1}
    before = lines(other, tmp_path)
    assert taken(other, tmp_path / form) == {"known": 7}
    assert lines(other, tmp_path) == before
    assert other.verify().problems == ()
    assert other.versions(ADDRESS)[-1].seen_at == at(13)
    assert other.versions("https://own.example/1")


def test_what_was_taken_in_is_known_when_it_is_added(filled: Record, tmp_path: Path) -> None:
    other = copy_of(filled, tmp_path, "jsonl")
    assert put(other, SAID, DENIED, OTHER, hour=13).outcome == "unchanged"
    assert put(other, ADDED, hour=15).outcome == "changed"
    assert other.verify().problems == ()


DECISIONS = (
    Decision("add", "person:huda-mansur", "مها", "تكتب عنها", at(9), name="هدى منصور", kind="person"),
    Decision("alias", "person:huda-mansur", "مها", "", at(10), name="المهندسة هدى", since=at(1), until=at(23)),
    Decision("merge", "name:سمير علي", "نبيل", "الرجل نفسه", at(11), into="person:huda-mansur"),
    Decision("split", "name:سمير علي", "مها", "غيره", at(12)),
    Decision("rename", "person:huda-mansur", "مها", "", at(13), name="هدى م."),
)


@pytest.mark.parametrize("form", WHOLE)
def test_decisions_come_along(form: str, filled: Record, tmp_path: Path) -> None:
    for one in DECISIONS:
        filled.decide(one)
    other = copy_of(filled, tmp_path, form)
    assert other.decisions() == filled.decisions() == list(DECISIONS)
    said = other.who("هدى منصور")
    assert said == filled.who("هدى منصور")
    assert {one.speaker_entity for one in said} == {"person:huda-mansur"}
    assert taken(other, tmp_path / form) == {"known": 7 + len(DECISIONS)}
    export(filled, form, Only(known_at=at(10, 30)), str(tmp_path / "then"))
    assert (tmp_path / "then" / "decisions.jsonl").read_text(encoding="utf-8").count("\n") == 2


def test_decisions_come_in_one_file_and_take_their_place_in_time(filled: Record, tmp_path: Path) -> None:
    late = Decision("rename", "person:huda-mansur", "نبيل", "", at(14), name="هدى")
    for one in DECISIONS:
        filled.decide(one)
    (tmp_path / "other").mkdir()
    other = fresh(tmp_path / "other")
    other.decide(late)
    lines(filled, tmp_path)
    [path] = tmp_path.glob("*-all.jsonl")
    assert taken(other, path) == {"added": 7, "decided": len(DECISIONS)}
    assert other.decisions() == [*DECISIONS, late]
    shown = other.entity("هدى منصور")
    assert isinstance(shown, Entity)
    assert shown.name == "هدى"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_two_exports_are_the_same_bytes(form: str, filled: Record, tmp_path: Path) -> None:
    for name in "ab":
        export(filled, form, Only(), str(tmp_path / name))
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert {"README.md", "SHA256SUMS"} < set(files)
    for name in set(files) - {"README.md"}:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(articles(), min_size=1, max_size=3), st.sampled_from(WHOLE))
def test_whatever_an_article_is_it_comes_back(made: list[Article], form: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with fresh(folder) as record:
            for number, article in enumerate(made):
                moment = datetime(2022, 2, 28, tzinfo=UTC) + timedelta(microseconds=number)
                record.add(Page(str(number).encode(), "p.html", article.address, moment), article, now=moment)
            with copy_of(record, folder, form) as other:
                mine, theirs = record.versions("https://madar.example/1"), other.versions("https://madar.example/1")
                assert theirs == mine
                assert lines(other, folder) == lines(record, folder)
                assert other.verify().problems == ()


@pytest.mark.parametrize("form", WHOLE)
def test_examples_and_a_part_of_the_stream(form: str, tmp_path: Path) -> None:
    names = [str(data.ROOT / "examples")]
    if data.here():
        part = list(row for row, _ in zip(data.records(data.STREAM), range(25), strict=False))
        names.append(str(data.write(tmp_path / "part.docs.jsonl", part)))
    with fresh(tmp_path) as record:
        assert not [one for one in keep_many(record, names, settings=Settings()) if isinstance(one, InputError)]
        with copy_of(record, tmp_path, form) as other:
            assert other.verify() == record.verify()
            assert lines(other, tmp_path) == lines(record, tmp_path)
            for words in ("كييف", "المفاوضات", '"إطلاق النار"'):
                assert other.search(words) == record.search(words)
