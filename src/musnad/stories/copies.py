"""Whether two texts are versions of one: the same dispatch or release, its lead edited, its tail cut, a paragraph added.

Pure over the words of two articles. What is shared is counted in shingles, as a share of the shorter text, so that a cut
tail or an added paragraph costs nothing. Two texts that print other figures in the same sentence are a template filled
in twice (weather, prices, matches), or a dispatch and its correction: never the same copy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.record.words import forms
from musnad.stories.gist import shingles, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.model import Article

_SENTENCE = re.compile(r"[\n!?؟؛;…]+|\.(?!\d)")
_SHORT = 12  # shingles; a shorter text is a copy only of what is nearly as short
_SHARED = 0.5
_SHARED_OF_SHORT = 0.8
_SAME_SENTENCE = 0.6


@dataclass(frozen=True, slots=True)
class Shape:
    """A text as it is compared: its shingles, and of each sentence with figures the words and the figures."""

    shingles: frozenset[int]
    counted: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()


def shape_of(article: Article) -> Shape:
    """The shape of an article; one without words has no shingle."""
    return Shape(frozenset(shingles(words_of(article).body)), tuple(_counted(article)))


def shared(one: Shape, other: Shape) -> float:
    """The share of the shorter text that stands in the other, between 0 and 1."""
    least = min(len(one.shingles), len(other.shingles))
    return len(one.shingles & other.shingles) / least if least else 0.0


def are_copies(one: Shape, other: Shape) -> bool:
    """Whether the two are versions of one text.

    >>> from musnad.model import Article, Block, Span, Text
    >>> def shape(words): return shape_of(Article(Text(words, (Block("paragraph", Span(0, len(words))),))))
    >>> told = "أعلنت إدارة الميناء وصول أربع سفن تحمل القمح إلى الرصيف الشرقي صباح اليوم بعد تأخر دام أسبوعا كاملا"
    >>> are_copies(shape(told), shape("الميناء - واس: " + told)), are_copies(shape(told + " 40"), shape(told + " 60"))
    (True, False)
    """
    small, large = sorted((len(one.shingles), len(other.shingles)))
    if small < _SHORT:
        alike = small > 0 and small >= 0.5 * large and shared(one, other) >= _SHARED_OF_SHORT
    else:
        alike = shared(one, other) >= _SHARED
    return alike and not differ_in_figures(one, other)


def differ_in_figures(one: Shape, other: Shape) -> bool:
    """Whether a sentence stands in both with other figures: each has one that the other has not."""
    for words, figures in one.counted:
        best, theirs = 0.0, frozenset[str]()
        for other_words, other_figures in other.counted:
            alike = len(words & other_words) / (len(words | other_words) or 1)
            if alike > best:
                best, theirs = alike, other_figures
        if best >= _SAME_SENTENCE and figures - theirs and theirs - figures:
            return True
    return False


def _counted(article: Article) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    for sentence in _SENTENCE.split(article.text.words):
        if not any(letter.isdigit() for letter in sentence):
            continue
        told = forms(sentence)
        figures = frozenset(form for form in told if form[0].isdigit())
        if figures:
            yield frozenset(told) - figures, figures
