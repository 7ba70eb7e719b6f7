"""How sure a figure is: 95 % intervals by drawing the documents again and again."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.evaluate.counts import MEASURES, SHARES, Counts, measure, share, total

if TYPE_CHECKING:
    from collections.abc import Sequence

DRAWS = 1000
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the most of the middle 95 per cent."""

    low: float
    high: float


def intervals(counts: Sequence[Counts], *, seed: int = 0, draws: int = DRAWS) -> dict[str, Interval]:
    """For the F1 of each of MEASURES and for each of SHARES the 95 % interval over documents (percentile bootstrap).

    Documents, not attributions, are drawn with replacement: those of one document stand or fall together. The same seed
    gives the same intervals. Without documents every interval is [0, 0].
    """
    source = random.Random(seed)
    values: dict[str, list[float]] = {name: [] for name in (*MEASURES, *SHARES)}
    for _ in range(draws):
        drawn = total(source.choices(counts, k=len(counts))) if counts else total(())
        for name in MEASURES:
            values[name].append(measure(drawn, name)[2])
        for name in SHARES:
            values[name].append(share(drawn, name))
    return {name: _middle(sorted(column)) for name, column in values.items()}


def _middle(column: list[float]) -> Interval:
    last = len(column) - 1
    return Interval(column[round(_TAIL * last)], column[round((1 - _TAIL) * last)])
