"""Quote drift: one utterance in the wordings of several outlets, and what differs between them.

>>> drift([])
()
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from musnad.model import Span
from musnad.record.words import Token, forms, tokens
from musnad.stories.content import alike, terms
from musnad.stories.polarity import negations, without_negation
from musnad.stories.told import instant_of, moment_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from musnad.model import Article, Attribution
    from musnad.stories.types import Telling

Flag = Literal["number", "negation"]

_QUOTED = re.compile('\u00ab([^\u00bb]{3,})\u00bb|\u201c([^\u201d]{3,})\u201d|"([^"]{3,})"')
_ALIKE, _QUOTE_ALIKE = 0.7, 0.6  # share of words in common (Dice) for two wordings to be of one utterance
_LEAST = 3  # words that carry something, of which an utterance must have as many
_APART = timedelta(days=2)  # between the first and the last wording of one utterance
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Wording:
    """How one article gives an utterance: the stretch of its text (a quotation without its marks, or the content of
    indirect speech), and when it was published."""

    told: Telling
    attribution: Attribution
    span: Span
    at: datetime

    @property
    def words(self) -> str:
        """The words as published."""
        return self.span.of(self.told.article.text.words)

    @property
    def quoted(self) -> bool:
        """Whether it is given as the speaker's own words."""
        return self.attribution.type != "indirect"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a wording differs from the first: the words there and here (None: none on that side), each in its own text; `at`
    is where the words here begin, or would stand.

    `flags` tells that a number is another, or that a negation or a number alone comes or goes. In indirect speech another
    number is no flag: whoever counts on says the same with another number (see the ledger).
    """

    there: Span | None
    here: Span | None
    at: int
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A wording that differs from the first published, the earliest article that has it first, and where it differs."""

    wordings: tuple[Wording, ...]
    differences: tuple[Difference, ...]

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What is flagged in any of the differences, each once."""
        return tuple(dict.fromkeys(flag for one in self.differences for flag in one.flags))


@dataclass(frozen=True, slots=True)
class Drift:
    """An utterance of one speaker that is not worded everywhere alike: the first wording with all that have it, the
    others in the order in which they were published."""

    speaker: str
    first: tuple[Wording, ...]
    variants: tuple[Variant, ...]

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What is flagged in any variant, each once."""
        return tuple(dict.fromkeys(flag for one in self.variants for flag in one.flags))

    @property
    def quoted(self) -> bool:
        """Whether at least two wordings are given as the speaker's own words."""
        return sum(held[0].quoted for held in (self.first, *(v.wordings for v in self.variants))) > 1


def drift(story: Sequence[Telling]) -> tuple[Drift, ...]:
    """The utterances of a story that differ in wording between articles: those with a flag first, then direct speech.

    An utterance is one where the speaker's name is the same and most words are; quotations are compared with quotations
    alone, without their marks. Spelling is no difference (folded words), nor is what is joined to a word or the order of
    marks. Wordings of indirect speech are the outlets' own: they are told only where something is flagged.
    """
    held = [wording for told in story for wording in _wordings(told)]
    held.sort(key=lambda one: (one.at, one.told.address, one.span))
    found = [_compared(group) for group in _utterances(held)]
    told = [one for one in found if one and one.variants and (one.quoted or one.flags)]
    return tuple(sorted(told, key=lambda one: (not one.flags, not one.quoted, one.first[0].at)))


def differences(first: Wording, other: Wording) -> tuple[Difference, ...]:
    """Where one wording differs from another, in order; none where they say the same in other spelling, or a number once in
    digits and once in words."""
    mine, theirs = _tokens(first), _tokens(other)
    matcher = SequenceMatcher(None, [t.form for t in mine], [t.form for t in theirs], autojunk=False)
    out: list[Difference] = []
    for how, a, b, c, d in matcher.get_opcodes():
        there, here = _stretch(mine[a:b]), _stretch(theirs[c:d])
        if how != "equal" and not (_is_number(first, there) and _numbers(first, there) == _numbers(other, here)):
            at = here.start if here else theirs[c - 1].span.end if c else other.span.start
            out.append(Difference(there, here, at, tuple(_flags(first, there, other, here))))
    return tuple(out)


def _wordings(told: Telling) -> Iterator[Wording]:
    article = told.article
    titles = [b.span for b in article.blocks if b.kind in ("headline", "heading", "entry")]
    outer = {attribution.within for attribution in article.attributions}
    for index, attribution in enumerate(article.attributions):
        if index in outer or not attribution.content or any(title.covers(attribution.content[0]) for title in titles):
            continue
        at = instant_of(told, moment_at(told, attribution.content[0]))
        for span in _stretches(article, attribution):
            if sum(term.carries for term in terms(article.text.words, span)) >= _LEAST:
                yield Wording(told, attribution, span, at)


