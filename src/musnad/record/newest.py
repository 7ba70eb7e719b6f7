"""Statements in the order in which they came: what is read on page after page, and what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.record import ask

if TYPE_CHECKING:
    from musnad.record.store import Record
    from musnad.record.types import Only, Statement


def newest(
    record: Record,
    query: str = "",
    only: Only | None = None,
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int | None = 20,
) -> tuple[Statement, ...]:
    """Statements with these words in the order in which they came into the record, the last first; all of them where
    nothing is asked for.

    `before` is the id of a statement, to go on after a page that ended with it; `after` the number of an article: only
    what stands in later ones. Both stay right while more comes in. Raises UsageError as Record.search does.
    """
    with record.reading() as connection:
        return ask.newest(connection, query, only, before, after, limit)
