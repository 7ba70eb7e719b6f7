"""Whether two texts are versions of one: the same dispatch or release, its lead edited, its tail cut, a paragraph added.

Pure over the words of two articles. What is shared is counted in pairs of stems, as a share of the shorter text, so that a
cut tail or an added paragraph costs nothing and a changed ending little. Two texts that print other figures in the same
sentence are a template filled in twice (weather, prices, matches), or a dispatch and its update: never the same copy.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from musnad.record.words import forms
from musnad.stories.gist import stem, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.model import Article
    from musnad.stories.gist import Words

_SENTENCE = re.compile(r"[\n!?؟؛;…]+|\.(?!\d)")
_SPLIT = re.compile(r"(\d+)[^\W\d_](\d+)")  # a decimal that is printed with a letter for its point, and back to front
_BETWEEN = re.compile(r"(?<=\d)[:،٫٬](?=\d)")
_SHORT = 12  # pairs; a shorter text is a copy only of what is nearly as short
_SHARED = 0.6
_SHARED_LEAD, _SHARED_UNDER_LEAD = 0.7, 0.42  # of the lead, and then of all, when both were published together
_SHARED_LATER = 0.68  # of texts more than _LATER days apart: what returns every day is a template
_LATER = 0.6
_LEAD, _OPENING = 35, 80  # stems
_FIGURES, _SAME_FIGURES = 5, 0.8  # so many, and of the fewer so much, are the same in a release told in other words
_SHARED_IN_PART = 0.85  # of a text that is much shorter than the other: a round-up holds several dispatches
_PART = 0.3
_SHARED_AT_HOME = 0.8  # of two texts of one outlet, which is more often a template than a second printing
_SAME_SENTENCE = 0.6
_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Shape:
    """A text as it is compared: its pairs of stems, its words, and its sentences with figures."""

    pairs: frozenset[int]
    lead: frozenset[int] = frozenset()
    opening: frozenset[int] = frozenset()
    stems: frozenset[str] = frozenset()
    often: frozenset[str] = frozenset()
    counted: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    outlet: str | None = None


def shape_of(article: Article, words: Words | None = None) -> Shape:
    """The shape of an article, of which `words` are the words where they were read already; without words it has no pair."""
    stems = [stem(word) for word in (words or words_of(article)).body]
    pairs = [crc32(f"{one} {two}".encode()) for one, two in pairwise(stems)]
    return Shape(
        frozenset(pairs),
        frozenset(pairs[:_LEAD]),
        frozenset(pairs[:_OPENING]),
        frozenset(stems),
        frozenset(form for form, count in Counter(stems).items() if count >= _OFTEN and not form[0].isdigit()),
        tuple(_counted(article)),
        article.outlet.value if article.outlet else None,
    )


def shared(one: Shape, other: Shape) -> float:
    """The share of the shorter text that stands in the other, between 0 and 1."""
    least = min(len(one.pairs), len(other.pairs))
    return len(one.pairs & other.pairs) / least if least else 0.0


def are_copies(one: Shape, other: Shape, *, days: float = 0.0) -> bool:
    """Whether the two, published `days` apart, are versions of one text.

    >>> from musnad.model import Article, Block, Span, Text
    >>> def shape(words): return shape_of(Article(Text(words, (Block("paragraph", Span(0, len(words))),))))
    >>> told = "أعلنت إدارة الميناء وصول أربع سفن تحمل القمح إلى الرصيف الشرقي صباح اليوم بعد تأخر دام أسبوعا كاملا"
    >>> are_copies(shape(told), shape("الميناء - واس: " + told)), are_copies(shape(told + " 40"), shape(told + " 60"))
    (True, False)
    """
    small, large = sorted((len(one.pairs), len(other.pairs)))
    if not small or (small < _SHORT and small < large / 2):
        return False
    least = _SHARED_IN_PART if small < max(_PART * large, _SHORT) else _SHARED
    if days > _LATER:
        least = max(least, _SHARED_LATER)
    if one.outlet and one.outlet == other.outlet:
        least = max(least, _SHARED_AT_HOME)
    alike = shared(one, other)
    if alike < least and days <= _LATER and alike >= _SHARED_UNDER_LEAD:
        whole = small >= large / 2 and _same_figures(one, other)
        least = alike if whole or _same_lead(one, other) else least
    if alike < least or (alike < _SHARED_AT_HOME and _differ_in_subject(one, other)):
        return False
    return not differ_in_figures(one, other)


def differ_in_figures(one: Shape, other: Shape) -> bool:
    """Whether a sentence stands in both with other figures: each has one that the other text has nowhere."""
    if not one.counted or not other.counted:
        return False
    ours = frozenset[str]().union(*(figures for _, figures in one.counted))
    theirs = frozenset[str]().union(*(figures for _, figures in other.counted))
    for words, figures in one.counted:
        if not _lone(figures, theirs):
            continue
        for other_words, other_figures in other.counted:
            alike = len(words & other_words) / (len(words | other_words) or 1)
            if alike >= _SAME_SENTENCE and _lone(other_figures, ours):
                return True
    return False


def _differ_in_subject(one: Shape, other: Shape) -> bool:
    """Whether each speaks over and over of something that the other has nowhere: one form of words, filled in twice."""
    return not (one.often <= other.stems or other.often <= one.stems)


def _same_lead(one: Shape, other: Shape) -> bool:
    """Whether the lead of one stands at the beginning of the other."""
    return any(len(a.lead & b.opening) >= _SHARED_LEAD * len(a.lead) > 0 for a, b in ((one, other), (other, one)))


def _same_figures(one: Shape, other: Shape) -> bool:
    """Whether both print many figures, and nearly all of them the same."""
    ours, theirs = (frozenset[str]().union(*(held for _, held in shape.counted)) for shape in (one, other))
    return len(ours & theirs) >= max(_FIGURES, _SAME_FIGURES * min(len(ours), len(theirs)))


def _lone(figures: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one of the figures is none of the others, nor one of them rounded."""
    return any(figure not in others and not any(_rounded(figure, one) for one in others) for figure in figures)


def _rounded(one: str, other: str) -> bool:
    """Whether two figures (digits alone) are one, printed with more places and with fewer."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (len(short) > 1 or not long[1:].strip("0"))


def _counted(article: Article) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    for sentence in _SENTENCE.split(_SPLIT.sub(r"\2.\1", _BETWEEN.sub(".", article.text.words))):
        if not any(letter.isdigit() for letter in sentence):
            continue
        told = forms(sentence)
        numbers = frozenset(form for form in told if form[0].isdigit())
        if numbers:
            yield frozenset(told) - numbers, frozenset(number.replace(".", "") for number in numbers)
