"""Feeds for a terminal: those that are followed, and what was found at an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.publish.terminal.pieces import Line, Piece, printable, wrap
from musnad.publish.times import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from musnad.feeds import Feed, Item
    from musnad.publish.terminal.painter import Painter
    from musnad.record.following import Followed


def followed_lines(feeds: Sequence[Followed], painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """The feeds that are followed, two or three lines each; one line that says so where there is none."""
    if not feeds:
        yield painter.line([Piece(words["no_feed"], "dim")])
    for number, feed in enumerate(feeds, 1):
        yield from _head(number, feed.address, feed.name, painter)
        line: Line = [Piece(words[feed.kind or "unknown"], "through")]
        for label, value in (("outlet", feed.outlet), ("language", feed.language)):
            if value:
                line += [Piece(f" · {words[label]}: "), Piece(printable(value), apart=True)]
        seen = f"{feed.seen_at:%Y-%m-%d %H:%M} UTC" if feed.seen_at else ""
        line += (
            [Piece(f" · {words['seen_at']} "), Piece(seen, apart=True)]
            if seen
            else [Piece(f" · {words['never']}", "dim")]
        )
        line += [Piece(f" · {words['found']}: "), Piece(f"{feed.found:,}", "number", apart=True)]
        yield from _put(painter, line)
        if feed.state == "gone" or feed.failures:
            said: Line = [Piece(words["gone"], "warning")] if feed.state == "gone" else []
            if not said:
                said = [Piece(f"{words['failures']}: ", "warning"), Piece(str(feed.failures), "warning", apart=True)]
            yield from _put(painter, [*said, Piece("  "), Piece(printable(feed.said), "dim", apart=True)])


def checked_lines(
    checked: Sequence[tuple[str, str, Feed]], limit: int, painter: Painter, words: Mapping[str, str]
) -> Iterator[str]:
    """What was found at each address: what it is, how much it lists, its first `limit` articles, what is odd in it."""
    if not checked:
        yield painter.line([Piece(words["nothing_checked"], "dim")])
    for number, (address, moved, feed) in enumerate(checked, 1):
        yield from _head(number, address, feed.title, painter)
        line: Line = [Piece(words[feed.kind], "through")]
        if feed.items or feed.listed:
            line += [Piece(f" · {words['lists']} "), Piece(f"{feed.listed:,}", "number", apart=True)]
            line += [Piece(f" · {words['taken']} "), Piece(f"{len(feed.items):,}", "number", apart=True)]
        if feed.language:
            line += [Piece(f" · {words['language']}: "), Piece(printable(feed.language), apart=True)]
        yield from _put(painter, line)
        if moved:
            yield from _put(painter, [Piece(f"{words['moved_to']} ", "warning"), Piece(printable(moved), apart=True)])
        for item in feed.items[:limit]:
            yield from _item(item, painter)
        if feed.feeds:
            yield from _put(painter, [Piece(f"{words['names_feeds']}:", "dim")])
            for other in feed.feeds[:limit]:
                yield from _put(painter, [Piece(printable(other), "dim", apart=True)])
        for doubt in feed.doubts:
            yield from _put(painter, [Piece("! ", "warning"), Piece(printable(doubt), "warning", apart=True)])


def _head(number: int, address: str, name: str, painter: Painter) -> Iterator[str]:
    line: Line = [Piece(f"{number}. ", "number")]
    if name:
        line += [Piece(printable(name), "heading"), Piece("  ")]
    for part in wrap(line, painter.width):
        yield painter.line(part)
    yield from _put(painter, [Piece(printable(address), "dim", apart=True)])


def _item(item: Item, painter: Painter) -> Iterator[str]:
    line: Line = [Piece("• ")]
    if item.published is not None:
        line += [Piece(short(item.published), "dim", apart=True), Piece("  ")]
    line.append(Piece(printable(item.title)) if item.title else Piece(printable(item.address), apart=True))
    yield from _put(painter, line)


def _put(painter: Painter, line: Line) -> Iterator[str]:
    for part in wrap(line, painter.width - 3):
        yield painter.line(part, indent=3)
