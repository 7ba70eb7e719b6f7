"""Finding figures: a fast walk over the words for hits, and a careful reading at each."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from musnad.find.figures.reading import Found, Reading
from musnad.find.figures.window import window
from musnad.lang import language
from musnad.lang.ar.quantities import Quantities, quantities
from musnad.model import SPOKEN, Figure

if TYPE_CHECKING:
    from musnad.lang import Folded
    from musnad.model import Block

_WORD = re.compile(r"[0-9]+(?:[.,،][0-9]+)*|[^\W\d_]+|\n")


def find_figures(words: str, blocks: tuple[Block, ...]) -> tuple[Figure, ...]:
    """The stated quantities of the spoken blocks of `words`, in order, claimed by nobody yet; none found is ().

    >>> from musnad.model import Block, Span
    >>> text = "أطلقت نحو ٣٨٠ صاروخاً خلال يومين"
    >>> [(f.span.of(text), f.value, f.hedge, f.unit) for f in find_figures(text, (Block("paragraph", Span(0, 32)),))]
    [('نحو ٣٨٠ صاروخاً', 380, 'نحو', 'missile'), ('يومين', 2, None, 'day')]
    """
    spoken = [b.span for b in blocks if b.kind in SPOKEN]
    if not spoken or not words:
        return ()
    folded = language("ar").fold(words)
    starts = [s.start for s in spoken]
    figures: list[Figure] = []
    for found in Finder(folded.words, quantities()).all():
        figure = _figure(words, folded, found)
        block = bisect_right(starts, figure.span.start) - 1
        if block >= 0 and figure.span.end <= spoken[block].end:
            figures.append(figure)
    return tuple(figures)


def _figure(words: str, folded: Folded, found: Found) -> Figure:
    def text(place: tuple[int, int] | None) -> str | None:
        return folded.span(*place).of(words).strip() if place else None

    number = found.number
    return Figure(
        span=folded.span(found.start, found.end),
        number=folded.span(number.start, number.end),
        value=number.value,
        low=number.low,
        high=number.high,
        hedge=text(found.hedge),
        unit=found.unit,
        of=text(found.of),
        rule=found.rule,
    )


class Finder:
    """Walks the folded text once; what is read at a hit is bounded by a window, so the whole is linear."""

    def __init__(self, text: str, words: Quantities) -> None:
        self.text = text
        self.words = words
        self.last: Found | None = None

    def all(self) -> list[Found]:
        """Every figure, in order, none overlapping another."""
        words = self.words
        numerals, duals, hedges = self.words.numerals, self.words.duals, self.words.before
        found: list[Found] = []
        line = at = 0
        previous = ""
        for match in _WORD.finditer(self.text):
            word = match[0]
            if word == "\n":
                line, previous, self.last = match.end(), "", None
                continue
            before, previous = previous, word
            if match.start() < at:
                continue
            if (
                word[0] <= "9"
                or word in numerals
                or word in duals
                or word[-3:] in words.feminine_dual
                or word in words.adjectives
                or before in hedges
                or before[1:] in hedges
            ):
                figure, at = self._at(match.start(), line)
                if figure:
                    found.append(figure)
                    self.last = figure
        return found

    def _at(self, at: int, line: int) -> tuple[Found | None, int]:
        """The figure at a hit, if it is one, and where to go on."""
        view = window(self.text, at, line)
        reading = Reading(view, self.words, self.last)
        found = reading.figure()
        if found and self.last and found.start < self.last.end:
            found = replace(found, start=max(found.number.start, self.last.end))
        return found, max(found.end if found else 0, reading.read)
