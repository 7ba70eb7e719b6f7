"""Who the names of a record are: what the registry says, and what people decided, who are always right.

Decisions are added and never changed. They speak of names by their words and of entities by id, so that they hold for
pages that come later and when the meanings are worked out anew; as known at a moment, only those made by then count.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, insert, or_, select

from musnad.entities import Entity, Undecided, key, meant, registry
from musnad.errors import UsageError
from musnad.record.identity_schema import decisions, meanings
from musnad.record.meanings import Meaning, midnight
from musnad.record.schema import attributions, names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from musnad.record.types import Taken

_MANY = 500
DECIDED = ("merge", "split", "alias", "add", "rename")
"""What can be decided: see :class:`Decision`."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. `what` is merge (`entity` is the same as `into`), split (`name` is not `entity` but `into`, or
    its own; without a name, a merge of `entity` is taken back), alias (`name` is `entity`, maybe only from `since` to before
    `until`), add (`entity` of `kind`, called `name`) or rename (`entity` is shown as `name`)."""

    what: str
    entity: str
    by: str
    why: str
    made_at: datetime
    into: str | None = None
    name: str | None = None
    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """The names under which an entity speaks: the number of each, and when it means that entity."""

    entity: str
    stretches: tuple[tuple[int, datetime | None, datetime | None], ...]

    def condition(self, at: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a statement, said `at`, is of the entity; one of somebody unnamed never is."""
        apart: dict[tuple[datetime | None, datetime | None], list[int]] = defaultdict(list)
        for name_id, since, until in self.stretches:
            apart[since, until].append(name_id)
        either = [
            and_(
                attributions.c.speaker_id.in_(ids),
                *([at >= since] if since else []),
                *([at < until] if until else []),
            )
            for (since, until), ids in apart.items()
        ]
        return and_(attributions.c.kind != "unnamed", or_(*either)) if either else attributions.c.id < 0


