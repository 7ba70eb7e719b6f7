"""The timeline of a story, to be framed in pages of others: one small style, links that leave the frame, and the script that
renews it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from musnad.serve.asking import Number
from musnad.serve.choice import View
from musnad.serve.pages import piece, tagged
from musnad.serve.reader import manner_of
from musnad.serve.taking import Place

if TYPE_CHECKING:
    from fastapi import FastAPI

    from musnad.serve.records import Records
    from musnad.serve.settings import Serving
    from musnad.serve.states import States


def add(app: FastAPI, records: Records, states: States, serving: Serving) -> None:
    """Give a service the frames."""
    router = APIRouter(include_in_schema=False)
    ancestors = " ".join(serving.embed) or "'none'"
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}",
        "Cross-Origin-Resource-Policy": "cross-origin" if serving.embed else "same-origin",
        "Cache-Control": "no-cache",
        "Vary": "Accept-Language, Cookie",
    }

    @router.get("/story/{number}/embed")
    def embed(request: Request, number: Number, limit: Annotated[int, Query(ge=1, le=50)] = 20) -> Response:
        manner = manner_of(request)
        shown = states.now(records.held(), number, View(manner))
        base = Place.of(request, serving.public, manner.language).base
        html = piece("embed.html", manner.language, shown=shown, cards=shown.cards[:limit], base=base)
        answer = tagged(request, html)
        answer.headers.update(headers)
        return answer

    app.include_router(router)
