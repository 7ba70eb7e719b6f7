"""What programs are answered: pages of lists, one form of errors, what its description says and nothing else."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from musnad.errors import UsageError
from musnad.serve import Serving, service
from musnad.serve.guard import HEADERS
from tests.serve.conftest import BEGINS, CAPTAIN, ENDS, Desk

TOKEN = {"Authorization": "Bearer t"}
LIMITS = settings(
    max_examples=40, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A service that no test writes to."""
    desk = Desk(tmp_path_factory.mktemp("shelf"))
    desk.write("second", "الضفاف", BEGINS, CAPTAIN, ENDS)
    desk.write("third", "الساحل", "قال الوزير كريم الراضي إن الجسر سيفتح غدا أمام السيارات.", headline="الجسر يفتح غدا")
    while len(desk.client.get("/api/v1/stories").json()) < 2:
        time.sleep(0.1)
    yield desk
    desk.close()


def _asked(app: Any, path: str, **query: object) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=TOKEN) as client:
            return await client.get(path, params=query)  # type: ignore[arg-type]

    return asyncio.run(ask())


def _walked(desk: Desk, path: str, **query: object) -> list[Any]:
    found: list[Any] = []
    answer = desk.client.get(path, params={"limit": 1, **query})  # type: ignore[dict-item]
    for _ in range(50):
        assert answer.status_code == 200, answer.text
        assert len(answer.json()) <= 1
        found += answer.json()
        if "link" not in answer.headers:
            return found
        link = re.fullmatch(r'<([^<>]+)>; rel="next"', answer.headers["link"])
        assert link
        answer = desk.client.get(link[1])
    raise AssertionError("there is no end")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/api/v1/stories", {}),
        ("/api/v1/stories", {"order": "newest"}),
        ("/api/v1/stories/1/statements", {}),
        ("/api/v1/statements", {}),
        ("/api/v1/statements", {"speaker": "الكعبي"}),
        ("/api/v1/search", {"q": "الركاب OR الجسر OR العبارة"}),
        ("/api/v1/search", {"q": "الركاب OR الجسر OR العبارة", "order": "newest"}),
    ],
)
def test_pages_make_up_the_whole(shelf: Desk, path: str, query: dict[str, str]) -> None:
    whole = shelf.client.get(path, params={"limit": 200, **query})
    assert "link" not in whole.headers
    assert whole.json()
    assert _walked(shelf, path, **query) == whole.json()


