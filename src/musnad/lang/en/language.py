"""English, as the contract of a language asks for it: case is folded."""

from __future__ import annotations

from typing import Literal

from musnad.lang.folded import Folded
from musnad.lang.word import Word


class English:
    """The contract of a language, for English."""

    code = "en"
    direction: Literal["rtl", "ltr"] = "ltr"

    def fold(self, words: str) -> Folded:
        """The words in lower case, letter by letter.

        >>> LANGUAGE.fold("Reuters").words
        'reuters'
        """
        lowered = words.lower()
        return Folded(lowered if len(lowered) == len(words) else "".join(c.lower()[0] for c in words))

    def word(self, form: str) -> Word:
        """Nothing yet: English attributions are not looked for."""
        return Word(form, "", None, "", "", "", "")


LANGUAGE = English()
