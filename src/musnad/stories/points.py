"""The points that a statement makes, each a stretch of the text as published: lists, coordinated demands, clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from musnad.lang import language, table
from musnad.model import Span
from musnad.record.words import plain
from musnad.stories.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LANGUAGE = "ar"
_WORD = re.compile(r"[^\W_]+(?:[\u064b-\u065f\u0640\u0670]+[^\W_]*)*")
_MARKS = re.compile(r"[\u064b-\u065f\u0640\u0670]+")
_COMMA = re.compile(r"[,;\u060c\u061b]")
_LISTED = re.compile(r"[:\n]|[.!?\u061f](?=\s|$)|(?:^|\n)\s*[-\u2022\u2013*]\s")
_OPEN, _CLOSE = '«“"(', '»”")'
_EVENT = "M"  # the part of speech of a verbal noun, as in forms.tsv
_MOST = 40  # points of one statement; what comes after stays with the last


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the statement: folded, without the conjunction (`bare`), the signs before it, and where it stands.

    `joined` tells that there is a conjunction, `apart` that it stands outside the word, before a mark.
    """

    bare: str
    joined: bool
    apart: bool
    gap: str
    span: Span


def points(words: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """The points of a content (its pieces), in the order of the text; a content that makes one point gives that.

    A point opens after a comma and «و», at «وأن», at an ordinal («ثانيا») or a connective («إلى جانب»), after a colon, a
    stop or a dash, and where another demand is coordinated («احترام القانون وإدخال المساعدات»): an indefinite verbal
    noun after one. Words that announce a list («ثلاثة أمور:») are no point.

    >>> text = "وقف القصف على المدن، وحماية المدارس والمشافي وفتح الطرق"
    >>> [span.of(text) for span in points(text, [Span(0, len(text))])]
    ['وقف القصف على المدن', 'حماية المدارس والمشافي', 'فتح الطرق']
    """
    out: list[Span] = []
    for piece in content:
        told = _words(words, piece)
        if not told:
            continue
        starts = [0, *_starts(words, piece, told)]
        leads = {hit.span.start: hit.span.end for hit in _phrases("connective", "ordinal").within(words, piece)}
        for first, stop in zip(starts, [*starts[1:], len(told)], strict=True):
            if not (stop < len(told) and _announces(words, told, first, stop)):
                past = leads.get(told[first].span.start, 0)
                own = [word for word in told[first:stop] if word.span.start >= past]
                out.append(_span(words, piece, own or told[first:stop]))
    return tuple(out)


def turns(words: str, paragraph: Span) -> bool:
    """Whether a paragraph opens with words that turn to another matter («وفي سياق متصل»)."""
    hit = next(_phrases("turn").within(words, paragraph), None)
    return hit is not None and not _WORD.search(words, paragraph.start, hit.span.start)


def _starts(words: str, piece: Span, told: Sequence[_Word]) -> Iterator[int]:
    """The places (in `told`) at which another point opens."""
    opened = {hit.span.start for hit in _phrases("connective", "ordinal").within(words, piece)}
    goes_on = {hit.span.start for hit in _phrases("on").within(words, piece)}
    last, count = 0, 0
    for at in range(1, len(told)):
        word = told[at]
        if count == _MOST or word.span.start in goes_on:
            continue
        listed = _LISTED.search(word.gap) is not None
        clause = word.joined and (_COMMA.search(word.gap) is not None or _kind(word.bare) == "opener")
        demand = word.joined and _is_event(word) and any(_is_event(before) for before in told[last:at])
        opens = listed or clause or demand or word.span.start in opened
        before = at - last >= 2 or listed or demand or _is_event(told[last])
        if opens and before and _is_enough(told[at:]):
            yield at
            last, count = at, count + 1


def _is_listed(folded: str) -> bool:
    return plain(folded).startswith(_events())


def _is_enough(rest: Sequence[_Word]) -> bool:
    """Whether what opens is more than a word, or a verbal noun with its pronoun («وحيادها»)."""
    return len(rest) > 1 or _is_event(rest[0])


def _is_event(word: _Word) -> bool:
    """Whether it is a verbal noun that may be a demand: of that part of speech, and without the article if coordinated."""
    found = language(_LANGUAGE).word(word.bare)
    known = found.part == _EVENT or _is_listed(word.bare)
    return known and not (word.joined and found.definite)


def _announces(words: str, told: Sequence[_Word], first: int, stop: int) -> bool:
    """Whether these words only announce the list that follows a colon."""
    if ":" not in told[stop].gap:
        return False
    tail = Span(told[max(first, stop - 3)].span.start, told[stop - 1].span.end)
    return next(_phrases("list").within(words, tail), None) is not None


def _words(words: str, piece: Span) -> list[_Word]:
    out: list[_Word] = []
    end = piece.start
    alone = False
    for match in _WORD.finditer(words, piece.start, piece.end):
        folded = language(_LANGUAGE).fold(match[0]).words
        if folded == _conjunction():  # before a quotation mark: «و"فتح الطرق"»
            alone = True
            continue
        bare, joined = _without_conjunction(folded)
        out.append(_Word(bare, joined or alone, alone, words[end : match.start()], Span(match.start(), match.end())))
        end, alone = match.end(), False
    return out


def _without_conjunction(folded: str) -> tuple[str, bool]:
    """A word without the conjunction that is written with it, where what is left is a word that is known."""
    conjunction = _conjunction()
    if not folded.startswith(conjunction) or len(folded) < 3:
        return folded, False
    rest = folded[len(conjunction) :]
    word = language(_LANGUAGE).word
    known = word(folded).joined == conjunction or word(rest).part != "?" or word(rest).kind != "" or _is_listed(rest)
    own = word(folded).part != "?" and word(folded).joined != conjunction and word(rest).part == "?"
    return (rest, True) if known and not own else (folded, False)


def _span(words: str, piece: Span, told: Sequence[_Word]) -> Span:
    """From the first word (without its conjunction, or the particle that only opens) to the last, with the quotation
    marks and brackets that would else stand alone."""
    first = told[0]
    if len(told) > 1 and _kind(first.bare) == "opener" and len(first.bare) < 4:
        first, start = told[1], told[1].span.start
    else:
        start = first.span.start if first.apart or not first.joined else _past_conjunction(words, first)
    end = told[-1].span.end
    inner = words[start:end]
    for opening, closing in zip(_OPEN, _CLOSE, strict=True):
        before, after = words[max(piece.start, start - 1) : start], words[end : min(piece.end, end + 1)]
        odd = inner.count(opening) % 2 if opening == closing else inner.count(opening) - inner.count(closing)
        if odd > 0 and after == closing:
            end += 1
        elif odd and before == opening:
            start -= 1
        elif not odd and before == opening and after == closing:
            start, end = start - 1, end + 1
    return Span(start, end)


def _past_conjunction(words: str, word: _Word) -> int:
    """Where a word begins after its conjunction and the marks that sit on that."""
    match = _MARKS.match(words, word.span.start + 1)
    return match.end() if match else word.span.start + 1


def _kind(folded: str) -> str:
    return language(_LANGUAGE).word(folded).kind


@cache
def _conjunction() -> str:
    """The conjunction of one letter, as joined.tsv has it: the first there of that length."""
    return next(row["joined"] for row in table(_LANGUAGE, "joined") if len(row["joined"]) == 1)


@cache
def _phrases(*kinds: str) -> Phrases[str]:
    rows = [row for row in table(_LANGUAGE, "points") if row["kind"] in kinds]
    return Phrases((before + row["words"], row["kind"]) for row in rows for before in ("", _conjunction()))


@cache
def _events() -> tuple[str, ...]:
    """Verbal nouns of demands that the counted forms of news (forms.tsv) do not have."""
    rows = table(_LANGUAGE, "points")
    return tuple(plain(language(_LANGUAGE).fold(row["words"]).words) for row in rows if row["kind"] == "event")
