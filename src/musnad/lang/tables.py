"""Tables: the words of a language as data, one folder a language, one TSV file a kind of word.

The first line that is no comment (``#``) names the columns; every line has an attested example in its last column.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def table(code: str, name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of table `name` of language `code`, each a mapping from column to cell; a language without it has none.

    Raises ValueError, with file and line, where a line has another number of cells than the header.

    >>> table("ar", "no such table")
    ()
    """
    path = files("musnad.lang").joinpath(code, f"{name}.tsv")
    if not path.is_file():
        return ()
    rows: list[Mapping[str, str]] = []
    header: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
        elif len(cells) != len(header):
            raise ValueError(f"{code}/{name}.tsv line {number}: {len(cells)} cells, the header has {len(header)}")
        else:
            rows.append(MappingProxyType(dict(zip(header, (c.strip() for c in cells), strict=True))))
    return tuple(rows)
