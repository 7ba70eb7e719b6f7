"""What stands above an article: kicker, outlet, times, dateline, byline, pictures, conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.publish.terminal.pieces import Line, Piece, printable, wrap
from musnad.publish.times import printed, short, utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from musnad.model import Article, Image, Moment
    from musnad.publish.terminal.painter import Painter


def furniture(article: Article, painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """A line for each piece of furniture that the page has; none for those that it lacks. The headline is not among
    them: it may carry marks."""
    yield painter.rule("━")
    if article.origin and article.origin != article.address:
        yield painter.line([Piece(printable(article.origin), "dim", apart=True)])
    for label, line in _lines(article, words):
        head: Line = [Piece(f"{words[label]}: ", "warning" if label == "conflict" else "label")] if label else []
        for number, part in enumerate(wrap([*head, *line], painter.width - 2)):
            yield painter.line(part, indent=2 if number else 0)


def _lines(article: Article, words: Mapping[str, str]) -> Iterator[tuple[str, Line]]:
    if article.outlet:
        yield "outlet", [Piece(printable(article.outlet.value))]
    if article.address:
        yield "", [Piece(printable(article.address), "dim", apart=True)]
    if article.published:
        yield "published", _moment(article.published, words)
    if article.modified:
        yield "modified", _moment(article.modified, words)
    if article.dateline:
        place = [article.dateline.place] if article.dateline.place else []
        yield "dateline", [Piece(printable(" - ".join([*place, *article.dateline.agencies])))]
    if article.byline:
        yield "byline", [Piece(printable("، ".join(name.value for name in article.byline)))]
    for image in article.images:
        line = _image(image, words)
        if line:
            yield "image", line
    for conflict in article.conflicts:
        line = []
        for value in conflict.values:
            line += [Piece(f" {words['against']} ")] if line else []
            line.append(Piece(printable(value), "warning", apart=True))
        field = words.get(conflict.field, conflict.field)
        yield "conflict", [Piece(f"{field}: "), *line]
    if article.section:
        yield "", [Piece(printable(article.section.value), "kicker")]


def _moment(moment: Moment, words: Mapping[str, str]) -> Line:
    line = [Piece(printable(printed(moment)), apart=True)]
    if printed(moment) != short(moment):
        line += [Piece("  "), Piece(short(moment), "dim", apart=True)]
    clock = utc(moment)
    if clock:
        line += [Piece(" = ", "dim"), Piece(clock, "dim", apart=True), Piece(f" {words['utc']}", "dim")]
    return line


def _image(image: Image, words: Mapping[str, str]) -> Line:
    line: Line = []
    if image.caption:
        line.append(Piece(printable(image.caption.value)))
    for label, value in (
        ("credit", image.credit.value if image.credit else None),
        ("dated", image.date.iso if image.date else None),
    ):
        if value:
            line += [Piece(" · " if line else "", "dim"), Piece(f"{words[label]} ", "label")]
            line.append(Piece(printable(value), apart=label == "dated"))
    return line
