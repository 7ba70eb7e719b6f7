"""What a check finds: damage that was done on purpose, and nothing else."""

from __future__ import annotations

import sqlite3
import zlib

import pytest

from musnad.errors import RecordError
from musnad.record import Problem, Record
from tests.record.texts import ADDED, ADDRESS, DENIED, OTHER, SAID, put

NINE = "'2022-02-28 09:00:00.000000'"
DAMAGE = (
    ("UPDATE articles SET text = x'00' WHERE id = 1", "article 1", "its text cannot be unpacked"),
    ("UPDATE articles SET blocks = x'01ffff' WHERE id = 1", "article 1", "cannot be put together"),
    ("UPDATE articles SET furniture = '{\"headline\": 1}' WHERE id = 1", "article 1", "cannot be put together"),
    (
        "UPDATE places SET stop = 100000 WHERE attribution_id = 1 AND role = 'content'",
        "article 1",
        "not within its text",
    ),
    ("UPDATE places SET start = start + 1 WHERE attribution_id = 1 AND role = 'content'", "article 1", "not what was"),
    ("UPDATE links SET start = 5, stop = 2 WHERE attribution_id = 1", "article 1", "a link [5, 2) is not within"),
    ("UPDATE figures SET stop = -1 WHERE article_id = 1", "article 1", "a figure"),
    ("UPDATE figures SET value = '381' WHERE article_id = 1", "article 1", "not what was stored"),
    ("UPDATE names SET name = 'غيره' WHERE id = 1", "article 1", "not what was stored"),
    ("DELETE FROM attributions WHERE id = 1", "places row", "not there"),
    ("UPDATE pages SET body = x'00' WHERE id = 1", "page ", "cannot be unpacked"),
    ("UPDATE pages SET size = 1 WHERE id = 1", "page ", "it holds"),
    ("DELETE FROM versions WHERE id = 2", "articles row 2", "no version refers to it"),
    ("DELETE FROM pages WHERE id = 1", "versions row 1", "refers to something in pages"),
    (
        "INSERT INTO statement_words(statement_words) VALUES ('delete-all')",
        "the index statement_words",
        "cannot be found",
    ),
    ("INSERT INTO article_words(rowid, words) VALUES (99, 'x')", "the index article_words", "1 are found"),
    ("UPDATE about SET value = 'x'", "the index", "other forms"),
    ("DELETE FROM meanings WHERE name_id = 1", "name 1", "whom it means"),
    (
        f"INSERT INTO stories(id, articles, first_at, last_at) VALUES (7, 2, {NINE}, {NINE})",
        "story 7",
        "2 articles tell it, and has 0",
    ),
    (
        f"INSERT INTO story_articles(article_id, story_id, copy_id, at) VALUES (1, 9, 1, {NINE})",
        "article 1",
        "a story that is not",
    ),
)


def damage(record: Record, *changes: str, body: bytes | None = None) -> tuple[Problem, ...]:
    """Change the file behind the record's back, and what a check then says."""
    with sqlite3.connect(record.path) as connection:
        triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for change in changes:
            connection.executescript(change)
        if body is not None:
            connection.execute("UPDATE pages SET body = ? WHERE id = 1", (zlib.compress(body),))
    connection.close()
    return record.verify().problems


@pytest.fixture
def filled(file_record: Record) -> Record:
    """A record with two versions, and nothing wrong in it."""
    record = file_record
    put(record, SAID, DENIED, OTHER, hour=9)
    put(record, SAID, ADDED, OTHER, hour=12)
    checked = record.verify()
    assert (checked.pages, checked.versions, checked.articles, checked.problems) == (2, 2, 2, ())
    assert checked.attributions >= 4
    assert checked.places >= 12
    return record


@pytest.mark.parametrize(("change", "where", "what"), DAMAGE)
def test_damage_is_found(filled: Record, change: str, where: str, what: str) -> None:
    problems = damage(filled, change)
    assert [one for one in problems if where in one.where and what in one.what], problems


def test_bytes_of_another_page_are_found(filled: Record) -> None:
    [problem, *_] = damage(filled, body=b"another page")
    assert problem.what == "its bytes have another digest"


def test_another_text_is_found(filled: Record) -> None:
    [version, *_] = filled.versions(ADDRESS)
    words = version.article.text.words.replace("380", "381")
    problems = damage(filled, f"UPDATE articles SET text = x'{zlib.compress(words.encode()).hex()}' WHERE id = 1")
    assert Problem("article 1", "its text, its furniture or what was found in it is not what was stored") in problems
    assert {problem.where for problem in problems} == {
        "article 1",
        "the index article_words",
        "the index statement_words",
    }


def test_a_check_mends_nothing(filled: Record) -> None:
    first = damage(filled, *(change for change, _, _ in DAMAGE[:4]))
    assert first
    assert filled.verify().problems == first


def test_a_question_that_meets_damage_says_what_to_do(filled: Record) -> None:
    damage(filled, "UPDATE articles SET furniture = '{\"headline\": 1}'")
    with pytest.raises(RecordError, match="musnad verify"):
        filled.search("الجسر")
