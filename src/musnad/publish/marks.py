"""Where the marks stand: the text cut at every edge of an attribution, for outputs that show them in place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from musnad.model import Block, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from musnad.model import Article, Attribution

Role = Literal["content", "cue", "source", "addressee", "medium"]
_ORDER: dict[Role, int] = {"content": 0, "medium": 1, "addressee": 2, "source": 3, "cue": 4}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch that has a role in the attribution number `index`; `depth` 0 stands in the writer's own words."""

    index: int
    role: Role
    depth: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words with no edge of a mark between them, and the marks that cover them, outermost first.

    `opens` and `closes` are the contents that begin and end exactly here, outermost first and innermost first.
    """

    start: int
    end: int
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...]

    @property
    def innermost(self) -> Mark | None:
        """The mark that says what these words are; None for the writer's own."""
        return self.marks[-1] if self.marks else None


def depths(attributions: Sequence[Attribution]) -> list[int]:
    """For each attribution how many stand around it: 0 for one in the writer's own words."""
    known: dict[int, int] = {}
    for index in range(len(attributions)):
        path: list[int] = []
        at: int | None = index
        while at is not None and at not in known and at not in path:
            path.append(at)
            at = attributions[at].within
        depth = known.get(at, -1) if at is not None else -1
        for step in reversed(path):
            depth += 1
            known[step] = depth
    return [known[index] for index in range(len(attributions))]


def blocks_marked(article: Article, found: Sequence[Mark] | None = None) -> Iterator[tuple[Block, list[Stretch]]]:
    """The blocks of an article in order, each cut at every edge of a mark in it.

    A text without blocks is one paragraph. One walk over the marks, whatever the length of the article.
    """
    found = marks(article) if found is None else found
    blocks = article.blocks
    if not blocks and article.text.words:
        blocks = (Block("paragraph", Span(0, len(article.text.words))),)
    reaching: list[Mark] = []
    following = 0
    for block in blocks:
        reaching = [mark for mark in reaching if mark.end > block.span.start]
        while following < len(found) and found[following].start < block.span.end:
            reaching.append(found[following])
            following += 1
        yield block, list(cut(reaching, block.span.start, block.span.end))


def marks(article: Article) -> list[Mark]:
    """Every mark of an article, in the order of the text, the outer ones first."""
    found: list[Mark] = []
    attributions = article.attributions
    for index, (attribution, depth) in enumerate(zip(attributions, depths(attributions), strict=True)):
        for role, spans in _parts(attribution):
            found.extend(Mark(index, role, depth, span.start, span.end) for span in spans)
    return sorted(found, key=_outermost_first)


def cut(found: Sequence[Mark], start: int, end: int) -> Iterator[Stretch]:
    """The stretches of [start, end), given marks sorted by their start."""
    inside = [mark for mark in found if mark.start < end and start < mark.end]
    edges = sorted({start, end, *(m.start for m in inside), *(m.end for m in inside)})
    edges = [edge for edge in edges if start <= edge <= end]
    active: list[Mark] = []
    following = 0
    for left, right in pairwise(edges):
        active = [mark for mark in active if mark.end > left]
        while following < len(inside) and inside[following].start <= left:
            active.append(inside[following])
            following += 1
        active.sort(key=_outermost_first_role)
        contents = [mark for mark in active if mark.role == "content"]
        yield Stretch(
            left,
            right,
            tuple(active),
            tuple(m for m in contents if m.start == left),
            tuple(m for m in reversed(contents) if m.end == right),
        )


def _parts(attribution: Attribution) -> Iterator[tuple[Role, tuple[Span, ...]]]:
    yield "content", attribution.content
    yield "cue", attribution.cue
    if attribution.source:
        yield "source", (attribution.source,)
    if attribution.addressee:
        yield "addressee", (attribution.addressee,)
    if attribution.medium:
        yield "medium", (attribution.medium,)


def _outermost_first(mark: Mark) -> tuple[int, int, int, int, int]:
    return (mark.start, mark.depth, _ORDER[mark.role], -mark.end, mark.index)


def _outermost_first_role(mark: Mark) -> tuple[int, int, int]:
    return (mark.depth, _ORDER[mark.role], mark.index)
