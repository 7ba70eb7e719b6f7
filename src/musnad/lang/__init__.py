"""Languages: one folder each, words as data, and one contract that every language keeps."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Literal, Protocol, cast

from musnad.lang.folded import Folded
from musnad.lang.tables import table
from musnad.lang.word import Cue, Word

__all__ = ["Cue", "Folded", "Language", "language", "Word", "table"]


class Language(Protocol):
    """What the rest of musnad asks of a language."""

    code: str
    direction: Literal["rtl", "ltr"]

    def fold(self, words: str) -> Folded:
        """A view in which spellings that readers take for one are one; folding twice changes nothing more."""

    def word(self, form: str) -> Word:
        """What the lexicon knows of a folded word."""


@cache
def language(code: str) -> Language:
    """The language with this ISO 639-1 code. Raises LookupError for one that musnad does not have.

    >>> language("ar").direction
    'rtl'
    """
    if code not in ("ar", "en"):
        raise LookupError(f"no language {code!r}: there are 'ar' and 'en' (a folder in musnad/lang each)")
    return cast("Language", import_module(f"musnad.lang.{code}.language").LANGUAGE)
