"""Words with a style, measured and wrapped in the cells of a terminal."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# The explicit marks of direction (UAX #9): a page's own would leak out of a line that we cut, so they are not printed.
_EXPLICIT = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_CONTROLS = [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029]
_UNPRINTED = dict.fromkeys(_EXPLICIT) | dict.fromkeys(_CONTROLS, " ") | {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one style. `apart` asks that they keep their own direction (a date, a number with its sign)."""

    words: str
    style: str = ""
    apart: bool = False


Line = list[Piece]


def printable(words: str) -> str:
    """`words` without what would steer the terminal: control characters are spaces, explicit direction marks are gone.

    >>> printable("a\\x1b[31mb")
    'a [31mb'
    """
    return words if words.isprintable() else words.translate(_UNPRINTED)


@lru_cache(maxsize=8192)
def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def width(words: str) -> int:
    """The cells that `words` take: marks above and below and direction marks none, ideographs and emoji two.

    >>> width("قال"), width("قَالَ")
    (3, 3)
    """
    return len(words) if words.isascii() else sum(map(_cells, words))


def line_width(line: Iterable[Piece]) -> int:
    """The cells that a line takes."""
    return sum(width(piece.words) for piece in line)


def wrap(pieces: Sequence[Piece], room: int) -> list[Line]:
    """`pieces` in lines of at most `room` cells, broken at spaces; a word that is longer is broken within.

    >>> [[p.words for p in line] for line in wrap([Piece("قال"), Piece(" الوزير اليوم")], 10)]
    [['قال', ' ', 'الوزير'], ['اليوم']]
    """
    lines: list[Line] = []
    line: Line = []
    used = 0
    gap: Piece | None = None
    for word in _words(pieces):
        if isinstance(word, Piece):
            gap = word
            continue
        for part in _broken(word, room):
            size = line_width(part)
            space = 1 if gap and line else 0
            if line and used + space + size > room:
                lines.append(line)
                line, used, space = [], 0, 0
            if space and gap:
                line.append(gap)
            line.extend(part)
            used += space + size
            gap = None
    return [*lines, line] if line else lines


def _words(pieces: Sequence[Piece]) -> Iterator[Line | Piece]:
    """Words (each of one or more pieces) and the gaps between them (a Piece of one space)."""
    word: Line = []
    for piece in pieces:
        if piece.apart:  # kept whole: a date does not break at its space
            word.append(piece)
            continue
        parts = piece.words.split(" ")
        for number, part in enumerate(parts):
            if number:
                if word:
                    yield word
                    word = []
                yield Piece(" ", piece.style)
            if part:
                word.append(Piece(part, piece.style))
    if word:
        yield word


def _broken(word: Line, room: int) -> Iterator[Line]:
    if line_width(word) <= room:
        yield word
        return
    part: Line = []
    used = 0
    for piece in word:
        start = 0
        for at, character in enumerate(piece.words):
            size = _cells(character)
            if used + size > room and used:
                yield [*part, Piece(piece.words[start:at], piece.style, piece.apart)] if at > start else part
                part, used, start = [], 0, at
            used += size
        part.append(Piece(piece.words[start:], piece.style, piece.apart))
    if part:
        yield part
