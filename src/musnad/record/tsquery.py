"""Words and queries as PostgreSQL's text search reads them, past its parsers and dictionaries: our forms as they are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from musnad.record.query import Either, Query, Term

if TYPE_CHECKING:
    from collections.abc import Sequence

LAST = 16_383
"""The last place that a tsvector knows; further words stand there, too (PostgreSQL 16, 12.11)."""

_MOST = 256  # places of one word in a tsvector (same page)
_LONGEST = 500  # characters of a word: a tsvector takes 2,046 bytes, and no character has more than four
_GAP = 2


def to_tsvector(words: Sequence[str], names: Sequence[str] = ()) -> str:
    """The forms of a text with their places, and those of a speaker, of weight A, apart from them.

    >>> to_tsvector(["جسر", "مفتوح", "جسر"], ["هدي"])
    "'جسر':1,3 'مفتوح':2 'هدي':6A"
    """
    where: dict[str, list[str]] = defaultdict(list)
    apart = min(len(words) + 1 + _GAP, LAST - len(names) + 1)
    for at, form in enumerate(names, apart):
        where[form[:_LONGEST]].append(f"{at}A")  # first: only 256 places are kept, and a name must be among them
    told = {form: list(places) for form, places in where.items()}
    for at, form in enumerate(words, 1):
        places = told.setdefault(form[:_LONGEST], [])
        if len(places) < _MOST and (at <= LAST or not places):
            places.append(str(min(at, LAST)))
    return " ".join(f"{_quoted(form)}:{','.join(told[form])}" for form in sorted(told))


def fits(words: Sequence[str]) -> bool:
    """Whether a tsvector holds every place of these forms, so that it can tell which stand in a row.

    >>> fits(["جسر", "مفتوح"]), fits(["جسر"] * 300)
    (True, False)
    """
    if len(words) <= _MOST:
        return True
    counts: dict[str, int] = defaultdict(int)
    for form in words:
        counts[form] += 1
    return len(words) <= LAST and max(counts.values()) <= _MOST


def to_tsquery(query: Query, weight: str = "", *, rows: bool = True) -> str:
    """The query in PostgreSQL's words; `weight` ``A`` asks for it among speakers alone.

    Without `rows`, the words of a phrase may stand anywhere, and no phrase is unwanted: it finds all that the query finds,
    and more.

    >>> from musnad.record.query import read_query
    >>> asked = read_query('"وقف النار" AND (المفاوضات OR محادث*) NOT تدريب')
    >>> to_tsquery(asked)
    "(('وقف' <-> 'نار') & ('مفاوضات' | 'محادث':*) & !'تدريب')"
    >>> to_tsquery(asked, rows=False)
    "(('وقف' & 'نار') & ('مفاوضات' | 'محادث':*) & !'تدريب')"
    """
    if isinstance(query, Term):
        last = len(query.forms) - 1
        marks = [f"{'*' if query.begins and at == last else ''}{weight}" for at in range(last + 1)]
        pairs = zip(query.forms, marks, strict=True)
        return _joined(
            " <-> " if rows else " & ", [_quoted(form) + (f":{mark}" if mark else "") for form, mark in pairs]
        )
    if isinstance(query, Either):
        return _joined(" | ", [to_tsquery(part, weight, rows=rows) for part in query.parts])
    wanted = [to_tsquery(part, weight, rows=rows) for part in query.wanted]
    unwanted = [to_tsquery(part, weight) for part in query.unwanted if rows or not has_rows(part)]
    return _joined(" & ", [*wanted, *(f"!{part}" for part in unwanted)])


def has_rows(query: Query) -> bool:
    """Whether the query asks for words in a row."""
    if isinstance(query, Term):
        return len(query.forms) > 1
    parts = query.parts if isinstance(query, Either) else query.wanted + query.unwanted
    return any(map(has_rows, parts))


def _joined(sign: str, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({sign.join(parts)})"


def _quoted(form: str) -> str:
    doubled = form[:_LONGEST].replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
