"""Two wordings beside one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from musnad.publish.wordings import reworded, rewritten

WORDS = some.lists(some.sampled_from(["قال", "الوزير", "إن", "الجسر", "يفتح", "غدا", " ", "  "]), max_size=12).map(
    "".join
)
LINES = some.lists(WORDS, max_size=8).map("\n".join)


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("أصيب ثلاثة ركاب", "أصيب أربعة ركاب", ["ثلاثة"], ["أربعة"]),
        ("قال الوزير غدا", "أكد المدير اليوم", ["قال الوزير غدا"], ["أكد المدير اليوم"]),  # one replacement, not three
        ("الجسر يفتح", "الجسر الجديد يفتح", [], ["الجديد "]),
        ("", "الجسر", [], ["الجسر"]),
        ("الجسر", "الجسر", [], []),
    ],
)
def test_words_that_went_and_came(before: str, after: str, gone: list[str], new: list[str]) -> None:
    parts = reworded(before, after)
    assert [part.words for part in parts if part.how == "gone"] == gone
    assert [part.words for part in parts if part.how == "new"] == new


@given(WORDS, WORDS)
def test_nothing_is_lost(before: str, after: str) -> None:
    parts = reworded(before, after)
    assert "".join(part.words for part in parts if part.how != "new") == before
    assert "".join(part.words for part in parts if part.how != "gone") == after
    assert all(part.words for part in parts)


@given(LINES, LINES)
def test_every_line_is_told_or_counted(before: str, after: str) -> None:
    lines = rewritten(before, after)
    if before == after:
        assert lines == ()
        return
    had = sum(line.left_out + any(part.how != "new" for part in line.parts) for line in lines)
    has = sum(line.left_out + any(part.how != "gone" for part in line.parts) for line in lines)
    assert had >= len([line for line in before.split("\n") if line])
    assert has >= len([line for line in after.split("\n") if line])
