"""The answers of the record for a terminal: statements with their chains, articles, versions and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.publish.chains import said
from musnad.publish.terminal.pieces import Line, Piece, printable, wrap
from musnad.publish.terminal.tables import chain_line
from musnad.publish.times import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from musnad.model import Article, Span
    from musnad.publish.terminal.painter import Painter
    from musnad.record import Change, Comparison, Found, Mention, Statement, Version

_AROUND = 90
_MOST_LINES = 6
_SIGNS = {"new": "+", "gone": "−", "reworded": "≠", "moved": "↕"}
_STYLES = {"new": "content0", "gone": "content2", "reworded": "warning", "moved": "dim"}


def found_lines(found: Found, painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """Statements, then articles that only mention the words; one line that says so where there is neither."""
    if not found.statements and not found.mentions:
        yield painter.line([Piece(words["no_statement"], "dim")])
    for number, statement in enumerate(found.statements, 1):
        yield from _statement(statement, number, painter, words)
    if found.mentions:
        yield painter.line([Piece(words["mentions"], "heading")])
        yield painter.rule()
    for number, mention in enumerate(found.mentions, len(found.statements) + 1):
        yield from _mention(mention, number, painter)
    if found.more:
        yield painter.line([Piece(words["more"], "dim")])
    yield from _end(painter)


def who_lines(
    statements: Sequence[Statement], others: Sequence[Statement], painter: Painter, words: Mapping[str, str]
) -> Iterator[str]:
    """What somebody said, then what others said of them; one line that says so where there is nothing of the first."""
    if not statements:
        yield painter.line([Piece(words["no_name"], "dim")])
    for number, statement in enumerate(statements, 1):
        yield from _statement(statement, number, painter, words)
    if others:
        yield painter.line([Piece(words["said_of"], "heading")])
        yield painter.rule()
    for number, statement in enumerate(others, len(statements) + 1):
        yield from _statement(statement, number, painter, words)
    yield from _end(painter)


def history_lines(
    versions: Sequence[tuple[Version, Comparison | None]], painter: Painter, words: Mapping[str, str]
) -> Iterator[str]:
    """The versions of an address, the first seen first, each with what changed from the one before it."""
    if not versions:
        yield painter.line([Piece(words["no_history"], "dim")])
        return
    yield painter.line([Piece(printable(_fitting(versions[0][0].address, painter.width)), "dim", apart=True)])
    for number, (version, comparison) in enumerate(versions, 1):
        yield painter.rule("━")
        yield from _version(number, version, painter, words)
        if comparison is None:
            yield from put(painter, [Piece(words["first"], "dim")])
        else:
            yield from _comparison(comparison, painter, words)
    yield from _end(painter)


def highlighted(words: str, start: int, stop: int, found: Sequence[Span], painter: Painter) -> Line:
    """A stretch of a text with what was found in it marked: by a style, or by signs where there are no colours."""
    line: Line = []
    at = start
    for span in found:
        if span.end <= at or span.start >= stop:
            continue
        line.append(Piece(_clean(words[at : max(at, span.start)])))
        inner = _clean(words[max(at, span.start) : min(stop, span.end)])
        line.append(Piece(inner if painter.color else f"‹{inner}›", "strong"))
        at = min(stop, span.end)
    line.append(Piece(_clean(words[at:stop])))
    return [piece for piece in line if piece.words]


def _statement(statement: Statement, number: int, painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    article, one = statement.article, statement.attribution
    head = [Piece(f"{number}. ", "number"), Piece(printable(one.speaker.name) or words["unknown"], "source")]
    if one.speaker.anonymous:
        head.append(Piece(f" ({words['unnamed']})", "dim"))
    if statement.moment:
        head += [Piece("  "), Piece(short(statement.moment), "dim", apart=True)]
    yield from put(painter, head)
    content: Line = []
    for span in one.content:
        content += [Piece(" … ", "dim")] if content else []
        content += highlighted(article.text.words, span.start, span.end, statement.found, painter)
    yield from put(painter, content, indent=2, most=_MOST_LINES)
    yield from put(painter, chain_line(one, words), indent=2)
    yield from _where(article, statement.address, painter)


def _mention(mention: Mention, number: int, painter: Painter) -> Iterator[str]:
    article = mention.article
    title = article.headline.value if article.headline else mention.address
    head = [Piece(f"{number}. ", "number"), Piece(printable(title), "strong")]
    if article.published:
        head += [Piece("  "), Piece(short(article.published), "dim", apart=True)]
    yield from put(painter, head)
    if mention.found:
        start, stop = _window(article.text.words, mention.found[0])
        line = highlighted(article.text.words, start, stop, mention.found, painter)
        yield from put(painter, [Piece("… ", "dim"), *line, Piece(" …", "dim")], indent=2, most=_MOST_LINES)
    yield from _where(article, mention.address, painter, titled=True)


def _where(article: Article, address: str, painter: Painter, *, titled: bool = False) -> Iterator[str]:
    line: Line = []
    if article.headline and not titled:
        line.append(Piece(printable(article.headline.value), "label"))
    if article.outlet:
        line += [Piece(" · ", "dim")] if line else []
        line.append(Piece(printable(article.outlet.value), "label"))
    yield from put(painter, line, indent=2)
    yield painter.line([Piece(printable(_fitting(address, painter.width - 2)), "dim", apart=True)], indent=2)
    yield ""


def _version(number: int, version: Version, painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    line = [
        Piece(f"{words['version']} {number}", "heading"),
        Piece(f"  {words['seen_at']} ", "label"),
        Piece(_moment(version.seen_at), apart=True),
    ]
    if version.superseded_at:
        line += [Piece(f"  {words['superseded_at']} ", "label"), Piece(_moment(version.superseded_at), apart=True)]
    else:
        line.append(Piece(f"  {words['stands']}", "label"))
    yield from put(painter, line)
    if version.article.headline:
        yield from put(painter, [Piece(printable(version.article.headline.value), "headline")])


def _comparison(comparison: Comparison, painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    text = comparison.after.text.words
    for notice in comparison.notices:
        label = [Piece(f"{words[notice.kind]}: ", "warning")]
        yield from put(painter, [*label, Piece(_clean(notice.span.of(text)))], indent=2)
    if comparison.headline:
        old, new = (printable(value or words["nothing"]) for value in comparison.headline)
        head = [Piece(f"{words['headline']}: ", "label"), Piece(old, "dim"), Piece(f" {words['became']} ", "label")]
        yield from put(painter, [*head, Piece(new)], indent=2)
    if not (comparison.lines_new or comparison.lines_gone or _changed(comparison)):
        yield from put(painter, [Piece(words["same_article"], "dim")])
        return
    counts = [f"{words[fate]} {number}" for fate, number in sorted(comparison.counts.items())]
    counts += [
        f"{words[name]} {len(spans)}"
        for name, spans in (("lines_new", comparison.lines_new), ("lines_gone", comparison.lines_gone))
        if spans
    ]
    yield from put(painter, [Piece(" · ".join(counts), "dim")])
    for change in _changed(comparison):
        yield from _change(comparison, change, painter, words)


def _changed(comparison: Comparison) -> list[Change]:
    return [change for change in comparison.changes if change.fate != "same"]


def _change(comparison: Comparison, change: Change, painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    one, article = (change.after, comparison.after) if change.after else (change.before, comparison.before)
    assert one is not None
    head = [
        Piece(f"{_SIGNS[change.fate]} {words[change.fate]}", _STYLES[change.fate]),
        Piece(f"  {printable(one.speaker.name) or words['unknown']}: ", "source"),
    ]
    yield from put(painter, [*head, Piece(_clean(said(article, one)))], indent=2, hang=2, most=_MOST_LINES)
    if change.fate == "reworded" and change.before:
        parts = "، ".join(words[name] for name in change.changed)
        was = Piece(_clean(said(comparison.before, change.before)), "dim")
        speaker = f"{printable(change.before.speaker.name)}: "
        line = [Piece(f"{words['was']} ({parts})  ", "label"), Piece(speaker, "dim"), was]
        yield from put(painter, line, indent=6, most=_MOST_LINES)
    if change.orphan:
        yield from put(painter, [Piece(words[change.orphan.reason], "label")], indent=6)
    elif change.stands:
        yield from put(painter, [Piece(words["still_stands"], "label")], indent=6)


def put(painter: Painter, line: Line, *, indent: int = 0, hang: int = 0, most: int | None = None) -> Iterator[str]:
    """A line wrapped, `indent` from the side and `hang` more from the second on; cut after `most`, and then it says so."""
    lines = wrap(line, painter.width - indent - hang)
    for number, part in enumerate(lines[:most]):
        cut = most is not None and number == most - 1 and len(lines) > most
        yield painter.line([*part[:-1], Piece("…", "dim")] if cut else part, indent=indent + (hang if number else 0))


def _window(words: str, span: Span) -> tuple[int, int]:
    """Some words before and after a place, within its line."""
    first = words.rfind("\n", 0, span.start) + 1
    last = words.find("\n", span.end)
    last = len(words) if last < 0 else last
    start = max(first, span.start - _AROUND)
    stop = min(last, span.end + _AROUND)
    start = start if start == first else words.find(" ", start, span.start) + 1 or start
    end = stop if stop == last else words.rfind(" ", span.end, stop)
    return start, end if end > 0 else stop


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC")


def _fitting(address: str, room: int) -> str:
    from urllib.parse import unquote

    shown = unquote(address, errors="strict") if "%" in address and _is_utf8(address) else address
    return shown if len(shown) <= room else shown[: room - 1] + "…"


def _is_utf8(address: str) -> bool:
    from urllib.parse import unquote_to_bytes

    try:
        unquote_to_bytes(address).decode()
    except UnicodeDecodeError:
        return False
    return True


def _clean(words: str) -> str:
    return printable(words.replace("\n", " "))


def _end(painter: Painter) -> Iterator[str]:
    if painter.reset():
        yield painter.reset()
