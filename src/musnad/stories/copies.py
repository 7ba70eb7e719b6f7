"""Whether two texts are versions of one: the same dispatch or release, its lead edited, its tail cut, a paragraph added.

Pure over the words of two articles. A few signs, each a number that can be read by itself (:func:`signs`), are weighed by
weights that were learned from pairs that a reader marked (``copies.tsv``, from training/copies.py). Never the same copy are
two texts that print other figures in the same sentence: a template filled in twice (weather, prices, matches), or a dispatch
and its update.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from musnad.lang import table
from musnad.record.words import forms
from musnad.stories.gist import rarity, stem, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.model import Article
    from musnad.stories.gist import Words

SIGNS = ("shared", "headline", "rare", "lead", "subject", "home", "late")
"""What is weighed, in order: see :func:`signs`."""

COPY = 0.5
"""The likelihood from which two texts are taken for versions of one."""

_UNLIKELY = 0.05  # what is not even that is not looked at for other figures
_SENTENCE = re.compile(r"[\n!?؟؛;…]+|\.(?!\d)")
_SPLIT = re.compile(r"(\d+)[^\W\d_](\d+)")  # a decimal that is printed with a letter for its point, and back to front
_BETWEEN = re.compile(r"(?<=\d)[:،٫٬](?=\d)")
_SHORT = 12  # pairs; a shorter text is a copy only of what is nearly as short
_NEXT_DAY = 0.8  # days; a newspaper prints the evening's dispatch next morning
_MOST_DAYS = 2.0
_LEAD, _OPENING = 35, 80  # stems
_RARE = 7.0  # a stem that one article in a thousand has
_SAME_SENTENCE = 0.6
_NO_HEADLINE, _NO_RARE, _NO_OFTEN = 0.7, 0.5, 0.3  # the signs of a text that has none


@dataclass(frozen=True, slots=True)
class Shape:
    """A text as it is compared: its pairs of stems, its words, and its sentences with figures."""

    pairs: frozenset[int]
    lead: frozenset[int] = frozenset()
    opening: frozenset[int] = frozenset()
    stems: frozenset[str] = frozenset()
    headline: tuple[tuple[str, float], ...] = ()
    rare: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    often: tuple[tuple[str, int], ...] = ()
    counted: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    outlet: str | None = None


def shape_of(article: Article, words: Words | None = None) -> Shape:
    """The shape of an article, of which `words` are the words where they were read already; without words it has no pair."""
    words = words or words_of(article)
    stems = [stem(word) for word in words.body]
    counts = Counter(stems)
    counted = tuple(_counted(article))
    spelled = (_numerals()[form] for form in words.body if form in _numerals())
    pairs = [crc32(f"{one} {two}".encode()) for one, two in pairwise(stems)]
    return Shape(
        frozenset(pairs),
        frozenset(pairs[:_LEAD]),
        frozenset(pairs[:_OPENING]),
        frozenset(counts),
        tuple((form, rarity(form)) for form in dict.fromkeys(map(stem, words.headline))),
        frozenset(form for form in counts if rarity(form) > _RARE),
        frozenset(spelled).union(*(figures for _, figures in counted)),
        tuple((form, count) for form, count in counts.items() if count > 1 and not form[0].isdigit()),
        counted,
        article.outlet.value if article.outlet else None,
    )


def are_copies(one: Shape, other: Shape, *, days: float = 0.0) -> bool:
    """Whether the two, published `days` apart, are versions of one text.

    >>> from musnad.model import Article, Block, Span, Text
    >>> def shape(words): return shape_of(Article(Text(words, (Block("paragraph", Span(0, len(words))),))))
    >>> told = "أعلنت إدارة الميناء وصول أربع سفن تحمل القمح إلى الرصيف الشرقي صباح اليوم بعد تأخر دام أسبوعا كاملا"
    >>> are_copies(shape(told), shape("الميناء - واس: " + told)), are_copies(shape(told + " 45"), shape(told + " 62"))
    (True, False)
    """
    return likelihood(one, other, days=days) >= COPY


def likelihood(one: Shape, other: Shape, *, days: float = 0.0) -> float:
    """How likely it is, between 0 and 1, that the two are versions of one text; 0 where they cannot be."""
    small, large = sorted((len(one.pairs), len(other.pairs)))
    if not small or (small < _SHORT and small < large / 2):
        return 0.0
    bias, *weights = _weights()
    told = bias + sum(weight * sign for weight, sign in zip(weights, signs(one, other, days), strict=True))
    likely = 1 / (1 + math.exp(-told))
    # The figures come last: looking through the sentences of both for all pairs cost a sixth of the speed of grouping.
    return 0.0 if likely > _UNLIKELY and differ_in_figures(one, other) else likely


def signs(one: Shape, other: Shape, days: float) -> tuple[float, ...]:
    """The signs of two texts that have pairs of stems, in the order of :data:`SIGNS`, the same in whichever order.

    ``shared``: the pairs in both, as a share of the pairs of each (the geometric mean: a cut tail halves one share only);
    ``headline``: how much of a headline stands in the other text, rare words counted more, of that of which less does (two
    cables differ in the name); ``rare``: the share of the longer text's rare stems that the shorter has (a round-up has
    more); ``lead``: how much of the lead of one opens the other; ``subject``: how much of what one says again and
    again stands nowhere in the other, of that of which less does (a form of words filled in twice); ``home``: 1 in one
    outlet; ``late``: by how many days the second printing misses the next day's newspaper.
    """
    short, long = sorted((one, other), key=lambda shape: (len(shape.pairs), len(shape.rare)))
    both = len(one.pairs & other.pairs)
    return (
        both / math.sqrt(len(one.pairs) * len(other.pairs)),
        min(_headline_in(one, other), _headline_in(other, one)),
        (len(long.rare & short.stems) + 1) / (len(long.rare) + 1 / _NO_RARE),
        max(len(a.lead & b.opening) / len(a.lead) for a, b in ((one, other), (other, one))),
        min(_apart(one, other), _apart(other, one)),
        float(one.outlet is not None and one.outlet == other.outlet),
        max(0.0, min(days, _MOST_DAYS) - _NEXT_DAY),
    )


def differ_in_figures(one: Shape, other: Shape) -> bool:
    """Whether a sentence stands in both with other figures: each has one that the other text has nowhere, nor in words."""
    for words, figures in one.counted:
        if not _lone(figures, other.figures):
            continue
        for other_words, other_figures in other.counted:
            alike = len(words & other_words) / (len(words | other_words) or 1)
            if alike >= _SAME_SENTENCE and _lone(other_figures, one.figures):
                return True
    return False


def fingerprint() -> str:
    """What decides about copies, as words."""
    numbers = (_SHORT, _NEXT_DAY, _MOST_DAYS, _LEAD, _OPENING, _RARE, _SAME_SENTENCE, _NO_HEADLINE, _NO_RARE, _NO_OFTEN)
    return f"{_weights()} {numbers} {COPY} {_UNLIKELY} {sorted(_numerals().items())}"


def _headline_in(one: Shape, other: Shape) -> float:
    whole = sum(weight for _, weight in one.headline)
    theirs = {form for form, _ in other.headline} if one.headline else ()
    told = sum(weight for form, weight in one.headline if form in other.stems or form in theirs)
    return told / whole if whole else _NO_HEADLINE


def _apart(one: Shape, other: Shape) -> float:
    whole = sum(count for _, count in one.often)
    return sum(count for form, count in one.often if form not in other.stems) / whole if whole else _NO_OFTEN


@cache
def _weights() -> tuple[float, ...]:
    """The bias, then the weight of each sign."""
    text = files("musnad.stories").joinpath("copies.tsv").read_text("utf-8")
    held = dict(line.split("\t") for line in text.splitlines()[1:])
    return tuple(float(held[name]) for name in ("bias", *SIGNS))


def _lone(figures: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one of the figures is none of the others, nor one of them rounded."""
    loose = figures - others
    if not loose:
        return False
    ordered = sorted(others)
    return not all(_rounded(figure, others, ordered) for figure in loose)


