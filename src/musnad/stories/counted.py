"""What a figure counts: the noun, what is said of it, what became of it, and where. Things are one where all of it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from musnad.lang import language, table
from musnad.model import Span
from musnad.record.words import plain, tokens
from musnad.stories.amounts import base_of
from musnad.stories.content import alike, key_of, terms
from musnad.stories.phrases import Phrases
from musnad.stories.sides import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from musnad.model import Article, Figure

_LANGUAGE = "ar"
_STOP = re.compile(r"[.!?\u061f](?=\s|$)|\n")
_CLAUSE = re.compile(r"[,;:\u060c\u061b()]")
_WORD = re.compile(r"[^\W\d_]+(?:[\u064b-\u065f\u0640\u0670]+[^\W\d_]*)*")
_ADJECTIVES = "AB"  # parts of speech of forms.tsv
_TANWIN = "\u064b"  # on a nationality in the accusative, which without it would be the state
_COMMON = ("N", "M", "A")
_DESCRIBING = ("A", "B", "F", "T", "P", "V")  # parts of speech that no name of a place has
_MEASURES = ("time", "measure", "money")  # kinds of counted.tsv that do not say what is counted
_MOST_ADJECTIVES = 3
_LONGEST_LEAD = 20  # letters in which the word before a figure is looked for
_NEAR = 2  # words before a capital in which its preposition stands
_TITLES = ("headline", "heading", "entry")
_LIKE = 0.6  # of the words around it, for what is only measured («75 في المئة») to be the same


@dataclass(frozen=True, slots=True)
class Thing:
    """What is counted. `noun` is the head in one form for all its numbers, `of` the adjectives and nationalities with it.

    `became` is what became of it (dead, injured …), `where` the places of the clause, else of the heading above, where it
    names one. `role` is "from" for the value from which a change is told, "per" for one of a stretch of time («في يوم
    واحد»). `unit` is the base unit of what is only measured.
    """

    unit: str | None
    noun: str
    of: frozenset[str]
    became: frozenset[str]
    where: frozenset[str]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure of an article with the thing that it counts; `adjectives` are those after it as published, `around`
    are the words of its clause, `sentence` its number in the article, by which two figures of one sentence are kept apart.
    `part` is True for a part of the one before it («بينهم ثلاثة أطفال»)."""

    figure: Figure
    thing: Thing
    adjectives: tuple[str, ...]
    around: frozenset[str]
    sentence: int
    part: bool = False

    def same(self, other: Counted, *, surely: bool = False) -> bool:
        """Whether the other counts the same thing: all parts equal; and where there is only a measure, like surroundings.

        `surely`, for values that differ, asks for like surroundings also where nothing became of what is counted («3 سفن»),
        and knows no bare measure of another value to be the same («3 في المئة»).
        """
        if self.thing != other.thing:
            return False
        like = alike(self.around, other.around) >= _LIKE
        if surely:
            return bool(self.thing.became) or (bool(self.thing.noun) and like)
        return bool(self.thing.noun or self.thing.became) or like


