"""Texts of figures, cut as the finder wants them."""

from __future__ import annotations

from musnad.model import Block, Span


def paragraphs(text: str) -> tuple[Block, ...]:
    """Every line of `text` that is not empty as a paragraph."""
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block("paragraph", Span(at, at + len(line))))
        at += len(line) + 1
    return tuple(blocks)
