"""Comparing what was found with what a reader marked: by words, so that a mark or a clitic at an edge costs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from musnad.lang import language
from musnad.model import Attribution, Span

SAME = 0.8
"""Shared words (Jaccard) with which two contents are the same."""
_WORD = re.compile(r"\w+")
_TITLES = frozenset(("الرييس", "رييس", "الوزير", "وزير", "وزيره", "المتحدث", "متحدث", "باسم", "الناطق", "الطبيب"))


@cache
def plain(words: str) -> tuple[str, ...]:
    """The folded words of a string."""
    return tuple(_WORD.findall(language("ar").fold(words).words))


def tokens(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """The starts of the words of `text` that the spans touch."""
    places = [(m.start(), m.end()) for m in re.finditer(r"\S+", text) if any(c.isalnum() for c in m[0])]
    return frozenset(s for s, e in places for span in spans if s < span.end and span.start < e)


def same_name(one: str, other: str) -> bool:
    """The same words but for titles and articles, or one a part of the other, or more than half shared."""
    a, b = _name(one), _name(other)
    if not a or not b:
        return not a and not b
    return a <= b or b <= a or 2 * len(a & b) > len(a | b)


def _name(words: str) -> frozenset[str]:
    kept = [w for w in plain(words) if w not in _TITLES] or plain(words)
    return frozenset(w[2:] if w.startswith("ال") and len(w) > 4 else w for w in kept)


def place(text: str, piece: str) -> Span:
    """Where a quoted piece stands in `text`. Raises AssertionError where it does not: then the case is wrong."""
    at = text.find(piece)
    assert at >= 0, f"the case is wrong: {piece!r} is not in its text"
    return Span(at, at + len(piece))


def listed(value: str | Sequence[str]) -> list[str]:
    """One piece or several as a list."""
    return [value] if isinstance(value, str) else list(value)


def cue_matches(text: str, wanted: str | Sequence[str], found: Attribution) -> bool:
    """Whether every wanted piece shares a word with the cue found."""
    have = {w for span in found.cue for w in plain(span.of(text))} or {span.of(text) for span in found.cue}
    return all(set(plain(piece) or (piece,)) & have for piece in listed(wanted))
