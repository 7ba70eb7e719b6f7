"""The pages of a data set that kept them, to be brought into a record as if they had been added one by one."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musnad.batch.finish import MANIFEST
from musnad.errors import BadRecord, InputError, UsageError
from musnad.model import Page
from musnad.sets.parquet import arrow

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLUMNS = ("origin", "address", "page_digest", "content_type", "charset", "fetched", "seen_at")
_GO_ON = "the rest is taken; make the data set anew"


def is_batch(name: str) -> bool:
    """Whether a folder is a data set of ``musnad batch``: its plan is there, whole or not."""
    return (Path(name) / "_plan.json").is_file()


def pages_of_set(name: str) -> Iterator[Page | InputError]:
    """The pages of a data set, by day and in the order of its input; what is broken as an InputError.

    A piece of a day is held in memory at once. Raises UsageError where it is not whole, or did not keep its pages.
    """
    folder = Path(name)
    if not (folder / MANIFEST).is_file():
        raise UsageError("the data set is not whole", where=name, advice="run musnad batch on it again")
    if not (folder / "pages").is_dir():
        advice = "make it with --keep-pages, or add the archives themselves"
        raise UsageError("the data set did not keep its pages", where=name, advice=advice)
    for day in sorted((folder / "articles").iterdir()):
        names = sorted({path.name.partition("-")[0] for path in day.glob("*.parquet")})
        for piece in names:
            yield from _of_piece(folder, day.name, piece)


def _of_piece(folder: Path, day: str, piece: str) -> Iterator[Page | InputError]:
    bodies: dict[str, bytes] = {}
    try:
        for row in _rows(folder / "pages" / day, piece, ("digest", "body")):
            bodies[row["digest"]] = row["body"]
        articles = list(_rows(folder / "articles" / day, piece, _COLUMNS))
    except (OSError, ValueError) as error:  # pyarrow's faults are of these
        what = f"cannot be read: {' '.join(str(error).split())[:200]}"
        yield BadRecord(what, where=str(folder / "articles" / day / piece), advice=_GO_ON)
        return
    for row in articles:
        try:
            body = zlib.decompress(bodies[row["page_digest"]])
        except (KeyError, zlib.error):
            yield BadRecord("its bytes are not in the data set", where=row["origin"], advice=_GO_ON)
            continue
        fetched = row["seen_at"] if row["fetched"] else None
        yield Page(body, row["origin"], row["address"], fetched, row["content_type"], row["charset"])


def _rows(folder: Path, piece: str, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob(f"{piece}-*.parquet")):
        yield from arrow().parquet.ParquetFile(str(path)).read(columns=list(columns)).to_pylist()
