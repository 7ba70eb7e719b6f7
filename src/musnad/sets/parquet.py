"""Tables as Parquet, whole, and the versions that such tables tell. pyarrow is loaded here alone: it has 170 MB."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from musnad.errors import BadRecord, InputError, UsageError
from musnad.record.kept import Kept
from musnad.record.strict import article_of
from musnad.sets.line import FORM, cells, moment_of
from musnad.sets.tables import Table, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from musnad.sets.folder import Folder
    from musnad.sets.tables import Row

_ROWS, _SIZE = 20_000, 8_000_000  # what is held of a table before it is written: rows, and characters or bytes
_READ = 200
_LARGE = {"pages": 8, "articles": 20}
_FORM = b"musnad.form"
_BAD = "the rest is taken; export it again"


class Tables:
    """A Parquet file for each table (zstd), its schema with the description of each column."""

    def __init__(self, folder: Folder) -> None:
        self._folder, self._pa = folder, arrow()
        self.counts = {table.name: 0 for table in tables_of("parquet")}
        self._held: dict[str, list[Row]] = defaultdict(list)
        self._size: dict[str, int] = defaultdict(int)
        self._schemas = {table.name: schema_of(self._pa, table) for table in tables_of("parquet")}
        self._writers = {
            table.name: self._pa.parquet.ParquetWriter(
                str(folder.path / f"{table.name}.parquet"), self._schemas[table.name], compression="zstd"
            )
            for table in tables_of("parquet")
        }

    def write(self, one: Kept) -> None:
        """The rows of a version."""
        for table in tables_of("parquet"):
            if table.of is not None:
                self.write_rows(table, table.of(one))

    def write_rows(self, table: Table, rows: Iterable[Row]) -> None:
        """Rows of a table, written when there are many."""
        held = self._held[table.name]
        for row in rows:
            held.append(row)
            self.counts[table.name] += 1
            self._size[table.name] += sum(len(cell) for cell in row if isinstance(cell, str | bytes))
            if len(held) >= _ROWS or self._size[table.name] >= _SIZE:
                self._flush(table)

    def close(self) -> None:
        """Write what is held."""
        for table in tables_of("parquet"):
            self._flush(table)
            self._writers[table.name].close()
            self._folder.add(f"{table.name}.parquet")

    def _flush(self, table: Table) -> None:
        rows = self._held[table.name]
        if rows:
            schema = self._schemas[table.name]
            cells_of = zip(zip(*rows, strict=True), table.columns, schema, strict=True)
            columns = [
                self._pa.array(map(rounded, cells) if column.kind == "number" else cells, type=field.type)
                for cells, column, field in cells_of
            ]
            self._writers[table.name].write_table(self._pa.table(columns, schema=schema))
        rows.clear()
        self._size[table.name] = 0


def rounded(number: float | None) -> float | None:
    """A number as Parquet has it, None where it is larger than any; `numbers` has its digits."""
    try:
        return None if number is None else float(number)
    except OverflowError:
        return None


def arrow() -> Any:
    """pyarrow with its Parquet. Raises UsageError where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow", advice="pip install 'musnad[parquet]', or take --format jsonl"
        ) from error
    return pyarrow


def versions_of(folder: Path) -> Iterator[Kept | BadRecord]:
    """The versions that the Parquet files of a folder tell, in their order; one that is broken as a BadRecord.

    Raises InputError where a file cannot be read at all, or is of a newer musnad.
    """
    pa = arrow()
    try:
        yield from _versions(pa, folder)
    except (pa.ArrowException, OSError, OverflowError) as error:
        what = " ".join(str(error).split())[:200]
        raise InputError(f"cannot be read: {what}", where=str(folder), advice="export or copy it again") from error


def _versions(pa: Any, folder: Path) -> Iterator[Kept | BadRecord]:
    rows = {table.name: _Rows(pa, folder, table) for table in tables_of("parquet") if table.of is not None}
    children = ("attributions", "places", "links", "figures", "doubts")
    for number, version in enumerate(rows["versions"], 1):
        where = f"{folder / 'versions.parquet'}:{number}"
        page = rows["pages"].take({"digest": version["page_digest"]})
        head = rows["articles"].take({"id": version["article_id"]})
        found = {name: rows[name].take({"article_id": version["article_id"]}) for name in children} if head else {}
        try:
            yield _kept(version, page, head, found)
        except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
            yield BadRecord(f"no version: {error}", where=where, advice=_BAD)