class Identities:
    """The entities of a record as known at a moment (None: now)."""

    def __init__(self, connection: Connection, known_at: datetime | None = None) -> None:
        self._connection = connection
        self._into: dict[str, str] = {}
        self._assigned: dict[str, list[Meaning]] = defaultdict(list)
        self._added: dict[str, Entity] = {}
        self._shown: dict[str, str] = {}
        for one in made(connection, known_at):
            self._take(one)

    def _take(self, one: Decision) -> None:
        if one.what == "merge" and one.into:
            self._into[one.entity] = one.into
        elif one.what == "split" and one.name is None:
            self._into.pop(one.entity, None)
        elif one.what == "split" and one.name:
            own = f"name:{key(one.name)}"
            self._into.pop(own, None)
            self._assigned[key(one.name)].append(Meaning(one.into or own))
        elif one.what == "add" and one.name:
            self._added[one.entity] = Entity(one.entity, one.kind or "name", one.name, (one.name,))  # type: ignore[arg-type]
            self._assigned[key(one.name)].append(Meaning(one.entity))
        elif one.what == "alias" and one.name:
            self._assigned[key(one.name)].append(Meaning(one.entity, None, one.since, one.until))
        elif one.what == "rename" and one.name:
            self._shown[one.entity] = one.name

    def root(self, entity: str) -> str:
        """The entity that this one was merged into, itself where it was not."""
        seen = {entity}
        while (further := self._into.get(entity)) is not None and further not in seen:
            seen.add(further)
            entity = further
        return entity

    def get(self, entity: str) -> Entity | None:
        """An entity of the registry, of a decision, or that only the record knows; None for none."""
        found = self._added.get(entity) or registry().get(entity)
        if found is None and entity.startswith("name:"):
            own = meanings.c.key == entity[5:]
            rows = select(names.c.name).join(meanings, meanings.c.name_id == names.c.id).where(own).order_by(names.c.id)
            called = self._connection.execute(rows).scalars().all()
            if called:
                found = Entity(entity, "name", called[0], tuple(called))
        if found is None or entity not in self._shown:
            return found
        return Entity(found.id, found.kind, self._shown[entity], found.names, found.english, found.short, found.of)

    def find(self, name: str) -> Entity | Undecided | None:
        """Who is meant by a name or an id that a person writes: as decided, else by the registry."""
        if ":" in name and (entity := self.get(self.root(name.strip()))) is not None:
            return entity
        assigned = self._assigned.get(key(name))
        if assigned and assigned[-1].since is None and assigned[-1].until is None:
            return self.get(self.root(assigned[-1].entity))
        found = {self.root(one.id): one for one in meant(name)}
        if len(found) > 1:
            return Undecided(name, tuple(found), "several have this name")
        return self.get(next(iter(found))) if found else None

    def of_names(self, told: Iterable[str]) -> dict[str, list[Meaning]]:
        """What names of the record mean."""
        wanted = sorted(set(told))
        rows: dict[str, list[Meaning]] = defaultdict(list)
        keys: dict[str, str] = {}
        for at in range(0, len(wanted), _MANY):
            query = select(names.c.name, meanings).join(meanings, meanings.c.name_id == names.c.id)
            for row in self._connection.execute(query.where(names.c.name.in_(wanted[at : at + _MANY]))):
                rows[row.name].append(Meaning(row.entity, row.office, row.since, row.until))
                keys[row.name] = row.key
        return {name: self._decided(keys[name], held) for name, held in rows.items()}

    def _decided(self, own: str, held: list[Meaning]) -> list[Meaning]:
        """What a name means after what was decided of it, the last decision first."""
        for new in self._assigned.get(own, ()):
            before = [one.within(None, new.since) for one in held] if new.since else []
            after = [one.within(new.until, None) for one in held] if new.until else []
            held = [*filter(None, before), new, *filter(None, after)]
        return [Meaning(self.root(one.entity), one.office, one.since, one.until) for one in held]

    def spoken(self, entity: str) -> Spoken:
        """The names under which an entity speaks; of an office also whoever held it, while they did."""
        target = self.root(entity)
        members = {target, *(one for one in self._into if self.root(one) == target)}
        either: list[ColumnElement[bool]] = [meanings.c.entity.in_(sorted(members))]
        if target.startswith("office:"):
            either.append(meanings.c.office == target)
        if self._assigned:
            either.append(meanings.c.key.in_(sorted(self._assigned)))
        rows: dict[int, list[Meaning]] = defaultdict(list)
        keys: dict[int, str] = {}
        for row in self._connection.execute(select(meanings).where(or_(*either))):
            rows[row.name_id].append(Meaning(row.entity, row.office, row.since, row.until))
            keys[row.name_id] = row.key
        out = [
            (name_id, one.since, one.until)
            for name_id, held in rows.items()
            for one in self._decided(keys[name_id], held)
            if one.entity == target or (one.office == target and target.startswith("office:"))
        ]
        for term in registry().terms.get(target, ()):
            since, until = midnight(term.since), midnight(term.last)
            for name_id, first, last in self.spoken(term.person).stretches:
                part = Meaning(target, None, first, last).within(since, until)
                if part:
                    out.append((name_id, part.since, part.until))
        return Spoken(target, tuple(out))


def made(connection: Connection, known_at: datetime | None = None) -> list[Decision]:
    """What was decided, the first first; by `known_at` where that is given."""
    wanted = select(decisions).order_by(decisions.c.made_at, decisions.c.id)
    if known_at is not None:
        wanted = wanted.where(decisions.c.made_at <= known_at)
    return [
        Decision(row.what, row.entity, row.by, row.why, row.made_at, row.into, row.name, row.kind, row.since, row.until)
        for row in connection.execute(wanted)
    ]


def retell(connection: Connection, one: Decision) -> Taken:
    """Keep a decision out of another record as it was made there; one that is known here changes nothing."""
    if one in made(connection):
        return "known"
    try:
        decide(connection, one)
    except UsageError:
        return "known"
    return "decided"


def decide(connection: Connection, one: Decision) -> None:
    """Keep a decision. Raises UsageError for a merge into itself and a name without a word."""
    known = Identities(connection)
    if one.what == "merge" and one.into and known.root(one.into) == known.root(one.entity):
        raise UsageError(f"{one.entity} and {one.into} are one already", advice="nothing needs to be decided")
    if one.name is not None and not key(one.name):
        raise UsageError(f"there is no name in {one.name!r}", advice="give a name with words")
    row = {field: getattr(one, field) for field in Decision.__slots__}
    connection.execute(insert(decisions), row)
