"""The answers over a story for a terminal: two accounts in columns, figures with bars, wordings with what differs."""

from __future__ import annotations

from itertools import zip_longest
from math import inf
from typing import TYPE_CHECKING

from musnad.publish.amounts import number
from musnad.publish.terminal.pieces import Line, Piece, printable, wrap
from musnad.stories.amounts import span_of
from musnad.stories.sides import side_name
from musnad.stories.told import outlet_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from musnad.model import Figure
    from musnad.publish.terminal.painter import Painter
    from musnad.stories.accounts import Accounts, Point, Row
    from musnad.stories.drift import Drift, Variant, Wording
    from musnad.stories.ledger import Claim, Entry

_NARROW = 72
_BETWEEN = " │ "
_BAR = 16
_MANY = 11  # from which on Arabic counts in the singular
_FULL, _OPEN = "█", "░"
_COMMA = "\u060c "


def account_lines(found: Sequence[Accounts], painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """The happenings of a story, each with its two accounts in columns, or one under the other in a narrow terminal."""
    if not found:
        yield painter.line([Piece(words["no_accounts"], "dim")])
    for one in found:
        names = [printable(side_name(side)) for side in one.sides]
        title = [Piece(f"{words[one.event.kind]}: {names[0]} – {names[1]} · ", "headline")]
        yield from _put(painter, [*title, Piece(one.day.isoformat(), "dim", apart=True)])
        yield painter.rule("━")
        if painter.width >= _NARROW:
            yield from _columns(painter, [[Piece(f"{words['account_of']} {name}", "label")] for name in names])
        for fate in ("both", "contradiction"):
            for row in one.rows:
                if row.fate == fate:
                    yield from _opposite(row, names, painter, words)
        yield from _alone(one, names, painter, words)
        yield ""


def ledger_lines(entries: Sequence[Entry], painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """What is counted, with its claims: who, how much, a bar where values differ, as of when and in which outlets."""
    if not entries:
        yield painter.line([Piece(words["no_ledger"], "dim")])
    for entry in entries:
        yield from _put(painter, _counted(entry, words))
        most = max(
            (end for one in entry.series for c in one.claims for end in span_of(c.figure) if end < inf), default=0
        )
        for series in entry.series:
            name = printable(series.speaker.name) or words["unknown"] if series.speaker else words["nobody"]
            for claim in series.claims:
                line = [Piece(f"{name}: ", "source" if series.speaker else "dim"), *_amount(claim.figure)]
                if entry.disputed and most:
                    line += [Piece(" "), Piece(_bar(claim.figure, most), "figure")]
                line += [Piece(f" · ↻ {words['revises']}", "warning")] if claim.revises else []
                yield from _put(painter, line, indent=2)
                yield from _put(painter, _carriers(claim, words), indent=4)
        yield ""


def drift_lines(found: Sequence[Drift], painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """Utterances with their wordings, the first published first; in the others what is not in the first is marked, and
    what they leave out stands in brackets."""
    if not found:
        yield painter.line([Piece(words["no_drift"], "dim")])
    for one in found:
        head = [Piece(printable(one.speaker), "source")]
        head += [Piece(f" · ! {words[flag]}", "warning") for flag in one.flags]
        yield from _put(painter, head)
        yield from _wording(one.first, words["first_wording"], [Piece(_clean(one.first[0].words))], painter)
        for variant in one.variants:
            label = words["other_wording"]
            yield from _wording(variant.wordings, label, _marked(one, variant, painter, words), painter)
        yield ""


def _opposite(row: Row, names: Sequence[str], painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """A statement of both sides, or a contradiction: the wording of each beside the other's."""
    line = [Piece(words[row.fate], "warning" if row.why else "strong")]
    if row.why:
        line.append(Piece(f" ({words[f'{row.why}_opposed']})", "warning"))
    yield painter.line(line)
    if painter.width < _NARROW:
        for name, told in zip(names, (row.first, row.second), strict=True):
            yield from _put(painter, [Piece(f"{name}: ", "label"), *_statement(told)], indent=2)
    else:
        yield from _columns(painter, [_statement(row.first), _statement(row.second)])
    yield painter.rule("╌")


def _alone(one: Accounts, names: Sequence[str], painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """What each side alone says: in its column, or under its name."""
    mine = [_statement(row.first) for row in one.of("first")]
    theirs = [_statement(row.second) for row in one.of("second")]
    nothing: Line = [Piece(words["nothing_else"], "dim")]
    if painter.width < _NARROW:
        for name, told in zip(names, (mine, theirs), strict=True):
            yield painter.line([Piece(f"{words['account_of']} {name}", "strong")])
            for line in told or [nothing]:
                yield from _put(painter, [Piece("• "), *line], indent=2)
        return
    yield painter.line([Piece(words["only"], "strong")])
    cells: tuple[Line, ...]
    for cells in zip_longest(mine or [nothing], theirs or [nothing], fillvalue=[]):
        bullets: list[Line] = [[Piece("• "), *cell] if cell and cell is not nothing else cell for cell in cells]
        yield from _columns(painter, bullets)


def _statement(told: Sequence[Point]) -> Line:
    """The first wording of a statement, who says it, and which outlets have it."""
    first = told[0]
    outlets = list(dict.fromkeys(printable(outlet_of(point.told)) for point in told))
    line: Line = [Piece(_clean(first.words)), Piece(" — ", "dim")]
    line.append(Piece(printable(first.speaker or first.teller.name or ""), "source"))
    return [*line, Piece(f" ({_COMMA.join(outlets)})", "dim")]


def _columns(painter: Painter, cells: Sequence[Line]) -> Iterator[str]:
    room = (painter.width - len(_BETWEEN)) // 2
    for lines in zip_longest(*(wrap(cell, room) for cell in cells), fillvalue=[]):
        yield painter.row([(line, room) for line in lines], between=_BETWEEN)


def _counted(entry: Entry, words: Mapping[str, str]) -> Line:
    """What is counted: the noun, what became of it, where, and its role in a change."""
    thing = entry.thing
    line: Line = [Piece(_clean(entry.words), "heading")]
    told = [words[became] for became in sorted(thing.became)]
    if told:
        line.append(Piece(f" · {' / '.join(told)}", "label"))
    if thing.where:
        line.append(Piece(f" · {_COMMA.join(map(printable, sorted(thing.where)))}", "label"))
    if thing.role:
        line.append(Piece(f" · {words[thing.role]}", "dim"))
    return line


def _amount(figure: Figure) -> Line:
    low, high = span_of(figure)
    digits = number(low) if low == high else f"{number(low)}–{number(high)}" if high < inf else f"≥ {number(low)}"
    line: Line = [Piece(f"{printable(figure.hedge)} ")] if figure.hedge else []
    return [*line, Piece(digits, "figure", apart=True)]


def _bar(figure: Figure, most: float) -> str:
    """A bar as long as the value is to the greatest of the thing; the stretch of a range is open."""
    low, high = span_of(figure)
    full = max(1, round(_BAR * low / most)) if low else 0
    end = round(_BAR * min(high, most) / most)
    return _FULL * full + _OPEN * max(0, end - full)


def _carriers(claim: Claim, words: Mapping[str, str]) -> Line:
    texts = claim.texts
    count = words.get(f"texts_{texts}") or f"{texts} {words['texts' if texts < _MANY else 'texts_many']}"
    line: Line = [Piece(_moment(claim.carried[0].at), "dim", apart=True)]
    return [*line, Piece(f" · {_COMMA.join(map(printable, claim.outlets))} · {count}", "dim")]


def _wording(held: Sequence[Wording], label: str, line: Line, painter: Painter) -> Iterator[str]:
    outlets = dict.fromkeys(printable(outlet_of(one.told)) for one in held)
    head = [Piece(f"{label} · ", "label"), Piece(_moment(held[0].at), "dim", apart=True)]
    yield from _put(painter, [*head, Piece(f" · {_COMMA.join(outlets)}", "dim")], indent=2)
    yield from _put(painter, line, indent=4)


def _marked(one: Drift, variant: Variant, painter: Painter, words: Mapping[str, str]) -> Line:
    """A wording with the words that differ from the first in a style of their own, or between signs without colours."""
    first, other = one.first[0].told.article.text.words, variant.wordings[0]
    text = other.told.article.text.words
    line: Line = []
    at = other.span.start
    for difference in variant.differences:
        gone = _clean(difference.there.of(first)) if difference.there else ""
        line.append(Piece(_clean(text[at : difference.at])))
        end = difference.at
        if difference.here:
            end = difference.here.end
            held = _clean(difference.here.of(text))
            line.append(Piece(held if painter.color else f"‹{held}›", "warning" if difference.flags else "strong"))
        if gone:
            style = "warning" if difference.flags and not difference.here else "content2"
            line.append(Piece(f" [{words['left_out']}: {gone}]", style))
        at = end
    line.append(Piece(_clean(text[at : other.span.end])))
    return [piece for piece in line if piece.words]


def _put(painter: Painter, line: Line, *, indent: int = 0) -> Iterator[str]:
    for part in wrap(line, painter.width - indent):
        yield painter.line(part, indent=indent)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}Z"


def _clean(words: str) -> str:
    return printable(words).replace("\n", " ")
