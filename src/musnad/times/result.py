"""Times: what a reader of times gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musnad.model import Doubt, Moment


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a text or a line in order, and a Doubt for every two that do not agree.

    `labels` has one for each moment of a printed line: ``published``, ``modified`` or None; it is empty for running text.
    """

    moments: tuple[Moment, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    labels: tuple[str | None, ...] = ()

    @property
    def chosen(self) -> Moment | None:
        """The published one of a line, else the first that is not the time of a change, else the first; None of none."""
        for wanted in ("published", None):
            for label, moment in zip(self.labels, self.moments, strict=False):
                if label == wanted:
                    return moment
        return self.moments[0] if self.moments else None
