"""Which rule decided what, why each link is in a chain, and what was left undecided (``musnad explain``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.model import Span
from musnad.publish.amounts import amount
from musnad.publish.chains import said
from musnad.publish.terminal.pieces import Line, Piece, printable, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.model import Article, Attribution, Doubt, Figure, Link
    from musnad.publish.terminal.painter import Painter

_NAMES = 11
_AROUND = 30


def explanation(article: Article, painter: Painter, at: int | None = None) -> Iterator[str]:
    """Lines that tell, for each attribution, its parts with their places, its rule and score and the reason for each
    link; then figures and doubts. With `at`, only what touches that code point of the text, and the words around it.

    The words that explain are English, for whoever works on rules; the words of the page stand as they are.
    """
    yield painter.rule("━")
    yield from _put(painter, "page", [Piece(printable(article.origin or article.address or ""))])
    if at is not None:
        yield from _place(article, painter, at)
    for number, attribution in enumerate(article.attributions):
        if at is None or _touches(attribution, at):
            yield ""
            yield from _attribution(article, number, painter)
    for figure in article.figures:
        if at is None or figure.span.start <= at < figure.span.end:
            yield ""
            yield from _figure(article, figure, painter)
    shown = [
        doubt for doubt in article.doubts if at is None or (doubt.span and doubt.span.start <= at < doubt.span.end)
    ]
    if shown:
        yield ""
    for doubt in shown:
        yield from _doubt(article, doubt, painter)


def reason(article: Article, attribution: Attribution, link: Link) -> str:
    """Why a link is in a chain, from what the article says of it: a sentence without a stop."""
    if link.inferred:
        where = f" at {_at(link.span)}" if link.span else ""
        return f"inferred: the text tells it elsewhere{where}"
    if link.name is None:
        return "unknown: the text says that it came through somebody and not through whom"
    if link.span is None:
        return "the page is its" if link.kind == "outlet" else "named by the page outside the text"
    if article.dateline and article.dateline.span and article.dateline.span.overlaps(link.span):
        return f"the dateline names it, {_at(link.span)}"
    index: int | None = article.attributions.index(attribution)
    while index is not None:
        one = article.attributions[index]
        if one.source and one.source.overlaps(link.span):
            return "it speaks here" if one is attribution else f"attribution {index + 1} stands around this one"
        index = one.within
    return f"named at {_at(link.span)}"


def _place(article: Article, painter: Painter, at: int) -> Iterator[str]:
    words = article.text.words
    if not 0 <= at < len(words):
        yield from _put(painter, "at", [Piece(f"{at} is outside the text of {len(words)} characters", "warning")])
        return
    block = next((b for b in article.blocks if b.span.start <= at < b.span.end), None)
    before, after = words[max(0, at - _AROUND) : at], words[at : at + _AROUND]
    kind = f"in a {block.kind}" if block else "between blocks"
    yield from _put(painter, "at", [Piece(f"{at}, {kind}: "), Piece(printable(f"{before}▸{after}"), "content0")])


def _attribution(article: Article, number: int, painter: Painter) -> Iterator[str]:
    attribution = article.attributions[number]
    text = article.text
    head = [Piece(str(number + 1), "number"), Piece("  "), Piece(printable(attribution.rule) or "-", "strong")]
    head.append(Piece(f"  score {attribution.score:.3f}  id {attribution.id}", "dim"))
    yield from _wrapped(painter, head, 0)
    kinds = f"{attribution.type}, {attribution.act}, {attribution.polarity}"
    speaker = attribution.speaker
    yield from _put(
        painter, "speaker", [Piece(printable(speaker.name) or "unknown", "source"), Piece(f" ({speaker.kind})")]
    )
    for name, style, spans in (
        ("cue", "cue", attribution.cue),
        ("source", "source", (attribution.source,)),
        ("addressee", "addressee", (attribution.addressee,)),
        ("medium", "medium", (attribution.medium,)),
    ):
        for span in spans:
            if span is not None:
                yield from _put(painter, name, [Piece(printable(text.of(span)), style), Piece(f" {_at(span)}", "dim")])
    if attribution.source is None:
        yield from _put(painter, "source", [Piece("only in the verb", "dim")])
    places = " ".join(map(_at, attribution.content))
    yield from _put(
        painter, "said", [Piece(printable(said(article, attribution)), "content0"), Piece(f" {places}", "dim")]
    )
    yield from _put(painter, "kind", [Piece(kinds)])
    if attribution.within is not None:
        yield from _put(painter, "within", [Piece(f"attribution {attribution.within + 1}")])
    if attribution.said_at:
        moment = attribution.said_at
        how = " (inferred)" if moment.inferred else ""
        yield from _put(painter, "said at", [Piece(printable(moment.text)), Piece(f" = {moment.iso}{how}", "dim")])
    for place, link in enumerate(attribution.chain):
        yield from _put(painter, "" if place else "chain", _link(article, attribution, link, first=place == 0))


def _link(article: Article, attribution: Attribution, link: Link, *, first: bool) -> Line:
    # Outlet first, so that in a line from left to right the arrow to the next hop points to the right.
    arrow = "" if first else ("⇢ " if link.inferred else "→ ")
    line = [Piece(arrow, "number"), Piece(printable(link.name) if link.name else "unknown")]
    if link.through:
        line += [Piece(" by ", "dim"), Piece(printable(link.through), "through")]
    line.append(Piece(f" ({link.kind}): {reason(article, attribution, link)}", "dim"))
    return line


def _figure(article: Article, figure: Figure, painter: Painter) -> Iterator[str]:
    words = printable(article.text.of(figure.span))
    head = [Piece(words, "figure"), Piece(f" {_at(figure.span)} = {amount(figure) or 'no value'}")]
    head.append(Piece(f"  {printable(figure.rule)}", "dim"))
    yield from _put(painter, "figure", head)
    claim = "nobody: it stands in the writer's own words"
    if figure.claimant is not None:
        claim = f"attribution {figure.claimant + 1}"
    yield from _put(painter, "claimed by", [Piece(claim)])


def _doubt(article: Article, doubt: Doubt, painter: Painter) -> Iterator[str]:
    line = [Piece(printable(doubt.what), "warning")]
    if doubt.span:
        line += [Piece(" "), Piece(printable(article.text.of(doubt.span))), Piece(f" {_at(doubt.span)}", "dim")]
    yield from _put(painter, "doubt", [*line, Piece(f"  {printable(doubt.rule)}", "dim")])


def _put(painter: Painter, name: str, line: Line) -> Iterator[str]:
    yield from _wrapped(painter, [Piece(f"{name:{_NAMES}s}", "label", apart=True), *line], _NAMES)


def _wrapped(painter: Painter, line: Line, indent: int) -> Iterator[str]:
    for number, part in enumerate(wrap(line, painter.width - indent)):
        yield painter.line(part, indent=indent if number else 0)


def _touches(attribution: Attribution, at: int) -> bool:
    parts: list[Span | None] = [*attribution.cue, *attribution.content]
    parts += [attribution.source, attribution.addressee, attribution.medium]
    return any(span is not None and span.start <= at < span.end for span in parts)


def _at(span: Span) -> str:
    return f"[{span.start}, {span.end})"
