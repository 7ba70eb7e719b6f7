"""The files of a piece: rows put together by table and day, under other names until the piece is whole."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter, defaultdict
from dataclasses import asdict
from hashlib import blake2b, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from musnad.batch.job import Receipt
from musnad.batch.tables import tables
from musnad.errors import Unwritable
from musnad.sets.parquet import arrow, rounded, schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.batch.job import Job, Piece
    from musnad.batch.tables import Wanted
    from musnad.sets.tables import Row

_HELD = 32_000_000
"""Characters and bytes of cells that are held before all of it is written: with the rest, a worker has some 300 MB."""

_CELL = 16  # what a cell counts beside its characters
_SUM = 1 << 128
_WORK, _RECEIPTS = "_work", "_pieces"
UNKNOWN_DAY = "unknown"


class Writer:
    """The files of one piece; memory is bounded. Raises Unwritable where the disk does not take it."""

    def __init__(self, job: Job, piece: Piece) -> None:
        self._piece = piece
        self._output = Path(job.output)
        self._work = self._output / _WORK / f"{piece.name}.{os.uname().nodename}.{os.getpid()}"
        self._tables = {wanted.table.name: wanted for wanted in tables(keep_pages=job.keep_pages)}
        self._held: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self._size, self._turn = 0, 0
        self._files: dict[str, tuple[str, int, int]] = {}
        self._rows: Counter[str] = Counter()
        self._sums: Counter[str] = Counter()

    def add(self, day: str, name: str, row: Row) -> None:
        """A row of a table."""
        self._held[name, day if self._tables[name].by_day else ""].append(row)
        self._size += sum(_CELL + (len(cell) if isinstance(cell, str | bytes) else 0) for cell in row)
        self._rows[name] += 1
        self._sums[name] = (self._sums[name] + _sum_of(row)) % _SUM
        if self._size >= _HELD:
            self._flush()

    def close(self, *, pages: int, passed: Counter[str], seconds: float) -> Receipt:
        """Put everything in its place, the receipt last: with it, the piece is done, and without it was never begun."""
        self._flush()
        receipt = Receipt(
            self._piece.name,
            self._piece.size,
            pages,
            self._files,
            dict(sorted(self._rows.items())),
            {name: f"{held:032x}" for name, held in sorted(self._sums.items())},
            dict(sorted(passed.items())),
            round(seconds, 3),
        )
        with written(self._output):
            for name in self._files:
                place = self._output / name
                place.parent.mkdir(parents=True, exist_ok=True)
                os.replace(self._work / name, place)
            for folder in {(self._output / name).parent for name in self._files}:
                _settle(folder)
            keep_receipt(self._output, receipt)
        self.drop()
        return receipt

    def drop(self) -> None:
        """Leave nothing behind of what was not put in its place."""
        shutil.rmtree(self._work, ignore_errors=True)

    def _flush(self) -> None:
        with written(self._output):
            for (name, day), rows in sorted(self._held.items()):
                file = f"{self._piece.name}-{self._turn:03d}.parquet"
                self._write(f"{name}/day={day}/{file}" if day else f"{name}/{file}", self._tables[name], rows)
        self._held.clear()
        self._size, self._turn = 0, self._turn + 1

    def _write(self, file: str, wanted: Wanted, rows: list[Row]) -> None:
        path = self._work / file
        path.parent.mkdir(parents=True, exist_ok=True)
        self._files[file] = _write_table(path, wanted, rows)


def write_rows(output: Path, file: str, wanted: Wanted, rows: list[Row]) -> tuple[tuple[str, int, int], str]:
    """Write a file of a table whole, beside those of the pieces; its digest, size and rows, and their sum."""
    place = output / file
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.{os.uname().nodename}.{os.getpid()}")
    told = _write_table(beside, wanted, rows)
    os.replace(beside, place)
    _settle(place.parent)
    return told, f"{sum(map(_sum_of, rows)) % _SUM:032x}"


def _write_table(path: Path, wanted: Wanted, rows: list[Row]) -> tuple[str, int, int]:
    """Write rows to a file and have it on the disk; its digest, size and how many rows."""
    pa = arrow()
    schema = schema_of(pa, wanted.table)
    cells_of = zip(zip(*rows, strict=True), wanted.table.columns, schema, strict=True)
    columns = [
        pa.array(map(rounded, cells) if column.kind == "number" else cells, type=field.type)
        for cells, column, field in cells_of
    ]
    with path.open("wb") as stream:
        pa.parquet.write_table(pa.table(columns, schema=schema), stream, compression="zstd")
        stream.flush()
        os.fsync(stream.fileno())
    return sha256(path.read_bytes()).hexdigest(), path.stat().st_size, len(rows)


class written:  # noqa: N801 - reads as a sentence where it stands
    """Around what writes: raises Unwritable for what the disk does not take."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            what = f"cannot be written: {error.strerror or error}"
            advice = "make room, and run it again: it goes on there"
            raise Unwritable(what, where=str(self._place), advice=advice) from error


def keep_receipt(output: Path, receipt: Receipt) -> None:
    """Keep the receipt of a piece, at once or not at all."""
    folder = output / _RECEIPTS
    folder.mkdir(parents=True, exist_ok=True)
    put(folder / f"{receipt.piece}.json", json.dumps(asdict(receipt), separators=(",", ":")) + "\n")


def put(place: Path, words: str) -> None:
    """Write a file that has its name only when it is whole and on the disk."""
    beside = place.with_name(f".{place.name}.{os.uname().nodename}.{os.getpid()}")
    with beside.open("w", encoding="utf-8") as stream:
        stream.write(words)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(beside, place)
    _settle(place.parent)


def receipts(output: Path) -> Iterator[Receipt]:
    """The receipts of the pieces that are done, in their order: those whose files are all there as they were written."""
    for path in sorted((output / _RECEIPTS).glob("*.json")):
        try:
            receipt = Receipt.of(json.loads(path.read_text(encoding="utf-8")))
            sizes = {name: (output / name).stat().st_size for name in receipt.files}
        except (OSError, ValueError, KeyError, TypeError):
            continue  # what it tells of is gone: the piece is done again
        if all(sizes[name] == size for name, (_, size, _) in receipt.files.items()):
            yield receipt


def sweep(output: Path) -> None:
    """Remove what processes of this machine that are no more left half done."""
    for folder in (output / _WORK).glob("*"):
        _, _, rest = folder.name.partition(".")
        node, _, pid = rest.rpartition(".")
        if node == os.uname().nodename and not Path(f"/proc/{pid}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def add_up(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """The sums of two sets of rows together, by table.

    >>> add_up({"links": f"{1:032x}"}, {"links": f"{2:032x}"})["links"][-4:]
    '0003'
    """
    names = sorted({*one, *other})
    return {name: f"{(int(one.get(name, '0'), 16) + int(other.get(name, '0'), 16)) % _SUM:032x}" for name in names}


def _sum_of(row: Row) -> int:
    return int.from_bytes(blake2b(repr(row).encode("utf-8", "replace"), digest_size=16).digest(), "big")


def _settle(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
