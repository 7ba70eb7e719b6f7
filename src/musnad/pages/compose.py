"""The one place where the words of an article are put together, so that every span is right by construction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from musnad.model import Block, Span, Text

if TYPE_CHECKING:
    from musnad.model import BlockKind, Moment

_RUNS = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_ODD = re.compile(r"[\t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]|  ")
_EMPTY = (
    " \t\r\n\f\v\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)


def collapse(words: str) -> str:
    """`words` on one line: runs of white space are one space, none at the ends; no-break spaces and marks inside stay.

    A line of nothing but spaces and marks that do not print is empty.

    >>> collapse("  قال\\n  الوزير ")
    'قال الوزير'
    """
    if _ODD.search(words) is not None:
        words = _RUNS.sub(" ", words) if "\u00a0" in words else " ".join(words.split())
    words = words.strip(" \u00a0")
    return words if words and (words[0].isalnum() or words.strip(_EMPTY)) else ""


class Composer:
    """Collects the blocks of a text in page order and knows where each begins."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def add(self, kind: BlockKind, words: str, at: Moment | None = None) -> Span:
        """Append a block; `words` must be one line that is not empty. Returns its span."""
        start = self._length + (1 if self._parts else 0)
        self._parts.append(words)
        self._length = start + len(words)
        span = Span(start, self._length)
        self._blocks.append(Block(kind, span, at))
        return span

    def text(self) -> Text:
        """The finished text."""
        return Text("\n".join(self._parts), tuple(self._blocks))
