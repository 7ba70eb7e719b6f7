"""What a figure amounts to, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from musnad.model import Figure


def amount(figure: Figure) -> str:
    """The value of a figure in digits with its unit: one value, a range, or a range open at one end; never averaged.

    >>> from musnad.model import Figure, Span
    >>> amount(Figure(Span(0, 5), Span(0, 2), value=25, unit="km"))
    '25 km'
    >>> amount(Figure(Span(0, 5), Span(0, 2), value=None, low=2000, unit="people"))
    '≥ 2,000 people'
    """
    digits = value(figure)
    if not digits:
        return ""
    return f"{digits} {figure.unit}" if figure.unit else digits


def value(figure: Figure, write: Callable[[float], str] | None = None) -> str:
    """The value of a figure without its unit, each number of it as `write` has it; empty where it has none.

    >>> from musnad.model import Figure, Span
    >>> value(Figure(Span(0, 5), Span(0, 2), value=None, high=2000, unit="people"), write=lambda one: f"{one:.0f}")
    '≤ 2000'
    """
    write = write or number
    if figure.value is not None:
        return write(figure.value)
    if figure.low is not None and figure.high is not None:
        return f"{write(figure.low)}–{write(figure.high)}"
    if figure.low is not None:
        return f"≥ {write(figure.low)}"
    return "" if figure.high is None else f"≤ {write(figure.high)}"


def number(value: float) -> str:
    """Digits in threes; a whole number without a point.

    >>> number(3500000), number(2.5)
    ('3,500,000', '2.5')
    """
    return f"{value:,}" if isinstance(value, int) or not value.is_integer() else f"{int(value):,}"
