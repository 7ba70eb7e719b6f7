"""The points of a statement: text in, quoted points out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.model import Span
from musnad.stories.points import points, turns

CASES = (
    ("إن المحادثات بدأت صباحا", ["المحادثات بدأت صباحا"]),
    ("بوقف القصف، وفتح الطرق، وتبادل الأسرى", ["بوقف القصف", "فتح الطرق", "تبادل الأسرى"]),
    ("باحترام القانون الدولي وإدخال المساعدات", ["باحترام القانون الدولي", "إدخال المساعدات"]),
    ("الاعتراف بالحدود ونزع السلاح وحيادها", ["الاعتراف بالحدود", "نزع السلاح", "حيادها"]),
    ("أن الوفد وصل وأن الجلسة بدأت", ["الوفد وصل", "الجلسة بدأت"]),
    ("ثلاثة أمور: وقف القصف، وفتح الطرق", ["وقف القصف", "فتح الطرق"]),
    ("نريد أولا وقف القصف ثم ثانيا تبادل الأسرى", ["نريد أولا وقف القصف ثم", "تبادل الأسرى"]),
    ("نزع السلاح، إلى جانب اعترافها بالحدود", ["نزع السلاح", "اعترافها بالحدود"]),
    ("الشروط التالية:\n- وقف القصف\n- فتح الطرق", ["وقف القصف", "فتح الطرق"]),
    ("«وقف القصف»، و«فتح الطرق»", ["«وقف القصف»", "«فتح الطرق»"]),
    # What is coordinated and no point of its own.
    ("سلامة الطرق، وخاصة طريق الجنوب", ["سلامة الطرق، وخاصة طريق الجنوب"]),
    ("أن الرئيس والوزير وصلا معا", ["الرئيس والوزير وصلا معا"]),
    ("على أهمية الحوار والتعاون بينهما", ["على أهمية الحوار والتعاون بينهما"]),
    ("أن الرئيس، الذي وصل أمس، غادر اليوم", ["الرئيس، الذي وصل أمس، غادر اليوم"]),
    ("أن الثمن 1,250 دينارا", ["الثمن 1,250 دينارا"]),
    ("ما قاله: لا تراجع عن القرار", ["ما قاله", "لا تراجع عن القرار"]),
)


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_points(words: str, expected: list[str]) -> None:
    assert [span.of(words) for span in points(words, [Span(0, len(words))])] == expected


@given(st.text(alphabet='وانزعسلاحفتطرقد:،.«»"- \n', min_size=1, max_size=120))
def test_points_are_in_order_and_within(words: str) -> None:
    found = points(words, [Span(0, len(words))])
    for span in found:
        assert 0 <= span.start < span.end <= len(words)
    for one, other in pairwise(found):
        assert one.end <= other.start


def test_turns() -> None:
    for words, turned in (("وفي سياق متصل، أعلن الوزير ذلك", True), ("أعلن الوزير ذلك وفي سياق متصل غادر", False)):
        assert turns(words, Span(0, len(words))) is turned
