"""The routes."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

from anyio import to_thread
from fastapi import FastAPI, Header, Query, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from musnad.errors import MusnadError, UsageError
from musnad.publish.pictures import stylesheet
from musnad.publish.report import filter_rules, template_text
from musnad.serve import api, operators
from musnad.serve.asking import Number, Wanted, article_page, coverage, found, spoken
from musnad.serve.guard import Guard
from musnad.serve.kept import Kept
from musnad.serve.news import Stream, Watcher
from musnad.serve.operators import Counting, Counts
from musnad.serve.pages import card_html, page
from musnad.serve.records import Records
from musnad.serve.shown import sequence
from musnad.serve.speech import LANGUAGES, chosen
from musnad.serve.states import States

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from musnad.serve.settings import Serving

_VOICES = 100  # speakers of one article that can be chosen without a script
_YEAR = 365 * 86400
_STATE = re.compile(r"[0-9]{1,18}(-[0-9a-f]{12})?")
_THREADS = 8  # more would wait for one another, and each has a connection to the record
_SMALLEST = 1000  # bytes; what is smaller is not compressed
_EFFORT = 5  # of gzip: on a page of 100 cards as small as 9 to a tenth, in half of the time

State = Annotated[str, Query(pattern=f"^{_STATE.pattern}$")]
"""What a page shows: the name of its state, or its sequence number alone; 0 is nothing."""


def service(serving: Serving) -> FastAPI:
    """The service over the record of `serving`, to be run by any ASGI server; the record is opened when it is asked."""
    records = Records(serving)
    states = States(card_html, records)
    watcher = Watcher(records, states, serving.every)
    counts = Counts()

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        async with watcher.looking():
            yield
        records.close()

    described = "/api/v1/openapi.json"
    app = FastAPI(title="musnad", version="1", lifespan=living, docs_url=None, redoc_url=None, openapi_url=described)
    app.add_middleware(GZipMiddleware, minimum_size=_SMALLEST, compresslevel=_EFFORT)
    app.add_middleware(Guard, serving=serving)
    app.add_middleware(Counting, counts=counts, log=serving.log)
    app.state.end = watcher.end
    app.mount("/static", StaticFiles(packages=[("musnad.serve", "static")]), name="static")
    _stories(app, records, states, watcher)
    _pages(app, records)
    _styles(app)
    api.add(app, records)
    operators.add(app, watcher, counts)
    _errors(app)
    return app


def _stories(app: FastAPI, records: Records, states: States, watcher: Watcher) -> None:
    fronts: Kept[list[dict[str, Any]]] = Kept(len(LANGUAGES))

    @app.get("/", include_in_schema=False)
    def front(request: Request) -> Response:
        language = _language(request)
        heads = fronts.get(language, sequence(records.held()), lambda: coverage(records.held(), language))
        return _html(request, "coverage.html", heads=heads)

    @app.get("/story/{number}", include_in_schema=False)
    def story(request: Request, number: Number, after: Annotated[str, Query(max_length=40)] = "") -> Response:
        shown = states.now(records.held(), number, _language(request))
        return _html(request, "story.html", shown=shown, part=shown.part(after))

    @app.get("/story/{number}/news", include_in_schema=False)
    def news(request: Request, number: Number, after: State = "0") -> Response:
        language = _language(request)
        record = records.held()
        shown = states.now(record, number, language, had=after)
        tag = f'"{number}.{shown.state}.{after}.{language}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        states.recall(record, number, language, after)
        return Response(states.news(shown, after), headers=headers, media_type="application/json")

    @app.get("/story/{number}/events", include_in_schema=False, response_model=None)
    async def events(
        request: Request,
        number: Number,
        after: State = "0",
        last_event_id: Annotated[str, Header()] = "",
    ) -> Stream:
        since = last_event_id if _STATE.fullmatch(last_event_id) else after
        return await watcher.stream(number, _language(request), since)


def _pages(app: FastAPI, records: Records) -> None:
    @app.get("/article/{number}", include_in_schema=False)
    def article(request: Request, number: Number) -> Response:
        shown = article_page(records.held(), number)
        if shown is None:
            raise HTTPException(404)
        return _html(request, "article.html", **shown)

    @app.get("/speaker/{name:path}", include_in_schema=False)
    def speaker(request: Request, name: str) -> Response:
        return _html(request, "statements.html", title=name, **spoken(records.held(), name))

    @app.get("/outlet/{name:path}", include_in_schema=False)
    def outlet(request: Request, name: str) -> Response:
        return _html(request, "statements.html", title=name, **found(records.held(), Wanted(outlet=name)))

    @app.get("/agency/{name:path}", include_in_schema=False)
    def agency(request: Request, name: str) -> Response:
        return _html(request, "statements.html", title=name, **found(records.held(), Wanted(agency=name)))

    @app.get("/search", include_in_schema=False)
    def search(request: Request, wanted: Annotated[Wanted, Query()]) -> Response:
        answer = found(records.held(), wanted) if wanted.asks else {"statements": [], "mentions": []}
        return _html(request, "search.html", wanted=wanted, **answer)


def _styles(app: FastAPI) -> None:
    @app.get("/report.css", include_in_schema=False)
    def style() -> Response:
        return Response(template_text("report.css") + filter_rules(_VOICES), media_type="text/css")

    @app.get("/pictures.css", include_in_schema=False)
    def pictures() -> Response:
        return Response(stylesheet(), media_type="text/css")

    @app.get("/report.js", include_in_schema=False)
    def script() -> Response:
        return Response(template_text("report.js"), media_type="text/javascript")


def _errors(app: FastAPI) -> None:
    @app.exception_handler(MusnadError)
    def failed(request: Request, error: MusnadError) -> Response:
        status = 404 if isinstance(error, UsageError) else 503
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": str(error)}, status)
        words = "This cannot be asked." if status == 404 else "The record cannot be read just now."
        return _html(request, "error.html", status, words=words, detail=str(error) if status == 404 else "")

    @app.exception_handler(RequestValidationError)
    def unclear(request: Request, error: RequestValidationError) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": jsonable_encoder(error.errors())}, 422)
        return _html(request, "error.html", 422, words="This cannot be asked.", detail="")

    @app.exception_handler(404)
    def missing(request: Request, _: Exception) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": "there is no such page"}, 404)
        return _html(request, "error.html", 404, words="There is no such page.", detail="")


def _language(request: Request) -> str:
    asked, kept = request.query_params.get("lang"), request.cookies.get("lang")
    return chosen(asked, kept, request.headers.get("accept-language", ""))


def _html(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    language = _language(request)
    response = HTMLResponse(page(name, language, path=request.url.path, **values), status)
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Cache-Control"] = "no-cache"
    if request.query_params.get("lang") == language:
        response.set_cookie("lang", language, max_age=_YEAR, samesite="lax")
    return response
