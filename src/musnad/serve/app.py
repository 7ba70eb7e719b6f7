"""The routes."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from musnad.errors import MusnadError, UsageError
from musnad.publish.linked import linked_value
from musnad.publish.pictures import stylesheet
from musnad.publish.report import filter_rules, template_text
from musnad.serve import api, downloads, embed, feeds
from musnad.serve.asking import Number, Wanted, article_page, coverage, found, spoken
from musnad.serve.guard import HEADERS, Guard
from musnad.serve.limits import Limits
from musnad.serve.news import Watcher, stream
from musnad.serve.pages import card_html, page
from musnad.serve.problems import Fault, for_programs, problem
from musnad.serve.records import Records
from musnad.serve.shown import States
from musnad.serve.speech import language_of
from musnad.serve.taking import Place, story_linked, taking

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from musnad.serve.settings import Serving

_VOICES = 100  # speakers of one article that can be chosen without a script
_DIGITS = 19  # of a number of the log, and one more
_YEAR = 365 * 86400


def service(serving: Serving) -> FastAPI:
    """The service over the record of `serving`, to be run by any ASGI server; the record is opened when it is asked."""
    records = Records(serving)
    states = States(card_html)
    watcher = Watcher(records, serving.every)

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        async with watcher.looking():
            yield

    described = "/api/v1/openapi.json"
    app = FastAPI(title="musnad", version="1", lifespan=living, docs_url=None, redoc_url=None, openapi_url=described)
    app.add_middleware(Limits, serving=serving)
    app.add_middleware(Guard, serving=serving)
    app.state.end = watcher.end
    app.mount("/static", StaticFiles(packages=[("musnad.serve", "static")]), name="static")
    app.state.serving = serving
    feeds.add(app, records, serving)
    downloads.add(app, records)
    embed.add(app, records, states, serving)
    _stories(app, records, states, watcher)
    _pages(app, records)
    _styles(app)
    api.add(app, records, serving)
    _errors(app)
    return app


def _stories(app: FastAPI, records: Records, states: States, watcher: Watcher) -> None:
    @app.get("/", include_in_schema=False)
    def front(request: Request) -> Response:
        return _html(request, "coverage.html", heads=coverage(records.held(), language_of(request)))

    @app.get("/story/{number}", include_in_schema=False)
    def story(request: Request, number: Number) -> Response:
        shown = states.now(records.held(), number, language_of(request))
        return _html(request, "story.html", shown=shown, linked=story_linked(shown))

    @app.get("/story/{number}/news", include_in_schema=False)
    def news(request: Request, number: Number, after: Annotated[int, Query(ge=0)] = 0) -> Response:
        language = language_of(request)
        shown = states.now(records.held(), number, language)
        tag = f'"{number}-{shown.seq}-{after}-{language}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return JSONResponse(shown.news(states.at(number, after, language)), headers=headers)

    @app.get("/story/{number}/events", include_in_schema=False)
    async def events(
        request: Request,
        number: Number,
        after: Annotated[int, Query(ge=0)] = 0,
        last_event_id: Annotated[str, Header()] = "",
    ) -> Response:
        told = last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < _DIGITS
        since = int(last_event_id) if told else after
        sent = stream(watcher, states, records, number, since, language_of(request))
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(sent, media_type="text/event-stream", headers=headers)


def _pages(app: FastAPI, records: Records) -> None:
    @app.get("/article/{number}", include_in_schema=False)
    def article(request: Request, number: Number) -> Response:
        shown = article_page(records.held(), number)
        if shown is None:
            raise HTTPException(404)
        return _html(request, "article.html", linked=linked_value(shown["version"].article), **shown)

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
    def answer(request: Request, status: int, words: str, detail: str = "", faults: Sequence[Fault] = ()) -> Response:
        if for_programs(request):
            return problem(status, detail or words, errors=faults)
        return _html(request, "error.html", status, words=words, detail=detail)

    @app.exception_handler(MusnadError)
    def failed(request: Request, error: MusnadError) -> Response:
        if isinstance(error, UsageError):
            status = 400 if for_programs(request) and "number" not in request.path_params else 404
            return answer(request, status, "This cannot be asked.", str(error))
        return answer(request, 503, "The record cannot be read just now.")

    @app.exception_handler(RequestValidationError)
    def unclear(request: Request, error: RequestValidationError) -> Response:
        faults = [Fault(where=".".join(map(str, one["loc"])), what=one["msg"]) for one in error.errors()]
        return answer(request, 422, "This cannot be asked.", faults=faults)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        words = "There is no such page." if error.status_code == 404 else "This cannot be asked."
        detail = error.detail if for_programs(request) and error.detail != "Not Found" else ""
        made = answer(request, error.status_code, words, detail)
        made.headers.update(error.headers or {})
        return made

    @app.exception_handler(Exception)
    def broken(request: Request, _: Exception) -> Response:
        made = answer(request, 500, "The record cannot be read just now.")
        made.headers.update(HEADERS)  # this answer is given outside of all that stands before the routes
        return made


def _html(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    language = language_of(request)
    serving = request.app.state.serving
    values.setdefault("linked", None)
    take = taking(request, serving, language) if status == 200 else None
    base = Place.of(request, serving.public, language).base
    response = HTMLResponse(page(name, language, path=request.url.path, take=take, base=base, **values), status)
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Cache-Control"] = "no-cache"
    if request.query_params.get("lang") == language:
        response.set_cookie("lang", language, max_age=_YEAR, samesite="lax")
    return response
