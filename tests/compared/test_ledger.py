"""The ledger: which figures count the same thing, who claims them, what is a revision, and what only looks like one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from musnad.stories.amounts import span_of
from musnad.stories.ledger import Claim, Entry, Series, ledger
from tests.compared.told import examples, story

FIRST = """زلزال يضرب شرق البلاد
قالت هيئة الكوارث التركية إن 120 شخصا قتلوا وأصيب 800 آخرون في ولاية ملاطية.
وذكر المرصد السوري أن 40 شخصا قتلوا في حلب.
"""
SECOND = """ارتفاع حصيلة الزلزال
قالت هيئة الكوارث التركية إن 150 شخصا قتلوا في ولاية ملاطية، بينهم تسعة أطفال.
وذكر المرصد السوري أن 55 شخصا قتلوا في حلب.
"""
THIRD = """حصيلة الزلزال ترتفع مجددا
قالت هيئة الكوارث التركية إن 150 شخصا قتلوا في ولاية ملاطية، بينهم تسعة أطفال.
وقال مسؤول محلي إن أكثر من مئتي شخص قتلوا في ولاية ملاطية.
"""


def one(entries: tuple[Entry, ...], words: str, where: str, became: str = "dead") -> Entry:
    """The one entry of that noun and place."""
    [found] = [e for e in entries if e.words == words and e.thing.where == {where} and e.thing.became == {became}]
    return found


def of(entry: Entry, name: str) -> Series:
    """The series of a claimant."""
    [found] = [series for series in entry.series if series.speaker and series.speaker.name == name]
    return found


def values(claims: tuple[Claim, ...]) -> list[tuple[float | None, bool]]:
    """The values of claims, and which of them are revisions."""
    return [(claim.figure.value, claim.revises) for claim in claims]


def test_two_claimants_revise_their_tolls() -> None:
    entries = ledger(story(FIRST, SECOND, THIRD, copies=[1, 2, 2]))
    dead = one(entries, "شخص", "ملاطية")
    turkish = of(dead, "هيئة الكوارث التركية").claims
    assert values(turkish) == [(120, False), (150, True)]
    assert (turkish[1].outlets, turkish[1].texts) == (("السهل", "الجبل"), 1)
    assert [claim.figure.hedge for claim in of(dead, "مسؤول محلي").claims] == ["أكثر من"]
    assert dead.disputed
    assert values(of(one(entries, "شخص", "حلب"), "المرصد السوري").claims) == [(40, False), (55, True)]
    assert one(entries, "شخص", "ملاطية", "injured").series[0].claims[0].figure.value == 800
    assert values(one(entries, "طفل", "ملاطية").series[0].claims) == [(9, False)]


def test_what_came_later_does_not_come_first() -> None:
    told = story(FIRST, SECOND)
    assert ledger(told) == ledger(list(reversed(told)))


APART = (
    # (one, other): the same claimant, another thing.
    ("إن 20 شخصا قتلوا في حلب", "إن 30 شخصا أصيبوا في حلب"),
    ("إن 20 شخصا قتلوا في حلب", "إن 30 شخصا قتلوا في حمص"),
    ("إن 20 شخصا قتلوا في حلب", "إن 30 طفلا قتلوا في حلب"),
    ("إن 20 جنديا روسيا قتلوا في حلب", "إن 30 جنديا أوكرانيا قتلوا في حلب"),
    ("إن 20 منزلا انهارت في حلب", "إن 30 مدرسة انهارت في حلب"),
    ("إن 20 في المئة من الطرق تضررت", "إن 30 في المئة من المصانع عادت إلى العمل"),
    ("إن 20 شخصا قتلوا في حلب", "إن 30 شخصا دخلوا في حلب"),
    ("إن 20 سفينة ستعبر القناة في السويس يوميا", "إن قافلة من 30 سفينة شاركت في تجربة السويس"),
)


@pytest.mark.parametrize(("first", "second"), APART)
def test_another_thing_is_no_revision(first: str, second: str) -> None:
    entries = ledger(
        story(f"الحصيلة الأولى\nقال المرصد السوري {first}.", f"الحصيلة الثانية\nقال المرصد السوري {second}.")
    )
    figures = [claim for entry in entries for series in entry.series for claim in series.claims]
    assert {claim.figure.value for claim in figures} == {20, 30}
    assert not any(claim.revises for claim in figures)
    assert not any(entry.disputed for entry in entries)


SAME = (
    ("إن 20 شخصا قتلوا في حلب", "إن 30 شخصا قتلوا في حلب"),
    ("إن 20 شخصا قتلوا في حلب", "مقتل 30 شخصا في حلب"),
    ("إن 20 مدنيا قتلوا في حلب", "مقتل 30 من المدنيين في حلب"),
    ("إن ٢٠ منزلا انهارت في حلب", "انهيار ثلاثين منزلا في حلب"),
)


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_thing_revised(first: str, second: str) -> None:
    told = story(f"الحصيلة الأولى\nقال المرصد السوري {first}.", f"الحصيلة الثانية\nأعلن المرصد السوري {second}.")
    [entry] = ledger(told)
    [series] = entry.series
    assert values(series.claims) == [(20, False), (30, True)]


def test_two_values_in_one_text_are_of_two_things() -> None:
    said = "قال المرصد السوري إن 20 شخصا قتلوا في حلب.\nوأضاف المرصد السوري أن 30 شخصا قتلوا في حلب."
    entries = ledger(story(f"الحصيلة\n{said}"))
    assert [values(series.claims) for entry in entries for series in entry.series] == [[(20, False)], [(30, False)]]


def test_a_looser_value_is_kept_and_no_revision() -> None:
    pages = [f"الحصيلة\nقال المرصد السوري إن {many} شخصا قتلوا في حلب." for many in ("97", "نحو 100", "أكثر من 90")]
    [entry] = ledger(story(*(words.replace("100 شخصا", "100 شخص") for words in pages)))
    assert values(entry.series[0].claims) == [(97, False), (100, False), (90, False)]
    assert not entry.disputed


def test_unnamed_claimants_of_two_texts_are_two_and_of_copies_one() -> None:
    said = "الحصيلة\nقال مسؤول محلي إن 20 شخصا قتلوا في حلب."
    other = "الحصيلة\nقال مسؤول محلي إن 30 شخصا قتلوا في حلب."
    [entry] = ledger(story(said, other))
    assert [values(series.claims) for series in entry.series] == [[(20, False)], [(30, False)]]
    [entry] = ledger(story(said, said, copies=[1, 1]))
    [series] = entry.series
    assert (series.claims[0].texts, len(series.claims[0].outlets)) == (1, 2)


def test_nobody_claims_and_outlets_do_not_revise_one_another() -> None:
    said = "الحصيلة\nقتل {} شخصا في حلب أمس.\nوقال الطبيب سالم الكعبي إن المستشفى يستقبل الجرحى منذ الصباح."
    [entry] = ledger(story(said.format(20), said.format(30)))
    assert [series.speaker for series in entry.series] == [None, None]
    assert [values(series.claims) for series in entry.series] == [[(20, False)], [(30, False)]]
    [entry] = ledger(story(said.format(20), said.format(20)))
    [series] = entry.series
    assert series.claims[0].outlets == ("المرفأ", "السهل")


def test_a_change_in_one_sentence_is_two_entries() -> None:
    said = "الفائدة\nأعلن البنك المركزي رفع سعر الفائدة من 9.5 في المئة إلى 20 في المئة."
    entries = ledger(story(said))
    assert {entry.thing.role for entry in entries} == {"from", ""}
    assert not any(claim.revises for entry in entries for series in entry.series for claim in series.claims)


def test_no_figures() -> None:
    assert ledger([]) == ()
    assert ledger(story("الجسر يفتح\nقالت وزيرة النقل هدى منصور إن الجسر سيفتح قريبا.")) == ()


def _expected(page: str) -> list[tuple[str, ...]]:
    rows = [line for line in (Path(__file__).parent / "ledger.tsv").read_text("utf-8").splitlines() if line[:1] != "#"]
    out = []
    for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["page"] == page:
            held = row | ({row["missed"]: "-"} if row["missed"] != "-" else {})
            out.append(tuple(held[name] for name in ("counted", "became", "where", "claimant", "low", "high", "hedge")))
    return sorted(out)


@pytest.mark.parametrize("page", ["explainer-figures.html", "live-blog.html"])
def test_ledger_of_the_examples_is_exact(page: str) -> None:
    found = []
    for entry in ledger(examples(page)):
        thing = ["+".join(sorted(held)) or "-" for held in (entry.thing.became, entry.thing.where)]
        for series in entry.series:
            name = series.speaker.name if series.speaker else "-"
            for claim in series.claims:
                ends = [str(end) for end in span_of(claim.figure)]
                found.append((entry.words, *thing, name, *ends, claim.figure.hedge or "-"))
    assert sorted(found) == _expected(page)
