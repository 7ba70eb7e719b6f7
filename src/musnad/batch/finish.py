"""A data set that is whole: its manifest, its digests, its description."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from musnad.batch.grouped import grouped
from musnad.batch.job import Receipt
from musnad.batch.repeated import repeated
from musnad.batch.tables import ERRORS, STORIES, Wanted, tables
from musnad.batch.writing import add_up, put, receipts, sweep, write_rows, written
from musnad.sets.folder import SUMS

if TYPE_CHECKING:
    from collections.abc import Callable

    from musnad.batch.plan import Plan
    from musnad.sets.tables import Column

MANIFEST = "manifest.json"
_REPEATED = "errors/repeated.parquet"
_WHOLE = "_whole.json"


@dataclass(frozen=True, slots=True)
class Whole:
    """What is in a data set: rows by table, pages looked at, those passed over by why, seconds of a processor, and how
    many pieces are missing still."""

    rows: dict[str, int]
    pages: int
    passed: dict[str, int]
    seconds: float
    missing: int


def finish(plan: Plan, tell: Callable[[int], None] = lambda count: None) -> Whole:
    """Describe a data set when all its pieces are there; what is in it as far as it is done.

    What is written tells of the rows alone: it is the same whoever did the work, and however often it was interrupted.
    Where stories are asked for, `tell` is told of articles that were placed.
    Raises Unwritable.
    """
    rows: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    files: dict[str, tuple[str, int, int]] = {}
    sums: dict[str, str] = {}
    pages, seconds, there = 0, 0.0, 0
    wanted = {piece.name for piece in plan.pieces}
    for receipt in receipts(plan.output):
        if receipt.piece in wanted:
            rows.update(receipt.rows)
            passed.update(receipt.passed)
            files |= receipt.files
            sums = add_up(sums, receipt.sums)
            pages, seconds, there = pages + receipt.pages, seconds + receipt.seconds, there + 1
    missing = len(wanted) - there
    if missing:
        return Whole(dict(rows), pages, dict(passed), seconds, missing)
    with written(plan.output):
        more = _of_whole(plan, files, tell)
        rows.update(more.rows)
        sums = add_up(sums, more.sums)
        files |= more.files
        whole = Whole(dict(rows), pages, dict(passed), seconds, 0)
        _describe(plan, whole, files, sums)
        sweep(plan.output)
    return whole


def _of_whole(plan: Plan, files: dict[str, tuple[str, int, int]], tell: Callable[[int], None]) -> Receipt:
    """What only the whole shows, in files of its own: records that are there twice, and stories where they are asked for.

    Its receipt says of which files it was made: it is made anew only where those are others.
    """
    name = sha256(json.dumps([plan.job["stories"], sorted(files.items())]).encode()).hexdigest()
    place = plan.output / _WHOLE
    with suppress(OSError, ValueError, KeyError, TypeError):
        had = Receipt.of(json.loads(place.read_text(encoding="utf-8")))
        if had.piece == name and all(
            (plan.output / file).stat().st_size == size for file, (_, size, _) in had.files.items()
        ):
            return had
    (plan.output / _REPEATED).unlink(missing_ok=True)
    made: list[tuple[str, str, tuple[str, int, int], str]] = []
    if rows := list(repeated(plan.output)):
        made.append((_REPEATED, "errors", *write_rows(plan.output, _REPEATED, Wanted(ERRORS), rows)))
    if plan.job["stories"]:
        made += [(file, "stories", held, told) for file, held, told in grouped(plan.output, tell)]
    counts: Counter[str] = Counter()
    sums: dict[str, str] = {}
    for _, table, held, told in made:
        counts[table] += held[2]
        sums = add_up(sums, {table: told})
    receipt = Receipt(name, 0, 0, {file: held for file, _, held, _ in made}, dict(counts), sums)
    put(place, json.dumps(asdict(receipt)) + "\n")
    return receipt


def _describe(plan: Plan, whole: Whole, files: dict[str, tuple[str, int, int]], sums: dict[str, str]) -> None:
    listing = "".join(f"{digest}  {name}\n" for name, (digest, _, _) in sorted(files.items()))
    keeps = bool(plan.job["keep_pages"])
    described = [
        {
            "name": one.table.name,
            "about": one.table.about,
            "rows": whole.rows.get(one.table.name, 0),
            "sum": sums.get(one.table.name, f"{0:032x}"),
            "key": list(one.table.key),
            "by_day": one.by_day,
            "columns": [_column(column) for column in one.table.columns],
        }
        for one in (*tables(keep_pages=keeps), *([Wanted(STORIES)] if plan.job["stories"] else []))
    ]
    manifest: dict[str, Any] = {
        "form": 1,
        "musnad": version("musnad"),
        "asked": plan.job,
        "inputs": plan.sizes,
        "pages": whole.pages,
        "passed_over": dict(sorted(whole.passed.items())),
        "tables": described,
        "files": len(files),
        "bytes": sum(size for _, size, _ in files.values()),
        "sha256sums": sha256(listing.encode()).hexdigest(),
    }
    put(plan.output / SUMS, listing)
    put(plan.output / "README.md", _readme(manifest))
    put(plan.output / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    shutil.rmtree(plan.output / "_work", ignore_errors=True)


def _column(column: Column) -> dict[str, Any]:
    return {"name": column.name, "kind": column.kind, "about": column.about, "required": column.required}


def _readme(manifest: dict[str, Any]) -> str:
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("musnad.batch"), keep_trailing_newline=True, trim_blocks=True)
    return environment.get_template("README.md").render(**manifest)
