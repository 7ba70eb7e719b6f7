"""Texts for properties: the cases, changed at random, and words that finders trip over, put together at random."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from musnad.find import find
from musnad.model import Article, Span
from musnad.run import read_document
from tests.find.test_cases import CASES

LINES = [case["text"] for case in CASES.values()] + [case["headline"] for case in CASES.values() if "headline" in case]
MARKS = "\u0640\u064e\u064f\u0650\u0651\u0652\u064b\u200f"
"""Tatweel, vowel signs and a direction mark: what a reader does not count as letters."""
_PIECES = (
    "قال", "وقال", "وأضافت", "إن", "أن", "بأن", "الوزير", "وزير الخارجية", "سامر الخطيب", "هناء", "البيان", "بيان", "مصدر",
    "رويترز", "وكالة الأناضول", "(رويترز)", "وفق", "بحسب", "حسبما ذكرت", "على حد تعبيره", "نقلا عن", "ونقلت", "عن", "قوله",
    "مضيفا", "مؤكدة", "محذرا من", "تصريحات", "اتهامات", "يذكر أن", "لم", "سوف", "وسيعلن", "الذي", "التي", "نظيره الفرنسي",
    "المصدر ذاته", "في مؤتمر صحفي", "لصحيفة", "وجاءت تصريحات", "خلال اتصال", "أمس الاثنين", "28 شباط", "380", "صاروخا",
    "«", "»", '"', "“", "”", "„", "‘", "(", ")", "[", "]", ":", "،", "؛", ".", "..", "...", "؟", "!", "-", "–", "*", "|",
    "و", "ف", "ب", "ل", "لل", "وبالـ", "\n", "\n\n", "\u00a0", "\u200f", "\u064b", "ـــ", "\ufefb", "A", "NATO",
    "\U0001f600", "\r", "\x00",
)  # fmt: skip
words = st.lists(st.sampled_from(_PIECES), max_size=60)
loose = st.one_of(st.text(max_size=200), words.map(" ".join), words.map("".join))
"""Any string, and strings of cues, names and marks in any order."""


@st.composite
def changed(draw: st.DrawFn) -> str:
    """Up to three cases, some words of which were dropped, doubled, exchanged or given marks."""
    lines = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=3))
    order = random.Random(draw(st.integers(0, 2**32)))
    out = []
    for line in lines:
        tokens = line.split(" ")
        for _ in range(order.randint(0, 4)):
            change(tokens, order)
        out.append(" ".join(tokens))
    return draw(st.sampled_from(("\n", " "))).join(out)


def change(tokens: list[str], order: random.Random) -> None:
    """One small change to a list of words, in place."""
    at = order.randrange(len(tokens))
    match order.randrange(5):
        case 0 if len(tokens) > 1:
            del tokens[at]
        case 1:
            tokens.insert(at, tokens[at])
        case 2:
            other = order.randrange(len(tokens))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        case 3:
            tokens.insert(at, order.choice(_PIECES))
        case _:
            tokens[at] += order.choice('«»"“”()،.:؛-')


texts = st.one_of(loose, changed(), st.sampled_from(LINES))


def document(text: str, headline: str = "مقتطفات") -> Article:
    """The article of a document that has `headline` on its first line and `text` on the others."""
    return read_document({"id": "x", "text": f"{headline}\n{text}"})


def shifted(article: Article, by: int) -> list[tuple[object, ...]]:
    """All that is found in an article, its spans moved by `by`."""

    def move(span: Span | None) -> tuple[int, int] | None:
        return None if span is None else (span.start + by, span.end + by)

    return [
        (
            [move(s) for s in a.cue],
            [move(s) for s in a.content],
            [move(s) for s in (a.source, a.addressee, a.medium)],
            (a.speaker, a.type, a.within, a.act, a.polarity, a.rule),
        )
        for a in article.attributions
    ]


__all__ = ["LINES", "MARKS", "changed", "document", "find", "loose", "shifted", "texts", "words"]
