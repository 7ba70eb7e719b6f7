"""Arabic, as the contract of a language asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from musnad.lang.ar.lexicon import LEXICON
from musnad.lang.ar.spelling import fold
from musnad.lang.folded import Folded
from musnad.lang.word import Word

if TYPE_CHECKING:
    from collections.abc import Callable


class Arabic:
    """The contract of a language, for Arabic."""

    code = "ar"
    direction: Literal["rtl", "ltr"] = "rtl"

    def fold(self, words: str) -> Folded:
        """One spelling for what readers take for one: see :func:`musnad.lang.ar.spelling.fold`."""
        return fold(words)

    @property
    def word(self) -> Callable[[str], Word]:
        """What the lexicon knows of a folded word."""
        return LEXICON.word


LANGUAGE = Arabic()
