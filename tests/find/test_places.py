"""Where a content may begin and end, before anything is weighed: quotations, sentences, places, clauses."""

from __future__ import annotations

from musnad.find.choices import ends, lefts, starts
from musnad.find.cues import candidates
from musnad.find.drafts import RIGHT, Draft
from musnad.find.lines import Line, lines
from musnad.find.nesting import clause, inside_features, swallowed
from musnad.lang import language
from musnad.model import Block, Span, Text


def line(words: str) -> Line:
    (row,) = lines(Text(words, (Block("paragraph", Span(0, len(words))),)), language("ar"))
    return row


def forms(row: Line, tokens: list[int]) -> list[str]:
    return [row.words[i].form for i in tokens]


def quoted(words: str) -> list[str]:
    """The quotations of a line, each as its words without the marks."""
    row = line(words)
    out: dict[int, list[str]] = {}
    for word, number in zip(row.words, row.quote, strict=True):
        if number and word.form != '"':
            out.setdefault(number, []).append(word.form)
    return [" ".join(q) for q in out.values()]


def test_a_mark_that_can_only_close_opens_nothing() -> None:
    words = 'ستفتح المكتبة أبوابها غدا". وقال المدير : "الكتب وصلت كلها" وانصرف.'
    assert quoted(words) == ["الكتب وصلت كلها"]


def test_a_mark_closed_up_to_the_verb_still_opens() -> None:
    assert quoted('قال المدير" الكتب وصلت كلها" وانصرف.') == ["الكتب وصلت كلها"]


def test_a_quotation_that_ends_in_a_stop_ends_the_sentence() -> None:
    row = line('قال الحارس: "لم أر أحدا." ويقع المخزن خلف المدرسة.')
    assert forms(row, row.first) == ["قال", "ويقع"]


def test_what_goes_on_after_a_quotation_is_the_same_sentence() -> None:
    row = line('"هل رأيت أحدا؟"، سأل الشرطي الحارس.')
    assert len(row.first) == 1


def test_a_content_may_end_with_a_quotation_that_ends_in_a_stop() -> None:
    row = line('قال الحارس إنه "لم ير أحدا." ويقع المخزن خلف المدرسة.')
    (cue,) = [c for c in candidates(row) if row.words[c.first].form == "قال"]
    start = next(i for i, w in enumerate(row.words) if w.form == "انه")
    assert '"' in forms(row, [j for j, _ in ends(cue, start)])


def test_a_noun_spelled_like_a_participle_may_begin_a_content() -> None:
    row = line("أعرب المدرب عن أمله في عودة اللاعبين.")
    cue = candidates(row)[0]
    assert "امله" in forms(row, starts(cue)[0])


def test_what_is_said_begins_after_the_participle_of_saying() -> None:
    row = line("علق المدرب على الخسارة قائلا إن الحكم أخطأ.")
    places = forms(row, starts(candidates(row)[0])[0])
    assert "ان" in places
    assert "قايلا" not in places


def drafts(words: str) -> tuple[Draft, Draft]:
    """Two attributions of a line; the content of the first goes on to the line's end."""
    row = line(words)
    one, two = [c for c in candidates(row) if c.kind == "verb"]
    end = len(row.words) - 2
    return (
        Draft(one, RIGHT, [(one.last + 2, end)], (one.last + 1, one.last + 1), 1.0),
        Draft(two, RIGHT, [(two.last + 1, end)], None, 1.0),
    )


def test_a_clause_begins_before_the_particle_that_leads_it() -> None:
    outer, inner = drafts("أعلنت البلدية فتح الجسر كما طالبت بإصلاح الطريق.")
    assert swallowed(outer, inner)
    assert not swallowed(inner, outer)
    assert outer.line.words[clause(inner)].form == "كما"


def test_verbs_of_one_person_agree() -> None:
    outer, inner = drafts("أعلنت البلدية فتح الجسر وطالبت بإصلاح الطريق.")
    assert any(f.startswith("as=same|none") for f in inside_features(outer, inner))
    outer, inner = drafts("أعلنت البلدية فتح الجسر وطالب بإصلاح الطريق.")
    assert any(f.startswith("as=other|none") for f in inside_features(outer, inner))


def test_what_a_relative_clause_reports_may_begin_after_a_preposition() -> None:
    row = line("تأخر النواب في إقرار الإصلاحات التي وعد بها الوزير.")
    (cue,) = [c for c in candidates(row) if row.words[c.first].form == "وعد"]
    assert "اقرار" in forms(row, lefts(cue)[0])
