"""Corrections by readers: the form, and what is sent with it.

What is sent is taken only from this service's own pages: the seal of the form has to be that of a cookie which no other
site can set or read, and a browser that tells where a form comes from has to tell this address.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from fastapi import Depends, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from musnad.errors import UsageError
from musnad.publish.chains import said
from musnad.publish.pictures import chain
from musnad.record.corrections import chain_of
from musnad.serve.asking import Number, held_of, number_of, place_of
from musnad.serve.reader import manner_of
from musnad.serve.storycards import corrected_words
from musnad.stories import put_into
from musnad.stories.moved import number_of as number_of_story
from musnad.stories.moved import taken_back

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI

    from musnad.model import Article, Attribution
    from musnad.record import Record
    from musnad.serve.records import Records

    Html = Callable[..., Response]

COOKIE = "musnad-seal"
LARGEST = 20_000
"""Bytes of a form; one that is larger is refused."""

LISTED = 200
_YEAR = 365 * 86400

_BY = "by"

Correction = Annotated[int, Path(ge=1, le=2**31 - 1)]
Key = Annotated[str, Query(max_length=100)]


async def sent(request: Request) -> dict[str, str]:
    """The fields of a form that was sent from a page of this service; else 403, 413 where it is too large."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise HTTPException(413)
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=50)
    told = {name: values[0] for name, values in fields.items()}
    seal, origin = request.cookies.get(COOKIE, ""), request.headers.get("origin", "null")
    mine = origin in ("null", "") or urlsplit(origin).netloc == request.headers.get("host")
    if not (mine and seal and hmac.compare_digest(seal.encode(), told.get("seal", "").encode())):
        raise HTTPException(403)
    return told


def add(app: FastAPI, records: Records, html: Html) -> None:
    """Give a service the pages of corrections; `html` makes a page."""

    @app.get("/corrections", include_in_schema=False)
    def corrections(request: Request) -> Response:
        return html(request, "corrections.html", told=records.held().standing()[: -LISTED - 1 : -1])

    @app.get("/corrections/{correction}/undo", include_in_schema=False)
    def undo_form(request: Request, correction: Correction) -> Response:
        return _undo_form(request, records.held(), correction, html)

    @app.post("/corrections/{correction}/undo", include_in_schema=False)
    def undone(request: Request, correction: Correction, told: Annotated[dict[str, str], Depends(sent)]) -> Response:
        try:
            taken_back(records.held(), correction, by=told.get("by", ""), note=told.get("note", ""))
        except UsageError as error:
            return _undo_form(request, records.held(), correction, html, str(error), 422)
        return _signed(RedirectResponse("/corrections", 303), told)

    @app.get("/statement/{number}/correct", include_in_schema=False)
    def statement(number: Number) -> Response:
        place = place_of(records.held(), number)
        if place is None:
            raise HTTPException(404)
        return RedirectResponse(f"/article/{place.article}/correct?statement={place.key}", 303)

    @app.get("/article/{number}/correct", include_in_schema=False)
    def form(request: Request, number: Number, statement: Key) -> Response:
        return _form(request, records.held(), number, statement, html)

    @app.post("/article/{number}/correct", include_in_schema=False)
    def kept(
        request: Request, number: Number, statement: Key, told: Annotated[dict[str, str], Depends(sent)]
    ) -> Response:
        record = records.held()
        try:
            _keep(record, number, statement, told)
        except UsageError as error:
            return _form(request, record, number, statement, html, str(error), 422)
        return _signed(RedirectResponse(f"/article/{number}", 303), told)


def _keep(record: Record, number: int, key: str, told: dict[str, str]) -> None:
    which = number_of(record, number, key)
    if which is None:
        raise HTTPException(404)
    by, note, what = told.get("by", "").strip(), told.get("note", ""), told.get("what", "")
    if not by:
        raise UsageError("nobody has signed it", advice="give a name")
    if what == "undo":
        for part in ("speaker", "chain", "not_said"):
            record.correct(which, "undo", part, by=by, note=note)
    elif what == "speaker":
        record.correct(which, "speaker", told.get("speaker", ""), by=by, note=note)
    elif what == "chain":
        record.correct(which, "chain", chain_of(told.get("chain", "").replace("←", "<")), by=by, note=note)
    elif what == "story":
        put_into(record, record.address_of(which), number_of_story(told.get("story", "")), by=by, note=note)
    elif what == "not_said":
        record.correct(which, "not_said", by=by, note=note)
    else:
        raise UsageError("it is not said what is wrong", advice="choose one")


def _form(
    request: Request, record: Record, number: int, key: str, html: Html, error: str = "", status: int = 200
) -> Response:
    held = held_of(record, number)
    article = held.version.article if held else None
    at = next((at for at, one in enumerate(article.attributions) if one.id == key), None) if article else None
    if article is None or at is None:
        raise HTTPException(404)
    values = _values(article, article.attributions[at], manner_of(request))
    return _sealed(request, html, "correct.html", status, number=number, anchor=f"p1-{at + 1}", error=error, **values)


def _undo_form(
    request: Request, record: Record, correction: int, html: Html, error: str = "", status: int = 200
) -> Response:
    one = next((one for one in record.standing() if one.number == correction), None)
    if one is None or one.told.what == "undo":
        raise HTTPException(404)
    return _sealed(request, html, "undo.html", status, one=one, error=error)


def _sealed(request: Request, html: Html, name: str, status: int, **values: Any) -> Response:
    """A page with a form: its seal, and the name of who sent one last."""
    seal = request.cookies.get(COOKIE) or secrets.token_urlsafe(24)
    response = html(request, name, status, seal=seal, by=unquote(request.cookies.get(_BY, "")), **values)
    response.set_cookie(COOKIE, seal, httponly=True, samesite="strict", max_age=_YEAR)
    return response


def _signed(response: Response, told: dict[str, str]) -> Response:
    """Let the next form know who sent this one."""
    by = quote(told.get("by", "").strip()[:100])
    response.set_cookie(_BY, by, httponly=True, samesite="strict", max_age=_YEAR)
    return response


def _values(article: Article, one: Attribution, manner: Any) -> dict[str, Any]:
    return {
        "article": article,
        "one": one,
        "said": said(article, one),
        "chain": chain(one.chain, manner),
        "written": " ← ".join(link.name for link in reversed(one.chain) if link.name),
        "corrected": corrected_words(one, manner),
    }
