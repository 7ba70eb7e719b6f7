"""The lines of an article: its furniture, its words with the marks in place, and tables of statements and figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.model import SPOKEN
from musnad.publish.labels import labels_of
from musnad.publish.marks import Mark, blocks_marked, marks
from musnad.publish.terminal.furniture import furniture
from musnad.publish.terminal.pieces import Line, Piece, printable, wrap
from musnad.publish.terminal.tables import doubts, figures, statements
from musnad.publish.times import printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from musnad.model import Article, Block
    from musnad.publish.marks import Stretch
    from musnad.publish.terminal.painter import Painter

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CONTENT_STYLES = 3


@dataclass(frozen=True, slots=True)
class Legend:
    """The signs that stand around marked words; with colours the words need none but the number."""

    cue: tuple[str, str] = ("‹", "›")
    source: tuple[str, str] = ("{", "}")
    content: tuple[str, str] = ("[", "]")


def article_lines(article: Article, painter: Painter) -> Iterator[str]:
    """The lines of an article, in order, without line ends; of a page without an article, one line that says so."""
    words = labels_of(article)
    yield from furniture(article, painter, words)
    if not article.text.words:
        yield painter.line([Piece(words["no_article"], "warning")])
    else:
        found = marks(article)
        yield from _headline(article, painter, found)
        if article.attributions:
            yield from _key(painter, words)
        yield ""
        for block, cut in blocks_marked(article, found):
            if block.kind in SPOKEN and block.kind != "headline":
                yield from _block(article, block, cut, painter)
        yield from statements(article, painter, words)
        yield from figures(article, painter, words)
    yield from doubts(article, painter, words)
    if painter.reset():
        yield painter.reset()


def superscript(number: int) -> str:
    """The number in small raised digits.

    >>> superscript(12)
    '¹²'
    """
    return str(number).translate(_SUPERSCRIPT)


def _headline(article: Article, painter: Painter, found: Sequence[Mark]) -> Iterator[str]:
    for block, cut in blocks_marked(article, found):
        if block.kind == "headline":
            yield from _wrapped(_pieces(article, cut, painter, "headline"), painter)
            return
    if article.headline:
        yield from _wrapped([Piece(printable(article.headline.value), "headline")], painter)


def _key(painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    sign = Legend()
    line = [Piece(f"{words['legend']}: ", "label")]
    for role in ("cue", "source", "content"):
        opening, closing = ("", "") if painter.color else getattr(sign, role)
        number = superscript(1) if role == "content" else ""
        style = "content0" if role == "content" else role
        line += [
            Piece(opening + number + " " * bool(number), "number"),
            Piece(words[role], style),
            Piece(closing, "number"),
            Piece(" "),
        ]
    yield from _wrapped(line, painter)


def _block(article: Article, block: Block, cut: Sequence[Stretch], painter: Painter) -> Iterator[str]:
    style = "heading" if block.kind in ("heading", "entry") else ""
    pieces = _pieces(article, cut, painter, style)
    before: Line = []
    indent = 0
    if block.kind == "list item":
        before, indent = [Piece("• ", "dim")], 2
    elif block.kind in ("quote", "embed"):
        before, indent = [Piece("▐ ", "dim")], 2
    elif block.kind == "entry" and block.at:
        before = [Piece(printable(printed(block.at)), "label", apart=True), Piece("  ")]
    yield from _wrapped([*before, *pieces], painter, indent=indent)
    yield ""


def _wrapped(pieces: Sequence[Piece], painter: Painter, *, indent: int = 0) -> Iterator[str]:
    for number, line in enumerate(wrap(pieces, painter.width - indent)):
        yield painter.line(line, indent=indent if number else 0)


def _pieces(article: Article, cut: Sequence[Stretch], painter: Painter, style: str) -> Line:
    """The words of a block with its marks: by colours and the number alone, or by signs around them."""
    line: Line = []
    for stretch in cut:
        opening = "".join(_opening(mark, painter) for mark in stretch.marks if mark.start == stretch.start)
        closing = "".join(_closing(mark, painter) for mark in reversed(stretch.marks) if mark.end == stretch.end)
        if opening:
            line.append(Piece(opening, "number"))
        inner = stretch.innermost
        words = printable(article.text.words[stretch.start : stretch.end])
        line.append(Piece(words, _style(inner) if inner else style))
        if closing:
            line.append(Piece(closing, "number"))
    return line


def _opening(mark: Mark, painter: Painter) -> str:
    number = superscript(mark.index + 1) if mark.role == "content" else ""
    if painter.color:
        return number
    signs: tuple[str, str] | None = getattr(Legend(), mark.role, None)
    return (signs[0] if signs else "") + number


def _closing(mark: Mark, painter: Painter) -> str:
    if painter.color:
        return ""
    signs: tuple[str, str] | None = getattr(Legend(), mark.role, None)
    return (signs[1] if signs else "") + (superscript(mark.index + 1) if mark.role == "content" else "")


def _style(mark: Mark) -> str:
    return f"content{min(mark.depth, _CONTENT_STYLES - 1)}" if mark.role == "content" else mark.role
