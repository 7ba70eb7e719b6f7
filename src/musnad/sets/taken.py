"""The table of statements that is taken along from a page, as Parquet."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from musnad.publish.taken import REAL, TAKEN, WHOLE
from musnad.sets.parquet import arrow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from musnad.publish.taken import Row


def taken_parquet(rows: Iterable[Row]) -> bytes:
    """The rows as one Parquet file (zstd); what is empty is null. Raises UsageError where pyarrow is not installed."""
    pa = arrow()
    columns = list(zip(*rows, strict=True)) or [()] * len(TAKEN)
    kinds = [_kind(pa, name) for name in TAKEN]
    cells = [[_cell(name, cell) for cell in column] for name, column in zip(TAKEN, columns, strict=True)]
    arrays = [pa.array(held, type=kind) for held, kind in zip(cells, kinds, strict=True)]
    out = io.BytesIO()
    pa.parquet.write_table(pa.table(arrays, names=list(TAKEN)), out, compression="zstd")
    return out.getvalue()


def _kind(pa: Any, name: str) -> Any:
    if name == "seen_at":
        return pa.timestamp("us", tz="UTC")
    return pa.int64() if name in WHOLE else pa.float64() if name in REAL else pa.string()


def _cell(name: str, cell: str) -> object:
    if not cell:
        return None
    if name == "seen_at":
        return datetime.fromisoformat(cell)
    return int(cell) if name in WHOLE else float(cell) if name in REAL else cell
