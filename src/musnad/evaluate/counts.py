"""What is counted in a document; counts of documents add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MEASURES = ("found", "cue", "source", "content", "content exact", "who said what", "nested")
"""Each with three counts: right, given, marked."""

SHARES = ("speaker", "type", "anonymous", "addressee", "medium")
"""Each with two counts over the pairs found: right, all."""

WIDTH = 3 * len(MEASURES) + 2 * len(SHARES)

Counts = tuple[int, ...]
"""The counts of a document in the order of MEASURES, then of SHARES: WIDTH numbers."""


def total(counts: Iterable[Counts]) -> Counts:
    """The sums; zeros for no documents."""
    return tuple(map(sum, zip(*counts, strict=True))) or (0,) * WIDTH


def measure(counts: Counts, name: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of one of MEASURES, in per cent; 0 where there is nothing to divide by."""
    at = 3 * MEASURES.index(name)
    right, given, marked = counts[at : at + 3]
    precision = right / given if given else 0.0
    recall = right / marked if marked else 0.0
    both = precision + recall
    return 100 * precision, 100 * recall, 200 * precision * recall / both if both else 0.0


def share(counts: Counts, name: str) -> float:
    """The per cent of the pairs found in which one of SHARES is right; 0 where no pair is."""
    at = 3 * len(MEASURES) + 2 * SHARES.index(name)
    right, pairs = counts[at : at + 2]
    return 100 * right / pairs if pairs else 0.0
