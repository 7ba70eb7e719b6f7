"""A data set back into a record: everything is checked, nothing is believed, and what is known already changes nothing."""

from __future__ import annotations

import json
import zlib
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from musnad.errors import BadRecord, InputError
from musnad.record import Correction, Decision
from musnad.record.restored import checked
from musnad.run.documents import opened
from musnad.sets.corrected import FILE as CORRECTIONS
from musnad.sets.corrected import correction_of
from musnad.sets.decided import FILE as DECISIONS
from musnad.sets.decided import decision_of
from musnad.sets.export import FORMS
from musnad.sets.folder import SUMS, digest_of_file
from musnad.sets.line import FORM, version_of
from musnad.sets.parquet import versions_of
from musnad.stories.moved import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.record import Record
    from musnad.record.kept import Kept
    from musnad.record.types import Taken

LONGEST_LINE = 512_000_000  # bytes: a page of 256 MB that does not compress, in base 64, with its article
_TOGETHER = 100  # versions a transaction: each on its own took three times as long
_SKIP = "the rest is taken; correct it or leave it out"


def take(record: Record, path: str) -> Iterator[Taken | InputError]:
    """What became of each version of a data set: a folder, a file of JSON lines (``.gz`` too), or ``-``.

    One that cannot be kept is an InputError, and the rest is taken. Raises InputError where the set itself cannot be
    read, RecordError where the record cannot go on; what was given back before is kept.
    """
    found = iter(_checked(path))
    while batch := list(islice(found, _TOGETHER)):
        fates = iter(record.restore([one for one in batch if isinstance(one, tuple)]))
        for one in batch:
            if isinstance(one, Decision):
                yield record.retell(one)
            elif isinstance(one, Correction):
                yield record.recorrect(one)
                with record.writing() as connection:
                    settle(connection)
            else:
                yield one if isinstance(one, InputError) else next(fates)


def _checked(path: str) -> Iterator[tuple[str, Kept] | Decision | Correction | InputError]:
    for number, one in enumerate(_versions(path), 1):
        if isinstance(one, InputError | Decision | Correction):
            yield one
            continue
        where, version = one if isinstance(one, tuple) else (f"{path}: version {number}", one)
        try:
            yield where, checked(version, where)
        except InputError as error:
            yield error


def _versions(path: str) -> Iterator[tuple[str, Kept] | Kept | Decision | Correction | InputError]:
    """The versions of a set, and then what was decided about its entities and put right."""
    folder = Path(path)
    if path == "-" or not folder.is_dir():
        yield from _of_lines(path)
        return
    yield from _sums(folder)
    if (folder / "versions.parquet").is_file():
        yield from versions_of(folder)
    elif (folder / FORMS["jsonl"].file).is_file():
        yield from _of_lines(str(folder / FORMS["jsonl"].file))
    else:
        csv = (folder / "versions.csv").is_file()
        what = "CSV leaves out what a record needs" if csv else "there is no data set that can be imported"
        raise InputError(what, where=path, advice="export it with --format jsonl or parquet")
    for name in (DECISIONS, CORRECTIONS):
        if (folder / name).is_file():
            yield from _of_lines(str(folder / name))


def _sums(folder: Path) -> Iterator[InputError]:
    """Files that are not what was exported: what is in them is checked all the same."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()[:1000]
    except OSError:
        yield InputError(f"there is no {SUMS}", where=str(folder), advice="the data are taken if they are sound")
        return
    for line in lines:
        digest, _, name = line.partition("  ")
        file = folder / name
        if name != Path(name).name or not file.is_file():  # nothing outside the folder is opened
            yield InputError("is not there", where=str(file), advice="the rest is taken; copy the set again")
        elif digest_of_file(file)[0] != digest:
            advice = "what is sound in it is taken; copy the set again"
            yield InputError("has another digest than when it was exported", where=str(file), advice=advice)


def _of_lines(path: str) -> Iterator[tuple[str, Kept] | Decision | Correction | InputError]:
    with opened(path) as stream:
        for number, line in enumerate(_lines(stream, path), 1):
            where = f"{path}:{number}"
            if isinstance(line, InputError):
                yield line
                continue
            if line.isspace():
                continue
            try:
                value = _object(line, where)
                if value["kind"] == "correction":
                    yield correction_of(value, where)
                else:
                    yield (
                        decision_of(value, where) if value["kind"] == "decision" else (where, version_of(value, where))
                    )
            except BadRecord as error:
                yield error


def _lines(stream: IO[bytes], path: str) -> Iterator[bytes | InputError]:
    """Lines; of one that is too long, no more than that is held, and an error is in its place."""
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(LONGEST_LINE)
            if not line:
                return
            if len(line) < LONGEST_LINE or line.endswith(b"\n"):
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
        except (OSError, EOFError, zlib.error) as error:
            where = f"{path}:{number}"
            raise InputError(f"cannot be read on: {error}", where=where, advice="copy the file again") from error
        yield BadRecord(f"a line of more than {LONGEST_LINE:,} bytes", where=f"{path}:{number}", advice=_SKIP)


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRecord(f"no JSON: {error}", where=where, advice=_SKIP) from error
    if not isinstance(value, dict):
        raise BadRecord("no JSON object", where=where, advice=_SKIP)
    form = value.get("form")
    if type(form) is int and form > FORM:
        what = f"a newer musnad wrote it (form {form}; this one knows {FORM})"
        raise InputError(what, where=where, advice="update musnad")
    if form != FORM or value.get("kind") not in ("version", "decision", "correction"):
        raise BadRecord("no line of a data set", where=where, advice=f"{_SKIP}; export with --format jsonl")
    return value
