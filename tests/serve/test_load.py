"""The live page under load and in trouble, in small: `make bench ONLY=live` does it with two thousand."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import sys
import threading
import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench import coverage
from bench.readers import Seen, read, whole
from musnad.publish.pictures import Manner
from musnad.serve import Serving, states
from musnad.serve import server as uvicorn_server
from musnad.serve.choice import View
from musnad.serve.kept import Kept
from musnad.serve.news import Watcher
from musnad.serve.pages import around_html, card_html
from musnad.serve.records import Records
from musnad.serve.shown import PART
from tests.record import servers
from tests.serve.conftest import CAPTAIN, Desk, add
from tests.serve.test_follow import started, until

READERS = 50
STATEMENTS = 8


def watched(urls: list[str], place: str, *, losses: int, between: threading.Event | None = None) -> Seen:
    """What readers see while statements come in; `between` is set when half of them are there."""
    out: list[Seen] = []
    loading = threading.Thread(
        target=lambda: out.append(asyncio.run(read(urls, 1, READERS, 14, spread=1, losses=losses)))
    )
    loading.start()
    time.sleep(3)
    for at in range(STATEMENTS):
        if between is not None and at == STATEMENTS // 2:
            between.set()
        add(place, 1, 1, 6 + at)
        time.sleep(0.3)
    loading.join()
    return out[0]


def missed_nothing(seen: Seen) -> None:
    """Every reader saw each statement once, and ends with the page as it stands."""
    new = range(coverage.FIRST + 6, coverage.FIRST + 6 + STATEMENTS)
    assert {number: len(seen.arrived[number]) for number in new} == dict.fromkeys(new, READERS)
    assert (seen.doubled, seen.wrong, seen.short) == (0, 0, 0)


def test_readers_who_lose_their_connection_miss_nothing(tmp_path: Path) -> None:
    place = str(tmp_path / "record.sqlite")
    add(place, 6, 1)
    with started("--record", place) as (_, client):
        seen = watched([str(client.base_url).rstrip("/")], place, losses=2)
        missed_nothing(seen)
        assert seen.reconnected >= READERS
        figures = client.get("/metrics").text
    assert f"musnad_sequence {6 + STATEMENTS}" in figures
    assert int(figures.partition("\nmusnad_events_total ")[2].split()[0]) >= READERS


def test_readers_who_go_from_one_service_to_another_miss_nothing_also_when_one_is_killed(postgresql: Path) -> None:
    place = servers.database(postgresql)
    add(place, 6, 1)
    with started("--record", place) as (_, one), started("--record", place) as (process, other):
        half = threading.Event()

        def kill() -> None:
            half.wait(60)
            process.kill()

        killer = threading.Thread(target=kill)
        killer.start()
        seen = watched([str(client.base_url).rstrip("/") for client in (one, other)], place, losses=3, between=half)
        killer.join()
        assert process.wait(10) == -signal.SIGKILL
        missed_nothing(seen)
        assert seen.errors  # who was at the killed one noticed, and went on at the other


def test_two_services_name_the_same_state_alike(postgresql: Path) -> None:
    place = servers.database(postgresql)
    add(place, 2, 2)
    with started("--record", place) as (_, one), started("--record", place) as (_, other):
        told = [client.get("/story/1/news").json()["state"] for client in (one, other)]
        assert told[0] == told[1]
        add(place, 1, 1, 6)
        news = [client.get(f"/story/1/news?after={told[0]}").json() for client in (one, other)]
        assert news[0] == news[1]
        assert len(news[0]["html"]) == 1


def test_a_service_that_is_started_anew_goes_on_where_the_last_one_ended(tmp_path: Path) -> None:
    place = str(tmp_path / "record.sqlite")
    add(place, 6, 1)
    with started("--record", place) as (_, client):
        state = client.get("/story/1/news").json()["state"]
    with started("--record", place) as (_, client):
        news = client.get(f"/story/1/news?after={state}").json()
        assert (news["state"], news["html"]) == (state, {})
        add(place, 1, 1, 6)
    with started("--record", place) as (_, client):  # it never showed that state, and finds what it was
        news = client.get(f"/story/1/news?after={state}").json()
        assert len(news["html"]) == 1
        with client.stream("GET", "/story/1/events", headers={"Last-Event-ID": state}) as stream:
            told = next(line for line in stream.iter_lines() if line.startswith("data: "))
        assert json.loads(told[6:]) == news


def test_sigterm_ends_open_streams_at_once(tmp_path: Path) -> None:
    place = str(tmp_path / "record.sqlite")
    add(place, 6, 1)
    with started("--record", place, "--access-log") as (process, client):
        told: list[str] = []
        with client.stream("GET", "/story/1/events?token=secret") as stream:
            lines = stream.iter_lines()
            until(lambda: next(lines).startswith("data: "), 10)
            began = time.monotonic()
            process.terminate()
            told += lines  # to the proper end of the answer, else httpx raises
        assert process.wait(10) == 0
        assert time.monotonic() - began < 3
        words = process.stdout.read().decode() if process.stdout else ""
    asked = [json.loads(line) for line in words.splitlines()]
    [line] = [one for one in asked if one["path"] == "/story/1/events"]
    assert (line["status"], line["method"], line["client"]) == (200, "GET", "127.0.0.1")
    assert line["bytes"] > 1000
    assert "secret" not in words


def test_who_never_reads_holds_nobody_up_and_is_disconnected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["musnad.serve.server"], "UNREAD", 2.0)
    desk = Desk(tmp_path)
    try:
        for one in desk.server.servers[0].sockets:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        with socket.socket() as lazy:
            lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            lazy.connect(("127.0.0.1", desk.server.config.port))
            lazy.sendall(b"GET /report.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            until(lambda: desk.server.server_state.connections, 5)
            began = time.monotonic()
            assert desk.client.get("/story/1").status_code == 200
            assert time.monotonic() - began < 2
            desk.client.close()
            time.sleep(1)
            assert len(desk.server.server_state.connections) == 1
            if sys.platform == "linux":
                until(lambda: not desk.server.server_state.connections, 20)
    finally:
        desk.close()


def test_slow_askers_hold_nobody_up(desk: Desk) -> None:
    slow = [socket.create_connection(("127.0.0.1", desk.server.config.port)) for _ in range(50)]
    try:
        for _ in range(5):
            for one in slow:
                one.sendall(b"G")
            began = time.monotonic()
            assert desk.client.get("/story/1").status_code == 200
            assert time.monotonic() - began < 2
    finally:
        for one in slow:
            one.close()


def test_long_questions_are_refused_or_answered_soon(desk: Desk) -> None:
    long = "ق" * 10_000
    for path in ("/search", "/api/v1/search", "/story/1", "/story/1/news", "/api/v1/statements"):
        for name in ("q", "after", "speaker", "lang", "outlet", "x"):
            began = time.monotonic()
            assert desk.client.get(path, params={name: long}).status_code < 500
            assert time.monotonic() - began < 2
    assert desk.client.get(f"/speaker/{long}").status_code < 500
    assert (
        desk.client.get("/story/1/events", headers={"Last-Event-ID": "9" * 5000}, params={"after": "x"}).status_code
        == 422
    )


def test_health_tells_when_an_article_came_last_and_is_open_to_who_has_no_token(tmp_path: Path) -> None:
    desk = Desk(tmp_path, token="a-long-token")
    try:
        until(lambda: desk.client.get("/health").json()["last_article"], 10)
        assert desk.client.get("/health").json()["ready"] is True
        assert desk.client.get("/metrics").status_code == 401
        allowed = desk.client.get("/metrics", headers={"Authorization": "Bearer a-long-token"})
        assert 'musnad_requests_total{route="/health",status="200"}' in allowed.text
        assert "musnad_ready 1" in allowed.text
    finally:
        desk.close()


def test_a_service_whose_record_cannot_be_read_is_alive_and_not_ready(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = uvicorn_server(Serving(str(tmp_path / "none.sqlite"), port=port, every=0.1))
    thread = threading.Thread(target=running.run)
    thread.start()
    try:
        until(lambda: running.started, 20)
        answer = httpx.get(f"http://127.0.0.1:{port}/health")
        assert (answer.status_code, answer.json()) == (503, {"ready": False, "last_article": None})
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 503
    finally:
        running.should_exit = True
        thread.join(20)


def test_a_channel_that_was_let_go_of_is_renewed(tmp_path: Path) -> None:
    """A reader comes while the last one goes, and something came in between."""
    place = str(tmp_path / "record.sqlite")
    add(place, 3, 1)

    async def followed() -> bytes:
        records = Records(Serving(place))
        watcher = Watcher(records, states.States(card_html, around_html, records), 0.05)
        async with watcher.looking():
            stream = await watcher.stream(1, View(Manner()), "0")
            await asyncio.sleep(0.2)
            await asyncio.to_thread(add, place, 1, 1, 3)
            await asyncio.sleep(0.3)  # nobody reads the channel, and it is let go of
            sent: list[bytes] = []

            async def receive() -> dict[str, str]:
                await asyncio.sleep(1)
                return {"type": "http.disconnect"}

            async def send(message: MutableMapping[str, Any]) -> None:
                sent.append(message.get("body", b""))

            await stream({}, receive, send)
        return b"".join(sent)

    words = asyncio.run(followed())
    assert [line[:6] for line in words.splitlines() if line.startswith(b"id: ")] == [b"id: 3-", b"id: 4-"]


def test_a_long_story_comes_in_parts(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    try:
        add(str(desk.record), 30, 8)
        number = next(
            head["story"] for head in desk.client.get("/api/v1/stories").json() if head["headline"] == coverage.HEADLINE
        )
        first = desk.client.get(f"/story/{number}")
        assert first.text.count("data-key=") == PART
        assert first.headers["content-encoding"] == "gzip"
        assert int(first.headers["content-length"]) < 100_000
        keys = asyncio.run(whole(desk.url, number))
        assert len(keys) == len(set(keys)) == 240
        second = desk.client.get(f"/story/{number}?after={keys[PART - 1]}").text
        assert 'data-seq=""' in second  # what comes in belongs to the first part
        news = desk.client.get(f"/story/{number}/news").json()
        assert (news["order"], news["more"]) == (keys[:PART], True)
        add(str(desk.record), 1, 1, 400)
        path = f"/story/{number}/news?after={news['state']}"
        until(lambda: desk.client.get(path).json()["html"], 20)  # what takes long is worked out beside
        later = desk.client.get(path).json()
        assert len(later["order"]) == len(later["html"]) == 1
        assert later["then"] == keys[0]
    finally:
        desk.close()


def test_who_was_away_for_longer_than_states_are_kept_is_given_the_first_part(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "KEPT_STATES", 1)
    before = desk.client.get("/story/1/news").json()
    desk.write("first", "المدار", "جنحت عبارة الركاب «نسيم» فجر اليوم قبالة ميناء السند وعليها ركاب.", CAPTAIN)
    assert desk.client.get("/story/1/news").json()["seq"] > before["seq"]
    news = desk.client.get(f"/story/1/news?after={before['state']}").json()
    assert list(news["html"]) == news["order"]
    assert news["more"] is False


def test_what_took_long_is_not_worked_out_again_at_once() -> None:
    kept: Kept[str] = Kept(2)

    def slow() -> str:
        time.sleep(0.05)
        return "slow"

    assert kept.get("a", 1, slow) == "slow"
    assert kept.get("a", 2, lambda: "again") == "slow"
    time.sleep(0.6)
    assert kept.get("a", 2, lambda: "again") == "again"
    assert [kept.get("b", 1, lambda: "b"), kept.get("c", 1, lambda: "c")] == ["b", "c"]
    assert kept.get("a", 2, lambda: "anew") == "anew"  # the last two are kept
