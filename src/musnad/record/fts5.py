"""A query as SQLite's FTS5 reads it."""

from __future__ import annotations

from musnad.record.query import Either, Query, Term


def to_fts5(query: Query) -> str:
    """The query in FTS5's words; every word is quoted, so that none is taken for an operator.

    >>> from musnad.record.query import read_query
    >>> to_fts5(read_query('"وقف النار" AND (المفاوضات OR محادثات) NOT تدريب'))
    '("وقف نار" AND ("مفاوضات" OR "محادثات")) NOT "تدريب"'
    """
    if isinstance(query, Term):
        return f'"{" ".join(query.forms)}"' + ("*" if query.begins else "")
    if isinstance(query, Either):
        return "(" + " OR ".join(map(to_fts5, query.parts)) + ")"
    wanted = " AND ".join(map(to_fts5, query.wanted))
    if len(query.wanted) > 1:
        wanted = f"({wanted})"
    unwanted = " OR ".join(map(to_fts5, query.unwanted))
    if len(query.unwanted) > 1:
        unwanted = f"({unwanted})"
    return f"{wanted} NOT {unwanted}" if unwanted else wanted
