"""Readings: source and beginning of a content together. What is said of them holds with any weights."""

from __future__ import annotations

from dataclasses import fields

import pytest

from musnad.find.cues import Candidate, candidates
from musnad.find.drafts import LEFT, RIGHT
from musnad.find.linear import Linear
from musnad.find.lines import lines
from musnad.find.model import Models, load
from musnad.find.readings import MOST, NEAR, Reading, best_reading, reading_features, readings
from musnad.lang import language
from musnad.model import Block, Span, Text

UNTRAINED = Models(**{f.name: Linear() for f in fields(Models)})
TEXTS = [
    ("قال وزير الزراعة سامر الخطيب في مؤتمر صحفي إن الموسم واعد.", "قال"),
    ("طالب أعضاء النقابة إدارة المصنع بصرف الأجور المتأخرة.", "طالب"),
    ("وأضاف أن العمل سيبدأ غدا.", "واضاف"),
    ("أعلنت بلدية المدينة افتتاح الحديقة.", "اعلنت"),
]


def _cue(text: str, form: str) -> Candidate:
    (line,) = lines(Text(text, (Block("paragraph", Span(0, len(text))),)), language("ar"))
    return next(c for c in candidates(line) if line.words[c.first].form == form)


@pytest.mark.parametrize("models", [UNTRAINED, load("ar")], ids=["untrained", "trained"])
@pytest.mark.parametrize(("text", "form"), TEXTS)
def test_readings_are_few_near_one_another_and_leave_room(text: str, form: str, models: Models) -> None:
    cue = _cue(text, form)
    among = readings(cue, RIGHT, models)
    assert 0 < len(among) <= MOST
    assert [r.likely for r in among] == sorted((r.likely for r in among), reverse=True)
    assert among[0].likely - among[-1].likely <= NEAR
    for reading in among:
        assert reading.start > cue.last
        assert reading.source is None or not reading.source[0] <= reading.start <= reading.source[1]
    assert best_reading(cue, RIGHT, models) in among


def test_a_content_before_its_cue_has_no_beginning_of_its_own() -> None:
    cue = _cue("الموسم واعد، بحسب وزير الزراعة.", "بحسب")
    assert {r.start for r in readings(cue, LEFT, UNTRAINED)} == {0}


def test_nothing_after_the_cue_is_no_reading() -> None:
    assert best_reading(_cue("ثم قال.", "قال"), RIGHT, load("ar")) is None


def test_what_is_left_over_is_seen() -> None:
    cue = _cue(*TEXTS[0])
    words = [w.form for w in cue.line.words]
    start, last = words.index("ان"), words.index("الخطيب")
    whole, half = Reading(start, (cue.last + 1, last), -0.1), Reading(start, (cue.last + 1, last - 2), -0.2)
    seen = [{f for f in reading_features(cue, [whole, half], r) if f.startswith("g=")} for r in (whole, half)]
    assert seen[0].isdisjoint(seen[1])


def test_places_to_stop_that_are_near_the_likeliest() -> None:
    model = Linear({"no": -4.0, "perhaps": 0.0, "yes": 4.0})
    stops = model.stops(enumerate([["no"], ["perhaps"], ["perhaps"], ["yes"]]), 1.0)
    assert [place for place, _ in stops] == [1, 2, 3]
    assert model.stops([], 1.0) == []
    first = model.first(enumerate([["no"], ["perhaps"], ["yes"]]))
    assert first == max(model.stops(enumerate([["no"], ["perhaps"], ["yes"]]), 1.0), key=lambda s: s[1])
