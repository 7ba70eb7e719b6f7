"""A line of folded text as tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOKEN = re.compile(r"[0-9]+(?:[.,،][0-9]+)*|[^\W\d_]+|[^\s]")
_LONGEST = 10_000
"""Characters read at once: a longer line is read in pieces, so that one line of a megabyte costs no megabytes of tokens."""


@dataclass(frozen=True, slots=True)
class Window:
    """The tokens of a line, their words and offsets; `opens` says that token 0 begins the line."""

    texts: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    opens: bool

    def text(self, i: int) -> str:
        """The word of token `i`, "" outside the line."""
        return self.texts[i] if 0 <= i < len(self.texts) else ""

    def glued(self, i: int) -> bool:
        """True when nothing stands between token `i` and the one before it."""
        return 0 < i < len(self.texts) and self.ends[i - 1] == self.starts[i]

    def digits(self, i: int) -> bool:
        """True when token `i` is written in digits."""
        return self.text(i)[:1].isdigit()


def pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """Stretches of `text` to read one by one: its lines, the longest cut at spaces; True where one begins its line.

    >>> list(pieces("سطر\\nآخر"))
    [(0, 3, True), (4, 7, True)]
    """
    start, length = 0, len(text)
    while start < length:
        end = text.find("\n", start)
        end = length if end < 0 else end
        at = start
        while end - at > _LONGEST:
            cut = text.rfind(" ", at + 1, at + _LONGEST)
            cut = cut if cut > 0 else at + _LONGEST
            yield at, cut, at == start
            at = cut
        if end > at:
            yield at, end, at == start
        start = end + 1
