"""Finding figures: a fast walk over the words for hits, and a careful reading at each."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from musnad.find.figures.line import TOKEN, Window, pieces
from musnad.find.figures.reading import Found, Reading
from musnad.lang import language
from musnad.lang.ar.quantities import Quantities, quantities
from musnad.model import SPOKEN, Figure

if TYPE_CHECKING:
    from musnad.lang import Folded
    from musnad.model import Block


def find_figures(words: str, blocks: tuple[Block, ...], folded: Folded | None = None) -> tuple[Figure, ...]:
    """The stated quantities of the spoken blocks of `words`, in order, claimed by nobody yet; none found is (). `folded` are
    the words in one spelling, where somebody has them.

    >>> from musnad.model import Block, Span
    >>> text = "أطلقت نحو ٣٨٠ صاروخاً خلال يومين"
    >>> [(f.span.of(text), f.value, f.hedge, f.unit) for f in find_figures(text, (Block("paragraph", Span(0, 32)),))]
    [('نحو ٣٨٠ صاروخاً', 380, 'نحو', 'missile'), ('يومين', 2, None, 'day')]
    """
    spoken = [b.span for b in blocks if b.kind in SPOKEN]
    if not spoken or not words:
        return ()
    folded = folded or language("ar").fold(words)
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


_NEVER, _ALWAYS, _HEDGED = 0, 1, 2
_HELD = 100_000


class _Sorts(dict[str, int]):
    """Whether a figure may stand at a word, by the word: never, always, or only after a hedge; up to `_HELD` words."""

    def __init__(self, words: Quantities) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, word: str) -> int:
        if len(self) >= _HELD:
            self.clear()
        known = self._words
        numeral = word in known.hits or "0" <= word[0] <= "9"
        if numeral or (word[-2:] in known.dual_endings and known.dual(word)):
            sort = _ALWAYS
        else:
            sort = _HEDGED if word in known.units else _NEVER
        self[word] = sort
        return sort


@cache
def _sorts() -> _Sorts:
    return _Sorts(quantities())


class Finder:
    """Walks the folded text once; what is read at a hit is bounded, so the whole is linear."""

    def __init__(self, text: str, words: Quantities) -> None:
        self.text = text
        self.words = words
        self.found: list[Found] = []

    def all(self) -> list[Found]:
        """Every figure, in order, none overlapping another."""
        for start, end, opens in pieces(self.text):
            texts = TOKEN.findall(self.text, start, end)
            hits = self._hits(texts)
            if hits:
                starts = [match.start() for match in TOKEN.finditer(self.text, start, end)]
                ends = [at + len(word) for at, word in zip(starts, texts, strict=True)]
                self._read(Window(texts, starts, ends, opens), hits)
        return self.found

    def _hits(self, texts: list[str]) -> list[int]:
        """The tokens at which a figure may stand."""
        hedges = self.words.before
        return [
            i
            for i, may in enumerate(map(_sorts().__getitem__, texts))
            if may and (may == _ALWAYS or texts[i - 1] in hedges or texts[i - 1][1:] in hedges)
        ]

    def _read(self, line: Window, hits: list[int]) -> None:
        at, last = 0, None
        for hit in hits:
            if line.starts[hit] < at:
                continue
            reading = Reading(line, hit, self.words, last)
            found = reading.figure()
            if found is not None:
                if last is not None and found.start < last.end:
                    found = replace(found, start=max(found.number.start, last.end))
                self.found.append(found)
                last = found
            at = max(at, found.end if found else 0, reading.read)