def _kept(version: Any, page: list[Any], head: list[Any], found: dict[str, list[Any]]) -> Kept:
    text, whole = (str, True), (int, True)
    told = cells(
        version,
        {"address": text, "origin": text, "number": whole, "content_type": (str, False), "charset": (str, False)}
        | {"fetched": (bool, True), "article_id": whole, "page_digest": text, "article_digest": text},
    )
    held: dict[str, Any] = cells(page[0], {"size": whole, "body": (bytes, True)}) if page else {"size": 0, "body": None}
    return Kept(
        **told,
        seen_at=moment_of(version, "seen_at"),
        added_at=moment_of(version, "added_at"),
        superseded_at=None,
        page_size=held["size"],
        body=held["body"],
        article_seen_at=moment_of(version, "article_seen_at"),
        reader=cells(head[0], {"reader": text})["reader"] if head else "",
        article=article_of(_article(head[0], found)) if head else None,
    )


def _article(head: Any, found: dict[str, list[Any]]) -> dict[str, Any]:
    """The article as plain values, as the codec of the record has them."""
    furniture = json.loads(head["furniture"])
    if not isinstance(furniture, dict):
        raise ValueError("articles.furniture is no object")
    where: dict[Any, dict[str, list[list[Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in found["places"]:
        where[row["attribution"]][row["role"]].append([row["start"], row["stop"]])
    hops: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in found["links"]:
        link = {name: row[name] for name in ("name", "kind", "through", "inferred")}
        hops[row["attribution"]].append(link | {"span": _span(row["start"], row["stop"])})
    return {
        **furniture,
        "text": {"words": head["text"], "blocks": json.loads(head["blocks"])},
        "attributions": [_attribution(row, where[row["number"]], hops[row["number"]]) for row in found["attributions"]],
        "figures": [_figure(row) for row in found["figures"]],
        "doubts": [
            {"what": row["what"], "rule": row["rule"], "span": _span(row["start"], row["stop"])}
            for row in found["doubts"]
        ],
    }


def _attribution(row: Any, where: dict[str, list[list[Any]]], chain: list[dict[str, Any]]) -> dict[str, Any]:
    single = {role: where[role][0] if role in where else None for role in ("source", "addressee", "medium")}
    return {
        **{name: row[name] for name in ("act", "polarity", "type", "within", "rule", "score")},
        **single,
        "id": row["key"],
        "cue": where["cue"],
        "content": where["content"],
        "speaker": {"name": row["speaker"], "kind": row["kind"]},
        "said_at": json.loads(row["said"]) if row["said"] else None,
        "chain": chain,
    }


def _figure(row: Any) -> dict[str, Any]:
    value, low, high = json.loads(row["numbers"])
    return {
        **{name: row[name] for name in ("hedge", "unit", "of", "claimant", "rule")},
        "value": value,
        "low": low,
        "high": high,
        "span": _span(row["start"], row["stop"]),
        "number": _span(row["digits_start"], row["digits_stop"]),
        "as_of": json.loads(row["as_of_moment"]) if row["as_of_moment"] else None,
    }


def _span(start: Any, stop: Any) -> list[Any] | None:
    return None if start is None and stop is None else [start, stop]


class _Rows:
    """The rows of a file, some at a time, and those of one key as they come."""

    def __init__(self, pa: Any, folder: Path, table: Table) -> None:
        path = folder / f"{table.name}.parquet"
        file = pa.parquet.ParquetFile(str(path))
        form = int((file.schema_arrow.metadata or {}).get(_FORM, b"0") or 0)
        if form != FORM:
            what = f"a newer musnad wrote it (form {form}; this one knows {FORM})" if form > FORM else "is no data set"
            raise InputError(what, where=str(path), advice="update musnad" if form > FORM else "name one")
        missing = [column.name for column in table.columns if column.name not in file.schema_arrow.names]
        if missing:
            raise InputError(f"there is no column {', '.join(missing)}", where=str(path), advice="export it again")
        self._rows = self._read(file, _LARGE.get(table.name, _READ), [column.name for column in table.columns])
        self._next: dict[str, Any] | None = next(self._rows, None)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while self._next is not None:
            row, self._next = self._next, next(self._rows, None)
            yield row

    def take(self, key: dict[str, Any]) -> list[dict[str, Any]]:
        """The next rows, as far as they have this key."""
        out: list[dict[str, Any]] = []
        while self._next is not None and all(self._next[name] == held for name, held in key.items()):
            out.append(self._next)
            self._next = next(self._rows, None)
        return out

    @staticmethod
    def _read(file: Any, size: int, columns: list[str]) -> Iterator[dict[str, Any]]:
        for batch in file.iter_batches(batch_size=size, columns=columns):
            yield from batch.to_pylist()


def schema_of(pa: Any, table: Table) -> Any:
    types = {
        "string": pa.string(), "json": pa.string(), "integer": pa.int64(), "number": pa.float64(),
        "boolean": pa.bool_(), "datetime": pa.timestamp("us", tz="UTC"), "bytes": pa.binary(),
    }  # fmt: skip
    fields = [
        pa.field(column.name, types[column.kind], nullable=not column.required, metadata={"description": column.about})
        for column in table.columns
    ]
    return pa.schema(fields, metadata={_FORM: str(FORM), "description": table.about})
