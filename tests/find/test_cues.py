"""What is known of reporting verbs beforehand, and where the same speaker goes on."""

from __future__ import annotations

import pytest

from musnad.find.antecedents import Known
from musnad.find.cue_features import cue_features
from musnad.find.cues import Candidate, candidates
from musnad.find.drafts import RIGHT, Draft
from musnad.find.lines import Line, lines
from musnad.find.nesting import nest, separate
from musnad.lang import language, table
from musnad.model import Block, Span, Text

ARABIC = language("ar")


def line(words: str) -> Line:
    (only,) = lines(Text(words, (Block("paragraph", Span(0, len(words))),)), ARABIC)
    return only


def cue(row: Line, form: str) -> Candidate:
    return next(c for c in candidates(row) if row.words[c.first].form == ARABIC.fold(form).words)


@pytest.mark.parametrize("row", table("ar", "cues"), ids=lambda row: row["past"])
def test_every_verb_tells_how_far_and_takes_something_known(row: dict[str, str]) -> None:
    assert row["telling"] in ("always", "often", "seldom")
    assert set(row["takes"].split("،")) <= {"أن", "ب", "على", "عن", "من", "إلى", "ل", "في", "ه", "-"}


@pytest.mark.parametrize(
    ("words", "verb", "follows"),
    [
        ("أهابت الشرطة بالسائقين تخفيف السرعة", "أهابت", "ln"),
        ("ألمحت الوزيرة إلى احتمال تعديل الحكومة", "ألمحت", "pn"),
        ("استطرد النائب سمير عودة أن الميزانية لا تكفي", "استطرد", "on"),
        ("استطرد قائد الفرقة: «لن نعود»", "استطرد", ":n"),
        ("شجب الحزب القرار", "شجب", "-"),
        ("أفصح المدرب، وهو متعب، عن نيته", "أفصح", ",n"),
    ],
)
def test_what_a_verb_takes_is_looked_for_after_it(words: str, verb: str, follows: str) -> None:
    assert f"t=past|{follows}" in cue_features(cue(line(words), verb))


def test_two_verbs_that_were_never_marked_share_what_is_known_of_them() -> None:
    first, second = line("تبجح القرصان بأن حظه كبير"), line("تفاخر القرصان بأن حظه كبير")
    shared = set(cue_features(cue(first, "تبجح"))) & set(cue_features(cue(second, "تفاخر")))
    assert {"g=often|past", "gt=often|past|on|False"} <= shared


def _drafts(words: str, second: str) -> tuple[Line, list[Draft]]:
    row = line(words)
    outer, inner = cue(row, "قال"), cue(row, second)
    last = len(row.words) - 1
    whole = Draft(outer, RIGHT, [(outer.last + 2, last)], (outer.last + 1, outer.last + 1), 1.0)
    return row, [whole, Draft(inner, RIGHT, [(inner.last + 1, last)], None, 1.0)]


@pytest.mark.parametrize("second", ["مضيفا", "وأضاف"])
@pytest.mark.parametrize("same", [True, False])
def test_a_content_ends_where_its_own_speaker_goes_on(second: str, same: bool) -> None:
    row, found = _drafts(f"قال مراد إن الطريق مفتوح {second} أن الجسر سليم", second)
    speaker = Known(row, 1, 1, [row.words[1]], name=["مراد"])
    other = speaker if same else Known(row, 4, 4, [row.words[4]], name=["فؤاد"])
    parents = nest(found)
    assert parents == [None, 0]
    assert separate(found, parents, [speaker, other]) is same
    assert nest(found) == [None, None if same else 0]


def test_words_in_quotation_marks_stay_whole() -> None:
    row, found = _drafts("قال مراد: «الطريق مفتوح وأضاف أن الجسر سليم»", "وأضاف")
    speaker = Known(row, 1, 1, [row.words[1]], name=["مراد"])
    assert not separate(found, nest(found), [speaker, speaker])
