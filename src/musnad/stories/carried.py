"""Who carries whom: how many statements of a story came from each origin, through whom, to which outlet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.stories.sources import name_key, utterances

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.stories.types import Telling


@dataclass(frozen=True, slots=True)
class Course:
    """So many `statements` of an `origin` that an `outlet` has `through` others, those nearest to the origin first.

    A name that is not known is None; an empty `through` is straight from the origin.
    """

    origin: str | None
    through: tuple[str | None, ...]
    outlet: str
    statements: int


def carried(story: Sequence[Telling]) -> tuple[Course, ...]:
    """The courses of a story, those of most statements first; without statements an empty tuple.

    An utterance counts once for each outlet and course, however many copies or articles the outlet has it in. Spellings of
    one name are one, written as it was first met.

    >>> carried([])
    ()
    """
    counts: Counter[tuple[str | None, tuple[str | None, ...], str]] = Counter()
    names: dict[tuple[str, ...], str] = {}
    for utterance in utterances(story):
        met = set()
        for way in utterance.ways:
            told = tuple(_named(name, names) for name in reversed(way.names))
            origin, through = (told[0], told[1:]) if told else (None, ())
            met |= {(origin, through, outlet) for outlet in way.outlets}
        counts.update(met)
    courses = [Course(*course, count) for course, count in counts.items()]
    return tuple(
        sorted(courses, key=lambda c: (-c.statements, c.origin or "", tuple(n or "" for n in c.through), c.outlet))
    )


def _named(name: str, names: dict[tuple[str, ...], str]) -> str | None:
    """The first spelling of a name; None for one that names nobody («وكالات»)."""
    key = name_key(name)
    return names.setdefault(key, name) if key else None
