"""What a page shows as data: its statements as a table or as lines of JSON, an article as JSON-LD and as annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Response
from starlette.exceptions import HTTPException

from musnad import stories as view
from musnad.publish.annotations import annotations_text
from musnad.publish.answers import statement_value
from musnad.publish.linked import linked_text
from musnad.publish.stories import utterance_value
from musnad.publish.taken import statement_rows, taken_csv, utterance_rows, version_rows
from musnad.publish.values import attribution_value
from musnad.record import newest
from musnad.serve.asking import Number, Sought, article_page
from musnad.serve.taking import has_parquet
from musnad.sets.taken import taken_parquet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fastapi import FastAPI

    from musnad.publish.taken import Row
    from musnad.publish.values import Value
    from musnad.record import Version
    from musnad.serve.records import Records

Form = Literal["csv", "parquet", "jsonl"]

MOST = 5_000
"""Statements of a search that are taken along at once: more are paged through in the API, or exported by the command."""

_ANNOTATIONS = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def add(app: FastAPI, records: Records) -> None:
    """Give a service the downloads."""
    router = APIRouter(include_in_schema=False)

    @router.get("/story/{number}/statements.{form}")
    def story(number: Number, form: Form) -> Response:
        told = view.articles_of(records.held(), number)
        said, seen = view.utterances(told), view.sightings(records.held(), told)
        return _file(f"story-{number}", form, lambda: utterance_rows(said, seen), lambda: map(utterance_value, said))

    @router.get("/search/statements.{form}")
    def search(form: Form, wanted: Annotated[Sought, Query()]) -> Response:
        if not wanted.asks:
            raise HTTPException(404)
        found = newest(records.held(), wanted.q, wanted.only, limit=MOST)
        return _file("search", form, lambda: statement_rows(found), lambda: map(statement_value, found))

    @router.get("/article/{number}/statements.{form}")
    def statements(number: Number, form: Form) -> Response:
        version = _version(records, number)
        values = map(attribution_value, version.article.attributions)
        return _file(f"article-{number}", form, lambda: version_rows(version), lambda: values)

    @router.get("/article/{number}/article.jsonld")
    def linked(number: Number) -> Response:
        return _data(linked_text(_version(records, number).article), "application/ld+json")

    @router.get("/article/{number}/annotations")
    def annotations(number: Number) -> Response:
        return _data(annotations_text(_version(records, number).article), _ANNOTATIONS)

    app.include_router(router)


def _version(records: Records, number: int) -> Version:
    held = article_page(records.held(), number)
    if held is None:
        raise HTTPException(404)
    version: Version = held["version"]
    return version


def _file(name: str, form: Form, rows: Callable[[], Iterable[Row]], values: Callable[[], Iterable[Value]]) -> Response:
    if form == "jsonl":
        lines = (json.dumps(value, ensure_ascii=False) + "\n" for value in values())
        return _data("".join(lines), "application/jsonl", f"{name}.jsonl")
    if form == "csv":
        return _data(taken_csv(rows()), "text/csv; charset=utf-8", f"{name}.csv")
    if not has_parquet():
        raise HTTPException(404)
    return _data(taken_parquet(rows()), "application/vnd.apache.parquet", f"{name}.parquet")


def _data(body: str | bytes, kind: str, name: str = "") -> Response:
    headers = {"Cache-Control": "no-cache"}
    if name:
        headers["Content-Disposition"] = f'attachment; filename="musnad-{name}"'
    return Response(body, headers=headers, media_type=kind)