def counted(article: Article) -> tuple[Counted, ...]:
    """The figures of an article, in order, with what each counts; none is an empty tuple.

    A figure that says nothing of what became of it has that of the one before, where the two are coordinated («29 طائرة
    و191 دبابة») or it is a part of it («بينهم ثلاثة أطفال»); «آخرون» are of the kind just counted.
    """
    words = article.text.words
    figures = sorted(article.figures, key=lambda f: f.number)
    starts = [figure.number.start for figure in figures]
    out: list[Counted] = []
    for number, sentence in enumerate(_sentences(article)):
        held = figures[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        row: list[Counted] = []
        for at, figure in enumerate(held):
            start = held[at - 1].span.end if at else sentence.start
            stop = held[at + 1].span.start if at + 1 < len(held) else sentence.end
            between = Span(min(start, figure.span.start), max(stop, figure.span.end))
            row.append(_one(article, figure, between, sentence.end, row, number))
        out += _with_roles(words, row)
    return tuple(out)


def _one(article: Article, figure: Figure, between: Span, end: int, row: Sequence[Counted], number: int) -> Counted:
    """A figure of a sentence that ends at `end`; `between` reaches from the one before to the next, `row` has the former."""
    words = article.text.words
    lead, tail = words[between.start : figure.span.start], _clause(words[figure.span.end : between.end])
    noun = _noun(figure)
    adjectives = tuple(_adjectives(words, figure)) if noun else ()
    of = frozenset(key_of(plain(_fold(adjective))) for adjective in adjectives)
    part = _part(lead) == "part"
    whole = next((one for one in reversed(row) if not one.part), None)
    became = _became(figure, noun, lead, tail)
    where = _where(lead) | _where(tail)
    if whole is not None and (part or _CLAUSE.search(lead) is None):
        became = became or (whole.thing.became if noun or figure.of is None else became)
        where = where or whole.thing.where
    if whole is not None and _part(figure.of or "") == "same":
        noun, of, adjectives = whole.thing.noun, whole.thing.of, whole.adjectives
    if not where:  # «قتل 120 وأصيب 800 في حلب»: the place at the end of a clause is that of all its figures
        where = _where(_clause(words[figure.span.end : end]))
    if not where:
        heading = _heading(article, figure.span)
        where = heading if len(heading) == 1 else where
    thing = Thing("" if noun or became else base_of(figure), noun, of, became, where)
    around = frozenset(term.key for term in terms(words, between) if term.carries)
    return Counted(figure, thing, adjectives, around, number, part)


def _noun(figure: Figure) -> str:
    """The singular of the head noun; empty for a measure, or where what is counted is not told."""
    name = figure.of or ""
    told = [token for token in tokens(name) if token.form not in _function()]
    known = _nouns().get(told[0].form) if told else None
    return "" if known is None or known[1] in _MEASURES else known[0]


def _became(figure: Figure, noun: str, lead: str, tail: str) -> frozenset[str]:
    """What became of it: by its own unit or noun, by the last word before it that tells, else by the first after it and
    those that are given with «or»; nothing of a measure."""
    if figure.unit in _conditions_known():
        return frozenset([figure.unit or ""])
    own = [hit.meaning for hit in _conditions().within(figure.of or "")]
    if own and noun:
        return frozenset(own)
    if not noun and figure.unit is not None:
        return frozenset()
    before = [hit.meaning for hit in _conditions().within(lead)]
    if before:
        return frozenset(before[-1:])
    out: list[str] = []
    end = 0
    for hit in _conditions().within(tail):
        if out and len(tail[end : hit.span.start].split()) != 1:
            break
        out.append(hit.meaning)
        end = hit.span.end
    return frozenset(out)


def _adjectives(words: str, figure: Figure) -> Iterator[str]:
    """The adjectives of a counted noun, as published: those of the figure itself, and those right after it."""
    told = tokens(figure.of or "")
    head = next((token for token in told if token.form in _nouns()), None)
    if head is None:
        return
    yield from (token.span.of(figure.of or "") for token in told if token.span.start > head.span.start)
    feminine = _fold(head.span.of(figure.of or "")).endswith(_feminine())
    at = figure.span.end
    for count, match in enumerate(_WORD.finditer(words, at)):
        if words[at : match.start()].strip() or count == _MOST_ADJECTIVES:
            return
        folded = _fold(match[0])
        found = language(_LANGUAGE).word(folded)
        nation = any(hit.meaning.kind == "people" for hit in named(match[0]))
        agrees = feminine and found.part == "?" and folded.endswith(_feminine())
        if found.joined or not (nation or agrees or (found.part in _ADJECTIVES and not found.kind)):
            return
        yield match[0]
        at = match.end()


def _with_roles(words: str, told: Sequence[Counted]) -> list[Counted]:
    """Figures of a sentence with their roles: the first of «من … إلى …», and one that is counted in a stretch of time."""
    out = list(told)
    for at in range(len(told) - 1):
        one, other = told[at], told[at + 1]
        between = words[one.figure.span.end : other.figure.span.start].split()
        lead = words[max(0, one.figure.span.start - _LONGEST_LEAD) : one.figure.span.start].split()[-1:]
        role = ""
        if between and len(between) <= 2 and _part(between[-1]) == "to" and lead and _part(lead[0]) == "from":
            role = "from"
        elif len(between) == 1 and base_of(other.figure) == "second" and one.thing.noun:
            role = "per"
        if role:
            out[at] = replace(one, thing=replace(one.thing, role=role))
    return out


def _sentences(article: Article) -> Iterator[Span]:
    words = article.text.words
    for block in article.blocks:
        start = block.span.start
        for match in _STOP.finditer(words, block.span.start, block.span.end):
            if match.start() > start:
                yield Span(start, match.start())
            start = match.end()
        if block.span.end > start:
            yield Span(start, block.span.end)


def _clause(tail: str) -> str:
    match = _CLAUSE.search(tail)
    return tail[: match.start()] if match else tail


def _heading(article: Article, place: Span) -> frozenset[str]:
    """The places that the heading above names, the headline's for want of one; none for what stands in a heading itself."""
    titles = [block.span for block in article.blocks if block.kind in _TITLES and block.span.start <= place.start]
    if not titles or titles[-1].covers(place):
        return frozenset()
    return _where(titles[-1].of(article.text.words))


def _where(words: str) -> frozenset[str]:
    """The places that are named in these words: those known by name, and what follows «ولاية», «مدينة» and their like. A
    capital counts only after «في» and its like: it else speaks for its state."""
    out: set[str] = set()
    for hit in _places().within(words):
        name, capital = hit.meaning
        before = words[: hit.span.start].split()[-_NEAR:]
        led = any(_localities().get(_form(word)) for word in before)
        if (led or not capital) and _TANWIN not in hit.span.of(words):
            out.add(name)
    told = tokens(words)
    word = language(_LANGUAGE).word
    for one, after in pairwise(told):
        raw = after.span.of(words)
        governs = _localities().get(one.form) == "of" and not word(_fold(one.span.of(words))).definite
        if governs and word(_fold(raw)).part not in _DESCRIBING:
            known = next((hit.meaning[0] for hit in _places().within(raw)), None)
            out.add(known or raw)
    return frozenset(out)


def _part(words: str) -> str:
    return _subsets().get(_form(words), "")


def _form(word: str) -> str:
    told = tokens(word)
    return told[-1].form if told else ""


def _fold(words: str) -> str:
    return language(_LANGUAGE).fold(words).words


@cache
def _feminine() -> str:
    """The feminine ending in folded spelling: the last letter of the first listed adjective of a nationality that has it."""
    return _fold(next(row["words"].split("|")[1] for row in table(_LANGUAGE, "sides") if row["kind"] == "people"))[-1]


@cache
def _subsets() -> dict[str, str]:
    return {plain(_fold(row["word"])): row["kind"] for row in table(_LANGUAGE, "subsets")}


@cache
def _function() -> frozenset[str]:
    return frozenset(plain(_fold(row["word"])) for row in table(_LANGUAGE, "subsets") if row["kind"] in ("from", "to"))


@cache
def _localities() -> dict[str, str]:
    return {plain(_fold(row["word"])): row["kind"] for row in table(_LANGUAGE, "localities")}


@cache
def _conditions() -> Phrases[str]:
    rows = table(_LANGUAGE, "conditions")
    return Phrases((word, row["condition"]) for row in rows for word in row["words"].split("|"))


@cache
def _conditions_known() -> frozenset[str]:
    return frozenset(row["condition"] for row in table(_LANGUAGE, "conditions"))


@cache
def _nouns() -> dict[str, tuple[str, str]]:
    """From the forms of the nouns that news counts to the singular, with its kind."""
    out: dict[str, tuple[str, str]] = {}
    for row in table(_LANGUAGE, "counted"):
        for word in (row["singular"], *row["plurals"].split()):
            for form in (_fold(word), f"{_fold(word)}\u0627"):
                out.setdefault(plain(form), (row["singular"], row["kind"]))
    return out


@cache
def _places() -> Phrases[tuple[str, bool]]:
    """Names of places, each with one name for its spellings and whether it is a capital: those of the sides, of datelines
    and of zones, but for names that are common words too."""
    rows = []
    for row in table(_LANGUAGE, "sides"):
        if row["kind"] in ("state", "capital"):
            names = row["words"].split("|")
            rows += [(name, (names[0], row["kind"] == "capital")) for name in names]
    rows += [(row["place"], (row["place"], False)) for row in table(_LANGUAGE, "datelines")]
    rows += [(name, (name, False)) for row in table(_LANGUAGE, "zones") for name in row["forms"].split("|")]
    word = language(_LANGUAGE).word
    return Phrases(
        (name, (told, capital))
        for name, (told, capital) in rows
        if word(_fold(name)).part not in _COMMON and word(plain(_fold(name))).part not in _COMMON
    )
