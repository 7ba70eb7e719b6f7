"""Anchors: the words of a place with what stands around them, to find it again in a changed text, or to say why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from musnad.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_AROUND = 32
_LONG = 24  # words of that many characters are their own surroundings
_AGREE = 8
_MOST_PLACES = 1000
Reason = Literal["no such words", "several places", "other surroundings"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Exact words, and up to 32 characters before and after them (as in a W3C TextQuoteSelector)."""

    exact: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Orphan:
    """An anchor that was not found again, and why. It is never moved to words that only look like its own."""

    anchor: Anchor
    reason: Reason
    places: int = 0


def anchor_of(words: str, span: Span) -> Anchor:
    """The anchor of a place.

    >>> anchor_of("قال الوزير إن الجسر يفتح غدا", Span(11, 19)).exact
    'إن الجسر'
    """
    return Anchor(
        span.of(words), words[max(0, span.start - _AROUND) : span.start], words[span.end : span.end + _AROUND]
    )


def find_again(anchor: Anchor, words: str) -> Span | Orphan:
    """Where the words of the anchor stand in a text, or an Orphan with the reason why that cannot be said.

    The same words to the letter, and of several places the one whose surroundings agree best and well enough. Short words
    need surroundings that agree even where they stand once.

    >>> find_again(Anchor("إن الجسر يفتح غدا", "قال الوزير ", ""), "أكد الوزير أن الجسر يفتح غدا").reason
    'no such words'
    """
    scored = [(_agreement(anchor, words, at), at) for at in _places(anchor.exact, words)]
    if not scored:
        return Orphan(anchor, "no such words")
    best = max(score for score, _ in scored)
    at = [place for score, place in scored if score == best]
    if len(scored) == 1 and (best >= _AGREE or len(anchor.exact) >= _LONG):
        return Span(at[0], at[0] + len(anchor.exact))
    if len(at) > 1:
        return Orphan(anchor, "several places", len(scored))
    if best < _AGREE:
        return Orphan(anchor, "other surroundings", len(scored))
    return Span(at[0], at[0] + len(anchor.exact))


def _places(exact: str, words: str) -> Iterator[int]:
    at = words.find(exact) if exact else -1
    for _ in range(_MOST_PLACES):
        if at < 0:
            return
        yield at
        at = words.find(exact, at + 1)


def _agreement(anchor: Anchor, words: str, at: int) -> int:
    """How many characters right before and right after are the same."""
    before = words[max(0, at - _AROUND) : at]
    end = at + len(anchor.exact)
    return _common(before[::-1], anchor.before[::-1]) + _common(words[end : end + _AROUND], anchor.after)


def _common(one: str, other: str) -> int:
    size = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        size += 1
    return size