def _stretches(article: Article, attribution: Attribution) -> Iterator[Span]:
    """The quotations of direct and mixed speech, without their marks; the whole content of indirect speech."""
    for piece in attribution.content:
        quoted = list(_QUOTED.finditer(article.text.words, piece.start, piece.end))
        if attribution.type == "indirect" or not quoted:
            yield piece
        for match in quoted if attribution.type != "indirect" else ():
            group = match.lastindex or 0
            yield Span(match.start(group), match.end(group))


def _utterances(held: Sequence[Wording]) -> list[list[Wording]]:
    """The wordings of each utterance, in the order in which they were published."""
    out: list[list[Wording]] = []
    keys: list[list[set[str]]] = []
    for wording in held:
        mine = {t.key for t in terms(wording.told.article.text.words, wording.span) if t.carries}
        least = _QUOTE_ALIKE if wording.quoted else _ALIKE
        likes = [
            (max(alike(mine, other) for other in keys[at]), at)
            for at, group in enumerate(out)
            if group[0].quoted == wording.quoted
            and _same_speaker(group[0].attribution, wording.attribution)
            and all(one.told is not wording.told for one in group)
            and wording.at - group[0].at <= _APART
        ]
        like, at = max(likes, default=(0.0, 0))
        if like >= least:
            out[at].append(wording)
            keys[at].append(mine)
        else:
            out.append([wording])
            keys.append([mine])
    return out


def _same_speaker(one: Attribution, other: Attribution) -> bool:
    """Whether two have the same speaker by name, the one perhaps by the family name; descriptions never are one."""
    if one.speaker.anonymous or other.speaker.anonymous:
        return False
    mine, theirs = sorted((forms(one.speaker.name), forms(other.speaker.name)), key=len)
    return bool(mine) and theirs[-len(mine) :] == mine


def _compared(group: Sequence[Wording]) -> Drift | None:
    if len(group) < 2:
        return None
    same = [wording for wording in group if not differences(group[0], wording)]
    variants: dict[tuple[str, ...], list[Wording]] = {}
    for wording in group:
        if wording not in same:
            variants.setdefault(tuple(token.form for token in _tokens(wording)), []).append(wording)
    made = tuple(Variant(tuple(held), differences(group[0], held[0])) for held in variants.values())
    return Drift(group[0].attribution.speaker.name, tuple(same), made)


def _flags(first: Wording, there: Span | None, other: Wording, here: Span | None) -> Iterator[Flag]:
    mine, theirs = _numbers(first, there), _numbers(other, here)
    alone = _is_number(first, there) if theirs == [] else _is_number(other, here)
    if first.quoted and other.quoted and mine != theirs and ((mine and theirs) or alone):
        yield "number"
    if _negated(first, there) != _negated(other, here) and _bare(first, there) == _bare(other, here):
        yield "negation"


def _numbers(wording: Wording, span: Span | None) -> list[tuple[float, float] | str]:
    """The values in a stretch, however they are written: those of the figures found, and other digits."""
    if span is None:
        return []
    article = wording.told.article
    figures = [f for f in article.figures if f.number.overlaps(span)]
    out: list[tuple[float, float] | str] = [
        (f.value, f.value) if f.value is not None else (f.low or 0, f.high or 0) for f in figures
    ]
    for token in tokens(span.of(article.text.words)):
        place = Span(span.start + token.span.start, span.start + token.span.end)
        if _DIGITS.match(token.form) and not any(f.number.overlaps(place) for f in figures):
            out.append(token.form)
    return sorted(out, key=str)


def _is_number(wording: Wording, span: Span | None) -> bool:
    """Whether a stretch is all of one number, in digits or words."""
    return span is not None and any(f.number.covers(span) for f in wording.told.article.figures)


def _negated(wording: Wording, span: Span | None) -> int:
    if span is None:
        return 0
    return sum(one.kind == "neg" for one in negations(wording.told.article.text.words, span))


def _bare(wording: Wording, span: Span | None) -> list[str]:
    """What a stretch says but for its negations, by the keys of its words."""
    if span is None:
        return []
    words = without_negation(span.of(wording.told.article.text.words))
    return [term.key for term in terms(words, Span(0, len(words))) if term.carries] if words else []


def _tokens(wording: Wording) -> list[Token]:

    start = wording.span.start
    return [Token(t.form, Span(start + t.span.start, start + t.span.end)) for t in tokens(wording.words)]


def _stretch(told: Sequence[Token]) -> Span | None:
    return Span(told[0].span.start, told[-1].span.end) if told else None
