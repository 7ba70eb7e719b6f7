"""What people see of contradictions, revisions and ranges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from musnad.publish.labels import compared_labels
from musnad.publish.terminal import Painter
from musnad.publish.terminal.compared import account_lines, ledger_lines
from musnad.publish.terminal.pieces import width
from musnad.stories.accounts import accounts
from musnad.stories.ledger import ledger
from tests.compared.test_accounts import ANKARA, ATHENS
from tests.compared.test_ledger import FIRST, SECOND, THIRD
from tests.compared.told import story

WORDS = compared_labels("ar")


@pytest.mark.parametrize("room", [40, 72, 100])
def test_a_contradiction_is_told_with_both_wordings(room: int) -> None:
    found = accounts(
        story(
            ANKARA + "وأكدت الرئاسة التركية أن السفن التركية لم تدخل المياه اليونانية.",
            ATHENS + "وأكدت الحكومة اليونانية أن السفن التركية دخلت المياه اليونانية.",
        )
    )
    lines = list(account_lines(found, Painter(room), WORDS))
    assert "تعارض (إثبات ونفي)" in lines
    assert all(width(line) <= room for line in lines)
    assert ("│" in "".join(lines)) is (room >= 72)
    assert "لا شيء غير ذلك" in "".join(lines)


def test_bars_are_as_long_as_the_values_and_revisions_are_named() -> None:
    lines = list(ledger_lines(ledger(story(FIRST, SECOND, THIRD, copies=[1, 2, 2])), Painter(100), WORDS))
    at = lines.index("شخص · قتلى · ملاطية")
    told = [line for line in lines[at + 1 : lines.index("", at)] if "█" in line]
    assert [line.count("█") for line in told] == [10, 12, 16]
    assert [line.count("مراجعة") for line in told] == [0, 1, 0]
    assert "السهل، الجبل · نص واحد" in "\n".join(lines)


def test_a_range_is_drawn_open() -> None:
    said = "الحشد\nقالت الحكومة اليونانية إن ما بين 100 و200 شخص قتلوا في حلب.\nوقال المرصد السوري إن 400 شخص قتلوا في حلب."
    [entry] = ledger(story(said))
    lines = "\n".join(ledger_lines([entry], Painter(100), WORDS))
    assert "100–200 ████░░░░" in lines
    assert "400 ████████████████" in lines


def test_words_of_a_page_never_steer_the_terminal() -> None:
    [one, *_] = ledger(story(FIRST))
    lines = "".join(ledger_lines([replace(one, words="شخص\x1b[31m")], Painter(100), WORDS))
    assert "\x1b" not in lines
