"""Entities of a record: speakers under all their names, and decisions that are kept and win."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from musnad.errors import UsageError
from musnad.model import Article, Attribution, Page, Span, Speaker, Text
from musnad.record import Decision, Only, Record

DAY = datetime(2022, 2, 28, 12, tzinfo=UTC)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.sqlite", create=True) as held:
        for number, name in enumerate(("فلاديمير بوتين", "الرئيس الروسي", "هدى منصور", "الوزيرة هدى منصور", "كلينتون")):
            keep(held, f"{number}", name)
        yield held


def keep(record: Record, key: str, name: str, at: datetime = DAY) -> None:
    words = f"قال {name} إن الجسر سيفتح غدا {key}"
    said = Attribution(
        "1", (Span(0, 3),), None, (Span(4 + len(name), len(words)),), "indirect", Speaker(name, "person")
    )
    page = Page(words.encode(), f"{key}.txt", address=f"https://madar.example/{key}", fetched_at=at)
    record.add(page, Article(Text(words), address=page.address, attributions=(said,)))


def said(record: Record, name: str, only: Only | None = None) -> set[str]:
    return {one.attribution.speaker.name for one in record.who(name, only)}


def decided(record: Record, what: str, entity: str, *, into: str | None = None, name: str | None = None) -> None:
    record.decide(Decision(what, entity, "سالم", "", datetime.now(UTC), into, name))


def test_one_entity_under_all_its_names(record: Record) -> None:
    keep(record, "early", "الرئيس الروسي", datetime(2010, 1, 1, tzinfo=UTC))
    found = record.who("بوتين")
    assert {one.attribution.speaker.name for one in found} == {"فلاديمير بوتين", "الرئيس الروسي"}
    assert {one.speaker_entity for one in found} == {"person:vladimir-putin"}
    assert len(found) == 2  # not the president of 2010
    assert said(record, "بوتين", Only(exact=True)) == {"فلاديمير بوتين"}


def test_what_others_said_of_them(record: Record) -> None:
    keep(record, "of", "سالم الكعبي بوتين")
    text = "قالت هدى إن بوتين وصل"
    one = Attribution("1", (Span(0, 4),), None, (Span(9, len(text)),), "indirect", Speaker("هدى", "person"))
    page = Page(text.encode(), "about.txt", address="https://madar.example/about", fetched_at=DAY)
    record.add(page, Article(Text(text), address=page.address, attributions=(one,)))
    assert [found.attribution.speaker.name for found in record.about("فلاديمير بوتين")] == ["هدى"]


def test_merge_and_split_are_kept_and_can_be_taken_back(record: Record) -> None:
    decided(record, "merge", "name:هدي-منصور", into="person:vladimir-putin")
    assert "هدى منصور" in said(record, "بوتين")
    with pytest.raises(UsageError, match="one already"):
        decided(record, "merge", "person:vladimir-putin", into="name:هدي-منصور")
    decided(record, "split", "name:هدي-منصور")
    assert "هدى منصور" not in said(record, "بوتين")
    decided(record, "split", "person:vladimir-putin", name="فلاديمير بوتين")
    assert said(record, "person:vladimir-putin") == {"الرئيس الروسي"}
    assert len(record.decisions()) == 3


def test_a_name_that_is_added_holds_for_pages_that_come_later(record: Record) -> None:
    decided(record, "alias", "person:hillary-clinton", name="كلينتون")
    keep(record, "later", "كلينتون")
    assert len(record.who("هيلاري كلينتون")) == 2
    before = datetime(2000, 1, 1, tzinfo=UTC)
    assert record.who("هيلاري كلينتون", Only(known_at=before)) == ()


def test_decisions_are_not_changed(record: Record) -> None:
    decided(record, "alias", "person:hillary-clinton", name="كلينتون")
    with pytest.raises(sqlite3.IntegrityError, match="never changed"), sqlite3.connect(record.path) as raw:
        raw.execute("DELETE FROM decisions")


def test_who_speaks(record: Record) -> None:
    assert {entity.id: count for entity, count in record.quoted()} == {
        "person:vladimir-putin": 2, "name:هدي-منصور": 2, "name:كلينتون": 1,
    }  # fmt: skip
