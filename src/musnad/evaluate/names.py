"""Whether two names are of one speaker."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from musnad.lang import table

# One spelling for what is spelled in several ways: hamza on or under alif, alif maqsura, hamza seats, ta marbuta, tatweel.
_SPELLING: dict[int, int | None] = {0x623: 0x627, 0x625: 0x627, 0x622: 0x627, 0x671: 0x627, 0x649: 0x64A, 0x626: 0x64A}
_SPELLING |= {0x624: 0x648, 0x629: 0x647, 0x640: None}
_NO_WORD = re.compile(r"[^\w\s]")
_ARTICLE = "\u0627\u0644"
_LONGER_THAN = 4


@lru_cache(maxsize=65536)
def name(words: str) -> frozenset[str]:
    """A speaker's name as a set of folded words, without titles, the article or punctuation.

    Titles are those of the table ``evaluation_titles``; a name of nothing but titles keeps them.

    >>> sorted(name("الوزيرة سلمى الحدّاد")) == sorted(["وزيره", "سلمي", "حداد"])
    True
    """
    found = _folded(words).split()
    kept = [word for word in found if word not in _titles()] or found
    bare = (w[2:] if w.startswith(_ARTICLE) and len(w) > _LONGER_THAN else w for w in kept)
    return frozenset(bare)


def same_speaker(one: str | None, other: str | None) -> bool:
    """Whether two names are the same words but for titles, or one is a part of the other, or more than half is shared.

    >>> same_speaker("حداد", "المهندسة سلمى حداد"), same_speaker("سلمى حداد", "سالم منصور"), same_speaker(None, "")
    (True, False, True)
    """
    a, b = name(one or ""), name(other or "")
    if not a or not b:
        return not a and not b
    return a <= b or b <= a or 2 * len(a & b) > len(a | b)


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(row["word"] for row in table("ar", "evaluation_titles"))


def _folded(words: str) -> str:
    kept = (
        character
        for character in unicodedata.normalize("NFC", words)
        if not unicodedata.combining(character) and unicodedata.category(character) != "Cf"
    )
    return _NO_WORD.sub(" ", "".join(kept).translate(_SPELLING))
