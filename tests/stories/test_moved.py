"""Articles that people put into another story, in each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.errors import UsageError
from musnad.record import Only, Record
from musnad.sets.export import export
from musnad.sets.take import take
from musnad.stories import articles_of, events_of, keep_up, put_into, rebuild, stories, story_of
from musnad.stories.moved import put_back
from tests.record.texts import ADDED, DENIED, OTHER, SAID, put

FIRST, SECOND, THIRD = (f"https://madar.example/{name}" for name in ("bridge", "again", "river"))
RIVER = ("ارتفع منسوب نهر الوادي بعد أمطار الليل في القرى.", "قال حارس السد نبيل عامر إن الماء سينحسر مساء.")


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "record.sqlite", create=True) as record:
        put(record, SAID, DENIED, OTHER, hour=10, address=FIRST)
        put(record, SAID, DENIED, ADDED, OTHER, hour=11, address=SECOND)
        put(record, *RIVER, hour=12, address=THIRD, title="النهر يرتفع")
        keep_up(record)
        assert story_of(record, FIRST) == story_of(record, SECOND) != story_of(record, THIRD)
        yield record


def test_a_page_is_put_into_another_story_and_stays(told: Record) -> None:
    first, third = story_of(told, FIRST), story_of(told, THIRD)
    assert first is not None
    put_into(told, SECOND, third, by="سالم")
    assert [one.address for one in articles_of(told, first)] == [FIRST]
    assert story_of(told, SECOND) == third
    assert [one.event for one in events_of(told, first)][-1] == "split"
    assert {head.articles for head in stories(told)} == {1, 2}
    rebuild(told)
    assert story_of(told, SECOND) == story_of(told, THIRD) != story_of(told, FIRST)
    put(told, SAID, DENIED, hour=13, address=SECOND)  # the next version goes with it
    keep_up(told)
    assert story_of(told, SECOND) == story_of(told, THIRD)
    assert told.verify().problems == ()


def test_a_story_of_its_own_and_back(told: Record) -> None:
    first = story_of(told, FIRST)
    put_into(told, SECOND, None, by="سالم")
    alone = story_of(told, SECOND)
    assert alone not in (first, story_of(told, THIRD), None)
    put_into(told, SECOND, None, by="هدى")
    assert story_of(told, SECOND) == alone
    put_back(told, SECOND, by="هدى")
    rebuild(told)
    assert story_of(told, SECOND) == story_of(told, FIRST)


def test_a_story_that_is_left_empty_leads_on(told: Record) -> None:
    first, third = story_of(told, FIRST), story_of(told, THIRD)
    assert third is not None
    put_into(told, THIRD, first, by="سالم")
    assert len(articles_of(told, third)) == 3
    assert len(stories(told)) == 1


def test_what_is_not_there_is_refused(told: Record) -> None:
    third = story_of(told, THIRD)
    with pytest.raises(UsageError, match="no page"):
        put_into(told, "https://madar.example/nothing", third, by="سالم")
    with pytest.raises(UsageError, match="no other article"):
        put_into(told, SECOND, 99, by="سالم")
    with pytest.raises(UsageError, match="no other article"):
        put_into(told, THIRD, third, by="سالم")
    assert told.corrections() == []


def test_it_goes_with_a_data_set(told: Record, tmp_path: Path) -> None:
    put_into(told, SECOND, story_of(told, THIRD), by="سالم")
    export(told, "jsonl", Only(), str(tmp_path / "set.jsonl"))
    with Record.open(tmp_path / "other.sqlite", create=True) as other:
        assert "decided" in list(take(other, str(tmp_path / "set.jsonl")))
        assert story_of(other, SECOND) == story_of(other, THIRD) != story_of(other, FIRST)
