"""Attributions as sets of words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from musnad.errors import BadRecord

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class View:
    """An attribution with each part as the set of the numbers of its words; `raw` is the mark itself."""

    cue: frozenset[int]
    source: frozenset[int]
    content: frozenset[int]
    addressee: frozenset[int]
    medium: frozenset[int]
    raw: Mapping[str, Any]

    @property
    def nested(self) -> bool:
        """Whether it stands within another."""
        return self.raw.get("within") is not None


def word_numbers(text: str) -> list[int]:
    """For each character the number of the word (white-space token with a letter or digit) that it is in, -1 for none.

    >>> word_numbers("قال : نعم")
    [0, 0, 0, -1, -1, -1, 1, 1, 1]
    """
    numbers = [-1] * len(text)
    count = 0
    for match in _WORD.finditer(text):
        if any(map(str.isalnum, match[0])):
            numbers[match.start() : match.end()] = [count] * (match.end() - match.start())
            count += 1
    return numbers


def views(document: Mapping[str, Any], numbers: list[int], where: str) -> list[View]:
    """The attributions of a document's marks. Raises BadRecord for a place outside the text."""
    return [_view(mark, numbers, where) for mark in document["attributions"]]


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the words of either that both have; 1 for two empty sets."""
    return len(one & other) / len(one | other) if one or other else 1.0


def _view(mark: Mapping[str, Any], numbers: list[int], where: str) -> View:
    def covered(spans: Sequence[Sequence[int]]) -> frozenset[int]:
        found: set[int] = set()
        for start, end in spans:
            if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(numbers)):
                raise BadRecord(
                    f"a place [{start}, {end}] is outside the {len(numbers)} characters of its document",
                    where=where,
                    advice="marks and documents must belong together",
                )
            found.update(numbers[start:end])
        return frozenset(found - {-1})

    def one(part: str) -> frozenset[int]:
        return covered([mark[part]] if mark.get(part) else [])

    return View(
        covered(mark.get("cue") or []),
        one("source"),
        covered(mark.get("content") or []),
        one("addressee"),
        one("medium"),
        mark,
    )
