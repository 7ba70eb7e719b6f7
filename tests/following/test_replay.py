"""The replayed day: the same moment is the same bytes, and it changes as its script says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from musnad.errors import UsageError
from musnad.replay import Day, Server

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
START = datetime(2022, 2, 28, tzinfo=UTC)


def at(day: Day, path: str, seconds: float) -> str:
    found = day.at(path, START + timedelta(seconds=seconds))
    return found.body.decode() if found else ""


def test_the_live_page_grows_and_an_entry_is_corrected() -> None:
    day = Day(str(EXAMPLES), seconds=60, start=START)
    counts = [at(day, "/pages/live-blog.html", second).count('class="lb-post"') for second in range(61)]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (3, 13)
    texts = [at(day, "/pages/live-blog.html", second) for second in range(61)]
    wrong = [second for second, text in enumerate(texts) if "ومقتل 37" in text]
    right = [second for second, text in enumerate(texts) if "(عُدّلت هذه التدوينة)" in text]
    assert wrong
    assert max(wrong) < min(right)
    assert texts[60] == (EXAMPLES / "live-blog.html").read_text(encoding="utf-8") or "post-13" in texts[60]


def test_copies_come_one_after_another_and_one_page_goes() -> None:
    day = Day(str(EXAMPLES), seconds=60, start=START)
    counts = [at(day, "/feeds/rss.xml", second).count("wire-") // 2 for second in (0, 15, 30, 50)]
    assert counts == [0, 1, 2, 3]
    gone = day.at("/pages/tweet-embed.html", START + timedelta(seconds=50))
    assert gone is not None
    assert gone.status == 410
    assert "tweet-embed" not in at(day, "/feeds/rss.xml", 50)


def test_validators_are_honest() -> None:
    moment = [START]
    day = Day(str(EXAMPLES), seconds=60, start=START)
    with Server(day, now=lambda: moment[0]) as server:
        before: dict[str, bytes] = {}
        for second in range(0, 70, 3):
            moment[0] = START + timedelta(seconds=second)
            for path, _ in day.feeds():
                status, headers, body = server.answer(path, None, None)
                again = server.answer(path, headers["ETag"], None)
                assert (status, again[0], again[2]) == (200, 304, b"")
                if path in before:
                    known, old = before[path].split(b"\n", 1)
                    assert (server.answer(path, known.decode(), None)[0] == 304) == (old == body)
                before[path] = headers["ETag"].encode() + b"\n" + body


def test_a_folder_without_pages(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no pages"):
        Day(str(tmp_path), seconds=60, start=START)
    (tmp_path / "a.html").write_text("<p>نص</p>", encoding="utf-8")
    (tmp_path / "replay.json").write_text("[", encoding="utf-8")
    with pytest.raises(UsageError, match=r"replay\.json"):
        Day(str(tmp_path), seconds=60, start=START)
