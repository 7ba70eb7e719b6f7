"""A record, or a part of it, as a data set: a folder with a README and digests, or one file where the form is one."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from musnad.errors import UsageError
from musnad.record import corrections
from musnad.record.identity import made
from musnad.record.kept import count_kept, kept
from musnad.sets.about import readme
from musnad.sets.corrected import FILE as CORRECTIONS
from musnad.sets.corrected import correction_line
from musnad.sets.decided import FILE as DECISIONS
from musnad.sets.decided import decision_line
from musnad.sets.documents import Annotations, Lines, Linked, Ninjs
from musnad.sets.folder import making, making_file
from musnad.sets.line import schema
from musnad.sets.parquet import Tables, arrow
from musnad.sets.sheets import Sheets, package
from musnad.sets.tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from musnad.record import Only, Record
    from musnad.record.kept import Kept
    from musnad.sets.folder import Folder


@dataclass(frozen=True, slots=True)
class SetForm:
    """A form of data sets. One with a `file` can be that file alone; `standing` ones tell only what stands now."""

    name: str
    make: Callable[[IO[str]], Lines] | None = None
    file: str = ""
    standing: bool = False


FORMS: dict[str, SetForm] = {
    form.name: form
    for form in (
        SetForm("jsonl", Lines, "versions.jsonl"),
        SetForm("csv"),
        SetForm("parquet"),
        SetForm("annotations", Annotations, "annotations.jsonl", standing=True),
        SetForm("jsonld", Linked, "articles.jsonld", standing=True),
        SetForm("ninjs", Ninjs, "items.jsonl", standing=True),
    )
}
_WHOLE = ("jsonl", "parquet")
"""The forms that another record can be made of."""
_FILES = (".json", ".jsonl", ".jsonld")


class _Writer(Protocol):
    def write(self, one: Kept) -> None: ...
    def close(self) -> None: ...


def export(
    record: Record, name: str, only: Only, output: str | None, *, step: Callable[[int, int], None] = lambda at, of: None
) -> dict[str, int]:
    """Write what `only` asks for in the form `name`, and how many there were of what.

    `output` None or ``-`` is standard output, a name that ends in .json, .jsonl or .jsonld one file, any other a folder that
    is not there yet. It has its name only when it is whole. `step` is told how many versions of how many are written.
    Raises UsageError where that cannot be, RecordError where the record is damaged.
    """
    form = FORMS[name]
    if output in (None, "-") or (form.make and Path(output or "").suffix.lower() in _FILES):
        return _file(record, form, only, output, step)
    assert output is not None
    if name == "parquet":
        arrow()
    with making(Path(output)) as folder, record.reading() as connection:
        writer: _Writer = _writer(folder, form)
        counts = _pour(connection, form, only, writer, step)
        if isinstance(writer, Tables | Sheets):
            for table in tables_of("parquet" if isinstance(writer, Tables) else "csv"):
                if table.rows is not None:
                    writer.write_rows(table, table.rows(connection, only))
            counts = writer.counts
        writer.close()
        folder.settle()
        if told := _decisions(connection, name, only):
            folder.put(DECISIONS, "".join(told))
            counts["decisions"] = len(told)
        if told := _corrections(connection, name, only):
            folder.put(CORRECTIONS, "".join(told))
            counts["corrections"] = len(told)
        _describe(folder, form, counts)
        folder.put("README.md", readme(name, datetime.now(UTC), only, counts, folder.digests))
        folder.digests.pop("README.md")  # it tells when the set was made; the rest is the same each time
    return counts


def _file(
    record: Record, form: SetForm, only: Only, output: str | None, step: Callable[[int, int], None]
) -> dict[str, int]:
    if form.make is None:
        raise UsageError(f"{form.name} is several files", advice="name a folder: --output DIR")
    held = nullcontext(sys.stdout) if output in (None, "-") else making_file(Path(output or ""))
    with held as stream, record.reading() as connection:
        writer = form.make(stream)
        counts = _pour(connection, form, only, writer, step)
        writer.close()
        if told := _decisions(connection, form.name, only):
            stream.writelines(told)
            counts["decisions"] = len(told)
        if told := _corrections(connection, form.name, only):
            stream.writelines(told)
            counts["corrections"] = len(told)
    return counts


def _decisions(connection: Connection, name: str, only: Only) -> list[str]:
    """What people decided about entities, a line each, as far as known then; for the forms that are whole."""
    return [decision_line(one) for one in made(connection, only.known_at)] if name in _WHOLE else []


def _corrections(connection: Connection, name: str, only: Only) -> list[str]:
    """What people put right, a line each, as far as known then; for the forms that are whole."""
    held = corrections.made(connection, known_at=only.known_at) if name in _WHOLE else []
    return [correction_line(one) for one in held]


def _writer(folder: Folder, form: SetForm) -> _Writer:
    if form.make is not None:
        return form.make(folder.text(form.file))
    return Tables(folder) if form.name == "parquet" else Sheets(folder)


def _pour(
    connection: Connection, form: SetForm, only: Only, writer: _Writer, step: Callable[[int, int], None]
) -> dict[str, int]:
    total = count_kept(connection, only, standing=form.standing)
    counts = dict.fromkeys(("versions", "articles", "attributions"), 0)
    bodies = form.name in _WHOLE
    for number, one in enumerate(kept(connection, only, standing=form.standing, bodies=bodies), 1):
        writer.write(one)
        counts["versions"] += 1
        if one.first_of_article:
            counts["articles"] += 1
            counts["attributions"] += len(one.whole.attributions) if one.asked is None else len(one.asked)
        step(number, total)
    return counts


def _describe(folder: Folder, form: SetForm, counts: dict[str, int]) -> None:
    """The description for programs."""
    if form.name == "jsonl":
        folder.put("schema.json", json.dumps(schema(), ensure_ascii=False, indent=2) + "\n")
    elif form.name in ("csv", "parquet"):
        told = package(f"musnad-{form.name}", form.name, counts, folder.digests)  # type: ignore[arg-type]
        folder.put("datapackage.json", json.dumps(told, ensure_ascii=False, indent=2) + "\n")
