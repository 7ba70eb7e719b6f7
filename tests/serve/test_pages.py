"""What the service answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from musnad.errors import UsageError
from musnad.serve import Serving
from musnad.serve.guard import HEADERS
from tests.serve.conftest import BEGINS, CAPTAIN, ENDS, HARBOUR, LEAD, Desk

PAGES = (
    "/", "/story/1", "/story/1?after=0123456789ab", "/health", "/metrics",
    "/article/1", "/search", "/search?q=العبارة", "/search?speaker=الكعبي&act=say",
    "/speaker/سالم الكعبي", "/outlet/المدار",
    "/agency/واس", "/reading", "/font/regular", "/font/bold",
    "/static/page.css", "/static/page.js", "/report.css", "/report.js",
    "/api/v1/stories", "/api/v1/stories/1", "/api/v1/articles/1", "/api/v1/search?q=العبارة",
    "/api/v1/statements?speaker=الكعبي", "/api/v1/openapi.json",
)  # fmt: skip
NOT_THERE = (
    "/story/99",
    "/article/99",
    "/article/1/compared",
    "/nothing",
    "/static/../app.py",
    "/api/v1/stories/99",
    "/api/v1/articles/99",
)
UNCLEAR = (
    "/story/0",
    "/story/x",
    "/story/1/news?after=x",
    "/story/1/news?after=-1",
    f"/story/{2**40}",
    "/search?limit=0",
    f"/search?q={'x' * 600}",
    "/api/v1/stories?limit=-1",
)


def test_every_page_answers_and_forbids_what_is_not_its_own(desk: Desk) -> None:
    for path in PAGES:
        answer = desk.client.get(path)
        assert answer.status_code == 200, path
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "style=" not in answer.text or "text/html" not in answer.headers["content-type"]
    for path, status in [(path, 404) for path in NOT_THERE] + [(path, 422) for path in UNCLEAR]:
        answer = desk.client.get(path)
        assert answer.status_code == status, path
        assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_the_story_says_who_said_what(desk: Desk) -> None:
    page = desk.client.get("/story/1").text
    assert "سالم الكعبي" in page
    assert "اصطدمت بحاجز رملي" in page
    assert "المدار" in page
    assert '<html lang="ar" dir="rtl">' in page


def test_statements_of_a_story_are_chosen(desk: Desk) -> None:
    desk.write("second", "الضفاف", HARBOUR, CAPTAIN, LEAD)
    page = desk.client.get("/story/1", params={"speaker": "القبطان هدى منصور"}).text
    feed = page.partition('id="feed"')[2].partition("<aside")[0]
    assert "لم يصب أحد" in feed
    assert "بحاجز رملي" not in feed
    assert '<option value="القبطان هدى منصور" selected>' in page
    news = desk.client.get("/story/1/news", params={"speaker": "القبطان هدى منصور"}).json()
    assert len(news["order"]) == len(news["html"]) == 1
    assert desk.client.get("/story/1/news", params={"outlet": "لا أحد"}).json()["order"] == []


def test_what_a_page_said_before_is_beside_what_it_says(desk: Desk) -> None:
    desk.write("first", "المدار", BEGINS, HARBOUR.replace("بحاجز رملي", "بصخرة"), CAPTAIN, ENDS)
    told = desk.client.get("/story/1/news").json()["parts"]["changes"]
    assert "<del>بحاجز</del>" in told.replace(" رملي", "")
    assert "<ins>بصخرة</ins>" in told
    after = desk.client.get("/api/v1/stories/1").json()["articles"][0]["article"]
    page = desk.client.get(f"/article/{after}/compared?lang=ar").text
    assert "<ins>بصخرة</ins>" in page
    assert desk.client.get("/article/1/compared").status_code == 404  # the first version has none before it
    assert desk.client.get(f"/article/{after}").text.count(f"/article/{after}/compared") == 1


def test_what_a_page_took_back_is_told(desk: Desk) -> None:
    """The last word of it is one that went."""
    desk.write("first", "المدار", BEGINS, ENDS)
    told = desk.client.get("/story/1/news").json()["parts"]["changes"]
    assert "<del>" in told
    assert "سالم الكعبي" in told
    newest = desk.client.get("/api/v1/stories/1").json()["articles"][0]["article"]
    assert "<del>" in desk.client.get(f"/article/{newest}/compared").text


def test_how_a_reader_reads_is_kept(desk: Desk) -> None:
    assert "UTC" in desk.client.get("/story/1?lang=ar").text
    asked = desk.client.get("/reading?zone=Africa/Cairo&digits=arab&months=ar_EG&size=2&back=/story/1")
    assert (asked.status_code, asked.headers["location"]) == (303, "/story/1")
    page = desk.client.get("/story/1").text
    assert "القاهرة" in page
    assert 'class="size-2"' in page
    assert "٢٠" in page
    away = desk.client.get("/reading?size=1&back=//elsewhere.example/")
    assert away.headers["location"] == "/"
    desk.client.get("/reading?zone=Nowhere&size=99")
    again = desk.client.get("/story/1").text  # what is not known changes nothing
    assert "القاهرة" in again
    assert 'class="size-1"' in again
    form = desk.client.get("/reading?back=/search").text
    assert '<option value="ar_DZ">جانفي · فيفري · جويلية</option>' in form


def test_a_statement_has_an_address_of_its_own(desk: Desk) -> None:
    answer = desk.client.get("/statement/1")
    assert answer.headers["location"] == "/article/1#p1-1"
    assert 'id="p1-1"' in desk.client.get("/article/1").text
    assert desk.client.get("/statement/999").status_code == 404
    named = desk.client.get("/article", params={"address": str(desk.folder / "first.html")})
    assert named.headers["location"] == "/article/1"


def test_a_search_is_narrowed_as_on_the_command_line(desk: Desk) -> None:
    page = desk.client.get("/search", params={"q": "حاجز"}).text
    assert "<mark>بحاجز</mark>" in page
    assert "بحاجز" not in desk.client.get("/search", params={"q": "حاجز", "act": "deny"}).text
    assert "بحاجز" not in desk.client.get("/search", params={"q": "حاجز", "until": "1999-01-01"}).text
    assert "بحاجز" in desk.client.get("/search", params={"q": "حاجز", "since": "1999-01-01", "story": "1"}).text
    assert "<mark>" not in desk.client.get("/search", params={"story": "2"}).text
    for wrong in ({"act": "sing"}, {"since": "yesterday"}, {"story": "x"}):
        assert desk.client.get("/search", params={"q": "حاجز", **wrong}).status_code == 422


def test_a_language_is_chosen_and_kept(desk: Desk) -> None:
    assert 'lang="en" dir="ltr"' in desk.client.get("/", headers={"Accept-Language": "en-GB"}).text
    assert ">Coverage<" in desk.client.get("/?lang=en").text
    assert ">Coverage<" in desk.client.get("/").text  # the cookie
    assert ">التغطية<" in desk.client.get("/?lang=ar").text


def test_what_an_open_page_lacks_is_told_once(desk: Desk) -> None:
    before = desk.client.get("/story/1/news?after=0").json()
    assert list(before["html"]) == before["order"]
    desk.write("second", "الضفاف", HARBOUR, CAPTAIN, LEAD)
    path = f"/story/1/news?after={before['state']}"
    answer = desk.client.get(path)
    news = answer.json()
    assert news["seq"] > before["seq"]
    whole = desk.client.get("/story/1/news").json()["order"]
    assert news["order"] + (before["order"][before["order"].index(news["then"]) :] if news["then"] else []) == whole
    new = set(whole) - set(before["order"])
    assert any("هدى منصور" in news["html"][key] for key in new)
    assert new <= set(news["html"])
    assert desk.client.get(path, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    last = desk.client.get(f"/story/1/news?after={news['state']}").json()
    assert (last["order"], last["then"], last["html"]) == ([], whole[0], {})
    assert desk.client.get(f"/story/1/news?after={news['seq']}").json() == last
    unknown = desk.client.get(f"/story/1/news?after={news['seq']}-0123456789ab").json()
    assert (unknown["order"], list(unknown["html"])) == (whole, whole)  # another service's words: all of it again


def test_events_go_on_after_the_last_that_was_had(desk: Desk) -> None:
    seq = desk.client.get("/story/1/news").json()["seq"]
    desk.write("second", "الضفاف", HARBOUR, CAPTAIN, LEAD)
    with desk.client.stream("GET", "/story/1/events", headers={"Last-Event-ID": str(seq)}) as stream:
        lines = iter(stream.iter_lines())
        told = next(line for line in lines if line.startswith("id: "))
    assert int(told[4:].partition("-")[0]) > seq


def test_what_pages_say_is_escaped(desk: Desk) -> None:
    hostile = "قال الوزير &lt;script&gt;alert(1)&lt;/script&gt; كريم إن الجسر &lt;img src=x onerror=y&gt; سيفتح غدا."
    desk.write("hostile", "&lt;b&gt;المنبر&lt;/b&gt;", hostile, headline="&lt;svg onload=z&gt; الجسر يفتح")
    for path in (
        "/",
        "/story/1",
        "/story/2",
        "/article/2",
        "/search?q=الجسر",
        "/search?q=<script>",
        "/speaker/<script>",
    ):
        text = desk.client.get(path).text
        assert "<script>" not in text
        assert "<img" not in text
        assert "<svg onload" not in text


def test_others_need_the_token(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="token"):
        Serving("r.sqlite", "0.0.0.0")
    desk = Desk(tmp_path, token="a-long-token")
    try:
        assert desk.client.get("/").status_code == 401
        assert desk.client.get("/?token=wrong").status_code == 401
        assert desk.client.get("/", headers={"Authorization": "Bearer wrong"}).status_code == 401
        entered = desk.client.get("/search", params={"token": "a-long-token", "q": "x"})
        assert entered.status_code == 303
        assert entered.headers["location"] == "/search?q=x"
    finally:
        desk.close()


def test_no_page_elsewhere_reads_through_a_browser(desk: Desk) -> None:
    assert desk.client.get("/", headers={"Host": "evil.example"}).status_code == 421


def test_two_accounts_of_a_call_stand_side_by_side(desk: Desk) -> None:
    examples = Path(__file__).parents[2] / "examples"
    command = [sys.executable, "-m", "musnad", "add", str(examples), "--record", str(desk.record)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    heads = desk.client.get("/api/v1/stories").json()
    pages = [desk.client.get(f"/story/{head['story']}").text for head in heads]
    told = next(page for page in pages if "اتصال واحد وروايتان" in page).partition('class="accounts"')[2]
    table = told.partition("</table>")[0]
    assert table.count("<th ") == 2
    assert "الكرملين" in table
    assert "الإليزيه" in table
    points = next(page for page in pages if "اتصال واحد وروايتان" in page).partition('id="around-points"')[2]
    assert (
        "النقاط الثلاث" in points.partition("</section>")[0]
    )  # two texts of two outlets say that he wishes to keep them
    assert desk.client.get("/story/1/news").json()["parts"]["points"] == ""  # what one text says is none
