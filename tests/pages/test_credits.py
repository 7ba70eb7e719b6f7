"""Credit lines, datelines and captions: line in, words out."""

from __future__ import annotations

import pytest

from musnad.pages.credits import Credit, closing, opening, read_credit
from musnad.pages.photos import split_caption
from musnad.pages.words import is_furniture, label

CREDITS = [
    # line, people, place, agencies, outlets
    ("إسطنبول - وكالات", [], "إسطنبول", ["وكالات"], []),
    ("واس - الرياض", [], "الرياض", ["واس"], []),
    ("سلمى الناصر (جدة)", ["سلمى الناصر"], "جدة", [], []),
    ("القاهرة: كريم الهادي", ["كريم الهادي"], "القاهرة", [], []),
    ("كريم الهادي من الطائف", ["كريم الهادي"], "الطائف", [], []),
    ("د ب أ - كاتماندو", [], "كاتماندو", ["د ب أ"], []),
    ("بلدة الصخور - رويترز", ["بلدة الصخور"], None, ["رويترز"], []),
    ("إسطنبول / سلمى الناصر / الأناضول", ["سلمى الناصر"], "إسطنبول", ["الأناضول"], []),
    ("لندن: «صحيفة الميناء»", [], "لندن", [], ["«صحيفة الميناء»"]),
    ("الساحل (جدة)", [], "جدة", [], ["الساحل"]),
    ("سلمى الناصر- الساحل- جازان:", ["سلمى الناصر"], "جازان", [], ["الساحل"]),
    ("مكة المكرمة، المدينة المنورة: كريم الهادي، واس", ["كريم الهادي"], "مكة المكرمة، المدينة المنورة", ["واس"], []),
    ("نيويورك/ لندن", [], "نيويورك/ لندن", [], []),
    ("* *", [], None, [], []),
    ("ماذا بعد؟", [], None, [], []),
    ("قال الوزير في مؤتمر صحفي عقده أمس إن العمل سيعود", [], None, [], []),
]
OPENINGS = [
    # paragraph, place, agencies, the words after it
    ("دمشق، سوريا (CNN) -- بدأ العمل", "دمشق، سوريا", ["CNN"], "بدأ العمل"),
    ("الرياض - واس: بدأ العمل", "الرياض", ["واس"], "بدأ العمل"),
    ("العقبة 6 آذار (بترا)- بدأ العمل", "العقبة", ["بترا"], "بدأ العمل"),
    ("غزة 6-3-2022 وفا- بدأ العمل", "غزة", ["وفا"], "بدأ العمل"),
    ("باريس - بدأ العمل", "باريس", [], "بدأ العمل"),
    ("كييف (ضفاف) - بدأ العمل", "كييف", ["ضفاف"], "بدأ العمل"),
    ("واشنطن: لن نسمح بذلك", None, [], None),
    ("وقال الناطق - وهو من المدينة - إن العمل بدأ", None, [], None),
    ("بدأ العمل في الميناء (رويترز) صباح اليوم", None, [], None),
    ("الوزير كريم الهادي - باريس - قال إن العمل بدأ", None, [], None),
    ("سلمى الناصر - جدة: بدأ العمل", "جدة", [], "بدأ العمل"),
]
CLOSINGS = [
    ("وانتهى الاجتماع دون بيان. (رويترز)", "رويترز"),
    ("--(بترا)", "بترا"),
    ("وفق ما ذكرت وكالة (رويترز).", None),
    ("وانتهى الاجتماع (مساء اليوم)", None),
]
CAPTIONS = [
    # line, caption, credit
    ("سفينة في الميناء 5 آذار 2022 (رويترز)", "سفينة في الميناء 5 آذار 2022", "رويترز"),
    ("سفينة في الميناء القديم (أ ب - 5 آذار 2022)", "سفينة في الميناء القديم", "أ ب"),
    ("سفينة في الميناء © وكالة الساحل", "سفينة في الميناء", "وكالة الساحل"),
    ("سفينة في الميناء القديم (تصوير: هدى يعقوب)", "سفينة في الميناء القديم", "هدى يعقوب"),
    ("سفينة في الميناء | الصورة: وكالة الساحل", "سفينة في الميناء", "وكالة الساحل"),
    ("سفينة في الميناء - أ ف ب", "سفينة في الميناء", "أ ف ب"),
    ("صدر الصورة، وكالة الساحل", None, "وكالة الساحل"),
    ("صورة أرشيفية", "صورة أرشيفية", None),
    ("سفينة في الميناء القديم (أرشيف)", "سفينة في الميناء القديم (أرشيف)", None),
    ("سفينة في الميناء القديم", "سفينة في الميناء القديم", None),
]


def told(words: str, credit: Credit) -> tuple[list[str], str | None, list[str], list[str]]:
    place = words[slice(*credit.place)] if credit.place else None
    people, agencies, outlets = ([words[s:e] for s, e in p] for p in (credit.people, credit.agencies, credit.outlets))
    return people, place, agencies, outlets


@pytest.mark.parametrize(("line", "people", "place", "agencies", "outlets"), CREDITS)
def test_credit_lines(line: str, people: list[str], place: str | None, agencies: list[str], outlets: list[str]) -> None:
    assert told(line, read_credit(line)) == (people, place, agencies, outlets)


@pytest.mark.xfail(reason="a village of two words looks like a person's name", strict=True)
def test_a_village_of_two_words() -> None:
    line = "بلدة الصخور - رويترز"
    assert told(line, read_credit(line)) == ([], "بلدة الصخور", ["رويترز"], [])


@pytest.mark.parametrize(("line", "place", "agencies", "rest"), OPENINGS)
def test_openings(line: str, place: str | None, agencies: list[str], rest: str | None) -> None:
    credit, end = opening(line)
    assert (told(line, credit)[1:3], line[end:] if end else None) == ((place, agencies), rest)


@pytest.mark.parametrize(("line", "agency"), CLOSINGS)
def test_closings(line: str, agency: str | None) -> None:
    place = closing(line)
    assert (line[slice(*place)] if place else None) == agency


@pytest.mark.parametrize(("line", "caption", "credit"), CAPTIONS)
def test_captions(line: str, caption: str | None, credit: str | None) -> None:
    assert tuple(line[slice(*p)] if p else None for p in split_caption(line)) == (caption, credit)


@pytest.mark.parametrize(
    ("line", "links", "furniture"),
    [
        ("حجم الخط", 0.0, True),
        ("+A", 0.0, True),
        ("إقرأ أيضًا: المطار يفتح أبوابه", 0.0, True),
        ("شارك هذا الخبر", 0.0, True),
        ("تابعوا الجلسة باهتمام، ثم انصرفوا إلى بيوتهم.", 0.0, False),
        ("شاهد عيان يروي ما جرى", 0.0, False),
        ("التصعيد في المدينة", 0.0, False),
        ("https://example.org/a", 0.0, True),
    ],
)
def test_furniture(line: str, links: float, furniture: bool) -> None:
    assert is_furniture(line, links) is furniture


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("آخر تحديث: 21:40", "modified", "21:40"),
        ("بقلم سلمى الناصر", "byline", "سلمى الناصر"),
        ("كتبوا عنه", None, "كتبوا عنه"),
        ("تغطية مباشرة", None, "تغطية مباشرة"),
    ],
)
def test_labels(line: str, name: str | None, rest: str) -> None:
    found, after = label(line)
    assert (found, line[after:]) == (name, rest)
