"""Corrections by readers, in the service."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from tests.serve.conftest import CAPTAIN, HARBOUR, LEAD, Desk

RIGHT = {"what": "speaker", "speaker": "نادر عزام", "by": "سالم", "note": "بحسب التسجيل"}


def address(desk: Desk) -> str:
    """Where the first statement is corrected."""
    answer = desk.client.get("/statement/1/correct")
    assert answer.status_code == 303
    return answer.headers["location"]


def sealed(desk: Desk) -> dict[str, str]:
    return sealed_at(desk, address(desk))


def sealed_at(desk: Desk, path: str) -> dict[str, str]:
    found = re.search('name="seal" value="([^"]+)"', desk.client.get(path).text)
    assert found
    return {"seal": found[1]}


def news_after(desk: Desk, state: str) -> dict[str, Any]:
    """What is new since a state, once it is: on a busy machine the state before is shown for a moment."""
    for _ in range(200):
        news: dict[str, Any] = desk.client.get(f"/story/1/news?after={state}").json()
        if news["state"] != state:
            break
        time.sleep(0.1)
    return news


def test_a_speaker_is_corrected_and_taken_back(desk: Desk) -> None:
    before = desk.client.get("/story/1/news").json()
    kept = desk.client.post(address(desk), data=RIGHT | sealed(desk))
    assert (kept.status_code, kept.headers["location"]) == (303, "/article/1")
    news = news_after(desk, before["state"])
    assert news["seq"] > before["seq"]
    assert any("نادر عزام" in card and "سالم الكعبي" in card for card in news["html"].values())  # and who was read
    assert "نادر عزام" in desk.client.get("/article/1").text
    assert "بحاجز رملي" in desk.client.get("/speaker/نادر عزام").text
    assert "بحسب التسجيل" in desk.client.get("/corrections").text
    assert desk.client.get("/api/v1/statements", params={"speaker": "نادر عزام"}).json()
    desk.client.post(address(desk), data={"what": "undo", "by": "سالم"} | sealed(desk))
    news_after(desk, news["state"])
    assert "نادر عزام" not in desk.client.get("/story/1").text


def test_a_chain_and_what_nobody_said(desk: Desk) -> None:
    chain = {"what": "chain", "chain": "سالم الكعبي < agency:واس < المدار", "by": "هدى"}
    desk.client.post(address(desk), data=chain | sealed(desk))
    assert "واس" in desk.client.get("/story/1").text.partition('id="feed"')[2]
    desk.client.post(address(desk), data={"what": "not_said", "by": "هدى"} | sealed(desk))
    assert "data-key" not in desk.client.get("/story/1").text.partition('id="feed"')[2].partition("</section>")[0]
    assert desk.client.get("/statement/1").headers["location"] == "/article/1"


def test_each_correction_can_be_taken_back(desk: Desk) -> None:
    desk.client.post(address(desk), data={"what": "not_said", "by": "هدى"} | sealed_at(desk, address(desk)))
    listed = desk.client.get("/corrections").text
    found = re.search('href="(/corrections/[0-9]+/undo)"', listed)
    assert found
    form = desk.client.get(found[1])
    assert 'value="هدى"' in form.text
    assert "لم يقله أحد" in form.text
    assert desk.client.post(found[1], data={"by": "سالم"}).status_code == 403
    seal = sealed_at(desk, found[1])
    assert desk.client.post(found[1], data={"by": " "} | seal).status_code == 422
    kept = desk.client.post(found[1], data={"by": "سالم", "note": "سمعتها"} | seal)
    assert (kept.status_code, kept.headers["location"]) == (303, "/corrections")
    listed = desk.client.get("/corrections").text
    assert "تُراجع عنه لاحقا" in listed
    assert "/undo" not in listed
    assert "سالم الكعبي" in desk.client.get("/article/1").text.partition("<main")[2]
    assert desk.client.get("/corrections/99/undo").status_code == 404


def test_an_article_is_put_into_a_story_of_its_own(desk: Desk) -> None:
    desk.write("second", "الضفاف", HARBOUR, CAPTAIN, LEAD)
    assert desk.client.get("/story/2").status_code == 404
    told = {"what": "story", "story": "", "by": "سالم"}
    desk.client.post(address(desk), data=told | sealed(desk))
    assert "المدار" in desk.client.get("/story/2").text
    assert "المقال من قصة أخرى" in desk.client.get("/corrections").text
    wrong = desk.client.post(address(desk), data=told | {"story": "99"} | sealed(desk))
    assert wrong.status_code == 422


def test_it_survives_another_version_of_the_page(desk: Desk) -> None:
    desk.client.post(address(desk), data=RIGHT | sealed(desk))
    desk.write("first", "المدار", LEAD, HARBOUR, CAPTAIN)
    assert "نادر عزام" in desk.client.get("/story/1").text


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"what": "speaker", "speaker": "", "by": "سالم"}, 422),
        ({"what": "speaker", "speaker": "نادر", "by": " "}, 422),
        ({"what": "sing", "by": "سالم"}, 422),
        ({"what": "not_said", "by": "س" * 30_000}, 413),
    ],
)
def test_what_cannot_be_kept_is_refused(desk: Desk, told: dict[str, str], status: int) -> None:
    assert desk.client.post(address(desk), data=told | sealed(desk)).status_code == status
    assert "سالم الكعبي" in desk.client.get("/story/1").text


def test_nobody_else_sends_a_correction_through_a_readers_browser(desk: Desk) -> None:
    seal = sealed(desk)
    assert desk.client.post(address(desk), data=RIGHT).status_code == 403
    assert desk.client.post(address(desk), data=RIGHT | {"seal": "guessed"}).status_code == 403
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert desk.client.post(address(desk), data=RIGHT | seal, headers=elsewhere).status_code == 403
    desk.client.cookies.clear()
    assert desk.client.post(address(desk), data=RIGHT | seal).status_code == 403
    assert "نادر عزام" not in desk.client.get("/story/1").text


def test_what_a_reader_writes_is_escaped(desk: Desk) -> None:
    told = {"what": "speaker", "speaker": "<script>نادر</script>", "by": "<b>سالم</b>", "note": "<img src=x>"}
    desk.client.post(address(desk), data=told | sealed(desk))
    for path in ("/story/1", "/article/1", "/corrections", address(desk)):
        page = desk.client.get(path).text
        assert "نادر" in page
        assert "<script>ن" not in page
        assert "<b>سالم" not in page
        assert "<img" not in page


def test_there_is_nothing_to_correct_elsewhere(desk: Desk) -> None:
    assert desk.client.get("/statement/99/correct").status_code == 404
    assert desk.client.get("/article/1/correct?statement=99").status_code == 404
    assert desk.client.get("/article/99/correct?statement=1").status_code == 404
