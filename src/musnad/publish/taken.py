"""A table of statements to take along: the columns of ``--format csv``, with the statement's own name, story and sighting.

One row is one statement in one article; rows with the same `statement` tell one utterance.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from musnad.publish.answers import instant
from musnad.publish.identity import first_carrier, permanent_id
from musnad.publish.rows import COLUMNS, attribution_row, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from musnad.publish.identity import Sightings
    from musnad.record import Statement, Version
    from musnad.stories import Utterance

TAKEN = ("statement", "seen_at", *COLUMNS)
WHOLE, REAL = ("number", "within", "start", "end"), ("score",)
"""Of the columns, those of whole numbers and of others; the rest are text, and `seen_at` is a moment."""

Row = tuple[str, ...]


def utterance_rows(said_in: Iterable[Utterance], seen: Sightings) -> Iterator[Row]:
    """The statements of a story, each with all that carry it."""
    for one in said_in:
        telling, attribution = first_carrier(one, seen)
        name = permanent_id(telling.address, attribution.id)
        for held, mine in one.carriers:
            number = held.article.attributions.index(mine) + 1
            yield name, instant(held.seen_at), *attribution_row(held.article, mine, number)


def statement_rows(found: Iterable[Statement]) -> Iterator[Row]:
    """Statements out of the record; their numbers in their articles are not told."""
    for one in found:
        name = permanent_id(one.address, one.attribution.id)
        yield name, instant(one.seen_at), *attribution_row(one.article, one.attribution, None)


def version_rows(version: Version) -> Iterator[Row]:
    """The statements of a version of a page."""
    for number, one in enumerate(version.article.attributions, 1):
        name = permanent_id(version.address, one.id)
        yield name, instant(version.seen_at), *attribution_row(version.article, one, number)


def taken_csv(rows: Iterable[Row]) -> str:
    """The rows as a spreadsheet opens them: with a byte-order mark, CRLF, and nothing that it would run."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(TAKEN)
    writer.writerows(map(safe, row) for row in rows)
    return out.getvalue()
