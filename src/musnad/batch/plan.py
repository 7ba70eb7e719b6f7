"""What there is to do: inputs cut into pieces, kept beside the output so that every later run has the same ones."""

from __future__ import annotations

import json
import os
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musnad.batch.files import is_address, listed, opened, size_of
from musnad.batch.job import Piece, Range
from musnad.errors import InputError, UsageError
from musnad.fetch.inputs import walk
from musnad.fetch.unpack import GZIP_MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FORM = 1
PIECE = 64_000_000
"""Bytes of an archive in a piece: two or three thousand pages, some minutes of a core."""

_FILES = 500  # in a piece, of files of one page
_LISTS = (".paths", ".paths.gz", ".list")
_DOCUMENTS = (".docs.jsonl", ".docs.jsonl.gz")
_FILE = "_plan.json"


@dataclass(slots=True)
class Plan:
    """The pieces of a data set and what it is asked for (`job`, as plain values), in the folder `output`."""

    output: Path
    job: dict[str, Any]
    sizes: dict[str, int] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)

    @staticmethod
    def load(output: Path) -> Plan | None:
        """The plan that was kept there, None where there is none. Raises UsageError where it cannot be read."""
        try:
            value = json.loads((output / _FILE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            where = str(output / _FILE)
            raise UsageError(f"cannot be read: {error}", where=where, advice="name another folder") from error
        if value.get("form") != FORM:
            advice = "update musnad, or name another folder"
            raise UsageError(f"is of another form than {FORM}", where=str(output / _FILE), advice=advice)
        pieces = [Piece(name, tuple(Range(*told) for told in ranges), size) for name, ranges, size in value["pieces"]]
        return Plan(output, value["job"], value["sizes"], pieces)

    def extend(self, inputs: Iterable[str | InputError], *, piece: int = PIECE) -> list[InputError]:
        """Take in the files that the plan does not have yet; those that cannot be read come back.

        Raises UsageError where a file has another size than when it was planned: its rows would stand there twice.
        """
        failures: list[InputError] = []
        small: deque[tuple[str, int]] = deque()
        for one in inputs:
            if isinstance(one, InputError):
                failures.append(one)
                continue
            try:
                size = size_of(one)
                known = self.sizes.get(one)
                if known is None:
                    self.sizes[one] = size
                    self._cut(one, size, piece, small)
                elif known != size:
                    what = f"has {size:,} bytes, and had {known:,} when this data set was begun"
                    raise UsageError(what, where=one, advice="name another folder for the output")
            except InputError as error:
                failures.append(error)
        self._together(small)
        return failures

    def save(self) -> None:
        """Keep it. Of several that begin at the same moment, each writes the same."""
        value = {
            "form": FORM,
            "job": self.job,
            "sizes": self.sizes,
            "pieces": [[p.name, [[r.file, r.start, r.stop] for r in p.ranges], p.size] for p in self.pieces],
        }
        beside = self.output / f"{_FILE}.{os.uname().nodename}-{os.getpid()}"
        beside.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(beside, self.output / _FILE)

    def _cut(self, name: str, size: int, piece: int, small: deque[tuple[str, int]]) -> None:
        kind = kind_of(name)
        if kind == "page":
            small.append((name, size))
            if len(small) >= _FILES or sum(held for _, held in small) >= piece:
                self._together(small)
            return
        if size <= piece or not _can_be_cut(name, kind):
            self._add((Range(name),), size)
            return
        starts = range(0, size, piece)
        for start in starts:
            stop = start + piece if start + piece < size else None
            self._add((Range(name, start, stop),), min(piece, size - start))

    def _together(self, small: deque[tuple[str, int]]) -> None:
        if small:
            self._add(tuple(Range(name) for name, _ in small), sum(size for _, size in small))
            small.clear()

    def _add(self, ranges: tuple[Range, ...], size: int) -> None:
        self.pieces.append(Piece(f"{len(self.pieces):06d}", ranges, size))


def expanded(inputs: Sequence[str], *, base: str = "") -> Iterator[str | InputError]:
    """The files that are meant: those of folders, sorted; those of lists (``@FILE``, ``*.paths``, ``.gz`` too), where a
    relative name is one of `base`; what cannot be found as an InputError. A file that is named twice comes once.
    """
    seen: set[str] = set()
    for name in inputs:
        for found in _expand(name, base):
            if isinstance(found, InputError) or found not in seen:
                if not isinstance(found, InputError):
                    seen.add(found)
                yield found


def _expand(name: str, base: str) -> Iterator[str | InputError]:
    try:
        if name.startswith("@") or name.lower().endswith(_LISTS):
            yield from _of_list(name.removeprefix("@"), base)
        elif is_address(name):
            yield from listed(name) or (name,)
        elif os.path.isdir(name):
            found = list(walk(name, more=_DOCUMENTS))
            if not found:
                raise InputError("no archive and no page in this folder", where=name, advice="check the name")
            yield from found
        else:
            yield name
    except InputError as error:
        yield error


def _of_list(path: str, base: str) -> Iterator[str | InputError]:
    import gzip

    try:
        with opened(path) as stream:
            raw = stream.read()
        lines = (gzip.decompress(raw) if raw.startswith(GZIP_MAGIC) else raw).decode("utf-8", "replace").splitlines()
    except (OSError, EOFError) as error:
        told = getattr(error, "strerror", None) or error
        raise InputError(f"the list cannot be read: {told}", where=path, advice="check the name") from error
    for line in map(str.strip, lines):
        if line and not line.startswith("#"):
            relative = not is_address(line) and not os.path.isabs(line)
            yield base + line if relative and base else line


def kind_of(name: str) -> str:
    """``archive``, ``documents`` or ``page``, by the name."""
    name = name.lower().partition("?")[0]
    if name.endswith(_DOCUMENTS):
        return "documents"
    return "archive" if name.endswith((".warc", ".warc.gz")) else "page"


def _can_be_cut(name: str, kind: str) -> bool:
    """Whether one can begin in the middle: in gzip members that hold records, in lines that are not compressed."""
    if kind == "documents":
        return not name.lower().endswith(".gz")
    with suppress(OSError), opened(name) as stream:
        return stream.read(len(GZIP_MAGIC)) == GZIP_MAGIC
    return False
