"""What is asked of the index: words, phrases, AND, OR, NOT and brackets, read once and given to the database in its form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.errors import UsageError
from musnad.model import Span
from musnad.record.words import forms, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PIECE = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”|([()])|([^\s()"«»“”]+)|(\S)')
_MOST_WORDS, _DEEPEST = 64, 32


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row, in the form in which they are searched for; the last may be a beginning."""

    forms: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """All of some, and none of others."""

    wanted: tuple[Query, ...]
    unwanted: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of several."""

    parts: tuple[Query, ...]


Query = Term | Both | Either


def read_query(words: str) -> Query | None:
    """The query that a person wrote; None where it holds no word.

    Raises UsageError for a bracket or quotation mark without its other half, an operator without its words, a query that
    only says what is not wanted, and one of more than 64 words.

    >>> [term.forms for term in terms(read_query('"وقف النار" AND المفاوضات NOT تدريب'))]
    [('وقف', 'نار'), ('مفاوضات',)]
    """
    pieces = list(_pieces(words))
    if len(pieces) > _MOST_WORDS:
        raise _wrong(f"the query has more than {_MOST_WORDS} words", "search for fewer")
    reader = _Reader(pieces)
    found = reader.either(0)
    if reader.at < len(pieces):
        raise _wrong("a bracket is closed that was not opened", "put words with signs into quotation marks")
    return found


def all_of(words: str) -> Query | None:
    """The query for all words of a name, wherever they stand in it; None where there is no word.

    >>> [term.forms for term in terms(all_of("الوزيرة هدى منصور"))]
    [('زيره',), ('هدي',), ('منصور',)]
    """
    parts = tuple(Term((form,)) for form in forms(words)[:_MOST_WORDS])
    return None if not parts else parts[0] if len(parts) == 1 else Both(parts)


def terms(query: Query) -> Iterator[Term]:
    """The terms that are wanted."""
    if isinstance(query, Term):
        yield query
    else:
        for part in query.wanted if isinstance(query, Both) else query.parts:
            yield from terms(part)


def places(query: Query, words: str, within: Sequence[Span]) -> tuple[Span, ...]:
    """Where wanted terms stand in the given stretches of a text, in order, each from its first word to its last.

    >>> [span.of("عقدت للمفاوضات جولة") for span in places(all_of("المفاوضات"), "عقدت للمفاوضات جولة", [Span(0, 19)])]
    ['للمفاوضات']
    """
    wanted = sorted(set(terms(query)), key=lambda term: -len(term.forms))
    found: list[Span] = []
    for stretch in within:
        told = tokens(stretch.of(words))
        at = 0
        while at < len(told):
            size = next(
                (
                    len(term.forms)
                    for term in wanted
                    if _stands(term, [t.form for t in told[at : at + len(term.forms)]])
                ),
                0,
            )
            if size:
                span = Span(stretch.start + told[at].span.start, stretch.start + told[at + size - 1].span.end)
                found.append(span)
            at += size or 1
    return tuple(sorted(found))


def _stands(term: Term, given: list[str]) -> bool:
    if not term.begins:
        return given == list(term.forms)
    return (
        len(given) == len(term.forms) and given[:-1] == list(term.forms[:-1]) and given[-1].startswith(term.forms[-1])
    )


def _pieces(words: str) -> Iterator[str | Term]:
    """Operators and brackets as they are, all else as terms; words that hold nothing to search for are left out."""
    for match in _PIECE.finditer(words):
        quoted = next((held for held in match.groups()[:3] if held is not None), None)
        bracket, word, half = match.group(4), match.group(5), match.group(6)
        if half:
            raise _wrong("a quotation mark has no other half", "close it, or leave it out")
        if bracket or word in ("AND", "OR", "NOT"):
            yield bracket or word
            continue
        held = quoted if quoted is not None else word
        begins = quoted is None and held.endswith("*")
        told = tuple(forms(held))
        if told:
            yield Term(told, begins)


class _Reader:
    def __init__(self, pieces: list[str | Term]) -> None:
        self._pieces, self.at = pieces, 0

    def either(self, depth: int) -> Query | None:
        if depth > _DEEPEST:
            raise _wrong("brackets are nested too deeply", "write it with fewer")
        parts = [self._both(depth)]
        while self._take("OR"):
            parts.append(self._both(depth))
        if len(parts) > 1 and None in parts:
            raise _wrong(
                "OR stands without words on both sides", "write two words, or search for OR in quotation marks"
            )
        known = tuple(part for part in parts if part is not None)
        return known[0] if len(known) == 1 else Either(known) if known else None

    def _both(self, depth: int) -> Query | None:
        wanted: list[Query] = []
        unwanted: list[Query] = []
        joined = False
        while self.at < len(self._pieces) and self._pieces[self.at] not in ("OR", ")"):
            if self._take("AND"):
                if joined or not (wanted or unwanted):
                    raise _wrong("AND stands without words on both sides", "words that follow one another need none")
                joined = True
                continue
            denied = self._take("NOT")
            part = self._one(depth)
            if part is None:
                raise _wrong("NOT stands without a word after it", "write NOT before the word that is not wanted")
            (unwanted if denied else wanted).append(part)
            joined = False
        if joined:
            raise _wrong("AND stands without words on both sides", "words that follow one another need none")
        if unwanted and not wanted:
            raise _wrong("the query says only what is not wanted", "add a word that is")
        if len(wanted) == 1 and not unwanted:
            return wanted[0]
        return Both(tuple(wanted), tuple(unwanted)) if wanted else None

    def _one(self, depth: int) -> Query | None:
        if self._take("("):
            found = self.either(depth + 1)
            if not self._take(")"):
                raise _wrong("a bracket is not closed", "close it, or leave it out")
            if found is None:
                raise _wrong("there is no word between the brackets", "leave them out")
            return found
        if self.at < len(self._pieces):
            piece = self._pieces[self.at]
            if isinstance(piece, Term):
                self.at += 1
                return piece
        return None

    def _take(self, sign: str) -> bool:
        if self.at < len(self._pieces) and self._pieces[self.at] == sign:
            self.at += 1
            return True
        return False


def _wrong(what: str, advice: str) -> UsageError:
    return UsageError(what, advice=advice)
