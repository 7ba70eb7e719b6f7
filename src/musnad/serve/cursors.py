"""Where the next page of an answer begins: opaque to who asks, and right while more comes in."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Query
from starlette.exceptions import HTTPException

Cursor = Annotated[
    str,
    Query(
        max_length=200,
        pattern=r"^[A-Za-z0-9_-]*$",
        description="Where a page begins: as the `Link` header of the page before gives it. Without it, at the beginning.",
    ),
]

_LARGEST = 2**53
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def written(kind: str, *place: int) -> str:
    """A cursor for a kind of answer.

    >>> read(written("stories", 3, 17), "stories", 2)
    (3, 17)
    """
    return base64.urlsafe_b64encode(json.dumps([kind, *place]).encode()).decode().rstrip("=")


def read(cursor: str, kind: str, parts: int) -> tuple[int, ...]:
    """The place that a cursor was written for. Raises HTTPException 400 for one of something else."""
    try:
        value = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        value = None
    if not (isinstance(value, list) and len(value) == parts + 1 and value[0] == kind):
        raise _none()
    place = tuple(value[1:])
    if not all(type(one) is int and abs(one) < _LARGEST for one in place):
        raise _none()
    return place


def moment_number(moment: datetime) -> int:
    """A moment as microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(number: int) -> datetime:
    """The moment of :func:`moment_number`. Raises HTTPException 400 for one that no calendar has."""
    try:
        return _EPOCH + timedelta(microseconds=number)
    except OverflowError:
        raise _none() from None


def _none() -> HTTPException:
    return HTTPException(400, "this is no cursor of this answer; begin without one")
