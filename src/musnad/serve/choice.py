"""Which statements of a story a reader wants to see, and what there is to choose from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from musnad.publish.pictures import Manner
    from musnad.serve.storycards import StoryCard

_Name = Annotated[str, Field(max_length=200)]
_POINTS = 5


class Choice(BaseModel):
    """Only statements of this speaker, this side, that this outlet carries, of this act; empty is all."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    speaker: _Name = ""
    side: _Name = ""
    outlet: _Name = ""
    act: _Name = ""

    @property
    def query(self) -> dict[str, str]:
        """What is chosen, for an address."""
        return {name: value for name, value in self.model_dump().items() if value}

    def holds(self, card: StoryCard) -> bool:
        """Whether a statement is one of those."""
        return all(value in facets(card)[name] for name, value in self.query.items())


ALL = Choice()


@dataclass(frozen=True, slots=True)
class View:
    """How a reader sees a story: the manner of reading, and which statements."""

    manner: Manner
    choice: Choice = ALL


def facets(card: StoryCard) -> dict[str, tuple[str, ...]]:
    """By what a statement can be chosen."""
    return {
        "speaker": (card.speaker,),
        "side": (card.side,) if card.side else (),
        "outlet": card.outlets,
        "act": (card.act,),
    }


def offered(cards: Sequence[StoryCard], choice: Choice) -> Iterator[tuple[str, list[tuple[str, int, bool]]]]:
    """Of each field what can be chosen: its name, of how many statements, and whether it is chosen; the most first.

    A field in which all statements are the same offers nothing and is left out, unless something is chosen in it.
    """
    for field, chosen in choice.model_dump().items():
        counted = Counter(value for card in cards for value in facets(card)[field])
        if len(counted) > 1 or chosen:
            values = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
            yield field, [(value, count, value == chosen) for value, count in values]


def key_points(cards: Sequence[StoryCard]) -> tuple[StoryCard, ...]:
    """The statements that most independent texts carry, one of each speaker, at most five.

    What only one text says is no key point: a story that nobody repeats has none.
    """
    out: dict[str, StoryCard] = {}
    for card in sorted(cards, key=lambda one: (-one.texts, -len(one.outlets))):
        if card.texts > 1:
            out.setdefault(card.speaker, card)
    return tuple(out.values())[:_POINTS]
