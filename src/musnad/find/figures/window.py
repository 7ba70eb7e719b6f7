"""A window of tokens around a hit, so that what a number costs does not depend on the length of its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(r"[0-9]+(?:[.,،][0-9]+)*|[^\W\d_]+|[^\s]")
_BEFORE, _AFTER = 110, 230
"""Characters of context: about eighteen words before a number and forty after it."""


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens of one line of folded text: their words and offsets; `hit` is the index of the token that was hit."""

    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    hit: int
    opens: bool

    def text(self, i: int) -> str:
        """The word of token `i`, "" outside the window."""
        return self.texts[i] if 0 <= i < len(self.texts) else ""

    def glued(self, i: int) -> bool:
        """True when nothing stands between token `i` and the one before it."""
        return 0 < i < len(self.texts) and self.ends[i - 1] == self.starts[i]

    def digits(self, i: int) -> bool:
        """True when token `i` is written in digits."""
        return self.text(i)[:1].isdigit()


def window(folded: str, at: int, line_start: int) -> Window:
    """The window around the token that starts at `at`; it never leaves the line, and `opens` says it begins it."""
    low = max(line_start, at - _BEFORE)
    if low > line_start:
        space = folded.find(" ", low, at)
        low = space + 1 if space >= 0 else low
    high = folded.find("\n", at, at + _AFTER)
    if high < 0:
        high = min(len(folded), at + _AFTER)
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    hit = 0
    for match in TOKEN.finditer(folded, low, high):
        if match.start() <= at:
            hit = len(texts)
        texts.append(match[0])
        starts.append(match.start())
        ends.append(match.end())
    return Window(tuple(texts), tuple(starts), tuple(ends), hit, low == line_start)
