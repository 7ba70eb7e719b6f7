"""Tables as CSV, to be opened in a spreadsheet and to be read by a program, and their description as a data package."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import TYPE_CHECKING, Any

from musnad.publish.answers import instant
from musnad.publish.rows import safe
from musnad.sets.tables import columns_of, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from musnad.record.kept import Kept
    from musnad.sets.folder import Folder
    from musnad.sets.tables import Column, Form, Row, Table


class Sheets:
    """A CSV file for each table (RFC 4180, UTF-8 with a byte-order mark, without which spreadsheets take it for another
    charset). Text that a spreadsheet would run as a formula gets an apostrophe before it.

    Attributions, places and links are those that were asked for; figures and doubts those of their articles.
    """

    def __init__(self, folder: Folder) -> None:
        self._tables = [(table, [column.name for column in columns_of(table, "csv")]) for table in tables_of("csv")]
        self.counts = {table.name: 0 for table, _ in self._tables}
        self._writers: dict[str, Any] = {}
        for table, names in self._tables:
            stream = folder.text(f"{table.name}.csv", bom=True)
            self._writers[table.name] = csv.writer(stream, lineterminator="\r\n")
            self._writers[table.name].writerow(names)

    def write(self, one: Kept) -> None:
        """The rows of a version."""
        for table, _ in self._tables:
            if table.of is not None:
                self._put(table, table.of(one), _number_of(table), one.asked)

    def write_rows(self, table: Table, rows: Iterable[Row]) -> None:
        """The rows of a table that is not of versions."""
        self._put(table, rows, None, None)

    def close(self) -> None:
        """Nothing is held back."""

    def _put(self, table: Table, rows: Iterable[Row], number: int | None, asked: frozenset[int] | None) -> None:
        width = len(columns_of(table, "csv"))
        for row in rows:
            if asked is None or number is None or row[number] in asked:
                cells = zip(table.columns[:width], row, strict=False)
                self.counts[table.name] += 1
                self._writers[table.name].writerow([_cell(column, held) for column, held in cells])


def package(name: str, form: Form, counts: dict[str, int], files: dict[str, tuple[str, int]]) -> dict[str, Any]:
    """The data package (Frictionless, `datapackage.json`) of the tables of a form; `files` has digest and size."""
    return {
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "name": name,
        "resources": [
            _resource(table, form, counts[table.name], *files[f"{table.name}.{form}"]) for table in tables_of(form)
        ],
    }


def _resource(table: Table, form: Form, count: int, digest: str, size: int) -> dict[str, Any]:
    own = {table.name for table in tables_of(form)}
    columns = columns_of(table, form)
    return {
        "profile": "tabular-data-resource" if form == "csv" else "data-resource",
        "name": table.name,
        "path": f"{table.name}.{form}",
        "description": table.about,
        "format": form,
        "mediatype": "text/csv" if form == "csv" else "application/vnd.apache.parquet",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "rows": count,
        "schema": {
            "fields": [_field(column, form) for column in columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": list(mine), "reference": {"resource": other, "fields": list(theirs)}}
                for mine, other, theirs in table.refers
                if other in own
            ],
        },
    }


def _field(column: Column, form: Form) -> dict[str, Any]:
    kind = {"json": "string", "bytes": "string"}.get(column.kind, column.kind)
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.about}
    if column.kind == "bytes":
        field["format"] = "binary"
    if form == "csv" and column.required and column.kind != "string":
        field["constraints"] = {"required": True}
    return field


def _cell(column: Column, held: Any) -> Any:
    if held is None:
        return ""
    if isinstance(held, datetime):
        return instant(held)
    if isinstance(held, bool):
        return "true" if held else "false"
    return safe(held) if isinstance(held, str) else held


def _number_of(table: Table) -> int | None:
    """Which column of a table has the number of an attribution."""
    names = [column.name for column in table.columns]
    wanted = "number" if table.name == "attributions" else "attribution"
    return names.index(wanted) if wanted in names else None
