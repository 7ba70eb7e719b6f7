"""Span, Block and Text: the published words and the places in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from musnad.model.moment import Moment

BlockKind = Literal[
    "section",  # the kicker above the headline
    "headline",
    "published",  # the line that prints the time
    "byline",
    "dateline",
    "heading",
    "paragraph",
    "quote",
    "list item",
    "caption",
    "entry",  # the heading line of an entry of a live blog; its paragraphs follow and carry the same `at`
    "embed",  # an embedded post of a social network
]

SPOKEN: frozenset[BlockKind] = frozenset({"headline", "heading", "paragraph", "quote", "list item", "entry", "embed"})
"""Kinds of block in which attributions are looked for; the others name furniture."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch [start, end) of one Text, in Unicode code points (never bytes, tokens or UTF-16 units).

    Raises ValueError when it would be empty or negative: a place that holds nothing is no place.

    >>> Span(3, 7).of("من قال ذلك")
    'قال '
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must hold at least one character and start at 0 or later: [{self.start}, {self.end})")

    def of(self, words: str) -> str:
        """The words of the span."""
        return words[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """True when `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a Text: what it is, where it stands, and the time printed on it (entries of a live blog), if any."""

    kind: BlockKind
    span: Span
    at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The published words, blocks one newline apart, after character entities are expanded and nothing else.

    Tatweel, tashkil and direction marks stay. Raises ValueError when a block lies outside the words or two overlap.
    A page without any words is ``Text("", ())``.

    >>> from musnad.model import Block, Span, Text
    >>> Text("عنوان\\nفقرة", (Block("headline", Span(0, 5)), Block("paragraph", Span(6, 10)))).of(Span(6, 10))
    'فقرة'
    """

    words: str
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        last = 0
        for block in self.blocks:
            if block.span.start < last or block.span.end > len(self.words):
                raise ValueError(f"a block {block.span} overlaps the one before it or lies outside {len(self.words)} characters")
            last = block.span.end

    def of(self, span: Span) -> str:
        """The words of `span`."""
        return self.words[span.start : span.end]
