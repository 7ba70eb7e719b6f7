"""Whom a dropped subject may mean when nobody has spoken yet: who does something in the clause before, who spoke in the
headline. The drafts are made by hand, so that nothing but the words decides."""

from __future__ import annotations

import pytest

from musnad.find.cues import candidates
from musnad.find.drafts import RIGHT, Draft
from musnad.find.lines import Line, lines
from musnad.find.model import load
from musnad.find.speakers import Resolver
from musnad.find.subjects import Subjects
from musnad.lang import language
from musnad.model import Block, Span, Text


def _lines(headline: str, paragraph: str) -> list[Line]:
    words = f"{headline}\n{paragraph}"
    blocks = Block("headline", Span(0, len(headline))), Block("paragraph", Span(len(headline) + 1, len(words)))
    return lines(Text(words, blocks), language("ar"))


def _draft(line: Line, cue: str, source: tuple[int, int] | None = None) -> Draft:
    found = next(c for c in candidates(line) if line.words[c.first].form == cue)
    return Draft(found, RIGHT, [(found.last + 1, len(line.words) - 1)], source, 1.0)


def _named(text: str, cue: str) -> list[str]:
    """The first words of what comes into question for the cue, the nearest first; an object may be among them."""
    line = _lines("مقتطفات", text)[1]
    found = Subjects(load("ar")).before(_draft(line, cue))
    return [line.words[s.first].form for s in found]


@pytest.mark.parametrize(
    ("text", "cue", "named"),
    [
        ("استقبل وزير الزراعة سامر الخطيب وفدا من المربين، مؤكدا أن الموسم واعد.", "موكدا", ["وزير"]),
        ("زارت رئيسة البلدية السوق. وقالت إن الأسعار مستقرة.", "وقالت", ["رييسه"]),
        ("وكان مدير المصنع قد زار العمال، مشيرا إلى أن الأجور سترتفع.", "مشيرا", ["العمال", "مدير"]),
        ("وصل اليوم رئيس الاتحاد إلى المدينة، مضيفا أن المباراة ستقام.", "مضيفا", ["رييس"]),
        ("مؤكدا أن الموسم واعد.", "موكدا", []),
    ],
)
def test_who_acts_in_the_clause_before_may_be_who_speaks(text: str, cue: str, named: list[str]) -> None:
    assert _named(text, cue) == named


def test_two_sentences_before_is_too_far() -> None:
    text = "زارت رئيسة البلدية السوق. كانت الأسعار مستقرة في السوق. ثم هدأت الحركة. وقالت إن الباعة راضون."
    assert "رييسه" not in _named(text, "وقالت")


def test_a_subject_ends_before_the_next_clause() -> None:
    line = _lines("مقتطفات", "زار مدير المصنع الورشة ووعد العمال، مشيرا إلى أن الأجور سترتفع.")[1]
    (subject,) = (s for s in Subjects(load("ar")).before(_draft(line, "مشيرا")) if line.words[s.first].form == "مدير")
    assert subject.last < next(i for i, w in enumerate(line.words) if w.form == "ووعد")


def test_where_nobody_is_named_the_headline_speaks() -> None:
    headline, body = _lines("سامر الكعبي: الموسم واعد", "وأضاف في كلمته أن المياه تكفي.")
    drafts = [_draft(headline, ":", (0, 1)), _draft(body, "واضاف")]
    speakers = Resolver([headline, body], load("ar")).resolve(drafts, [None, None])
    assert [known.name if known else None for known in speakers] == [["سامر", "الكعبي"]] * 2


def test_nobody_at_all_is_nobody() -> None:
    headline, body = _lines("مقتطفات", "وأضاف في كلمته أن المياه تكفي.")
    assert Resolver([headline, body], load("ar")).resolve([_draft(body, "واضاف")], [None]) == [None]
