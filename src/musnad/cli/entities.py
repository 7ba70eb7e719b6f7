"""``musnad entities``: what its commands print and keep."""

from __future__ import annotations

import getpass
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args

from musnad.cli.answering import Answering, opened
from musnad.entities import Entity, EntityKind, Undecided, registry
from musnad.errors import UsageError
from musnad.publish.terminal.pieces import Piece, printable
from musnad.record import Decision
from musnad.record.words import forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from musnad.publish.terminal.painter import Painter
    from musnad.record import Record

_ID = re.compile(r"[a-z]+:[^\s:]+")


def list_entities(words: str, *, registered: bool, limit: int, record: str | None, answering: Answering) -> int:
    """Print the entities of the record with counts, or those of the registry."""
    if registered:
        wanted = set(forms(words))
        values = [
            entity_value(one)
            for one in registry().entities.values()
            if wanted <= {form for name in (*one.names, *one.english, one.id) for form in forms(name)}
        ][:limit]
    else:
        with opened(record) as held:
            values = [{**entity_value(one), "statements": count} for one, count in held.quoted(words, limit=limit)]
    answering.give(values, lambda painter, _: _lines(values, painter))
    return 0


def show_entity(name: str, *, record: str | None, answering: Answering) -> int:
    """Print one entity with its offices and what was decided."""
    with opened(record) as held:
        entity = one_of(held, name)
        told = [one for one in held.decisions() if entity.id in (one.entity, one.into)]
    known = registry()
    terms = [*known.held.get(entity.id, ()), *known.terms.get(entity.id, ())]
    value = {
        **entity_value(entity),
        "terms": [
            {"office": one.office, "person": one.person, "since": one.since.isoformat(),
             "until" if one.ended else "known_until": one.last.isoformat()}
            for one in terms
        ],
        "decisions": [
            {"what": one.what, "entity": one.entity, "into": one.into, "name": one.name, "by": one.by, "why": one.why,
             "made_at": one.made_at.isoformat()}
            for one in told
        ],
    }  # fmt: skip
    answering.give([value], lambda painter, _: _shown(value, painter))
    return 0


def decide_entity(
    what: str,
    entity: str,
    *,
    into: str | None = None,
    name: str | None = None,
    why: str = "",
    by: str | None = None,
    record: str | None = None,
) -> int:
    """Keep a decision about an entity that is there."""
    with opened(record) as held:
        one = one_of(held, entity).id
        other = one_of(held, into).id if into else None
        held.decide(Decision(what, one, by or getpass.getuser(), why, datetime.now(UTC), other, name))
    return 0


def add_entity(entity: str, name: str, *, why: str, by: str | None, record: str | None) -> int:
    """Keep a new entity, or a new name of one that is there."""
    kind = entity.partition(":")[0]
    kinds = [one for one in get_args(EntityKind) if one != "name"]
    if not _ID.fullmatch(entity) or kind not in (*kinds, "name"):
        raise UsageError(
            f"{entity!r} is no id", advice=f"write a kind and a slug, as person:huda-mansour; kinds: {', '.join(kinds)}"
        )
    with opened(record) as held:
        there = held.entity(entity)
        what = "alias" if isinstance(there, Entity) and there.id == entity else "add"
        held.decide(Decision(what, entity, by or getpass.getuser(), why, datetime.now(UTC), name=name, kind=kind))
    return 0


def one_of(held: Record, name: str) -> Entity:
    """The entity that is meant. Raises UsageError where nobody or several are."""
    found = held.entity(name)
    if isinstance(found, Entity):
        return found
    if isinstance(found, Undecided):
        raise UsageError(f"several are called {name!r}: {', '.join(found.candidates)}", advice="give one of these ids")
    raise UsageError(f"nobody is called {name!r}", advice="`musnad entities list` tells who speaks in the record")


def entity_value(entity: Entity) -> dict[str, Any]:
    """An entity for programs."""
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "names": list(entity.names),
        "english": list(entity.english),
        "short": list(entity.short),
        "of": entity.of,
        "zone": entity.zone,
    }


def _lines(values: list[dict[str, Any]], painter: Painter) -> Iterator[str]:
    for value in values:
        line = [
            Piece(printable(value["name"]), "source"),
            Piece("  "),
            Piece(printable(value["id"]), "dim", apart=True),
        ]
        if "statements" in value:
            line += [Piece("  "), Piece(str(value["statements"]), "number")]
        yield painter.line(line)


def _shown(value: Mapping[str, Any], painter: Painter) -> Iterator[str]:
    yield from _lines([dict(value)], painter)
    for names in (value["names"], value["english"]):
        if names:
            yield painter.line([Piece(printable(" · ".join(names)))], indent=2)
    for term in value["terms"]:
        other = term["person"] if term["office"] == value["id"] else term["office"]
        last = term.get("until") or f"… ({term['known_until']})"
        yield painter.line([Piece(f"{term['since']} – {last}  {other}", "dim", apart=True)], indent=2)
    for one in value["decisions"]:
        told = " ".join(
            filter(None, (one["what"], one["entity"], one["into"], one["name"], f"({one['by']})", one["why"]))
        )
        yield painter.line([Piece(f"{one['made_at'][:19]}  {printable(told)}", "dim", apart=True)], indent=2)
