"""Assembling: from drafts on tokens to attributions on the published words."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from dataclasses import replace

from musnad.find import parts
from musnad.find.antecedents import Known
from musnad.find.chains import chained
from musnad.find.drafts import Draft, drafts
from musnad.find.lines import Line, lines
from musnad.find.model import load
from musnad.find.nesting import nest, part, separate
from musnad.find.speakers import Resolver
from musnad.lang import Folded, language
from musnad.model import Act, Article, Attribution, Doubt, Moment, Span, Speaker
from musnad.times import find_moments, places


def attributions(article: Article, folded: Folded | None = None) -> tuple[tuple[Attribution, ...], tuple[Doubt, ...]]:
    """The attributions of an article, in the order of their cues, and what was seen and not decided; `folded` is its text in
    one spelling, where somebody has it."""
    if article.language not in (None, "ar"):
        return (), (Doubt(f"attributions are not looked for in language {article.language!r}", "find/language"),)
    models = load("ar")
    rows = lines(article.text, language("ar"), folded)
    found: list[Draft] = []
    doubts: list[Doubt] = []
    for row in rows:
        certain, doubtful = drafts(row, models)
        part(certain, models)
        found += certain
        doubts += [Doubt("may report what somebody said", "find/cue", row.span(*cue)) for cue in doubtful]
    parents = nest(found)
    speakers = Resolver(rows, models).resolve(found, parents)
    if separate(found, parents, speakers):
        parents = nest(found)
    times = _Times()
    out = tuple(_attribution(d, p, s, article, times) for d, p, s in zip(found, parents, speakers, strict=True))
    doubts += [Doubt("who says this is not known", "find/speaker", a.cue[0]) for a in out if not a.speaker.name]
    return chained(article, out, rows), tuple(doubts)


def _attribution(draft: Draft, parent: int | None, known: Known | None, article: Article, times: _Times) -> Attribution:
    line, words = draft.line, article.text.words
    span = line.span
    cue = tuple(sorted(span(*p) for p in [(draft.cue.first, draft.cue.last), *draft.trailing]))
    content = tuple(sorted(span(*p) for p in draft.content))
    said_in = parts.medium(draft)
    to = parts.addressee(draft, said_in)
    form = line.words[draft.cue.first].cue
    act: Act = form.act if form is not None and draft.cue.kind in ("verb", "participle", "noun") else "say"  # type: ignore[assignment]
    return Attribution(
        id=_id(words, cue, content),
        cue=cue,
        source=span(*draft.source) if draft.source else None,
        content=content,
        type=parts.speech_type(draft),
        speaker=_speaker(known, words),
        addressee=span(*to) if to else None,
        medium=span(*said_in) if said_in else None,
        within=parent,
        said_at=_said_at(draft, cue, content, article, times),
        act=act,
        polarity="denies" if act == "deny" else "affirms",
        rule=f"{draft.cue.kind}:{draft.cue.lemma}",
        score=round(draft.score, 3),
    )


class _Times:
    """Where a time may be told, line by line: most stretches between a cue and its content tell none."""

    def __init__(self) -> None:
        self._offsets: dict[int, list[int]] = {}

    def within(self, line: Line, begin: int, end: int) -> bool:
        """Whether [begin, end) of the text, which lies in `line`, may hold one."""
        offsets = self._offsets.get(line.block.span.start)
        if offsets is None:
            back, at = line.folded.back, line.block.span.start
            offsets = self._offsets[at] = [back(place) + at for place in places(line.folded.words)]
        first = bisect_left(offsets, begin)
        return first < len(offsets) and offsets[first] < end


def _said_at(
    draft: Draft, cue: tuple[Span, ...], content: tuple[Span, ...], article: Article, times: _Times
) -> Moment | None:
    """The time printed between cue and content, or in the clause before the cue; None where none is."""
    if article.published is None:
        return None
    line, words = draft.line, article.text.words
    begin = line.span(line.first[line.sentence[draft.cue.first]], draft.cue.first).start
    said = content[0].start
    end = max(said, cue[0].end)
    if said < begin or end - begin > LONGEST_CLAUSE:
        begin = cue[0].start
    if not times.within(line, begin, end):
        return None
    moments = find_moments(words[begin:end], reference=article.published)
    inside = [m for m in moments if m.bound == "at" and m.span is not None]
    if not inside:
        return None
    moment = inside[-1]
    assert moment.span is not None
    return replace(moment, span=Span(moment.span.start + begin, moment.span.end + begin))


LONGEST_CLAUSE = 400
"""Characters from the beginning of a sentence to its content within which a time is taken for the time of saying."""


def _id(words: str, cue: tuple[Span, ...], content: tuple[Span, ...]) -> str:
    """Sixteen hexadecimal digits from the words and places of cue and content: the same text always gives the same."""
    pieces = [f"{s.start}:{words[s.start : s.end]}" for s in (*cue, *content)]
    return hashlib.sha256("\x1f".join(pieces).encode()).hexdigest()[:16]


def _speaker(known: Known | None, words: str) -> Speaker:
    if known is None:
        return Speaker("", "unnamed")
    first, last = parts.named(known)
    span = known.line.span(first, last)
    name = words[span.start : span.end]
    joined = known.line.words[first].joined
    if joined == _TO * 2:
        name = _THE + name[2:]
    elif joined == _TO:
        name = name[1:]
    return Speaker(name, parts.speaker_kind(known))


_TO, _THE = "\u0644", "\u0627\u0644"
"""«to», which «according to» writes with the name, and the article that it swallows."""
