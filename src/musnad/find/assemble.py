"""Assembling: from drafts on tokens to attributions on the published words."""

from __future__ import annotations

import hashlib

from musnad.find.antecedents import Known
from musnad.find.drafts import Draft, drafts
from musnad.find.lines import lines
from musnad.find.model import load
from musnad.find.nesting import nest
from musnad.find.speakers import Resolver
from musnad.lang import language
from musnad.model import Article, Attribution, Doubt, Span, Speaker, SpeakerKind, SpeechType


def attributions(article: Article) -> tuple[tuple[Attribution, ...], tuple[Doubt, ...]]:
    """The attributions of an article, in the order of their cues, and what was seen and not decided."""
    if article.language not in (None, "ar"):
        return (), (Doubt(f"attributions are not looked for in language {article.language!r}", "language"),)
    models = load("ar")
    rows = lines(article.text, language("ar"))
    found = [draft for row in rows for draft in drafts(row, models)]
    parents = nest(found)
    speakers = Resolver(rows, models).resolve(found, parents)
    words = article.text.words
    out = tuple(_attribution(d, p, s, words) for d, p, s in zip(found, parents, speakers, strict=True))
    return out, ()


def _attribution(draft: Draft, parent: int | None, known: Known | None, words: str) -> Attribution:
    line = draft.line
    cue = tuple(sorted(line.span(*p) for p in [(draft.cue.first, draft.cue.last), *draft.trailing]))
    content = tuple(sorted(line.span(*p) for p in draft.content))
    source = line.span(*draft.source) if draft.source else None
    return Attribution(
        id=_id(words, cue, content),
        cue=cue,
        source=source,
        content=content,
        type=_type(draft),
        speaker=_speaker(known, words),
        within=parent,
        rule=f"{draft.cue.kind}:{draft.cue.lemma}",
        score=round(draft.score, 3),
    )


def _id(words: str, cue: tuple[Span, ...], content: tuple[Span, ...]) -> str:
    """Sixteen hexadecimal digits from the words and places of cue and content: the same text always gives the same."""
    parts = [f"{s.start}:{words[s.start : s.end]}" for s in (*cue, *content)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _type(draft: Draft) -> SpeechType:
    return "indirect"


def _speaker(known: Known | None, words: str) -> Speaker:
    if known is None:
        return Speaker("", "unnamed")
    span = known.line.span(known.first, known.last)
    kind: SpeakerKind = "unnamed" if known.kind == "unnamed" else "person"
    return Speaker(words[span.start : span.end], kind)
