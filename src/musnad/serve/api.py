"""The answers for programs: the same values as ``--format json`` prints, under ``/api/v1``.

A list is the body as it is; where it goes on, the ``Link`` header names the next page (RFC 8288). What cannot be answered is
a problem (RFC 9457).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from pydantic import AwareDatetime, Field

from musnad import stories as view
from musnad.model import Act
from musnad.publish.answers import found_values, statement_value, version_value
from musnad.publish.identity import first_carrier
from musnad.publish.stories import head_value, story_value, utterance_value
from musnad.publish.values import Value
from musnad.record import newest
from musnad.serve.asking import Number, Wanted, article_page
from musnad.serve.cursors import Cursor, moment_number, moment_of, read, written
from musnad.serve.problems import Problem, documented
from musnad.serve.speech import language_of
from musnad.serve.taking import Place

if TYPE_CHECKING:
    from fastapi import FastAPI

    from musnad.publish.identity import Sightings
    from musnad.record import Only
    from musnad.serve.records import Records
    from musnad.serve.settings import Serving
    from musnad.stories import Utterance

Limit = Annotated[int, Query(ge=1, le=200, description="How many a page has at most.")]
Listed = Callable[[Request, list[Value], "str | None"], Response]
Order = Literal["articles", "newest"]
Ranked = Literal["best", "newest"]

_DEEPEST = 1_000
"""Results of a search by rank, that can be paged through: beyond, ask for them by time."""


class Asked(Wanted):
    """What statements are asked for; empty is all."""

    q: Annotated[str, Field(max_length=500, description="Words, as `musnad search` takes them.")] = ""
    act: Annotated[Act | None, Field(description="What is done by speaking.")] = None
    story: Annotated[int | None, Field(ge=1, le=2**31 - 1, description="Only of this story.")] = None
    since: Annotated[AwareDatetime | None, Field(description="Said from then on.")] = None
    until: Annotated[AwareDatetime | None, Field(description="Said before then.")] = None

    @property
    def only(self) -> Only:
        """The same for the record."""
        return replace(super().only, act=self.act, story=self.story, since=self.since, until=self.until)


def add(app: FastAPI, records: Records, serving: Serving) -> None:
    """Give a service the routes for programs."""
    router = APIRouter(prefix="/api/v1", responses=documented(401, 414, 421, 422, 429, 503))

    def listed(request: Request, values: list[dict[str, Any]], following: str | None) -> Response:
        headers = {"Cache-Control": "no-cache"}
        if following is not None:
            asked = [pair for pair in request.query_params.multi_items() if pair[0] not in ("cursor", "token")]
            place = Place.of(request, serving.public, language_of(request))
            headers["Link"] = f'<{place.url(request.url.path, urlencode([*asked, ("cursor", following)]))}>; rel="next"'
        return JSONResponse(values, headers=headers)

    _stories(router, records, listed)
    _statements(router, records, listed)
    app.include_router(router)
    app.openapi = lambda: described(app)  # type: ignore[method-assign]


def _stories(router: APIRouter, records: Records, listed: Listed) -> None:
    @router.get("/stories", responses=_list("story") | documented(400))
    def stories(request: Request, order: Order = "articles", limit: Limit = 20, cursor: Cursor = "") -> Response:
        """The stories of most articles, or those of the newest article."""
        record, kind = records.held(), f"stories-{order}"
        after = None
        if cursor:
            articles, at, number = read(cursor, kind, 3)
            after = (articles, moment_of(at), number)
        heads, last = view.page_of_stories(record, newest=order == "newest", after=after, limit=limit)
        values = [head_value(head, view.sources_of(view.articles_of(record, head.id))) for head in heads]
        return listed(request, values, last and written(kind, last[0], moment_number(last[1]), last[2]))

    @router.get("/stories/{number}", responses=_one() | documented(404))
    def story(number: Number) -> Response:
        """A story with its articles, what was said in it, and what became of it: all of it at once."""
        record = records.held()
        told = view.articles_of(record, number)
        said, events = view.utterances(told), view.events_of(record, number)
        return JSONResponse(story_value(number, told, view.sources_of(told), said, events))

    @router.get("/stories/{number}/statements", responses=_list("") | documented(400, 404))
    def said_in(request: Request, number: Number, limit: Limit = 50, cursor: Cursor = "") -> Response:
        """What was said in a story, each utterance with all that carry it, the last seen first."""
        told = view.articles_of(records.held(), number)
        seen = view.sightings(records.held(), told)
        said = sorted(((_place(one, seen), one) for one in view.utterances(told)), key=itemgetter(0), reverse=True)
        if cursor:
            place = read(cursor, "said", 3)
            said = [one for one in said if one[0] < place]
        more = len(said) > limit
        following = written("said", *said[limit - 1][0]) if more else None
        return listed(request, [utterance_value(one) for _, one in said[:limit]], following)

    @router.get("/articles/{number}", responses=_one() | documented(404))
    def article(number: Number) -> Response:
        """A version of a page and all that was found in it."""
        held = article_page(records.held(), number)
        if held is None:
            raise HTTPException(404, f"there is no article {number}")
        return JSONResponse(version_value(held["version"], None))


def _statements(router: APIRouter, records: Records, listed: Listed) -> None:
    @router.get("/search", responses=_list("statement") | documented(400))
    def search(
        request: Request, wanted: Annotated[Asked, Query()], order: Ranked = "best", cursor: Cursor = ""
    ) -> Response:
        """What was said with these words: the best first, then articles that have them outside of statements; or by time."""
        if order == "newest":
            return by_time(request, wanted, cursor)
        begin = read(cursor, "best", 1)[0] if cursor else 0
        if not 0 <= begin < _DEEPEST:
            raise HTTPException(400, f"only the best {_DEEPEST} are paged through; ask with order=newest")
        end = min(begin + wanted.limit, _DEEPEST)
        found = records.held().search(wanted.q, wanted.only, limit=end)
        values = found_values(found)[begin:]
        return listed(request, values, written("best", end) if found.more and end < _DEEPEST else None)

    @router.get("/statements", responses=_list("statement") | documented(400))
    def statements(request: Request, wanted: Annotated[Asked, Query()], cursor: Cursor = "") -> Response:
        """Statements in the order in which they came into the record, the last first; without a question, all of them."""
        return by_time(request, wanted, cursor)

    def by_time(request: Request, wanted: Asked, cursor: str) -> Response:
        before = read(cursor, "newest", 1)[0] if cursor else None
        found = newest(records.held(), wanted.q, wanted.only, before=before, limit=wanted.limit + 1)
        shown = found[: wanted.limit]
        following = written("newest", shown[-1].id) if len(found) > wanted.limit else None
        return listed(request, [statement_value(one) for one in shown], following)


def described(app: FastAPI) -> dict[str, Any]:
    """The description of the API (OpenAPI 3.1), once for a service."""
    if app.openapi_schema is None:
        made = get_openapi(title="musnad", version="1", routes=app.routes, description=_ABOUT)
        components = made.setdefault("components", {})
        components["schemas"] = {**_schema_of_problems(), **components.get("schemas", {})}
        components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        made["security"] = [{}, {"token": []}]
        app.openapi_schema = made
    return app.openapi_schema


_ABOUT = (
    "Who said what, and through whom we know it. Values are those of `--format json`. Lists are paged: the `Link` header "
    "names the next page. Errors are problem details (RFC 9457). A service that is told a token wants it as a bearer token."
)


def _schema_of_problems() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs", {}), "Problem": schema}


def _list(example: str) -> dict[int | str, dict[str, Any]]:
    content: dict[str, Any] = {"schema": {"type": "array", "items": {"type": "object"}}}
    if example:
        content["example"] = [_examples()[example]]
    link = {"description": 'The next page, with rel="next"; none on the last.', "schema": {"type": "string"}}
    return {200: {"description": "A page.", "content": {"application/json": content}, "headers": {"Link": link}}}


def _one() -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "It.", "content": {"application/json": {"schema": {"type": "object"}}}}}


@cache
def _examples() -> dict[str, Any]:
    text = files("musnad.serve").joinpath("templates", "api_examples.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _place(one: Utterance, seen: Sightings) -> tuple[int, ...]:
    telling, first = first_carrier(one, seen)
    at, article = seen.get((telling.address, first.id), (telling.seen_at, telling.article_id))
    return moment_number(at), article, -telling.article.attributions.index(first)
