"""What is kept, and what is refused."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from musnad.errors import BusyRecord, NewerRecord, NoRecord, NotARecord, RecordError
from musnad.model import Article, Page, Text
from musnad.record import Record, record_path
from musnad.record.database import HEAD, engine_of
from musnad.record.schema import metadata
from musnad.run import read
from tests.publish import build
from tests.record.texts import ADDED, ADDRESS, DENIED, OTHER, SAID, at, html, page, put


def test_what_comes_out_is_what_went_in(record: Record) -> None:
    given = build.article()
    one = Page("الجسر".encode(), "a.html", ADDRESS, at(9), "text/html", "utf-8")
    assert record.add(one, given).outcome == "new"
    [version] = record.versions(ADDRESS)
    assert replace(version.article, origin=given.origin, page_id=given.page_id) == given
    assert (version.article.origin, version.article.page_id) == ("a.html", one.id)
    assert record.page(one.id) == one.body
    assert (version.seen_at, version.superseded_at, version.digest) == (at(9), None, one.id)


def test_a_page_as_it_is_read_comes_out_as_it_was(record: Record) -> None:
    one = page(SAID, DENIED, OTHER, hour=9)
    given = read(one)
    assert len(given.attributions) >= 2
    record.add(one, given)
    assert record.versions(ADDRESS)[0].article == given


def test_the_same_bytes_change_nothing(record: Record) -> None:
    first = put(record, SAID, DENIED)
    for hour in (13, 14):
        again = put(record, SAID, DENIED, hour=hour)
        assert (again.outcome, again.seen_at, again.digest) == ("unchanged", first.seen_at, first.digest)
    assert len(record.versions(ADDRESS)) == 1
    assert record.verify().pages == 1


def test_a_page_that_is_known_need_not_be_read_again(record: Record) -> None:
    saved, fetched = page(SAID, DENIED), page(SAID, ADDED, hour=15)
    for one in (saved, fetched):
        assert record.known(one) is None
        record.add(one, read(one), now=at(12))
        assert record.known(one)
    later = replace(fetched, fetched_at=at(16))
    assert record.known(later) is None
    known = record.known(fetched)
    assert known
    assert known.attributions == len(read(fetched).attributions)
    assert record.add(later, read(later)).outcome == "unchanged"


def test_other_bytes_with_the_same_article_share_it(record: Record) -> None:
    put(record, SAID, DENIED, hour=9, extra="1")
    assert put(record, SAID, DENIED, hour=10, extra="2").outcome == "refreshed"
    checked = record.verify()
    assert (checked.pages, checked.versions, checked.articles) == (2, 2, 1)
    [statement, *_] = record.who("هدى منصور")
    assert statement.seen_at == at(9)


def test_a_page_that_goes_back_is_a_version_when_its_fetching_says_so(record: Record) -> None:
    put(record, SAID, DENIED, hour=9)
    put(record, SAID, ADDED, hour=10)
    assert put(record, SAID, DENIED, hour=11).outcome == "changed"
    assert [version.seen_at for version in record.versions(ADDRESS)] == [at(9), at(10), at(11)]


def test_an_older_page_that_comes_later_takes_its_place(record: Record) -> None:
    put(record, SAID, ADDED, hour=15)
    put(record, SAID, DENIED, hour=9)
    old, new = record.versions(ADDRESS)
    assert (old.seen_at, old.superseded_at, new.superseded_at) == (at(9), at(15), None)


def test_a_clock_that_goes_back_does_not_turn_versions_round(record: Record) -> None:
    for body, moment in (((SAID,), at(15)), ((SAID, DENIED), at(9))):
        one = page(*body, OTHER)
        record.add(one, read(one), now=moment)
    first, second = record.versions(ADDRESS)
    assert second.seen_at == at(15) + timedelta(microseconds=1) == first.superseded_at


def test_what_was_known_then(record: Record) -> None:
    put(record, SAID, DENIED, OTHER, hour=9)
    put(record, SAID, ADDED, OTHER, hour=12)
    assert [v.superseded_at for v in record.versions(ADDRESS, known_at=at(10))] == [None]
    assert record.versions(ADDRESS, known_at=at(8)) == ()


def test_pages_without_an_address_go_by_what_they_have(record: Record, tmp_path: Path) -> None:
    file = tmp_path / "saved.txt"
    file.write_bytes(html(SAID, OTHER))
    for origin in (str(file), "-"):
        one = Page(file.read_bytes(), origin)
        record.add(one, read(one))
    assert list(record.addresses()) == [file.as_uri(), f"urn:sha256:{one.id}"]
    assert len(record.versions(str(file))) == 1


def test_nothing_is_an_empty_answer(record: Record) -> None:
    assert record.versions("https://madar.example/none") == ()
    assert record.page("0" * 64) is None
    assert list(record.addresses()) == []
    assert record.who("سالم") == ()
    assert record.search("سالم").statements == ()
    assert record.verify().problems == ()


def test_a_page_without_an_article_is_kept(record: Record) -> None:
    one = Page(b"<p></p>", "empty.html", ADDRESS)
    assert record.add(one, read(one)).attributions == 0
    assert record.versions(ADDRESS)[0].article.text == Text("")


def test_rows_cannot_be_changed(file_record: Record) -> None:
    put(file_record, SAID, DENIED)
    with sqlite3.connect(file_record.path) as connection:
        for change in ("UPDATE articles SET text = ''", "DELETE FROM pages", "UPDATE places SET start = 0"):
            with pytest.raises(sqlite3.IntegrityError, match="added, never changed"):
                connection.execute(change)
    connection.close()


def test_the_migrations_make_what_the_schema_says(place: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from musnad.record import migrations

    def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
        return kind != "table" or "_words" not in str(name)

    engine = engine_of(place, 5, create=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, metadata) == []
    engine.dispose()
    config = Config()
    config.set_main_option("script_location", str(Path(str(migrations.__file__)).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_file_that_is_no_record_is_refused_and_left_alone(tmp_path: Path) -> None:
    words, other, folder = tmp_path / "notes.txt", tmp_path / "other.sqlite", tmp_path / "folder"
    words.write_text("ملاحظات", encoding="utf-8")
    folder.mkdir()
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE notes (words)")
    connection.close()
    for path in (words, other, folder):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(NotARecord) as told:
            Record.open(path, create=True)
        assert str(path) in str(told.value)
        assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_record_that_is_not_there_is_made_only_when_it_is_added_to(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "record.sqlite"
    with pytest.raises(NoRecord, match="musnad add"):
        Record.open(path)
    assert not path.parent.exists()
    Record.open(path, create=True).close()
    Record.open(path).close()


def test_a_record_of_a_newer_version_is_refused(file_record: Record) -> None:
    with sqlite3.connect(file_record.path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(NewerRecord, match="update musnad"):
        Record.open(file_record.path)


def test_a_damaged_file_is_told(file_record: Record) -> None:
    put(file_record, SAID, DENIED)
    file_record.close()
    with sqlite3.connect(file_record.path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    body = bytearray(file_record.path.read_bytes())
    body[4096 * 3 :] = b"\xff" * (len(body) - 4096 * 3)
    file_record.path.write_bytes(bytes(body))
    with pytest.raises(RecordError, match="damaged"):
        Record.open(file_record.path).search("الجسر")


def test_a_second_writer_waits_and_then_says_so(file_record: Record) -> None:
    put(file_record, SAID, DENIED)
    other = sqlite3.connect(file_record.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Record.open(file_record.path, wait=0.2) as waiting:
        began = time.monotonic()
        with pytest.raises(BusyRecord, match=r"has not ended in 0\.2 s"):
            put(waiting, SAID, ADDED, hour=15)
        assert time.monotonic() - began > 0.15
        assert waiting.search("الجسر").statements, "readers go on"
    other.execute("ROLLBACK")
    other.close()
    assert put(file_record, SAID, ADDED, hour=15).outcome == "changed"


def test_a_writer_gets_its_turn(file_record: Record) -> None:
    other = sqlite3.connect(file_record.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
    timer.start()
    assert put(file_record, SAID, DENIED).outcome == "new"
    timer.join()
    other.close()


def test_what_fails_in_the_middle_leaves_nothing(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    from musnad.record import index

    def fails(*_: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as broken:
        broken.setattr(index, "index_statements", fails)
        with pytest.raises(RuntimeError, match="in the middle"):
            put(record, SAID, DENIED)
    assert record.verify() == replace(record.verify(), pages=0, versions=0, articles=0, attributions=0, problems=())
    assert put(record, SAID, DENIED).outcome == "new"
    assert record.verify().problems == ()


def test_a_disk_without_room_is_told(file_record: Record) -> None:
    file_record.close()
    with sqlite3.connect(file_record.path) as connection:
        [pages] = connection.execute("PRAGMA page_count").fetchone()
    connection.close()
    command = (
        "import sys; from musnad.record import Record, sqlite; from tests.record import texts;"
        "settle = sqlite._settle;"
        f"full = lambda connection, _: (settle(connection, _), connection.execute('PRAGMA max_page_count = {pages + 1}'));"
        "sqlite._settle = full;"
        "texts.put(Record.open(sys.argv[1]), *[texts.SAID.replace('380', str(n)) for n in range(300, 500)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", command, str(file_record.path)], capture_output=True, text=True, check=False
    )
    assert "RecordError" in done.stderr
    assert "the disk is full" in done.stderr
    with Record.open(file_record.path) as again:
        assert again.verify().problems == ()
        assert again.verify().pages == 0


def test_where_a_record_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data/home")
    assert record_path("news.sqlite") == Path("news.sqlite")
    assert record_path("~/news.sqlite") == Path.home() / "news.sqlite"
    if sys.platform == "linux":
        assert record_path() == Path("/data/home/musnad/record.sqlite")


def test_numbers_come_out_exactly(record: Record) -> None:
    given = build.article()
    odd = tuple(replace(given.figures[0], value=value) for value in (380, 2.0, 1e300, 10**40, 0.1, None))
    article: Article = replace(given, figures=odd)
    record.add(Page(b"1", "a.html", ADDRESS), article)
    values = [figure.value for figure in record.versions(ADDRESS)[0].article.figures]
    assert values == [380, 2.0, 1e300, 10**40, 0.1, None]
    assert [type(value) for value in values] == [int, float, float, int, float, type(None)]