def test_a_page_goes_on_while_more_comes_in(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    try:
        desk.write("second", "الضفاف", BEGINS, CAPTAIN, ENDS)
        first = desk.client.get("/api/v1/statements?limit=1")
        had = desk.client.get("/api/v1/statements?limit=200").json()
        desk.write("third", "الساحل", "قال الوزير كريم الراضي إن الجسر سيفتح غدا أمام السيارات.")
        link = re.match("<([^>]+)>", first.headers["link"])
        assert link
        assert first.json() + desk.client.get(link[1]).json() == had[:2]
    finally:
        desk.close()


def test_one_form_of_errors(shelf: Desk) -> None:
    asked = (
        ("/api/v1/stories/99", 404), ("/api/v1/articles/99", 404), ("/api/v1/nothing", 404), ("/api/v1/stories/0", 422),
        ("/api/v1/stories?limit=0", 422), ("/api/v1/search", 400), ("/api/v1/search?q=%22", 400),
        ("/api/v1/stories?cursor=x", 400), ("/api/v1/stories?cursor=WzEsMl0", 400), ("/api/v1/stories?cursor=%00", 422),
        (f"/api/v1/search?q={'x' * 5000}", 414),
        ("/api/v1/statements?since=2022-02-28", 422), ("/api/v1/search?q=x&cursor=WyJiZXN0IiwgLTFd", 400),
    )  # fmt: skip
    answers = [(shelf.client.get(path), path, status) for path, status in asked]
    answers.append((shelf.client.post("/api/v1/stories"), "POST", 405))
    answers.append((shelf.client.get("/api/v1/stories", headers={"Host": "evil.example"}), "Host", 421))
    for answer, path, status in answers:
        assert answer.status_code == status, path
        assert answer.headers["content-type"] == "application/problem+json", path
        value = answer.json()
        assert value["status"] == status
        assert value["title"]
    assert answers[3][0].json()["errors"][0]["where"] == "path.number"


def test_who_asks_too_often_waits(shelf: Desk) -> None:
    app = service(Serving(str(shelf.record), token="t", rate=0.01, burst=3))
    statuses = [_asked(app, "/api/v1/stories").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = _asked(app, "/search", q="العبارة")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 100
    assert _asked(app, "/story/1").status_code == 200  # worked out once for all readers


def test_what_is_too_large_is_not_taken(shelf: Desk) -> None:
    assert shelf.client.post("/search", content=b"x" * 1_000_001).status_code == 413
    assert shelf.client.post("/search", content=iter([b"x"])).status_code == 411
    assert shelf.client.get("/", params={"x": "x" * 5000}).status_code == 414


def test_what_breaks_says_nothing_of_itself(shelf: Desk) -> None:
    app = service(Serving(str(shelf.record), token="t"))

    def breaks() -> None:
        raise RuntimeError("a secret")

    app.add_api_route("/api/v1/breaks", breaks)
    app.add_api_route("/breaks", breaks)
    for path, kind in (("/api/v1/breaks", "application/problem+json"), ("/breaks", "text/html; charset=utf-8")):
        answer = _asked(app, path)
        assert (answer.status_code, answer.headers["content-type"]) == (500, kind)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "secret" not in answer.text


def test_no_number_is_too_long_for_a_stream(shelf: Desk) -> None:
    with shelf.client.stream("GET", "/story/1/events", headers={"Last-Event-ID": "9" * 5000}) as answer:
        assert answer.status_code == 200
        assert next(answer.iter_lines()) == "retry: 3000"


def test_it_does_what_its_description_says(shelf: Desk) -> None:
    """But that no description can say which cursors were written, and which words make a question or a name."""
    app = service(Serving(str(shelf.record), token="t", rate=0))
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=TOKEN)
    began, asked, accepted = time.monotonic(), 0, 0

    for found in schema.get_all_operations():
        operation: Any = found

        @LIMITS
        @given(case=operation.ok().as_strategy())
        def answers(case: Any) -> None:
            nonlocal asked, accepted
            asked += 1
            unsayable = case.path.endswith(("/search", "/statements")) or "cursor" in (case.query or ())
            unsaid = [positive_data_acceptance] if unsayable else []
            accepted += not unsaid
            case.call_and_validate(headers=TOKEN, excluded_checks=unsaid)

        answers()
    assert asked >= 100, asked
    assert accepted >= 50, accepted
    assert time.monotonic() - began < 120


def test_its_examples_are_what_it_answers(shelf: Desk) -> None:
    described = shelf.client.get("/api/v1/openapi.json").json()
    for path, name in (("/api/v1/stories", "story"), ("/api/v1/statements", "statement")):
        content = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        answered = shelf.client.get(path).json()[0]
        assert set(content["example"][0]) <= set(answered), name
    assert "Problem" in described["components"]["schemas"]


HOSTILE = (
    "<script>x</script>", '"><img src=x onerror=y>', "'", '"', "قال (", "NOT", "* *", "\x00", "\u202e", "-1", "NaN", "1e9",
    "../../x",
)  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=40), st.sampled_from(HOSTILE), st.text(alphabet="\"*()<>&'ANDORNOT قالو", max_size=30)
)
PARAMETERS = (
    "q", "speaker", "outlet", "agency", "limit", "lang", "token", "cursor", "after", "order", "key", "story", "act",
)  # fmt: skip
PATHS = (
    "/", "/story/1", "/story/1/news", "/article/1", "/search", "/speaker/{}", "/outlet/{}", "/agency/{}", "/story/{}",
    "/article/{}", "/story/1/feed.{}", "/search/feed.atom", "/search/feed.json", "/search/statements.csv",
    "/speaker/{}/feed.atom", "/story/1/embed", "/{}",
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(PATHS), part=WORDS, query=st.dictionaries(st.sampled_from(PARAMETERS), WORDS, max_size=4))
def test_nothing_that_is_asked_breaks_a_page_or_comes_back_as_it_is(
    shelf: Desk, path: str, part: str, query: dict[str, str]
) -> None:
    app = _open(shelf)
    answer = _asked(app, path.replace("{}", quote(part, safe="") or "x"), **query)
    assert answer.status_code < 500, answer.text
    if answer.headers.get("content-type", "").startswith("text/html"):
        for given_ in (part, *query.values()):
            if "<" in given_ and re.search("<[a-z]", given_):
                assert given_ not in answer.text


_APPS: dict[str, Any] = {}


def _open(shelf: Desk) -> Any:
    place = str(shelf.record)
    if place not in _APPS:
        _APPS[place] = service(Serving(place, token="t", rate=0, embed=("https://news.example",)))
    return _APPS[place]


@pytest.mark.parametrize(
    "origin", ["*", "https://a.example; script-src *", "https://a.example/x", "a.example", "https://a b"]
)
def test_an_origin_is_one(origin: str) -> None:
    with pytest.raises(UsageError, match="origin"):
        Serving("r.sqlite", embed=(origin,))
