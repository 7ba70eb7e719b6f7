"""Block and Text: the published words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from musnad.model.moment import Moment
from musnad.model.span import Span

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
                raise ValueError(f"{block} overlaps the one before it or lies outside {len(self.words)} characters")
            last = block.span.end

    def of(self, span: Span) -> str:
        """The words of `span`."""
        return self.words[span.start : span.end]
