"""What must hold of attributions on any words at all."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from musnad.run import read_document
from tests.find.invariants import check, check_nesting
from tests.find.test_cases import CASES, read
from tests.find.texts import LINES, MARKS, document, shifted, texts

_PLAIN = "وصلت الشاحنات إلى المدينة صباحا."


@given(texts, st.sampled_from((None, "صدى الساحل")))
@settings(max_examples=300, deadline=None)
def test_any_string_is_read_and_what_is_found_holds_together(text: str, outlet: str | None) -> None:
    check(read_document({"id": "x", "text": text, "outlet": outlet}))


@pytest.mark.parametrize("name", CASES)
def test_cases_hold_together(name: str) -> None:
    check(read(CASES[name]))


@pytest.mark.parametrize(
    "text",
    [
        "قالت مطلعة إن وفق اللقاء أرجئ.",
        'محذرا من ل لصحيفة وبالـ ” مضيفا ونقلت البيان "',
        'قآل"نقلآ;0',
    ],
)
def test_contents_never_cross(text: str) -> None:
    check_nesting(document(text))


@given(texts)
@settings(max_examples=100, deadline=None)
def test_the_same_text_gives_the_same(text: str) -> None:
    one, two = document(text), document(text)
    assert one.attributions == two.attributions
    assert one.doubts == two.doubts


@given(texts)
@settings(max_examples=100, deadline=None)
def test_a_trailing_newline_changes_nothing(text: str) -> None:
    assert shifted(document(text), 0) == shifted(document(text + "\n"), 0)


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=3).map("\n".join), st.integers(1, 5))
@settings(max_examples=100, deadline=None)
def test_white_lines_before_it_only_move_the_spans(text: str, count: int) -> None:
    """(A text of several lines: lines near the top may be datelines, and those are no paragraphs.)"""
    head = f"{_PLAIN}\n" * 4
    assert shifted(document(head + text), count) == shifted(document(head + "\n" * count + text), 0)


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=3).map("\n".join))
@settings(max_examples=100, deadline=None)
def test_a_plain_heading_before_it_only_moves_the_spans(text: str) -> None:
    head = f"{_PLAIN}\n" * 4
    heading = "أخبار الطقس\n"
    assert shifted(document(head + text), len(heading)) == shifted(document(heading + head + text), 0)


@given(st.sampled_from(LINES), st.integers(0, 2**32))
@example(LINES[0], 1)
@settings(max_examples=200, deadline=None)
def test_marks_that_are_no_letters_change_no_cue(line: str, seed: int) -> None:
    """Tatweel, vowel signs and direction marks put after letters leave cues, sources and contents what they were."""
    order = random.Random(seed)
    kept: list[int] = []
    out = ""
    for letter in line:
        kept.append(len(out))
        out += letter
        if "\u0621" <= letter <= "\u064a" and order.random() < 0.2:
            out += order.choice(MARKS)
    plain, marked = document(line), document(out)
    head = len("مقتطفات\n")

    def starts(span: tuple[int, int] | None) -> int | None:
        return None if span is None else kept[span[0] - head] + head

    want = [
        ([starts((s.start, 0)) for s in a.cue], [starts((s.start, 0)) for s in a.content], a.rule, a.within)
        for a in plain.attributions
    ]
    have = [([s.start for s in a.cue], [s.start for s in a.content], a.rule, a.within) for a in marked.attributions]
    assert want == have
