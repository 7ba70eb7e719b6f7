"""Whether words deny: negations, what they except, and what leaves it open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from musnad.lang import language, table
from musnad.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_LANGUAGE = "ar"
_WORD = re.compile(r"[^\W\d_]+(?:[\u064b-\u065f\u0640\u0670]+[^\W\d_]*)*")
_MARKS = re.compile(r"[\u064b-\u065f\u0640\u0670]+")
_PERSONS = tuple(row["affix"] for row in table(_LANGUAGE, "affixes") if row["kind"] == "person")
_JOINED = tuple(row["joined"] for row in table(_LANGUAGE, "joined") if len(row["joined"]) == 1)


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that bears on whether something is denied: its `kind` (neg, but, if, may), the `tense` of what it denies, and
    its place."""

    kind: str
    tense: str
    span: Span


def negations(words: str, within: Span) -> list[Negation]:
    """The negations in a stretch of a text, in order; «ألا» denies and «إلا» excepts, by the letters as published.

    >>> [(n.kind, n.tense) for n in negations("لا يزال الحوار قائما ولن نقبل إلا بالهدنة", Span(0, 41))]
    [('neg', 'future'), ('but', '-')]
    """
    out = [found for found in _found(words, within) if found.kind != "none"]
    return [one for one in out if one.kind != "may" or _is_present(words, one.span.end, within.end)]


def denies(words: str, within: Span) -> bool | None:
    """Whether a stretch denies what its other words say; None where an exception or a condition leaves that open.

    >>> text = "القوات لا تستهدف أحدا"
    >>> denies(text, Span(0, 21)), denies(text, Span(0, 6)), denies("لا نقبل إلا بالهدنة", Span(0, 19))
    (True, False, None)
    """
    found = negations(words, within)
    if any(one.kind != "neg" for one in found):
        return None
    return len(found) % 2 == 1


def _is_present(words: str, start: int, stop: int) -> bool:
    """Whether the next word looks like a verb in the present: it begins as one, and is known as no other word."""
    match = _WORD.search(words, start, stop)
    if match is None:
        return False
    folded = language(_LANGUAGE).fold(match[0]).words
    return folded[0] in _PERSONS and language(_LANGUAGE).word(folded).part in "P?"


def _found(words: str, within: Span) -> Iterator[Negation]:
    told = [Span(match.start(), match.end()) for match in _WORD.finditer(words, within.start, within.end)]
    plain = [_MARKS.sub("", span.of(words)) for span in told]
    at = 0
    while at < len(told):
        size, row = next(((n, row) for n in (2, 1) if (row := _row(plain[at : at + n], n))), (1, None))
        if row is not None:
            yield Negation(row[0], row[1], Span(told[at].start, told[at + size - 1].end))
        at += size


def _row(words: list[str], size: int) -> tuple[str, str] | None:
    """What the table says of these words as published, the first also without the conjunction that is joined to it."""
    if len(words) < size:
        return None
    phrase = " ".join(words)
    held = _rows()
    if phrase in held:
        return held[phrase]
    return held.get(phrase[1:]) if phrase[0] in _JOINED and len(words[0]) > 2 else None


@cache
def _rows() -> dict[str, tuple[str, str]]:
    return {row["words"]: (row["kind"], row["tense"]) for row in table(_LANGUAGE, "negations")}


def without_negation(words: str) -> str:
    """A stretch of words folded and without its negations, to see whether anything else differs.

    >>> without_negation("لا نقبل") == without_negation("نقبل")
    True
    """
    kept, at = [], 0
    if words:
        for found in negations(words, Span(0, len(words))):
            kept.append(words[at : found.span.start])
            at = found.span.end
    return " ".join(language(_LANGUAGE).fold("".join([*kept, words[at:]])).words.split())
