"""Stories as a view of a record: kept up, caught up with, made anew, as known before; and the commands that tell them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from musnad.cli import main
from musnad.errors import UsageError
from musnad.model import Page
from musnad.record import Record
from musnad.stories import Keeper, articles_of, events_of, keep_up, keeping, rebuild, stories, story_of
from musnad.stories.rows import numbered
from tests.record.first_form import take_back
from tests.stories.texts import FERRY, MARKET, article

NOON = datetime(2022, 2, 28, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record with two texts of one story by three outlets, and a story by itself; grouped as they came."""
    where = tmp_path / "record.sqlite"
    monkeypatch.setenv("MUSNAD_RECORD", str(where))
    with Record.open(where, create=True) as record, record.keeping_up(Keeper()):
        add(record, "a", *FERRY, headline="جنوح العبارة نسيم قبالة السند", outlet="الميناء", hour=0)
        add(record, "b", *MARKET, headline="سوق للمزارعين", outlet="الوادي", hour=1)
        add(record, "c", *FERRY[:2], headline="إجلاء ركاب العبارة نسيم", outlet="السند", hour=2)
    return where


def add(record: Record, name: str, *lines: str, headline: str, outlet: str, hour: int) -> None:
    seen = NOON + timedelta(hours=hour)
    told = article(*lines, headline=headline, outlet=outlet, at=f"2022-02-28 {9 + hour:02}:00:00")
    page = Page("\n".join((headline, *lines)).encode(), name, f"https://{name}.example/1", fetched_at=seen)
    record.add(page, told)


def test_kept_up_with_what_is_added(path: Path) -> None:
    with Record.open(path) as record:
        first, second = stories(record)
        assert (first.articles, first.texts, first.outlets) == (2, 1, ("الميناء", "السند"))
        assert (second.articles, second.headline) == (1, "سوق للمزارعين")
        assert [one.outlet for one in articles_of(record, first.id)] == ["الميناء", "السند"]
        assert [event.event for event in events_of(record, first.id)] == ["created", "joined"]
        assert story_of(record, "https://c.example/1") == first.id
        assert record.verify().problems == ()


def test_as_known_before(path: Path) -> None:
    with Record.open(path) as record:
        [head] = stories(record, known_at=NOON)
        assert (head.articles, head.outlets) == (1, ("الميناء",))
        assert len(articles_of(record, head.id, known_at=NOON + timedelta(hours=1))) == 1
        assert articles_of(record, head.id, known_at=NOON - timedelta(days=1)) == ()
        assert stories(record, known_at=NOON - timedelta(days=1)) == ()


def test_in_a_period(path: Path) -> None:
    with Record.open(path) as record:
        assert [head.articles for head in stories(record, since=datetime(2022, 2, 28, 11, tzinfo=UTC))] == [2]
        assert [head.articles for head in stories(record, until=datetime(2022, 2, 28, 10, tzinfo=UTC))] == [2]
        assert stories(record, since=datetime(2022, 3, 1, tzinfo=UTC)) == ()
        assert len(stories(record, limit=1)) == 1


def test_a_changed_page_stays_in_its_story(path: Path) -> None:
    with Record.open(path) as record:
        with record.keeping_up(Keeper()):
            add(record, "a", *MARKET, headline="جنوح العبارة نسيم: سوق", outlet="الميناء", hour=3)
        head = next(head for head in stories(record) if "السند" in head.outlets)
        tellings = articles_of(record, head.id)
        assert {one.outlet for one in tellings} == {"الميناء", "السند"}
        assert len(tellings) == 2, "of each address the last version alone"


def placements(path: Path) -> list[tuple[int, int, int]]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT article_id, story_id, copy_id FROM story_articles ORDER BY 1").fetchall()
    connection.close()
    return rows


def test_a_record_of_the_first_form_is_brought_forward_and_caught_up_with(path: Path) -> None:
    before = placements(path)
    take_back(path)
    with Record.open(path) as record:
        assert keep_up(record) == 3
        assert keep_up(record) == 0
        assert record.verify().problems == ()
    assert placements(path) == before


def test_what_was_added_without_the_view_is_caught_up_with(path: Path) -> None:
    with Record.open(path) as record:
        add(record, "d", *FERRY, headline="العبارة نسيم تجنح", outlet="الجزر", hour=4)
        assert len(articles_of(record, 1)) == 3
        with record.keeping_up(Keeper()):
            add(record, "e", *FERRY[1:], headline="أجلت الركاب", outlet="الخليج", hour=5)
        assert len(articles_of(record, 1)) == 4


