"""English spelling: case is folded."""

from __future__ import annotations

from typing import Literal

from musnad.lang.folded import Folded


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


LANGUAGE = English()
