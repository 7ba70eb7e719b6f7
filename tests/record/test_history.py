"""What changed from one version to the next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.model import Span
from musnad.record import Anchor, Comparison, Orphan, Record, anchor_of, compare, find_again, history, label_of
from tests.publish import build
from tests.record.texts import ADDED, ADDRESS, DENIED, OTHER, SAID, TITLE, article, at, put


def fates(comparison: Comparison) -> list[tuple[str, str]]:
    """The fate of each statement, by its speaker."""
    return [(change.fate, (change.after or change.before).speaker.name) for change in comparison.changes]  # type: ignore[union-attr]


def test_an_article_beside_itself_changed_nothing() -> None:
    for one in (article(SAID, DENIED, OTHER), build.article()):
        comparison = compare(one, one)
        assert {change.fate for change in comparison.changes} == {"same"}
        assert len(comparison.changes) == len(one.attributions)
        assert (comparison.headline, comparison.lines_new, comparison.lines_gone) == (None, (), ())


def test_same_new_and_gone() -> None:
    comparison = compare(article(SAID, DENIED, OTHER), article(ADDED, SAID, OTHER))
    assert ("new", "كريم الهادي") in fates(comparison)
    assert ("same", "هدى منصور") in fates(comparison)
    [gone] = [change for change in comparison.changes if change.fate == "gone"]
    assert gone.before
    assert gone.orphan
    assert (gone.before.speaker.name, gone.orphan.reason) == ("سالم الكعبي", "no such words")


def test_what_others_push_down_did_not_move_and_what_was_put_elsewhere_did() -> None:
    pushed = compare(article(SAID, DENIED, OTHER), article(OTHER, ADDED, SAID, DENIED))
    assert {fate for fate, who in fates(pushed) if who != "كريم الهادي"} == {"same"}
    moved = compare(article(SAID, DENIED, ADDED, OTHER), article(DENIED, ADDED, SAID, OTHER))
    assert [who for fate, who in fates(moved) if fate == "moved"] == ["هدى منصور"]


def test_a_reworded_statement_tells_what_changed() -> None:
    comparison = compare(article(SAID, OTHER), article(SAID.replace("380", "400"), OTHER))
    [change] = [change for change in comparison.changes if change.after and change.after.speaker.name == "هدى منصور"]
    assert change.fate == "reworded"
    assert "content" in change.changed


def test_the_same_words_of_another_speaker_are_reworded_and_say_so() -> None:
    comparison = compare(article(DENIED, OTHER), article(DENIED.replace("سالم الكعبي", "كريم الهادي"), OTHER))
    [change] = comparison.changes
    assert change.fate == "reworded"
    assert "speaker" in change.changed
    assert "content" not in change.changed


def test_another_statement_of_the_same_speaker_is_no_rewording() -> None:
    other = "ونفى رئيس البلدية سالم الكعبي أن يكون قد استقال من منصبه."
    assert sorted(fate for fate, _ in fates(compare(article(DENIED, OTHER), article(other, OTHER)))) == ["gone", "new"]


def test_words_that_still_stand_and_are_nobodys() -> None:
    one = article(DENIED, OTHER)
    content = one.attributions[0].content[0].of(one.text.words)
    comparison = compare(one, article(f"لا خبر عند الجسر سوى {content}", OTHER))
    [gone] = [change for change in comparison.changes if change.fate == "gone"]
    assert gone.stands
    assert gone.stands.of(comparison.after.text.words) == content


def test_a_correction_is_told_from_an_update() -> None:
    before = article(SAID, OTHER)
    corrected = compare(before, article("تصحيح: عدد الحافلات 400 لا 380 كما ورد في نسخة سابقة.", SAID, OTHER))
    assert [notice.kind for notice in corrected.notices] == ["correction"]
    assert corrected.corrects
    updated = compare(before, article("تحديث: وصلت الحافلات الأولى إلى الجسر قبل قليل.", SAID, OTHER))
    assert [notice.kind for notice in updated.notices] == ["update"]
    assert not updated.corrects
    assert compare(updated.after, updated.after).notices == (), "it is told once, where it is new"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("تصحيح: العدد عشرة", "correction"),
        ("تصحيح", "correction"),
        ("(تصحيح) العدد عشرة", "correction"),
        ("[تحديث 3] العدد عشرة", "update"),
        ("تَحديث - العدد عشرة", "update"),
        ("توضيح وتصحيح: العدد عشرة", "correction"),
        ("Correction: the number is ten", "correction"),
        ("(Updated) The bridge", "update"),
        ("تصحيح الامتحانات يبدأ غدا", None),
        ("تحديث الحافلات يكلف مليونا", None),
        ("قال الوزير: تصحيح", None),
        ("", None),
    ],
)
def test_labels(line: str, kind: str | None) -> None:
    assert label_of(line) == kind


def test_a_headline_that_changed() -> None:
    comparison = compare(article(SAID, OTHER), article(SAID, OTHER, title="الجسر لا يفتح غدا كما أعلن"))
    assert comparison.headline == (TITLE, "الجسر لا يفتح غدا كما أعلن")


def test_the_history_of_an_address(record: Record) -> None:
    put(record, SAID, DENIED, OTHER, hour=9)
    put(record, SAID, DENIED, OTHER, hour=10, extra="other bytes")
    put(record, SAID, ADDED, OTHER, hour=11)
    (first, none), (_, same), (third, changed) = history(record.versions(ADDRESS))
    assert (none, first.superseded_at, third.superseded_at) == (None, at(10), None)
    assert same
    assert changed
    assert set(same.counts) == {"same"}
    assert changed.counts["gone"] == changed.counts["new"] == 1


@pytest.mark.parametrize(
    ("anchor", "words", "result"),
    [
        (Anchor("إن الجسر", "قالت الوزيرة ", " يفتح غدا"), "أمس قالت الوزيرة إن الجسر يفتح غدا", "إن الجسر"),
        (Anchor("نعم", "قال سالم ", " ثم خرج"), "قال كريم: نعم.", "other surroundings"),
        (Anchor("نعم", "", ""), "نعم ونعم", "several places"),
        (Anchor("إن الجسر"), "أن الجسر", "no such words"),
        (Anchor("الجسر", "عند ", " القديم وحده"), "الجسر، وعند الجسر القديم وحده", "الجسر"),
        (Anchor(""), "الجسر", "no such words"),
    ],
)
def test_anchors(anchor: Anchor, words: str, result: str) -> None:
    found = find_again(anchor, words)
    assert (found.reason if isinstance(found, Orphan) else found.of(words)) == result


@given(st.text(alphabet="اب قال", min_size=1, max_size=80), st.data())
def test_an_anchor_is_found_in_its_own_text_or_not_at_all(words: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(words))))
    found = find_again(anchor_of(words, span), words)
    assert isinstance(found, Orphan) or found == span


LINES = st.lists(st.sampled_from((SAID, DENIED, ADDED, OTHER, SAID.replace("380", "400"))), max_size=5)


@given(LINES, LINES)
def test_every_statement_has_one_fate(before: list[str], after: list[str]) -> None:
    from musnad.run import read_document

    one, other = (read_document({"id": "1", "text": "\n".join(["عنوان", *lines])}) for lines in (before, after))
    comparison = compare(one, other)
    olds = [change.before for change in comparison.changes if change.before]
    news = [change.after for change in comparison.changes if change.after]
    assert sorted(olds, key=one.attributions.index) == list(one.attributions)
    assert sorted(news, key=other.attributions.index) == list(other.attributions)
    assert comparison.counts.total() == len(comparison.changes)
