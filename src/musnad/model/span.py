"""Span: a place in a Text."""

from __future__ import annotations

from dataclasses import dataclass


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
            raise ValueError(f"no such span: [{self.start}, {self.end}) must start at 0 or later and hold a character")

    def of(self, words: str) -> str:
        """The words of the span."""
        return words[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """True when `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character."""
        return self.start < other.end and other.start < self.end