def test_two_that_keep_one_record_up(path: Path) -> None:
    with Record.open(path) as one, Record.open(path) as other, one.keeping_up(Keeper()), other.keeping_up(Keeper()):
        add(one, "d", *FERRY, headline="العبارة نسيم", outlet="الجزر", hour=4)
        add(other, "e", *FERRY[:3], headline="العبارة نسيم", outlet="الخليج", hour=5)
        add(one, "f", *FERRY[1:], headline="العبارة نسيم", outlet="الشاطئ", hour=6)
        assert len(articles_of(one, 1)) == 5
        assert {telling.copy_id for telling in articles_of(one, 1)} == {1}


def test_made_anew_the_stories_keep_their_numbers(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = placements(path)
    with Record.open(path) as record:
        rebuild(record)
        assert placements(path) == before
        monkeypatch.setattr(keeping, "fingerprint", lambda: "another method")
        assert keep_up(record) == 0
        assert placements(path) == before
        assert [event.event for event in events_of(record, 1)] == ["created", "joined"]


def test_what_was_parted_and_put_together_is_logged(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE story_articles SET story_id = 2 WHERE article_id = 3")
        connection.execute("UPDATE about SET value = 'an older method' WHERE key = 'stories'")
    connection.close()
    with Record.open(path) as record:
        assert len(articles_of(record, 1)) == 2
        assert [(one.event, one.story_id, one.other_id) for one in events_of(record, 2)[1:]] == [("split", 2, 1)]


def test_a_merged_story_leads_to_the_one_it_went_into(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO stories VALUES (3, 1, '2022-02-28', '2022-02-28', NULL)")
        connection.execute("UPDATE story_articles SET story_id = 3 WHERE article_id = 3")
        connection.execute("UPDATE about SET value = 'an older method' WHERE key = 'stories'")
    connection.close()
    with Record.open(path) as record:
        assert [one.article_id for one in articles_of(record, 3)] == [1, 3]
        assert ("merged", 3, 1) in [(one.event, one.story_id, one.other_id) for one in events_of(record, 3)]
        with pytest.raises(UsageError, match="no story 4"):
            articles_of(record, 4)


def test_numbers_are_given_once_and_never_again() -> None:
    assert numbered({1: 5, 2: 5, 3: 6}, {1: 1, 2: 1, 3: 1, 4: 4}, free=7) == {1: 5, 4: 7}
    assert numbered({}, {1: 1, 2: 2}, free=1) == {1: 1, 2: 2}


def test_the_commands(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out: Callable[[], str] = lambda: capsys.readouterr().out  # noqa: E731
    assert main(["story"]) == 0
    told = out()
    assert "جنوح العبارة نسيم قبالة السند" in told
    assert "منابر: 2 · نصوص: 1" in " ".join(told.split())
    assert main(["story", "1"]) == 0
    assert "نص واحد ونسخه (2)" in out()
    assert main(["story", "1", "--format", "json"]) == 0
    [value] = json.loads(out())
    assert [one["outlet"] for one in value["articles"]] == ["الميناء", "السند"]
    assert value["sources"] == {"known": [], "unknown": 1}
    assert main(["search", "الركاب", "--story", "1", "--format", "jsonl"]) == 0
    assert {json.loads(line)["outlet"] for line in out().splitlines()} == {"الميناء", "السند"}
    assert main(["search", "الركاب", "--story", "2", "--format", "jsonl"]) == 0
    assert out() == ""
    assert main(["story", "9"]) == 2
    assert "there is no story 9" in capsys.readouterr().err
    for command in ("story", "accounts"):  # a number that no database could be asked for
        assert main([command, "9" * 30]) == 2
        assert "there is no story 999" in capsys.readouterr().err
    assert main(["story", "--rebuild", "--format", "jsonl"]) == 0
    assert [json.loads(line)["story"] for line in out().splitlines()] == [1, 2]


def test_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "news.docs.jsonl"
    texts = ("\n".join(("جنوح العبارة نسيم", *FERRY)), "\n".join(("سوق", *MARKET)), "\n".join(("عبارة", *FERRY[:2])))
    lines = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    file.write_text("\n".join([*lines[:1], "{", *lines[1:]]), encoding="utf-8")
    assert main(["group", str(file)]) == 1
    told = capsys.readouterr()
    found = [json.loads(line) for line in told.out.splitlines()]
    assert [one["id"] for one in found] == ["0", "1", "2"]
    assert found[0]["copy"] == found[2]["copy"] != found[1]["copy"]
    assert found[0]["story"] == found[2]["story"] != found[1]["story"]
    assert f"{file}:2" in told.err
