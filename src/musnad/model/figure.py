"""Figure: a number that is claimed of something."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.model.moment import Moment
from musnad.model.span import Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated quantity: a value, or a range (low, high; either end may be open), never averaged.

    `span` covers hedge, number and counted noun; `number` the digits or number words alone. `hedge` is the word as it
    stands («نحو»), `unit` a short English name of what is counted or measured (``people``, ``km``, ``USD``, ``percent``),
    `of` the counted noun phrase as it stands. `claimant` is the index of the attribution that claims it, None: nobody.
    """

    span: Span
    number: Span
    value: float | int | None
    low: float | int | None = None
    high: float | int | None = None
    hedge: str | None = None
    unit: str | None = None
    of: str | None = None
    claimant: int | None = None
    as_of: Moment | None = None
    rule: str = ""
