"""Folded: a view of a text for matching, with the way back to the published words."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from musnad.model import Span


@dataclass(frozen=True, slots=True)
class Folded:
    """`words` is the text with spelling variants made one; where nothing was taken out it has the length of the original.

    `cuts` lists, in order, the offsets of `words` from which on `shifts` more characters of the original were taken out.

    >>> from musnad.lang import language
    >>> folded = language("ar").fold("قـــال إنَّ")
    >>> folded.words, folded.span(4, 6)
    ('قال ان', Span(start=7, end=11))
    """

    words: str
    cuts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def back(self, offset: int) -> int:
        """The offset in the original of the character that stands at `offset` of `words`."""
        if not self.cuts:
            return offset
        i = bisect_right(self.cuts, offset)
        return offset + (self.shifts[i - 1] if i else 0)

    def span(self, start: int, end: int) -> Span:
        """The place in the original of ``words[start:end]``, the marks on its last letter included."""
        return Span(self.back(start), self.back(end))
