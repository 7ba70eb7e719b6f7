"""Stated quantities: found in the words of a page, and given to whoever claims them."""

from musnad.find.figures.claims import claimed
from musnad.find.figures.finder import find_figures

__all__ = ["claimed", "find_figures"]
