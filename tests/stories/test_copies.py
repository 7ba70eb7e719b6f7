"""Which texts are versions of one."""

from __future__ import annotations

import pytest

from musnad.stories.copies import are_copies, differ_in_figures, shape_of
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
    ],
)
def test_other_figures_in_the_same_sentence(one: tuple[str, str], other: tuple[str, str], wanted: bool) -> None:
    first, second = shape_of(article(*weather(*one), outlet="أ")), shape_of(article(*weather(*other), outlet="ب"))
    assert differ_in_figures(first, second) is wanted
    assert are_copies(first, second) is not wanted


def test_what_comes_back_every_day_has_to_be_nearer() -> None:
    one = shape_of(article(*FERRY[:3], MARKET[0], MARKET[2], outlet="أ"))
    other = shape_of(article(*FERRY[:3], MARKET[1], WEATHER[0], outlet="ب"))
    assert are_copies(one, other)
    assert not are_copies(one, other, days=1.0)
