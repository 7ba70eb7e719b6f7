"""Which texts are versions of one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.stories.copies import SIGNS, Shape, are_copies, differ_in_figures, likelihood, shape_of, signs
from tests.stories.texts import FERRY, MARKET, WEATHER, article

WHOLE = article(*FERRY, headline="جنوح عبارة قبالة السند", outlet="الأولى")
LEAD = "من غير إصابات، انتهت رحلة العبّارة «نسيم» عند الرصيف الشمالي في السند بعد أن جنحت وعلى متنها ركاب من القرى."

CASES = {
    "the same under another headline": (article(*FERRY, headline="إنقاذ ركاب عبارة", outlet="الثانية"), True),
    "a lead of its own": (article(LEAD, *FERRY[1:], outlet="الثانية"), True),
    "the tail cut": (article(*FERRY[:2], outlet="الثانية"), True),
    "a paragraph added": (article(*FERRY, MARKET[2], outlet="الثانية"), True),
    "a credit before it": (article("السند - ضفاف: " + FERRY[0], *FERRY[1:], outlet="الثانية"), True),
    "other spellings": (article(*(line.replace("ّ", "").replace("أ", "ا") for line in FERRY), outlet="الثانية"), True),
    "another text": (article(*MARKET, outlet="الثانية"), False),
    "one sentence of it in a long text": (article(*MARKET, FERRY[3], outlet="الثانية"), False),
    "nothing": (article(outlet="الثانية"), False),
    "a line that stands under every article": (article(FERRY[0][:20], "اقرأ أيضا", outlet="الثانية"), False),
}


@pytest.mark.parametrize("name", CASES)
def test_versions_of_one_text(name: str) -> None:
    other, wanted = CASES[name]
    one, two = shape_of(WHOLE), shape_of(other)
    assert are_copies(one, two) is wanted
    assert are_copies(two, one) is wanted


def weather(*figures: str) -> list[str]:
    return [WEATHER[0], WEATHER[1].format(*figures), WEATHER[2]]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (("31", "18"), ("33", "19"), True),
        (("31", "18"), ("31", "18"), False),
        (("٣١", "١٨"), ("31", "18"), False),
        (("31.5", "18"), ("31", "18"), False),
        (("31ر5", "18"), ("5.31", "18"), False),
        (("7:30", "18"), ("7.30", "18"), False),
        (("31", "18"), ("31", "عشر"), False),
        (("31", "8"), ("31", "ثماني"), False),
        (("31", "8"), ("31", "9"), True),
    ],
)
def test_other_figures_in_the_same_sentence(one: tuple[str, str], other: tuple[str, str], wanted: bool) -> None:
    first, second = shape_of(article(*weather(*one), outlet="أ")), shape_of(article(*weather(*other), outlet="ب"))
    assert differ_in_figures(first, second) is wanted
    assert are_copies(first, second) is not wanted


def test_what_comes_back_every_day_has_to_be_nearer() -> None:
    one = shape_of(article(*FERRY[:3], MARKET[0], MARKET[2], outlet="أ"))
    other = shape_of(article(*FERRY[:3], MARKET[1], WEATHER[0], WEATHER[2], outlet="ب"))
    likely = [likelihood(one, other, days=days) for days in (0.0, 0.7, 1.0, 1.5, 2.0, 3.0)]
    assert likely[0] == likely[1] > 0.5  # a newspaper prints the evening's dispatch next morning
    assert likely[1:5] == sorted(likely[1:5], reverse=True)
    assert likely[4] == likely[5] < 0.5


def cable(head: str, name: str, country: str) -> list[str]:
    return [
        f"بعث رئيس الجمهورية برقية تهنئة إلى {name} رئيس {country} بمناسبة العيد الوطني لبلاده.",
        f"وأعرب الرئيس عن أصدق التهاني لفخامة الرئيس {head} ولشعب {country} بدوام التقدم والازدهار.",
        f"وأشاد بالعلاقات التي تربط البلدين وتطلع إلى لقاء {head} في زيارة قريبة إلى {country}.",
    ]


def test_one_form_of_words_for_two_occasions() -> None:
    """Two cables share most of their words; the names that each repeats, and its headline, part them."""
    first = cable("الزاهر", "سليم الزاهر", "ميدارا")
    second = cable("كوستا", "ماريو كوستا", "لوندافيا")
    one = shape_of(article(*first, headline="تهنئة إلى رئيس ميدارا", outlet="أ"))
    again = shape_of(article(*first, headline="الرئيس يهنئ ميدارا بعيدها", outlet="ب"))
    other = shape_of(article(*second, headline="تهنئة إلى رئيس لوندافيا", outlet="ب"))
    assert are_copies(one, again)
    assert not are_copies(one, other)


def test_within_an_outlet_more_is_asked() -> None:
    here, elsewhere = (shape_of(article(*FERRY[:3], MARKET[1], outlet=outlet)) for outlet in ("الأولى", "الثانية"))
    assert likelihood(shape_of(WHOLE), here) < likelihood(shape_of(WHOLE), elsewhere)


LINES = st.lists(st.sampled_from([*FERRY, *MARKET, WEATHER[0], WEATHER[2]]), min_size=1, max_size=6, unique=True)


@given(LINES, LINES, st.floats(0, 5))
def test_the_signs_are_the_same_in_either_order_and_between_bounds(
    first: list[str], second: list[str], days: float
) -> None:
    one, two = shape_of(article(*first, outlet="أ")), shape_of(article(*second, outlet="ب"))
    told = signs(one, two, days)
    assert told == pytest.approx(signs(two, one, days))
    assert len(told) == len(SIGNS)
    assert all(0 <= sign <= 2 for sign in told)
    assert 0 <= likelihood(one, two, days=days) <= 1


@given(LINES, LINES)
def test_a_line_of_the_one_that_is_added_to_the_other_brings_them_nearer(first: list[str], second: list[str]) -> None:
    new = [line for line in first if line not in second]
    one = shape_of(article(*first, outlet="أ"))
    before, after = (signs(one, shape_of(article(*lines, outlet="ب")), 0.0)[0] for lines in (second, [*second, *new]))
    assert after >= before - 0.02  # the seam between two lines is a pair of its own


FIGURES = st.frozensets(st.text("012", min_size=1, max_size=4), max_size=3)


@given(FIGURES, FIGURES)
def test_figures_are_looked_up_as_if_each_were_held_against_each(mine: frozenset[str], theirs: frozenset[str]) -> None:
    def one(a: str, b: str) -> bool:
        short, long = sorted((a, b), key=len)
        return long.startswith(short) and (len(short) > 1 or not long[1:].strip("0"))

    one_shape, other_shape = (
        Shape(frozenset({1}), figures=figures, counted=((frozenset({"سفينة"}), figures),)) for figures in (mine, theirs)
    )
    lone = all(
        any(a not in others and not any(one(a, b) for b in others) for a in figures)
        for figures, others in ((mine, theirs), (theirs, mine))
    )
    assert differ_in_figures(one_shape, other_shape) is lone
