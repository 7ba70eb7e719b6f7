"""Who claims a figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.model import Attribution, Figure


def claimed(figures: Sequence[Figure], attributions: Sequence[Attribution]) -> tuple[Figure, ...]:
    """The figures, each with the index of the innermost attribution whose content covers its number, or None: nobody.

    Innermost is the one of the shortest content; of two as short, the first. A piece of content must cover the whole
    number.

    >>> from musnad.model import Attribution, Figure, Span, Speaker
    >>> by = Attribution("a", (Span(0, 3),), None, (Span(4, 30),), "indirect", Speaker("الوزير", "office"))
    >>> [f.claimant for f in claimed([Figure(Span(5, 9), Span(5, 7), 20), Figure(Span(40, 44), Span(40, 41), 3)], [by])]
    [0, None]
    """
    pieces = sorted(
        (span.start, span.end, sum(s.end - s.start for s in a.content), index)
        for index, a in enumerate(attributions)
        for span in a.content
    )
    order = sorted(range(len(figures)), key=lambda k: figures[k].number.start)
    claims: dict[int, int] = {}
    open_: list[tuple[int, int, int]] = []
    at = 0
    for k in order:
        number = figures[k].number
        while at < len(pieces) and pieces[at][0] <= number.start:
            open_.append((pieces[at][2], pieces[at][3], pieces[at][1]))
            at += 1
        # Contents nest or lie apart, so few are open at a time; what has ended is dropped.
        open_ = [piece for piece in open_ if piece[2] > number.start]
        covering = [piece for piece in open_ if piece[2] >= number.end]
        if covering:
            claims[k] = min(covering)[1]
    return tuple(replace(f, claimant=claims[k]) if k in claims else f for k, f in enumerate(figures))
