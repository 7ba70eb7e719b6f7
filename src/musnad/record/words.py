"""The words that are searched for: folded, and without what is written together with them; each with its place.

One form for what readers take for one word, so that المفاوضات, للمفاوضات and مفاوضات are found by one another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from musnad.lang import language, table

if TYPE_CHECKING:
    from musnad.lang import Folded
    from musnad.model import Span

_LANGUAGES = ("ar", "en")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_HELD = 100_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word in the form in which it is searched for, and its place in the text."""

    form: str
    span: Span


def tokens(words: str) -> list[Token]:
    """The words of a text in order; signs between them are none.

    >>> [token.form for token in tokens("للمفاوضات، ٣٨٠ صاروخًا")]
    ['مفاوضات', '380', 'صاروخا']
    """
    folded, view = _folded(words)
    return [Token(plain(match[0]), folded.span(match.start(), match.end())) for match in _TOKEN.finditer(view)]


def forms(words: str) -> list[str]:
    """The same without places: what the index takes.

    >>> forms("الإثنين") == forms("الاثنين"), forms("مدرسة") == forms("مدرسه"), forms("1,234") == forms("١٢٣٤")
    (True, True, True)
    """
    return [plain(word) for word in _TOKEN.findall(_folded(words)[1])]


@lru_cache(maxsize=_HELD)
def plain(form: str) -> str:
    """A folded word without what is joined to it; doing it twice changes nothing more.

    >>> plain("والمفاوضات"), plain("الله"), plain("وزير")
    ('مفاوضات', 'الله', 'وزير')
    """
    if form[0].isdigit():
        return form.replace(",", "") if _THOUSANDS.fullmatch(form) else form.replace(",", ".")
    known = _unjoined()
    while True:
        if form in known:
            return known[form]
        shorter = next((form[len(head) :] for head, least in _joined() if _is_joined(form, head, least, known)), form)
        if shorter == form:
            return form
        form = shorter


@cache
def fingerprint() -> str:
    """A digest of all that decides about forms; an index that was made with another one has to be made anew."""
    letters = " ".join(chr(code) for code in (*range(0x20, 0x250), *range(0x600, 0x700), *range(0xFB50, 0xFEFD)))
    told = f"{forms(letters)}{_joined()}{sorted(_unjoined().items())}{_TOKEN.pattern}"
    return sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def _is_joined(form: str, head: str, least: int, known: dict[str, str]) -> bool:
    return form.startswith(head) and (len(form) - len(head) >= least or form[len(head) :] in known)


def _folded(words: str) -> tuple[Folded, str]:
    """The words folded as each language folds them, with the way back: only the first takes characters out."""
    first, *rest = map(language, _LANGUAGES)
    folded = first.fold(words)
    view = folded.words
    for other in rest:
        view = other.fold(view).words
    return folded, view


@cache
def _joined() -> tuple[tuple[str, int], ...]:
    rows = [(row["joined"], int(row["least"])) for code in _LANGUAGES for row in table(code, "joined")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def _unjoined() -> dict[str, str]:
    return {row["word"]: row["as"] for code in _LANGUAGES for row in table(code, "unjoined")}
