"""What is PostgreSQL's alone: rows that stay, several writers, a server that is gone, what is no record, no passwords."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql

from musnad.cli import main
from musnad.errors import BusyRecord, LostRecord, NewerRecord, NoRecord, NotARecord, RecordError, UsageError
from musnad.record import Record
from musnad.record.address import shown
from musnad.record.schema import PackedJson
from tests.record import servers
from tests.record.test_search import add
from tests.record.texts import ADDED, ADDRESS, DENIED, OTHER, SAID, html, put

LONG = 300


@pytest.fixture
def shared(address: str) -> Iterator[Record]:
    """An empty record on a server."""
    with Record.open(address, create=True, wait=5) as made:
        yield made


@pytest.mark.parametrize(
    "change", ["UPDATE articles SET reader = ''", "DELETE FROM versions", "TRUNCATE places CASCADE"]
)
def test_rows_cannot_be_changed(shared: Record, change: str) -> None:
    put(shared, SAID, DENIED)
    with pytest.raises(Exception, match="added, never changed"):
        servers.run(shared.place, change)


def test_a_record_whose_blocks_are_not_packed_is_brought_forward(shared: Record) -> None:
    put(shared, SAID, DENIED)
    put(shared, SAID, ADDED, hour=13)
    before = shared.versions(ADDRESS)
    rows = servers.run(shared.place, "SELECT id, blocks, furniture FROM articles")
    kind = postgresql.dialect()  # type: ignore[no-untyped-call]
    commands = ["ALTER TABLE articles DISABLE TRIGGER USER"]
    commands += [f"ALTER TABLE articles ALTER {name} TYPE json USING 'null'" for name in ("blocks", "furniture")]
    for number, *packed in rows:
        plain = [json.dumps(PackedJson().process_result_value(one, kind), ensure_ascii=False) for one in packed]
        commands.append(
            f"UPDATE articles SET blocks = $q${plain[0]}$q$, furniture = $q${plain[1]}$q$ WHERE id = {number}"
        )
    commands += ["DROP TABLE corrected, corrections, alert_deliveries, alerts"]
    commands += ["ALTER TABLE articles ENABLE TRIGGER USER", "UPDATE alembic_version SET version_num = '0005'"]
    servers.run(shared.place, *commands)
    with Record.open(shared.place, wait=5) as record:
        assert record.versions(ADDRESS) == before
        assert put(record, SAID, OTHER, hour=14).outcome == "changed"
        assert record.verify().problems == ()
    with pytest.raises(Exception, match="added, never changed"):
        servers.run(shared.place, "UPDATE articles SET reader = ''")


def test_all_commands_on_a_server(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "bridge.html"
    page.write_bytes(html(SAID, DENIED, OTHER))
    for arguments in (
        ["add", str(page)], ["search", "للجسر"], ["who", "هدى منصور"], ["history", str(page)], ["verify"],
    ):  # fmt: skip
        assert main([*arguments, "--record", address]) == 0
        told = capsys.readouterr()
        assert told.out
        assert "?host=" not in told.out
    assert main(["search", "غواصة", "--record", address, "-f", "json"]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_writers_of_one_address_take_turns(shared: Record) -> None:
    failed: list[BaseException] = []

    def write(first: int) -> None:
        try:
            with Record.open(shared.place, wait=20) as mine:
                for number in range(first, first + 10):
                    put(mine, SAID.replace("380", str(number)), ADDED, OTHER)
                    put(mine, DENIED, ADDED, SAID, address=f"https://madar.example/{number % 3}", extra=str(number))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(first,)) for first in (100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    checked = shared.verify()
    assert (checked.problems, checked.versions) == ((), 60)
    versions = shared.versions(ADDRESS)
    assert len(versions) == 30
    assert all(one.superseded_at == later.seen_at for one, later in pairwise(versions))
    assert len({version.seen_at for version in versions}) == 30


def test_a_connection_that_is_lost_is_made_again(shared: Record) -> None:
    put(shared, SAID, DENIED)
    sessions = "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    others = f"SELECT pg_terminate_backend(pid) FROM {sessions}"
    servers.run(shared.place, others)
    assert shared.search("الجسر").statements
    servers.run(shared.place, others)
    assert put(shared, SAID, ADDED).outcome == "changed"
    with pytest.raises(LostRecord, match="does not answer"), shared.transaction():  # noqa: PT012
        put(shared, OTHER, ADDED)
        servers.run(shared.place, others)
        put(shared, OTHER, SAID)
    checked = shared.verify()
    assert (checked.problems, checked.versions) == ((), 2), "all of the transaction or nothing"


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LostRecord, match="does not answer") as told:
        Record.open(f"postgresql://desk:secret@/news?host={tmp_path}", wait=0.1)
    assert "secret" not in str(told.value)


def test_a_lock_that_is_not_given_is_told(shared: Record) -> None:
    put(shared, SAID)
    with Record.open(shared.place, wait=0.2) as hasty, shared.transaction():
        put(shared, SAID, DENIED)
        with pytest.raises(BusyRecord, match=r"have not ended in 0\.2 s"):
            put(hasty, SAID, ADDED)


def test_a_disk_without_room_is_told(shared: Record) -> None:
    servers.run(
        shared.place,
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
        "'could not extend file' USING ERRCODE = '53100'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON versions EXECUTE FUNCTION full_disk()",
    )
    with pytest.raises(RecordError, match="the disk of the server is full"):
        put(shared, SAID, DENIED)
    servers.run(shared.place, "DROP TRIGGER full_disk ON versions")
    assert shared.verify().pages == 0
    assert put(shared, SAID, DENIED).outcome == "new"


def test_what_is_no_record_is_refused_and_left_alone(address: str, server: Path) -> None:
    with pytest.raises(NoRecord, match="empty"):
        Record.open(address)
    servers.run(address, "CREATE TABLE notes (words text)")
    with pytest.raises(NotARecord, match="this database is no record"):
        Record.open(address, create=True)
    assert servers.run(address, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [["notes"]]
    with pytest.raises(NoRecord, match="no such database"):
        Record.open(f"postgresql://postgres@/none?host={server}", create=True)
    with pytest.raises(RecordError, match="LATIN1, not UTF8"):
        Record.open(servers.database(server, encoding="LATIN1"), create=True)


def test_a_record_of_a_newer_version_is_refused(shared: Record) -> None:
    servers.run(shared.place, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerRecord, match="update musnad"):
        Record.open(shared.place)


def test_a_phrase_in_a_text_that_is_too_long_for_places(shared: Record) -> None:
    add(shared, "\n".join([f"الطريق إلى النهر رقم {number}." for number in range(LONG)] + ["ثم فتح الطريق الجديد."]))
    assert shared.search('"الطريق الجديد"').mentions
    assert shared.verify().problems == ()


def test_the_index_is_compared_row_by_row(shared: Record) -> None:
    put(shared, SAID, DENIED)
    servers.run(shared.place, "UPDATE article_words SET words = 'x'", "DELETE FROM statement_words WHERE id = 1")
    assert [problem.where for problem in shared.verify().problems] == [
        "the index article_words", "the index statement_words",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("postgresql://desk:secret@db.example:x/news", "cannot be read"),
        ("postgresql://desk:secret@db.example", "names no database"),
        ("postgresql://desk:secret@db.example/news?colour=red", "unknown settings: colour"),
        ("postgresql://desk:secret@db.example/news?sslmode=maybe", "none of disable"),
    ],
)
def test_addresses_that_are_none(place: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as told:
        Record.open(place)
    assert "secret" not in str(told.value)
    assert "secret" not in shown("postgresql://desk:secret@db.example/news")


def test_without_the_driver(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pg8000", None)
    with pytest.raises(RecordError, match=r"musnad\[postgresql\]"):
        Record.open(address)
