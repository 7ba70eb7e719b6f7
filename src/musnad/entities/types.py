"""What the registry holds and gives back; frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

EntityKind = Literal["person", "office", "body", "agency", "outlet", "state", "place", "name"]
"""name: one that only a record knows, by a name that nobody has said more about."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that several names mean.

    `id` is the kind and a readable slug (``person:vladimir-putin``) and stays. `name` is the one to show, `names` all
    Arabic ones, `english` the English ones, `short` those by which a person is known alone. `of` is the id of the state or
    body that it belongs to, `zone` the IANA time zone of a place. What is not known is empty or None.
    """

    id: str
    kind: EntityKind
    name: str
    names: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    of: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """Who held an office, from `since` to `last`, both days included: what is known for certain.

    `ended` is False for somebody who was in office when the row was written: then nothing is said of days after `last`.
    """

    office: str
    person: str
    since: date
    last: date
    ended: bool

    def holds(self, day: date) -> bool:
        """Whether it tells of this day."""
        return self.since <= day <= self.last


@dataclass(frozen=True, slots=True)
class Undecided:
    """A name that several entities have: who is meant was not decided. `rule` says by what, `candidates` are ids."""

    name: str
    candidates: tuple[str, ...]
    rule: str
