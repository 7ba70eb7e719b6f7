"""Tables under an article: who said what, through whom and when; figures with their claimants; doubts."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from musnad.publish.amounts import amount, value
from musnad.publish.chains import said, steps
from musnad.publish.terminal.pieces import Line, Piece, line_width, printable, wrap
from musnad.publish.times import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from musnad.model import Article, Attribution
    from musnad.publish.terminal.painter import Painter

_NARROW = 72
_BETWEEN = " │ "
_MOST_LINES = 4
_SHARES = {"speaker": 24, "said": 42, "through": 34}


def statements(article: Article, painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """Who said what: a row an attribution, or a paragraph each where the terminal is narrow."""
    yield from _title(painter, words["statements"])
    if not article.attributions:
        yield painter.line([Piece(words["nothing"], "dim")])
        return
    rows = [_statement(article, attribution, words) for attribution in article.attributions]
    if painter.width < _NARROW:
        for number, row in enumerate(rows, 1):
            yield from _stacked(number, row, painter)
        return
    timed = any(row[3] for row in rows)
    numbers, when = len(str(len(rows))), 16 if timed else 0
    room = painter.width - numbers - when - len(_BETWEEN) * (4 if timed else 3)
    total = sum(_SHARES.values())
    widths = [numbers, *(room * share // total for share in _SHARES.values()), *([when] if timed else [])]
    heads = ["#", *(words[name] for name in (*_SHARES, *(["when"] if timed else [])))]
    yield from _row(painter, [[Piece(head, "label")] for head in heads], widths)
    yield painter.rule()
    for number, row in enumerate(rows, 1):
        yield from _row(painter, [[Piece(str(number), "number")], *row[: len(widths) - 1]], widths)
        yield painter.rule("╌") if number < len(rows) else ""


def figures(article: Article, painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """The figures in the order of the text, each with its value and who claims it."""
    if not article.figures:
        return
    yield from _title(painter, words["figures"])
    room = painter.width - 2 * len(_BETWEEN)
    widths = [room * 40 // 100, room * 25 // 100, room * 35 // 100]
    for figure in article.figures:
        claim = [Piece(words["nobody"], "dim")]
        if figure.claimant is not None:
            speaker = article.attributions[figure.claimant].speaker.name or words["unknown"]
            claim = [Piece(printable(speaker), "source"), Piece(f" ({figure.claimant + 1})", "number")]
        quantity = value(figure) if painter.rtl else amount(figure)  # units have English names
        cells = [
            [Piece(printable(article.text.of(figure.span).replace("\n", " ")), "figure")],
            [Piece(quantity, apart=True)] if quantity else [],
            claim,
        ]
        yield from _row(painter, cells, widths)
    yield ""


def doubts(article: Article, painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """What was seen and left undecided."""
    if not article.doubts:
        return
    yield from _title(painter, words["doubts"])
    for doubt in article.doubts:
        line = [Piece("• "), Piece(printable(doubt.what), "warning")]
        if doubt.span:
            line.append(Piece(f" «{_shortened(printable(article.text.of(doubt.span)))}»"))
        line += [Piece("  "), Piece(doubt.rule, "dim", apart=True)]
        for number, part in enumerate(wrap(line, painter.width - 2)):
            yield painter.line(part, indent=2 if number else 0)
    yield ""


def chain_line(attribution: Attribution, words: Mapping[str, str]) -> Line:
    """A chain drawn from the outlet to the origin, with dotted arrows where a link is inferred."""
    line: Line = []
    for step in steps(attribution.chain, words):
        if line:
            line.append(Piece(f" {step.arrow} ", "number"))
        line.append(Piece(printable(step.name), "through" if step.kind is None else "" if step.known else "dim"))
    return line


def _statement(article: Article, attribution: Attribution, words: Mapping[str, str]) -> tuple[Line, Line, Line, Line]:
    name = printable(attribution.speaker.name) or words["unknown"]
    speaker = [Piece(name, "source")]
    if attribution.speaker.anonymous:
        speaker.append(Piece(f" ({words['unnamed']})", "dim"))
    when = [Piece(short(attribution.said_at), apart=True)] if attribution.said_at else []
    return speaker, [Piece(printable(said(article, attribution)))], chain_line(attribution, words), when


def _row(painter: Painter, cells: Sequence[Line], widths: Sequence[int]) -> Iterator[str]:
    columns = [_at_most(wrap(cell, room), room) for cell, room in zip(cells, widths, strict=True)]
    for lines in zip_longest(*columns, fillvalue=[]):
        yield painter.row(list(zip(lines, widths, strict=True)), between=_BETWEEN)


def _at_most(lines: list[Line], room: int) -> list[Line]:
    if len(lines) <= _MOST_LINES:
        return lines
    kept = lines[:_MOST_LINES]
    last = list(kept[-1])
    while last and line_width(last) + 2 > room:
        last.pop()
    kept[-1] = [*last, Piece(" …", "dim")]
    return kept


def _stacked(number: int, row: tuple[Line, Line, Line, Line], painter: Painter) -> Iterator[str]:
    speaker, words, chain, when = row
    head = [Piece(f"{number}. ", "number"), *speaker]
    head += [Piece("  "), *when] if when else []
    for line, style in ((head, 0), (words, 2), (chain, 2)):
        for part in wrap(line, painter.width - style):
            yield painter.line(part, indent=style)
    yield ""


def _title(painter: Painter, title: str) -> Iterator[str]:
    yield painter.line([Piece(title, "heading")])
    yield painter.rule()


def _shortened(words: str, most: int = 60) -> str:
    words = words.replace("\n", " ")
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
