"""Whom a source may mean: the names that a text gives, and the ways to them, without a trained model."""

from __future__ import annotations

from dataclasses import fields

import pytest

from musnad.find.antecedents import Known, Mention
from musnad.find.cast import Cast, name_end, phrase_end
from musnad.find.cues import candidates
from musnad.find.drafts import RIGHT, Draft
from musnad.find.linear import Linear
from musnad.find.lines import Line, lines
from musnad.find.meant import Options
from musnad.find.model import Models
from musnad.find.parts import named
from musnad.find.source_features import name_places
from musnad.lang import language
from musnad.model import Block, Span, Text

UNTRAINED = Models(**{f.name: Linear() for f in fields(Models)})


def read(*paragraphs: str) -> list[Line]:
    words = "\n".join(paragraphs)
    blocks, at = [], 0
    for row in paragraphs:
        blocks.append(Block("paragraph", Span(at, at + len(row))))
        at += len(row) + 1
    return lines(Text(words, tuple(blocks)), language("ar"))


def shown(known: Known) -> str:
    return " ".join(w.form for w in known.line.words[known.first : known.last + 1])


def fold(words: str) -> str:
    return language("ar").fold(words).words


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("رئيس الهيئة سامي الحداد خلال لقاء", "رئيس الهيئة سامي الحداد"),
        ("المتحدث باسم الوزارة، في بيان", "المتحدث باسم الوزارة"),
        ("وزير النقل الذي زار الميناء", "وزير النقل"),
        ("وزير النقل سامي الحداد ووزير المالية حسن", "وزير النقل سامي الحداد"),
        ("الوزير للرئيس محمود", "الوزير"),
        ("منظمة «أطباء الحدود» في بيان", "منظمة « أطباء الحدود »"),
    ],
)
def test_a_phrase_ends_where_its_words_end(text: str, phrase: str) -> None:
    (line,) = read(text)
    assert " ".join(w.form for w in line.words[: phrase_end(line, 0) + 1]) == fold(phrase)


@pytest.mark.parametrize(
    ("source", "start", "name"),
    [
        ("أوباما الذي زار المدينة", 0, "أوباما"),
        ("محمد سمير الأمين العام للحزب", 0, "محمد سمير"),
        ("النائب محمد سمير عن الحزب", 1, "محمد سمير"),
        ("محمد الخطيب", 0, "محمد الخطيب"),
        ("النائب محمد الأمير، عضو اللجنة", 1, "محمد الأمير"),
        ("محمد الأمير السابق للجماعة", 0, "محمد"),
        ("الشرطة التي نشرت الصور", 0, "الشرطة"),
        ("مسؤول طلب عدم ذكر اسمه", 0, "مسؤول طلب عدم ذكر اسمه"),
    ],
)
def test_a_name_ends_before_what_is_not_of_it(source: str, start: int, name: str) -> None:
    (line,) = read(source)
    assert " ".join(w.form for w in line.words[start : name_end(line.words, start) + 1]) == fold(name)


def test_a_name_may_begin_with_a_bridge_and_not_after_one() -> None:
    (line,) = read("الرئيس عبد الفتاح محمد")
    assert name_places(line.words) == [0, 1, 3]


def test_a_short_name_is_completed_from_the_text() -> None:
    rows = read("زار الوزير محمد سمير المصنع.", "وقال سمير إن الإنتاج زاد.")
    cast = Cast(rows, UNTRAINED)
    at = next(i for i, w in enumerate(rows[1].words) if w.form == fold("سمير"))
    assert [shown(k) for k in cast.fuller(cast.known(rows[1], at, at))] == [fold("محمد سمير")]


def test_a_title_means_who_stands_beside_it_in_the_text() -> None:
    rows = read("حضر محمد سمير، رئيس الغرفة.", "وقال رئيس الغرفة إن السوق بخير.")
    cast = Cast(rows, UNTRAINED)
    held = Options(cast.known(rows[1], 1, 2))
    held.read(cast)
    assert {shown(o.known): o.ways for o in held.all}[fold("محمد سمير")] == ["phrase"]


@pytest.mark.parametrize(("ahead", "ways"), [(True, [["self"], ["ahead"]]), (False, [["self"]])])
def test_an_unnamed_speaker_of_a_headline_may_be_who_speaks_in_the_body(ahead: bool, ways: list[list[str]]) -> None:
    rows = read("خبير زراعي: المحصول وفير", "وقال محمد سمير إن المحصول وفير.")
    cast = Cast(rows, UNTRAINED)
    held = Options(cast.known(rows[0], 0, 1))
    (cue,) = candidates(rows[1])
    spoke = Draft(cue, RIGHT, [(3, len(rows[1].words) - 1)], (1, 2), 1.0)
    held.hear([Mention(cast.known(rows[1], 1, 2), spoke, 1, 0, 1)], ahead)
    assert [o.ways for o in held.all] == ways


def test_a_document_means_who_issued_it() -> None:
    rows = read("صدر أمس تقرير عن منظمة الزراعة.", "وأكد التقرير تراجع المحصول.")
    cast = Cast(rows, UNTRAINED)
    held = Options(cast.known(rows[1], 1, 1))
    held.read(cast)
    assert [(shown(o.known), o.ways) for o in held.all[1:]] == [(fold("منظمة الزراعة"), ["issuerprep"])]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('محمد سمير"', "محمد سمير"),
        ("«محمد سمير»", "محمد سمير"),
        ("صحيفة «الميدان»", "صحيفة « الميدان »"),
        ("«الميدان» المحلية", "« الميدان » المحلية"),
    ],
)
def test_marks_at_the_edges_of_a_name_go_unless_they_are_of_it(source: str, name: str) -> None:
    (line,) = read(source)
    known = Known(line, 0, len(line.words) - 1, line.words, begin=0)
    first, last = named(known)
    assert " ".join(w.form for w in line.words[first : last + 1]) == fold(name)
