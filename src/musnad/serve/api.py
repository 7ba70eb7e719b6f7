"""The answers for programs: the same values as ``--format json`` prints, under ``/api/v1``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, HTTPException, Query

from musnad import stories as view
from musnad.errors import UsageError
from musnad.publish.answers import found_values, statement_value, version_value
from musnad.publish.stories import head_value, story_value
from musnad.serve.asking import Number, Wanted, article_page

if TYPE_CHECKING:
    from fastapi import FastAPI

    from musnad.serve.records import Records

_MISSING: dict[int | str, dict[str, Any]] = {404: {"description": "There is none."}}
_AGAIN: dict[int | str, dict[str, Any]] = {503: {"description": "The record cannot be read just now."}}
_UNCLEAR: dict[int | str, dict[str, Any]] = {400: {"description": "The query cannot be understood."}}


def add(app: FastAPI, records: Records) -> None:
    """Give a service the routes for programs."""
    router = APIRouter(prefix="/api/v1", responses=_AGAIN)

    @router.get("/stories")
    def stories(limit: Annotated[int, Query(ge=1, le=200)] = 20) -> list[dict[str, Any]]:
        """The stories of most articles."""
        record = records.held()
        heads = view.stories(record, limit=limit)
        return [head_value(head, view.sources_of(view.articles_of(record, head.id))) for head in heads]

    @router.get("/stories/{number}", responses=_MISSING)
    def story(number: Number) -> dict[str, Any]:
        """A story with its articles, what was said in it, and what became of it."""
        record = records.held()
        told = view.articles_of(record, number)
        return story_value(number, told, view.sources_of(told), view.utterances(told), view.events_of(record, number))

    @router.get("/articles/{number}", responses=_MISSING)
    def article(number: Number) -> dict[str, Any]:
        """A version of a page and all that was found in it."""
        held = article_page(records.held(), number)
        if held is None:
            raise HTTPException(404)
        return version_value(held["version"], None)

    @router.get("/search", responses=_UNCLEAR)
    def search(wanted: Annotated[Wanted, Query()]) -> list[dict[str, Any]]:
        """What was said with these words, the best first."""
        try:
            return found_values(records.held().search(wanted.q, wanted.only, limit=wanted.limit))
        except UsageError as error:
            raise HTTPException(400, str(error)) from error

    @router.get("/statements", responses=_UNCLEAR)
    def statements(
        speaker: Annotated[str, Query(min_length=1, max_length=200)], limit: Annotated[int, Query(ge=1, le=200)] = 50
    ) -> list[dict[str, Any]]:
        """What was said by whoever has this name, newest first."""
        try:
            return [statement_value(one) for one in records.held().who(speaker, limit=limit)]
        except UsageError as error:
            raise HTTPException(400, str(error)) from error

    app.include_router(router)
