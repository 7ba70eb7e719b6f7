"""Who is meant by a name: one entity, several that remain, or nobody that the registry knows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from musnad.entities.compose import generic
from musnad.entities.names import parts, titles, unhonoured, unnamed, words
from musnad.entities.registry import registry
from musnad.entities.types import Undecided
from musnad.lang import table
from musnad.lang.ar.spelling import ARTICLE

if TYPE_CHECKING:
    from datetime import date

    from musnad.entities.types import Entity, EntityKind

Name = tuple[str, ...]
_SPOKEN_FOR: frozenset[EntityKind] = frozenset(("body", "agency", "outlet"))
_MEDIA: frozenset[EntityKind] = frozenset(("agency", "outlet"))
_LONGEST = 14
"""Words of the longest name that is looked at: a source of more is a clause that was taken for a name."""


def resolve(name: str, *, on: date | None = None, kind: EntityKind | None = None) -> Entity | Undecided | None:
    """Who is meant by `name`: an entity of the registry, Undecided where several remain, None where it knows nobody.

    An office is whoever held it `on` that day, and the office itself without a day, with the kind "office", and where the
    registry does not say who held it; on the day when it changed hands it is undecided. A ministry is not its minister.
    Titles before or after a name are left out, those of somebody else («مستشار الرئيس فلان») are not. A short name is a
    person's only where one person of the registry has it. A description of somebody unnamed is nobody.

    >>> from datetime import date
    >>> resolve("الرئيس الروسي", on=date(2022, 2, 28)).id, resolve("«الرئيس فلاديمير بوتين»").id
    ('person:vladimir-putin', 'person:vladimir-putin')
    >>> resolve("وزارة الدفاع الروسية").id, resolve("مصدر في وزارة الدفاع الروسية")
    ('body:ru-defence-ministry', None)
    """
    found = meant(name)
    if kind is not None:
        found = [one for one in found if one.kind == kind or (one.kind == "office" and kind == "person" and on)]
    if not found:
        return None
    if len(found) > 1:
        return Undecided(name, tuple(one.id for one in found), "several have this name")
    if found[0].kind != "office" or on is None or kind == "office":
        return found[0]
    holders = registry().holders(found[0].id, on)
    if len(holders) > 1:
        return Undecided(name, tuple(holders), "the office changed hands on this day")
    if not holders:
        return found[0] if kind is None else None
    return registry().get(holders[0])


def meant(name: str) -> list[Entity]:
    """All that a name may mean, an office as itself: one where that is certain, none where it is unknown."""
    whole, before = parts(name)
    if not whole or len(whole) > _LONGEST or whole[0] in unnamed():
        return []
    found = _meant(whole)
    if not found and (spelled := words(name)) != whole:
        found = _meant(spelled)  # «وكالة (رويترز) للأنباء»
    if not found and before and before != whole:
        rest = words(name)[len(before) :]
        found = [one for one in _meant(before) if one.kind == "person" and rest and rest[0] in titles()]
    return found


def _meant(name: Name) -> list[Entity]:
    known = registry()
    for form in dict.fromkeys((name, unhonoured(name))):
        ids = known.whole.get(form) or known.short.get(form)
        if ids:
            return _preferred([known.entities[key] for key in ids])
        found = _composed(form)
        if found:
            return found
    return _titled(unhonoured(name)) or _medium(name)


def _preferred(found: list[Entity]) -> list[Entity]:
    """A state before its own capital, where they share a name."""
    states = {one.id for one in found if one.kind == "state"}
    return [one for one in found if not (one.kind == "place" and one.of in states)]


def _composed(name: Name) -> list[Entity]:
    """The office or body that a name composes, without words that only qualify it; a former one is nobody's."""
    known = registry()
    kept, former = _unqualified(name)
    if former:
        return []
    if kept != name and kept in known.whole:
        return [one for key in known.whole[kept] for one in [known.entities[key]] if one.kind == "office"]
    found = [known.composed(one) for one in known.composer.read(kept)]
    if found:
        return found
    for size in (4, 3, 2):
        if len(kept) > size and kept[:size] in _speaking():
            bodies = [one for one in _meant(kept[size:]) if one.kind in _SPOKEN_FOR]
            return [known.spokesperson(one) for one in bodies]
    return []


def _titled(name: Name) -> list[Entity]:
    """The person whose name this is with a title or an office before or after it."""
    known = registry()
    for index in (known.whole, known.short):
        for at in range(1, len(name)):
            for own, said in ((name[at:], name[:at]), (name[:at], name[at:])):
                people = [known.entities[key] for key in index.get(own, ()) if key.startswith("person:")]
                fitting = [one for one in people if _fits(said, one)]
                if fitting:
                    return fitting
    return []


def _fits(said: Name, person: Entity) -> bool:
    """Whether what is said beside a name is a title of that person, not somebody else's who belongs to them."""
    known = registry()
    kept, _ = _unqualified(said)
    if not kept or unhonoured((*kept, "")) == ("",):
        return True
    kept = unhonoured(kept)
    offices = [one.id for one in _composed(kept) or _named_office(kept) if one.kind == "office"]
    if offices and any(word in titles() and word.startswith(ARTICLE) for word in kept[1:]):
        held = {term.office for term in known.held.get(person.id, ())}  # «نائب الرئيس فلان» may be somebody else
        return any(office in held for office in offices)
    if offices:
        return True
    head = known.composer.before_state(kept) or kept
    return head in generic() or (len(head) == 1 and head[0] in titles() and head[0].startswith(ARTICLE))


def _named_office(name: Name) -> list[Entity]:
    known = registry()
    return [known.entities[key] for key in known.whole.get(name, ()) if key.startswith("office:")]


def _medium(name: Name) -> list[Entity]:
    """An agency or outlet with what news says around its name («صحيفة «حرييت» التركية»)."""
    known = registry()
    kept = name[1:] if len(name) > 1 and name[0] in _media() else name
    for form in dict.fromkeys((kept, known.composer.before_state(kept) or kept)):
        ids = known.whole.get(form, ())
        found = [known.entities[key] for key in ids if known.entities[key].kind in _MEDIA]
        if found and form != name:
            return found
    return []


def _unqualified(name: Name) -> tuple[Name, bool]:
    """A name without words that only qualify it, at its end; and whether they say that an office is no longer held."""
    former = False
    while True:
        size = next((n for n in (2, 1) if len(name) > n and name[-n:] in _qualifiers()), 0)
        if not size:
            return name, former
        former = former or _qualifiers()[name[-size:]] == "former"
        name = name[:-size]


@cache
def _qualifiers() -> dict[Name, str]:
    return {words(row["words"]): row["kind"] for row in table("ar", "entities/qualifiers")}


@cache
def _speaking() -> frozenset[Name]:
    return frozenset(words(row["words"]) for row in table("ar", "entities/speaking-for"))


@cache
def _media() -> frozenset[str]:
    """Words that stand before the name of an agency or outlet and say what it is."""
    return frozenset(w for row in table("ar", "words") if row["class"] in _MEDIA for w in words(row["word"]))
