"""Stories for a terminal: a list of them, and one with its articles by copy and what was said in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from musnad.publish.chains import said
from musnad.publish.terminal.answers import put
from musnad.publish.terminal.pieces import Line, Piece, printable
from musnad.publish.times import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from musnad.publish.terminal.painter import Painter
    from musnad.stories import Sources, StoryHead, Telling, Utterance, Way

_MOST_LINES = 4


def head_lines(heads: Sequence[tuple[StoryHead, Sources]], painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """A few lines a story: its number and headline, counts, outlets, times; one line that says so where there is none."""
    if not heads:
        yield painter.line([Piece(words["no_story"], "dim")])
    for head, sources in heads:
        title = printable(head.headline or words["untitled"])
        yield from put(painter, [Piece(f"{head.id}  ", "number"), Piece(title, "strong")])
        yield from put(
            painter, _counts(sources, words, (("articles", head.articles), ("said", head.statements))), indent=2
        )
        yield from put(painter, [Piece(printable(" · ".join(head.outlets)), "label")], indent=2, most=2)
        times = f"{head.first_at:%Y-%m-%d %H:%M} – {head.last_at:%Y-%m-%d %H:%M}"
        yield painter.line([Piece(times, "dim", apart=True)], indent=2)
        yield ""
    yield from _end(painter)


def story_lines(
    tellings: Sequence[Telling],
    sources: Sources,
    utterances: Sequence[Utterance],
    painter: Painter,
    words: Mapping[str, str],
) -> Iterator[str]:
    """The counts with what says so, the articles by copy, what was said with how many carry it."""
    if not tellings:
        yield painter.line([Piece(words["no_story"], "dim")])
        return
    yield from put(painter, _counts(sources, words, (("articles", len(tellings)),)))
    for source in sources.sources:
        line: Line = [
            Piece("• "),
            Piece(printable(source.name), "through"),
            Piece(f" ({words[source.evidence]}) ", "dim"),
        ]
        yield from put(painter, [*line, Piece(printable(" · ".join(source.outlets)))], indent=2)
    yield painter.rule("━")
    texts: dict[int, list[Telling]] = defaultdict(list)
    for telling in tellings:
        texts[telling.copy_id].append(telling)
    for copies in texts.values():
        if len(copies) > 1:
            yield painter.line([Piece(words["one_text"], "heading"), Piece(f" ({len(copies)})", "number")])
        for telling in copies:
            yield from _telling(telling, painter, words, indent=2 if len(copies) > 1 else 0)
        yield ""
    if utterances:
        yield painter.line([Piece(words["statements"], "heading")])
        yield painter.rule()
    for utterance in utterances:
        yield from _utterance(utterance, painter, words)
    yield from _end(painter)


def _counts(sources: Sources, words: Mapping[str, str], more: Sequence[tuple[str, int]]) -> Line:
    """«14 outlets, 1 source»: a figure and what it counts, the unknown sources only where there are some."""
    told = [*more, ("outlets", len(sources.outlets)), ("texts", sources.texts), ("sources", len(sources.sources))]
    if sources.unknown:
        told.append(("unknown_sources", sources.unknown))
    line: Line = []
    for name, count in told:
        line += [Piece(" · ", "dim")] if line else []
        line += [Piece(f"{words[f'count_{name}']} "), Piece(str(count), "number")]
    return line


def _telling(telling: Telling, painter: Painter, words: Mapping[str, str], *, indent: int) -> Iterator[str]:
    headline = telling.article.headline.value if telling.article.headline else words["untitled"]
    line = [
        Piece(printable(telling.outlet or telling.address), "label"),
        Piece("  "),
        Piece(printable(headline), "strong"),
    ]
    if telling.published:
        line += [Piece("  "), Piece(short(telling.published), "dim", apart=True)]
    yield from put(painter, line, indent=indent)


def _utterance(one: Utterance, painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    telling, first = one.carriers[0]
    line: Line = [Piece(printable(first.speaker.name) or words["unknown"], "source"), Piece("  ")]
    if len(one.outlets) > 1:
        for name, count in (("outlets", len(one.outlets)), ("texts", one.texts)):
            line += [Piece(f"{words[f'count_{name}']} "), Piece(f"{count}  ", "number")]
    yield from put(painter, line)
    yield from put(painter, [Piece(printable(said(telling.article, first)))], indent=2, most=_MOST_LINES)
    for way in one.ways:
        yield from put(painter, _way(way, words), indent=2)
    yield ""


def _way(way: Way, words: Mapping[str, str]) -> Line:
    line: Line = [Piece(printable("، ".join(way.outlets)), "label")]
    for name in way.names:
        line += [Piece(" ← ", "number"), Piece(printable(name), "through")]
    if not way.known:
        line.append(Piece(f" ({words['way_unknown']})", "dim"))
    return line


def _end(painter: Painter) -> Iterator[str]:
    if reset := painter.reset():
        yield reset
