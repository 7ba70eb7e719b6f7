"""Lists of feeds in a file: lines of an address with its name, outlet and language, or OPML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.errors import BadRecord, InputError
from musnad.feeds.addresses import canonical
from musnad.feeds.words import plain
from musnad.feeds.xml import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST = 20_000_000
_GO_ON = "the other lines are read; write an http(s) address, and after tabs its name, outlet and language"


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed that a person lists: its address, and what it is called (empty: not said)."""

    address: str
    name: str = ""
    outlet: str = ""
    language: str = ""


def read_list(path: str) -> Iterator[Listed | InputError]:
    """The feeds of a file, in order; a line that names none is yielded as a BadRecord with its number.

    A text file has an address a line, and after tabs a name, an outlet and a language (the latter three may be left out);
    lines that begin with ``#`` are remarks. OPML, as feed readers write it, is known by its first mark. Raises InputError
    where the file cannot be read.
    """
    try:
        with open(path, "rb") as stream:
            body = stream.read(_LARGEST + 1)
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", where=path, advice="check the name") from error
    if len(body) > _LARGEST:
        raise InputError(f"larger than {_LARGEST:,} bytes", where=path, advice="give a list of feeds")
    text = body.decode("utf-8-sig", "replace")
    yield from _outlines(text, path) if text.lstrip().startswith("<") else _lines(text, path)


def _outlines(text: str, path: str) -> Iterator[Listed | InputError]:
    tree = read_tree(text, path)
    if tree.root != "opml":
        raise InputError("is no OPML", where=path, advice="give OPML, or an address a line")
    if tree.fault:
        yield InputError(tree.fault, where=path, advice="what stands before it was read")
    for number, outline in enumerate(tree.outlines, 1):
        address = outline.get("xmlUrl", "")
        found = canonical(address)
        if found:
            yield Listed(
                found, plain(outline.get("title") or outline.get("text") or ""), "", outline.get("language", "")
            )
        elif address:
            yield BadRecord("no http(s) address", where=f"{path}: outline {number}", advice=_GO_ON)


def _lines(text: str, path: str) -> Iterator[Listed | InputError]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        address, *more = (plain(cell) for cell in line.split("\t"))
        found = canonical(address)
        if found is None:
            yield BadRecord(f"{address[:80]!r} is no http(s) address", where=f"{path}:{number}", advice=_GO_ON)
            continue
        yield Listed(found, *[*more, "", "", ""][:3])
