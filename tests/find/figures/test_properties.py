"""What must hold of figures on any words at all."""

from __future__ import annotations

import math
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.find.figures import claimed, find_figures
from musnad.model import SPOKEN, Attribution, Block, Figure, Span, Speaker
from tests.find.figures.texts import paragraphs

_WORDS = st.sampled_from(
    (
        "نحو", "أكثر من", "بين", "ما بين", "و", "إلى", "أو", "-", "(", ")", "%", "ونصف", "ألف", "ألفي", "مليون",
        "ملايين", "مئات", "عشرات", "الآلاف", "ثلاثة", "وثلاثين", "عشرة", "عشر", "مئة", "وخمسمائة", "واحد", "اثنين",
        "الثلاث", "نصف", "أرباع", "فاصلة", "يومين", "جثتي", "كبيرين", "سنة", "دولار", "شخصا", "في المئة", "من", "الـ",
        "٣٫٥", "12", "1.250", "7ر3", "2015", "000", "9" * 40, "«", "»", "\n", "\u0640", "عُمْر", "م د", "،", ".", "ر",
    )
)  # fmt: skip
_TEXTS = st.one_of(st.text(), st.lists(_WORDS).map(" ".join), st.lists(_WORDS).map("".join))


def _numbers(figure: Figure) -> list[float | int]:
    return [n for n in (figure.value, figure.low, figure.high) if n is not None]


@given(_TEXTS)
@settings(max_examples=400, deadline=None)
def test_figures_lie_in_their_block_and_say_a_finite_number(text: str) -> None:
    blocks = paragraphs(text)
    last = 0
    for figure in find_figures(text, blocks):
        assert figure.span.covers(figure.number)
        assert any(block.span.covers(figure.span) for block in blocks)
        assert figure.span.start >= last, "figures overlap or are out of order"
        last = figure.span.end
        assert _numbers(figure), "a figure with no number"
        assert all(math.isfinite(n) and n >= 0 for n in _numbers(figure))
        if figure.low is not None and figure.high is not None:
            assert figure.low < figure.high


@given(_TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_same_words_give_the_same_figures(text: str) -> None:
    assert find_figures(text, paragraphs(text)) == find_figures(text, paragraphs(text))


@pytest.mark.parametrize(
    "unit",
    [
        "9",
        "و",
        "ثلاثة و",
        "1,234,",
        "7ر",
        "مليون و",
        "بين 2 و3 ",
        "نحو ",
        "تين ",
        "يومين ",
        "( ",
        "1 - ",
        "1 إلى ",
        "12 000 ",
    ],
)
def test_time_is_linear_on_hostile_words(unit: str) -> None:
    """Eight times the words may cost at most some twenty times the time: a quadratic finder costs sixty-four."""

    def cost(length: int) -> float:
        text = unit * (length // len(unit))
        blocks = (Block("paragraph", Span(0, len(text))),)
        start = process_time()
        find_figures(text, blocks)
        return process_time() - start

    cost(1000)
    few, many = (min(cost(length) for _ in range(3)) for length in (10_000, 80_000))
    assert many < 20 * max(few, 0.01)


def test_only_spoken_blocks_are_read() -> None:
    text = "عشرة جنود"
    assert not find_figures(text, ())
    assert not find_figures("", ())
    for kind in ("headline", "caption", "byline"):
        found = find_figures(text, (Block(kind, Span(0, len(text))),))
        assert bool(found) == (kind in SPOKEN)


def test_marks_and_stretched_letters_stay_in_the_span() -> None:
    text = "أطلقوا ثلاثـــةَ صواريخَ"
    figure = find_figures(text, paragraphs(text))[0]
    assert figure.number.of(text) == "ثلاثـــةَ"
    assert (figure.unit, figure.of) == ("missile", "صواريخَ")


def _said(start: int, end: int) -> Attribution:
    return Attribution("x", (Span(0, 1),), None, (Span(start, end),), "indirect", Speaker("الوزير", "office"))


def test_the_innermost_attribution_claims() -> None:
    figures = [Figure(Span(10, 20), Span(12, 14), 5), Figure(Span(50, 60), Span(50, 52), 7)]
    outer, inner, apart = _said(0, 40), _said(8, 30), _said(41, 51)
    assert [f.claimant for f in claimed(figures, [outer, inner, apart])] == [1, None]
    assert [f.claimant for f in claimed(figures, [])] == [None, None]


def test_content_in_pieces_counts_whole() -> None:
    figure = Figure(Span(10, 20), Span(12, 14), 5)
    pieces = Attribution("p", (Span(0, 1),), None, (Span(9, 21), Span(30, 90)), "indirect", Speaker("أ", "person"))
    assert claimed([figure], [pieces, _said(5, 45)])[0].claimant == 1
