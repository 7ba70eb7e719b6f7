"""Records that an archive holds twice: the same bytes, fetched from one address at one moment."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from musnad.batch.tables import error_row
from musnad.errors import Repeated
from musnad.sets.parquet import arrow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from musnad.sets.tables import Row

_OF_ONE = ("address", "page_digest", "seen_at")
_ADVICE = "both are in the tables: leave out those whose origin is here"


def repeated(output: Path) -> Iterator[Row]:
    """A row of ``errors`` for each record after the first of its kind, by day and in the order of the input.

    Records of one moment are in the folder of one day: a day's digests, of 16 bytes each, are held at once.
    """
    for day in sorted(path for path in (output / "articles").glob("day=*") if path.is_dir()):
        seen: dict[bytes, str] = {}
        for path in sorted(day.glob("*.parquet")):
            columns = arrow().parquet.ParquetFile(str(path)).read(columns=["origin", *_OF_ONE]).to_pydict()
            for origin, *one in zip(columns["origin"], *(columns[name] for name in _OF_ONE), strict=True):
                key = blake2b(repr(one).encode("utf-8", "replace"), digest_size=16).digest()
                first = seen.setdefault(key, origin)
                if first != origin:
                    yield error_row(Repeated(f"the same record as {first}", where=origin, advice=_ADVICE))
