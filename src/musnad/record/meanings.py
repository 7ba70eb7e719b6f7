"""What the names of a record mean by the registry: worked out once for each name, and anew when the registry changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from musnad.entities import fingerprint, key, meant, registry
from musnad.record.identity_schema import meanings
from musnad.record.kinds import kind_of
from musnad.record.schema import about, names
from musnad.record.words import forms

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

_REGISTRY = "registry"
_BATCH = 2000
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means from `since` to before `until` (None: always): an entity, and by which office, if by one."""

    entity: str
    office: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def tells(self, at: datetime) -> bool:
        """Whether it is of this moment."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)

    def within(self, since: datetime | None, until: datetime | None) -> Meaning | None:
        """The part of it in a stretch of time; None for none."""
        first = max(filter(None, (self.since, since)), default=None)
        last = min(filter(None, (self.until, until)), default=None)
        if first is not None and last is not None and first >= last:
            return None
        return replace(self, since=first, until=last)


def of_name(name: str) -> list[Meaning]:
    """What a name means by the registry, at all times, without gaps: nothing for a name without a word.

    An office means whoever is known to have held it, and itself when that is not certain. A name that the registry does not
    know, or does not decide, is an entity of its own.

    >>> [meaning.entity for meaning in of_name("السيدة هدى منصور")]
    ['name:هدي-منصور']
    """
    found = meant(name)
    if len(found) != 1:
        own = key(name)
        return [Meaning(f"name:{own}")] if own else []
    if found[0].kind != "office":
        return [Meaning(found[0].id)]
    office = found[0].id
    terms = registry().terms.get(office, ())
    bounds = sorted({day for term in terms for day in (term.since, term.last + _DAY)})
    out: list[Meaning] = []
    for since, until in zip((None, *bounds), (*bounds, None), strict=True):
        holders = registry().holders(office, since) if since else []
        entity = holders[0] if len(holders) == 1 else office
        out.append(Meaning(entity, office, midnight(since), midnight(until)))
    return out


def midnight(day: date | None) -> datetime | None:
    """The first moment of a day, in UTC."""
    return None if day is None else datetime.combine(day, time(), UTC)


def name_number(connection: Connection, name: str) -> int:
    """The number of a name, which is added with what it means where it is new."""
    words = {"words": f" {' '.join(forms(name))} "}
    number = kind_of(connection).number(connection, names, {"name": name}, words)
    add_meanings(connection, number, name)
    return number


def add_meanings(connection: Connection, name_id: int, name: str) -> None:
    """Store what a name means, if that is not stored yet."""
    known = connection.execute(select(meanings.c.name_id).where(meanings.c.name_id == name_id).limit(1)).first()
    rows = [] if known else _rows(name_id, name)
    if rows:
        connection.execute(insert(meanings), rows)


def is_current(connection: Connection) -> bool:
    """Whether the meanings were worked out with the registry of this program."""
    return connection.execute(select(about.c.value).where(about.c.key == _REGISTRY)).scalar() == fingerprint()


def rebuild(connection: Connection) -> None:
    """Work out anew what every name means."""
    connection.execute(meanings.delete())
    rows: list[dict[str, Any]] = []
    for name_id, name in connection.execute(select(names.c.id, names.c.name)).all():
        rows += _rows(name_id, name)
        if len(rows) > _BATCH:
            connection.execute(insert(meanings), rows)
            rows = []
    if rows:
        connection.execute(insert(meanings), rows)
    connection.execute(about.delete().where(about.c.key == _REGISTRY))
    connection.execute(insert(about), {"key": _REGISTRY, "value": fingerprint()})


def _rows(name_id: int, name: str) -> list[dict[str, Any]]:
    own = key(name)
    return [
        {"name_id": name_id, "number": number, "key": own, "entity": one.entity, "office": one.office,
         "since": one.since, "until": one.until}
        for number, one in enumerate(of_name(name))
    ]  # fmt: skip
