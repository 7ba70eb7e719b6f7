"""Where a source may begin and end: the places among which the finder chooses, whatever it has learned."""

from __future__ import annotations

import pytest

from musnad.find import choices
from musnad.find.cues import Candidate, candidates
from musnad.find.linear import Linear
from musnad.find.lines import lines
from musnad.lang import language
from musnad.model import Block, Span, Text


def cue(words: str, form: str) -> Candidate:
    text = Text(words, (Block("paragraph", Span(0, len(words))),))
    (line,) = lines(text, language("ar"))
    return next(c for c in candidates(line) if line.words[c.first].form == form)


def begins(c: Candidate) -> set[str]:
    places, seen = choices.source_starts(c, 0, 0)
    assert places[0] is None
    assert len(places) == len(seen)
    return {c.line.words[j].form for j in places if j is not None}


def stops(c: Candidate, start: int, content: int) -> list[str]:
    return [c.line.words[j].form for j, _ in choices.source_ends(c, start, content, 0)]


@pytest.mark.parametrize(
    ("words", "verb", "head"),
    [
        ("وقال بعض الركاب إن القطار تأخر.", "وقال", "بعض"),
        ("أعلنت كل من مالي والنيجر أنهما ستنسحبان.", "اعلنت", "كل"),
        ("وقالت إحدى الممرضات إن الدواء نفد.", "وقالت", "احدي"),
        ("يرى كثيرون أن الموسم ضعيف.", "يري", "كثيرون"),
        ("وقال علي بن يوسف إن الميناء مفتوح.", "وقال", "علي"),
        ("وقالت خلف إنها ستعود.", "وقالت", "خلف"),
        ("وقال طالب من القرية إن الطريق بعيد.", "وقال", "طالب"),
    ],
)
def test_a_source_may_begin_with_a_quantifier_or_a_name_spelled_as_another_word(
    words: str, verb: str, head: str
) -> None:
    assert head in begins(cue(words, verb))


@pytest.mark.parametrize(
    ("words", "verb", "particle"),
    [
        ("وقال على هامش اللقاء إن الميناء مفتوح.", "وقال", "علي"),
        ("وأكد خلف الأبواب أنه باق.", "واكد", "خلف"),
    ],
)
def test_a_preposition_before_its_noun_begins_no_source(words: str, verb: str, particle: str) -> None:
    assert particle not in begins(cue(words, verb))


def test_a_source_that_lies_in_a_quotation_may_end_in_it() -> None:
    c = cue("قال المدير «أكد الوزير في الاجتماع أن الجسر سليم وآمن» ثم غادر.", "اكد")
    start = next(i for i, w in enumerate(c.line.words) if w.form == "الوزير")
    content = next(i for i, w in enumerate(c.line.words) if w.form == "ان")
    assert "الوزير" in stops(c, start, content)


def test_a_source_does_not_end_within_a_name_in_quotation_marks() -> None:
    c = cue("أعلنت صحيفة «صدى الوادي» أن العدد نفد.", "اعلنت")
    assert stops(c, 1, 6) == ["صحيفه", "»"]


def test_there_is_always_an_end() -> None:
    c = cue("وقالت في ذلك.", "وقالت")
    assert len(list(choices.source_ends(c, 1, 2, 0))) == 1


def test_the_first_place_that_outweighs_what_follows_is_stopped_at() -> None:
    model = Linear({"stop": 2.0, "go": -2.0})
    place, sure = model.first(iter([(4, ["go"]), (5, ["stop"]), (6, ["stop"])]))
    assert place == 5
    assert -0.3 < sure < 0.0
    with pytest.raises(ValueError, match="no place"):
        model.first(iter([]))
