"""Questions to the record by entity: under which names somebody spoke, and who the speakers of an answer are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from musnad.entities import Entity
from musnad.record.corrections import overlay
from musnad.record.identity import Identities, Spoken
from musnad.record.query import Either, Query, Term
from musnad.record.schema import attributions, names, versions
from musnad.record.words import forms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from musnad.record.types import Only, Statement


def known_speaker(connection: Connection, only: Only) -> Spoken | None:
    """The names under which the speaker that is asked for speaks; None where nobody is, or only words can tell who."""
    if not only.speaker or only.exact:
        return None
    known = Identities(connection, only.known_at)
    found = known.find(only.speaker)
    return known.spoken(found.id) if isinstance(found, Entity) else None


def said_of(connection: Connection, name: str, only: Only) -> Query | None:
    """The query for statements that name somebody, by any of their names; None for a name without a word."""
    found = None if only.exact else Identities(connection, only.known_at).find(name)
    called = (*found.names, *found.english, *found.short) if isinstance(found, Entity) else (name,)
    terms = tuple(dict.fromkeys(Term(told) for one in called if (told := tuple(forms(one)))))
    return None if not terms else terms[0] if len(terms) == 1 else Either(terms)


def identified(
    connection: Connection, statements: Sequence[Statement], known_at: datetime | None
) -> tuple[Statement, ...]:
    """The statements with the ids of their speakers and of the links of their chains."""
    told = {one.attribution.speaker.name for one in statements}
    told |= {link.name for one in statements for link in one.attribution.chain if link.name}
    if not told:
        return tuple(statements)
    means = Identities(connection, known_at).of_names(told)

    def who(name: str | None, kind: str, at: datetime) -> str | None:
        if not name or kind == "unnamed":
            return None
        return next((one.entity for one in means.get(name, ()) if one.tells(at)), None)

    return tuple(
        replace(
            one,
            speaker_entity=who(one.attribution.speaker.name, one.attribution.speaker.kind, one.at),
            link_entities=tuple(who(link.name, link.kind, one.at) for link in one.attribution.chain),
        )
        for one in statements
    )


def quoted(connection: Connection, words: str, limit: int) -> list[tuple[Entity, int]]:
    """As :meth:`musnad.record.Record.quoted`; statements of all versions count."""
    known = Identities(connection)
    at = _said_at()
    day = func.date(at)
    rows = select(names.c.name, day.label("day"), func.max(at).label("at"), func.count().label("said"))
    rows = rows.join(names, names.c.id == attributions.c.speaker_id).where(attributions.c.kind != "unnamed")
    told = connection.execute(rows.group_by(names.c.name, day)).all()
    means = known.of_names(row.name for row in told)
    counts: Counter[str] = Counter()
    called: dict[str, set[str]] = defaultdict(set)
    for row in told:
        held = means.get(row.name, [])
        one = next((one for one in held if len(held) == 1 or (row.at is not None and one.tells(row.at))), None)
        if one is not None:
            counts[one.entity] += row.said
            called[one.entity].update(forms(row.name))
    _put_right(connection, known, counts, called)
    wanted = set(forms(words))
    out: list[tuple[Entity, int]] = []
    for entity, count in counts.most_common():
        if len(out) == limit:
            break
        if wanted <= called[entity] and (found := known.get(entity)) is not None:
            out.append((found, count))
    return out


def _said_at() -> Any:
    first = select(func.min(versions.c.seen_at)).where(versions.c.article_id == attributions.c.article_id)
    return func.coalesce(attributions.c.at, first.scalar_subquery())


def _put_right(connection: Connection, known: Identities, counts: Counter[str], called: dict[str, set[str]]) -> None:
    """Count the statements whose speaker was put right with whom they are of now."""
    other = overlay(connection, None)
    if not other:
        return
    rows = select(attributions.c.id, attributions.c.kind, names.c.name, _said_at().label("at"))
    rows = rows.join(names, names.c.id == attributions.c.speaker_id).where(attributions.c.id.in_(sorted(other)))
    read = connection.execute(rows).all()
    means = known.of_names({row.name for row in read} | {name for name in other.values() if name})
    for row in read:
        now = other[row.id]
        for name, change in ((row.name if row.kind != "unnamed" else None, -1), (now, 1)):
            held = means.get(name, []) if name else []
            one = next((one for one in held if len(held) == 1 or (row.at is not None and one.tells(row.at))), None)
            if name and one is not None:
                counts[one.entity] += change
                called[one.entity].update(forms(name))
    for entity in [entity for entity, count in counts.items() if count <= 0]:
        del counts[entity]
