"""Doubt: what was seen and not decided."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.model.span import Span


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the program saw and would not decide: what (one plain sentence), where (None: the page as a whole), and
    the rule that stopped short of it."""

    what: str
    rule: str
    span: Span | None = None
