"""Whether two figures can both be true: the values that each leaves open, in a unit of their own kind."""

from __future__ import annotations

from functools import cache
from math import inf
from typing import TYPE_CHECKING

from musnad.lang import language, table

if TYPE_CHECKING:
    from musnad.model import Figure

_LANGUAGE = "ar"
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_METRES = {"m": 1, "km": 1000}
_ABOUT = 0.1
_MORE, _LESS = ("more", "at least"), ("less", "at most")  # senses of hedges.tsv


def agree(one: Figure, other: Figure) -> bool:
    """Whether the two can both be true: their values meet, each as far as its hedge leaves it open (a tenth for «نحو»)."""
    low, high = bounds(one)
    least, most = bounds(other)
    return low <= most and least <= high


def bounds(figure: Figure) -> tuple[float, float]:
    """The least and the most that a figure may mean, in its base unit.

    >>> from musnad.model import Figure, Span
    >>> bounds(Figure(Span(0, 9), Span(0, 4), 90, unit="minute")), bounds(Figure(Span(0, 9), Span(0, 4), 20, hedge="نحو"))
    ((5400, 5400), (18.0, 22.0))
    """
    scale = scale_of(figure)
    low, high = span_of(figure)
    sense = sense_of(figure)
    if figure.value is not None:
        if sense == "about":
            low, high = low * (1 - _ABOUT), high * (1 + _ABOUT)
        elif sense in _MORE:
            high = inf
        elif sense in _LESS:
            low = 0
    return low * scale, high * scale


def sense_of(figure: Figure) -> str:
    """What the hedge says (about, more, less, at least, at most), in one word for its spellings; empty without one."""
    return _senses().get(_fold(figure.hedge), "") if figure.hedge else ""


def span_of(figure: Figure) -> tuple[float, float]:
    """The ends of what is printed: a value twice, or a range; an open end is 0 or infinite."""
    if figure.value is not None:
        return figure.value, figure.value
    return figure.low if figure.low is not None else 0, figure.high if figure.high is not None else inf


def scale_of(figure: Figure) -> int:
    """How many of the base unit (second, metre) one of the figure's unit is; 1 for what has no other."""
    return _SECONDS.get(figure.unit or "", 0) or _METRES.get(figure.unit or "", 0) or 1


def base_of(figure: Figure) -> str | None:
    """The unit in which figures of one kind are compared: seconds for times, metres for lengths, else its own."""
    if figure.unit in _SECONDS:
        return "second"
    return "m" if figure.unit in _METRES else figure.unit


def _fold(words: str) -> str:
    return " ".join(language(_LANGUAGE).fold(words).words.split())


@cache
def _senses() -> dict[str, str]:
    return {_fold(row["words"]): row["sense"] for row in table(_LANGUAGE, "hedges")}
