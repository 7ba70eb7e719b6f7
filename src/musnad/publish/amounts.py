"""What a figure amounts to, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musnad.model import Figure


def amount(figure: Figure) -> str:
    """The value of a figure in digits with its unit: one value, a range, or a range open at one end; never averaged.

    >>> from musnad.model import Figure, Span
    >>> amount(Figure(Span(0, 5), Span(0, 2), value=25, unit="km"))
    '25 km'
    >>> amount(Figure(Span(0, 5), Span(0, 2), value=None, low=2000, unit="people"))
    '≥ 2,000 people'
    """
    if figure.value is not None:
        digits = number(figure.value)
    elif figure.low is not None and figure.high is not None:
        digits = f"{number(figure.low)}–{number(figure.high)}"
    elif figure.low is not None:
        digits = f"≥ {number(figure.low)}"
    elif figure.high is not None:
        digits = f"≤ {number(figure.high)}"
    else:
        return ""
    return f"{digits} {figure.unit}" if figure.unit else digits


def number(value: float) -> str:
    """Digits in threes; a whole number without a point.

    >>> number(3500000), number(2.5)
    ('3,500,000', '2.5')
    """
    return f"{value:,}" if isinstance(value, int) or not value.is_integer() else f"{int(value):,}"
