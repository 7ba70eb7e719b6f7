"""The one form of errors for programs: problem details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

PROBLEM = "application/problem+json"


class Fault(BaseModel):
    """One thing that is wrong with a request: where it stands, and what."""

    where: str
    what: str


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[Fault] = []


def for_programs(request: Request) -> bool:
    """Whether a program asks, that is: whether it asks the API."""
    return request.url.path.startswith("/api/")


def problem(
    status: int, detail: str = "", *, errors: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """An answer that says why there is no other."""
    told = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=list(errors))
    return JSONResponse(told.model_dump(), status, headers=dict(headers or {}), media_type=PROBLEM)


def said(request: Request, status: int, what: str, headers: dict[str, str] | None = None) -> Response:
    """A refusal before any page is made: a problem for programs, a line for people."""
    if for_programs(request):
        return problem(status, what, headers=headers)
    return PlainTextResponse(f"{what}\n", status, headers)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a description of the API says of answers with these statuses."""
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}
