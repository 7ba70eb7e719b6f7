"""The routes."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from anyio import to_thread
from fastapi import FastAPI, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from musnad.errors import MusnadError, UsageError
from musnad.publish.labels import act_label, labels
from musnad.publish.linked import linked_value
from musnad.publish.pictures import stylesheet
from musnad.publish.report import filter_rules, template_text
from musnad.serve import api, correcting, downloads, embed, feeds, operators
from musnad.serve.asking import ACTS, Number, Sought, Wanted, address_of, article_page, compared_page, found, spoken
from musnad.serve.choice import Choice, View
from musnad.serve.front import Front
from musnad.serve.guard import HEADERS, Guard
from musnad.serve.limits import Limits
from musnad.serve.news import Stream, Watcher
from musnad.serve.operators import Counting, Counts
from musnad.serve.pages import around_html, card_html, page, tagged
from musnad.serve.problems import Fault, for_programs, problem
from musnad.serve.reader import SIZES, choices, keep, manner_of, size_of, way_back
from musnad.serve.records import Records
from musnad.serve.speech import language_of
from musnad.serve.states import States
from musnad.serve.taking import Place, story_linked, taking

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from musnad.serve.settings import Serving

_VOICES = 100  # speakers of one article that can be chosen without a script
_YEAR = 365 * 86400
_T = TypeVar("_T")
_REFUSED = {403: "This is refused.", 404: "There is no such page.", 413: "This is refused."}
_STATE = re.compile(r"[0-9]{1,18}(-[0-9a-f]{12})?")
_THREADS = 8  # more would wait for one another, and each has a connection to the record
_SMALLEST = 1000  # bytes; what is smaller is not compressed
_EFFORT = 5  # of gzip: on a page of 100 cards as small as 9 to a tenth, in half of the time

State = Annotated[str, Query(pattern=f"^{_STATE.pattern}$")]
"""What a page shows: the name of its state, or its sequence number alone; 0 is nothing."""


def service(serving: Serving) -> FastAPI:
    """The service over the record of `serving`, to be run by any ASGI server; the record is opened when it is asked."""
    records = Records(serving)
    states = States(card_html, around_html, records)
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
    app.add_middleware(Limits, serving=serving)
    app.add_middleware(Guard, serving=serving)
    app.add_middleware(Counting, counts=counts, log=serving.log)
    app.state.end = watcher.end
    app.mount("/static", StaticFiles(packages=[("musnad.serve", "static")]), name="static")
    app.state.serving = serving
    feeds.add(app, records, serving)
    downloads.add(app, records)
    embed.add(app, records, states, serving)
    _stories(app, records, states, watcher)
    _pages(app, records)
    _reading(app)
    _styles(app)
    correcting.add(app, records, _html)
    api.add(app, records, serving)
    operators.add(app, watcher, counts)
    _errors(app)
    return app


def _stories(app: FastAPI, records: Records, states: States, watcher: Watcher) -> None:
    front_page = Front()

    @app.get("/", include_in_schema=False)
    def front(request: Request) -> Response:
        return _html(request, "coverage.html", heads=front_page.heads(records.held(), manner_of(request)))

    @app.get("/story/{number}", include_in_schema=False)
    def story(
        request: Request,
        number: Number,
        choice: Annotated[Choice, Query()],
        after: Annotated[str, Query(max_length=40)] = "",
    ) -> Response:
        shown = states.now(records.held(), number, View(manner_of(request), choice))
        return _html(
            request, "story.html", shown=shown, choice=choice, part=shown.part(after), linked=story_linked(shown)
        )

    @app.get("/story/{number}/beside", include_in_schema=False)
    def beside(request: Request, number: Number) -> Response:
        shown = states.now(records.held(), number, View(manner_of(request)))
        return _html(request, "beside.html", shown=shown)

    @app.get("/story/{number}/news", include_in_schema=False)
    def news(request: Request, number: Number, choice: Annotated[Choice, Query()], after: State = "0") -> Response:
        view = View(manner_of(request), choice)
        shown = states.now(records.held(), number, view, had=after)
        tag = '"' + sha256(f"{number} {shown.state} {after} {view}".encode()).hexdigest()[:20] + '"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        states.recall(records.held(), number, view, after)
        return Response(states.news(shown, after), headers=headers, media_type="application/json")

    @app.get("/story/{number}/events", include_in_schema=False, response_model=None)
    async def events(
        request: Request,
        number: Number,
        choice: Annotated[Choice, Query()],
        after: State = "0",
        last_event_id: Annotated[str, Header()] = "",
    ) -> Stream:
        since = last_event_id if _STATE.fullmatch(last_event_id) else after
        return await watcher.stream(number, View(manner_of(request), choice), since)


def _pages(app: FastAPI, records: Records) -> None:
    @app.get("/article", include_in_schema=False)
    def newest(request: Request, address: Annotated[str, Query(max_length=4000)]) -> Response:
        known = records.held().versions(address)
        if not known:
            raise HTTPException(404)
        return _onward(request, f"/article/{known[-1].article_id}")

    @app.get("/article/{number}", include_in_schema=False)
    def article(request: Request, number: Number) -> Response:
        shown = _there(article_page(records.held(), number))
        return _html(request, "article.html", linked=linked_value(shown["version"].article), **shown)

    @app.get("/article/{number}/compared", include_in_schema=False)
    def compared(
        request: Request, number: Number, other: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
    ) -> Response:
        return _html(request, "compared.html", **_there(compared_page(records.held(), number, other)))

    @app.get("/statement/{number}", include_in_schema=False)
    def statement(request: Request, number: Number) -> Response:
        return _onward(request, _there(address_of(records.held(), number)))

    @app.get("/speaker/{name:path}", include_in_schema=False)
    def speaker(request: Request, name: str) -> Response:
        return _html(request, "statements.html", title=name, **spoken(records.held(), name, manner_of(request)))

    @app.get("/outlet/{name:path}", include_in_schema=False)
    def outlet(request: Request, name: str) -> Response:
        return listed(request, name, Wanted.model_construct(outlet=name))

    @app.get("/agency/{name:path}", include_in_schema=False)
    def agency(request: Request, name: str) -> Response:
        return listed(request, name, Wanted.model_construct(agency=name))

    def listed(request: Request, name: str, wanted: Wanted) -> Response:
        return _html(request, "statements.html", title=name, **found(records.held(), wanted, manner_of(request)))

    @app.get("/search", include_in_schema=False)
    def search(request: Request, wanted: Annotated[Sought, Query()]) -> Response:
        none: dict[str, Any] = {"statements": [], "mentions": [], "about": []}
        answer = found(records.held(), wanted, manner_of(request)) if wanted.asks else none
        return _html(request, "search.html", wanted=wanted, acts=ACTS, act_words=_act_words(request), **answer)


def _reading(app: FastAPI) -> None:
    @app.get("/reading", include_in_schema=False)
    def reading(request: Request, back: Annotated[str, Query(max_length=2000)] = "/") -> Response:
        asked = {name: value for name, value in request.query_params.items() if name != "back"}
        if not asked:
            fields = choices(language_of(request), request.cookies)
            return _html(request, "reading.html", fields=fields, back=way_back(back))
        response = RedirectResponse(way_back(back), 303)
        keep(response, asked, request.cookies)
        return response

    @app.get("/font/{weight}", include_in_schema=False)
    def font(weight: Literal["regular", "bold"]) -> Response:
        headers = {"Cache-Control": f"public, max-age={_YEAR}, immutable"}
        face = files("fontpkg_ibm_plex_sans_arabic").joinpath("files", f"IBMPlexSansArabic-{weight.title()}.ttf")
        return FileResponse(str(face), media_type="font/ttf", headers=headers)


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
        words = _REFUSED.get(error.status_code, "This cannot be asked.")
        detail = error.detail if for_programs(request) and error.detail != "Not Found" else ""
        made = answer(request, error.status_code, words, detail)
        made.headers.update(error.headers or {})
        return made

    @app.exception_handler(Exception)
    def broken(request: Request, _: Exception) -> Response:
        made = answer(request, 500, "The record cannot be read just now.")
        made.headers.update(HEADERS)  # this answer is given outside of all that stands before the routes
        return made


def _act_words(request: Request) -> dict[str, str]:
    words = labels(language_of(request))
    return {act: act_label(words, act) for act in ACTS}


def _there(found: _T | None) -> _T:
    if found is None:
        raise HTTPException(404)
    return found


def _onward(request: Request, path: str) -> Response:
    """To another page, in the language that was asked for."""
    address, sign, place = path.partition("#")
    language = f"?lang={language_of(request)}" if "lang" in request.query_params else ""
    return RedirectResponse(address + language + sign + place, 303)


def _html(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    manner, size, serving = manner_of(request), size_of(request), request.app.state.serving
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    values.setdefault("linked", None)
    values |= {"path": request.url.path, "here": here, "size": size, "sizes": SIZES}
    values["take"] = taking(request, serving, manner.language) if status == 200 else None
    values["base"] = Place.of(request, serving.public, manner.language).base
    response = tagged(request, page(name, manner, **values), status)
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Cache-Control"] = "no-cache"
    if request.query_params.get("lang") == manner.language:
        response.set_cookie("lang", manner.language, max_age=_YEAR, samesite="lax")
    return response
