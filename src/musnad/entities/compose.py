"""Offices and bodies whose names news composes of a word and a state («وزير الخارجية الروسي»، «حكومة العراق»)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Literal

from musnad.entities.names import SEVERAL, words
from musnad.lang import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Slot = Literal["adjective", "state"]
_SLOTS: Mapping[str, Slot] = {
    "{masculine}": "adjective",
    "{feminine}": "adjective",
    "{adjective}": "adjective",
    "{state}": "state",
}
_LONGEST_STATE = 6


@dataclass(frozen=True, slots=True)
class State:
    """A state as names are composed with it: its adjectives and names, Arabic and English, the first of each to show."""

    code: str
    masculine: tuple[str, ...]
    feminine: tuple[str, ...]
    names: tuple[str, ...]
    english: tuple[str, ...]

    def shown(self, pattern: str) -> str | None:
        """A pattern with the first form of this state in it; None where the state has none."""
        forms = {"{masculine}": self.masculine, "{feminine}": self.feminine, "{state}": self.names}
        slot = next(slot for slot in forms if slot in pattern)
        return pattern.replace(slot, forms[slot][0]) if forms[slot] else None


@dataclass(frozen=True, slots=True)
class Head:
    """A word of office or of a body: `slug` without the state, `patterns` its Arabic ones, the first to show."""

    slug: str
    kind: Literal["office", "body"]
    patterns: tuple[str, ...]
    english: tuple[str, ...]
    only: frozenset[str]


@dataclass(frozen=True, slots=True)
class Composed:
    """A name that was taken apart: the id that it composes, the head, and the code of the state."""

    id: str
    head: Head
    code: str


class Composer:
    """Takes composed names apart and puts them together, with the states that are given.

    >>> composer = Composer([State("ru", ("الروسي",), ("الروسية",), ("روسيا",), ("Russia", "Russian"))])
    >>> [found.id for found in composer.read(words("وزير خارجية روسيا"))]
    ['office:ru-foreign-minister']
    """

    def __init__(self, states: Sequence[State]) -> None:
        self.states = {state.code: state for state in states}
        self._forms: dict[Slot, dict[tuple[str, ...], list[str]]] = {"adjective": {}, "state": {}}
        for state in states:
            for slot, forms in (
                ("adjective", (*state.masculine, *state.feminine, *state.english)),
                ("state", (*state.names, *state.english)),
            ):
                for form in dict.fromkeys(map(words, forms)):
                    self._forms[slot].setdefault(form, []).append(state.code)  # type: ignore[index]

    def read(self, name: tuple[str, ...]) -> list[Composed]:
        """What a name composes: nothing, or one thing, or several where states share a form."""
        out: dict[str, Composed] = {}
        for start in range(len(name)):
            for stop in range(start + 1, min(len(name), start + _LONGEST_STATE) + 1):
                if stop - start == len(name):
                    continue
                for slot, codes in ((slot, forms.get(name[start:stop], ())) for slot, forms in self._forms.items()):
                    head = _heads().get((slot, name[:start], name[stop:])) if codes else None
                    for one in head or ():
                        for code in codes:
                            if not one.only or code in one.only:
                                out.setdefault(composed_id(one, code), Composed(composed_id(one, code), one, code))
        return list(out.values())

    def shown(self, one: Composed) -> tuple[str, str]:
        """The names to show of what was composed, Arabic and English."""
        state = self.states[one.code]
        arabic = next(filter(None, map(state.shown, one.head.patterns)), "")
        pattern = one.head.english[0]
        return arabic, pattern.replace("{adjective}", state.english[1] if len(state.english) > 1 else state.english[0])

    def place_of(self, name: tuple[str, ...]) -> list[str]:
        """The states whose adjective or name this is, by code."""
        return [*self._forms["adjective"].get(name, ()), *self._forms["state"].get(name, ())]

    def before_state(self, name: tuple[str, ...]) -> tuple[str, ...] | None:
        """A name without the adjective or name of a state at its end; None where it ends in none."""
        for start in range(max(1, len(name) - _LONGEST_STATE), len(name)):
            if self.place_of(name[start:]):
                return name[:start]
        return None


def composed_id(head: Head, code: str) -> str:
    """The id of an office or body of a state."""
    return f"{head.kind}:{code}-{head.slug}"


@cache
def generic() -> frozenset[tuple[str, ...]]:
    """Offices without their state as they stand before a name («رئيس الوزراء»): the adjective of a pattern left out."""
    return frozenset(
        before for (slot, before, after), heads in _heads().items()
        if slot == "adjective" and before and not after and heads[0].kind == "office"
    )  # fmt: skip


@cache
def heads() -> tuple[Head, ...]:
    """All words of office and of bodies, those of ministers for each portfolio."""
    return tuple(_tabled())


@cache
def _heads() -> dict[tuple[Slot, tuple[str, ...], tuple[str, ...]], list[Head]]:
    out: dict[tuple[Slot, tuple[str, ...], tuple[str, ...]], list[Head]] = {}
    for head in heads():
        for pattern in (*head.patterns, *head.english):
            sign, slot = next((sign, slot) for sign, slot in _SLOTS.items() if sign in pattern)
            before, after = map(words, pattern.split(sign))
            known = out.setdefault((slot, before, after), [])
            if head not in known:
                known.append(head)
    return out


def _tabled() -> Iterator[Head]:
    kinds: tuple[tuple[str, Literal["office", "body"]], ...] = (("offices", "office"), ("institutions", "body"))
    for name, kind in kinds:
        for row in table("ar", f"entities/{name}"):
            only = frozenset(code.lower() for code in _several(row["states"]))
            if "{portfolio}" not in row["slug"]:
                yield Head(row["slug"], kind, _several(row["patterns"]), _several(row["english"]), only)
                continue
            for portfolio in table("ar", "entities/portfolios"):
                slug = row["slug"].replace("{portfolio}", portfolio["slug"])
                english = _filled(row["english"], {"{portfolio}": portfolio["english"]})
                signs = {f"{{{column}}}": portfolio[column] for column in ("definite", "bare", "alone")}
                yield Head(slug, kind, _filled(row["patterns"], signs), english, only)


def _filled(patterns: str, signs: Mapping[str, str]) -> tuple[str, ...]:
    """The patterns with each of the values for a sign in them; those whose sign has no value are left out."""
    out: list[str] = []
    for pattern in _several(patterns):
        used = [sign for sign in signs if sign in pattern]
        for values in product(*(_several(signs[sign]) for sign in used)):
            made = pattern
            for sign, value in zip(used, values, strict=True):
                made = made.replace(sign, value)
            out.append(made)
    return tuple(out)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in cell.split(SEVERAL))))
