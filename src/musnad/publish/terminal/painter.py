"""Lines and rows of cells as what a terminal is sent: in its colours, and in an order that it shows rightly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from unicodedata import bidirectional

from musnad.publish.terminal.bidi import clusters, is_rtl_at, mirrored, order
from musnad.publish.terminal.pieces import Line, Piece, line_width, width
from musnad.publish.terminal.shaping import shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Bidi = Literal["plain", "isolate", "direct", "visual"]
"""How right-to-left lines are sent; see docs/decisions/0020.

plain    in the order of the text and nothing added: for files, pipes and terminals that work out the rest
isolate  in the order of the text, each line and each foreign run in it bracketed by marks of direction
direct   as isolate, and each line told to run from right to left (ECMA-48 SPD, for VTE and mintty)
visual   shaped and put into the order of the screen here, for terminals that know nothing of direction
"""

# SGR codes that can be read on a dark and on a light ground: no bold cyan or yellow, no dark blue.
STYLES = {
    "kicker": "2",
    "headline": "1",
    "heading": "1",
    "label": "2",
    "dim": "2",
    "strong": "1",
    "warning": "33",
    "number": "2",
    "cue": "1;35",
    "source": "36",
    "addressee": "4",
    "medium": "4",
    "content0": "32",
    "content1": "94",
    "content2": "31",
    "through": "94",
    "figure": "1",
    "rule": "2",
}
_RLE, _PDF = "\u202b", "\u202c"
_LRI, _FSI, _PDI = "\u2066", "\u2068", "\u2069"
_LRM, _RLM = "\u200e", "\u200f"
_TO_RIGHT, _FROM_RIGHT = "\x1b[1 k", "\x1b[2 k"  # SCP, ECMA-48 §8.3.111, as VTE and mintty read it


@dataclass(frozen=True, slots=True)
class Painter:
    """Turns lines into strings for one kind of terminal, `width` cells wide."""

    width: int = 100
    color: bool = False
    bidi: Bidi = "plain"
    rtl: bool = True

    def line(self, line: Line, *, indent: int = 0) -> str:
        """One line of its own, beginning `indent` cells from the side where the language begins."""
        return self.row([(line, self.width - indent)], indent=indent)

    def row(self, cells: Sequence[tuple[Line, int]], *, indent: int = 0, between: str = "") -> str:
        """Cells side by side, the first where the language begins; each a line that fits and the cells it takes."""
        if self.bidi == "visual":
            return self._visual_row(cells, indent, between)
        parts = []
        for number, (line, room) in enumerate(cells):
            body = "".join(map(self._logical, line))
            if self._marks and len(cells) > 1 and body:
                body = f"{_FSI}{body}{_PDI}"
            last = number == len(cells) - 1
            parts.append(body + ("" if last else " " * (room - line_width(line))))
        text = (" " * indent + self._dim(between).join(parts)).rstrip()
        if not text or not (self._marks and self.rtl):
            return text
        if self.bidi == "direct":
            foreign = len(cells) == 1 and all(piece.apart and not _has_rtl(piece.words) for piece in cells[0][0])
            return f"{_TO_RIGHT}{text}" if foreign else f"{_FROM_RIGHT}{_RLE}{text}{_PDF}"
        taken = indent + sum(room for _, room in cells[:-1]) + len(between) * (len(cells) - 1)
        fill = " " * max(0, self.width - taken - line_width(cells[-1][0]))
        # The mark after the spaces keeps them from moving to the other side (L1), where the terminal's own lines run
        # from left to right; where they run from right to left, they are at the end and do no harm.
        return f"{_RLE}{text}{fill}{_RLM}{_PDF}"

    def rule(self, sign: str = "─") -> str:
        """A line across."""
        return self._styled(sign * self.width, "rule")

    def reset(self) -> str:
        """What sets the terminal back to how it was, once everything is printed."""
        return _TO_RIGHT if self.bidi == "direct" and self.rtl else ""

    @property
    def _marks(self) -> bool:
        return self.bidi in ("isolate", "direct")

    def _logical(self, piece: Piece) -> str:
        words = piece.words
        if self._marks and words:
            if not self.rtl and not words.isascii():
                words = f"{_FSI}{words}{_PDI}"  # so that Arabic words and the English around them stay where they are
            elif self.rtl and piece.apart and _has_rtl(words):
                words = f"{_FSI}{words}{_PDI}"
            elif self.rtl and piece.apart:  # the inner marks are for VTE, which knows no isolates
                words = f"{_LRI}{_LRM}{words}{_LRM}{_PDI}"
        return self._styled(words, piece.style)

    def _styled(self, words: str, style: str) -> str:
        code = STYLES.get(style) if self.color and words else None
        return f"\x1b[{code}m{words}\x1b[0m" if code else words

    def _dim(self, words: str) -> str:
        return self._styled(words, "rule")

    def _visual_row(self, cells: Sequence[tuple[Line, int]], indent: int, between: str) -> str:
        parts = []
        for line, room in cells:
            words, size = self._visual(line)
            gap = " " * max(0, room - size)
            parts.append(gap + words if self.rtl else words + gap)
        if not self.rtl:
            return " " * indent + self._dim(between).join(parts).rstrip()
        margin = self.width - indent - sum(room for _, room in cells) - len(between) * (len(cells) - 1)
        text = " " * max(0, margin) + self._dim(between).join(reversed(parts))
        return text.rstrip() if not self.color else text

    def _visual(self, line: Line) -> tuple[str, int]:
        """The line shaped and in the order of the screen, and the cells that it takes."""
        units: list[str] = []
        styles: list[str] = []
        whole: dict[int, str] = {}  # a piece apart, by its place: it takes part in the order as one sign
        for piece in line:
            if piece.apart:
                whole[len(units)] = ordered(piece.words, rtl=_begins_rtl(piece.words))
            parts = ["\ufffc"] if piece.apart else clusters(piece.words)
            units += parts
            styles += [piece.style] * len(parts)
        out: list[str] = []
        size = 0
        run, style = "", ""
        for at, sign in on_screen(units, rtl=self.rtl):
            words = whole.get(at, sign)
            size += width(words)
            if styles[at] != style:
                out.append(self._styled(run, style))
                run, style = "", styles[at]
            run += words
        out.append(self._styled(run, style))
        return "".join(out), size


def ordered(words: str, *, rtl: bool) -> str:
    """Words shaped and in the order of the screen.

    >>> ordered("a 1", rtl=True)
    'a 1'
    """
    return "".join(sign for _, sign in on_screen(clusters(words), rtl=rtl))


def on_screen(units: Sequence[str], *, rtl: bool) -> Iterator[tuple[int, str]]:
    """Clusters from left to right as they stand on the screen, shaped and mirrored, each with its place in the text."""
    shaped = shape(units)
    backwards = is_rtl_at(units, rtl=rtl)
    for at in order(units, rtl=rtl):
        yield at, mirrored(shaped[at]) if backwards[at] else shaped[at]


def _has_rtl(words: str) -> bool:
    return not words.isascii() and any(bidirectional(character) in ("R", "AL") for character in words)


def _begins_rtl(words: str) -> bool:
    """Whether the first letter that has a direction runs from right to left (rules P2 and P3)."""
    kinds = (bidirectional(character) for character in words)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"