def _rounded(figure: str, others: frozenset[str], ordered: list[str]) -> bool:
    """Whether a figure (digits alone) is one of the others, printed with more places or with fewer.

    It is looked up, never held against each: a page of ten thousand figures cost a second for every page like it.
    """
    most = len(max(ordered, key=len, default=""))
    if len(figure) == 1:
        return any(figure.ljust(places, "0") in others for places in range(2, most + 1))
    if figure[0] in others and not figure[1:].strip("0"):
        return True
    if any(figure[:places] in others for places in range(2, min(len(figure), most + 1))):
        return True
    at = bisect_left(ordered, figure)
    return at < len(ordered) and ordered[at].startswith(figure)


def _counted(article: Article) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    for sentence in _SENTENCE.split(_SPLIT.sub(r"\2.\1", _BETWEEN.sub(".", article.text.words))):
        if not any(letter.isdigit() for letter in sentence):
            continue
        told = forms(sentence)
        numbers = frozenset(form for form in told if form[0].isdigit())
        if numbers:
            yield frozenset(told) - numbers, frozenset(number.replace(".", "") for number in numbers)


@cache
def _numerals() -> dict[str, str]:
    """Number words as they are compared, and the digits that a newspaper prints in their place."""
    rows = [row for row in table("ar", "numerals") if row["value"].isdigit()]
    return {form: row["value"] for row in rows for form in forms(row["word"])}
