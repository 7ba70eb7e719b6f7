"""Joined forms of Arabic letters, for terminals that print every letter alone.

The forms are those of Unicode's Arabic Presentation Forms, found through their decompositions; letters without such a form
(a few of other languages than Arabic) stay as they are.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FORMS = [*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)]
_TATWEEL = "\u0640"
# Lam with alif, plain or with its signs, is the one ligature that is not a matter of taste; Unicode has hundreds more.
_LIGATURES = frozenset("\u0644" + alif for alif in "\u0622\u0623\u0625\u0627")


@cache
def _forms() -> Mapping[tuple[str, str], str]:
    """From (form, letters) to the character of that form; form is isolated, initial, medial or final."""
    found: dict[tuple[str, str], str] = {}
    for code in _FORMS:
        kind, _, rest = unicodedata.decomposition(chr(code)).partition(" ")
        letters = "".join(chr(int(part, 16)) for part in rest.split())
        if kind.startswith("<") and (len(letters) == 1 or letters in _LIGATURES):
            found.setdefault((kind.strip("<>"), letters), chr(code))
    return found


def _joins_next(letter: str) -> bool:
    return letter == _TATWEEL or ("initial", letter) in _forms()


def _joins_before(letter: str) -> bool:
    return letter == _TATWEEL or ("final", letter) in _forms()


def shape(clusters: Sequence[str]) -> list[str]:
    """Clusters (a letter with its marks) in the order of the text, each in its joined form; lam with alif becomes one
    cluster and leaves an empty one behind, so that the list keeps its length.

    >>> [f"{ord(c[0]):04X}" if c else "" for c in shape(list("سلام"))]
    ['FEB3', 'FEFC', '', 'FEE1']
    """
    out = list(clusters)
    bases = [cluster[:1] for cluster in clusters]
    forms = _forms()
    for at, letter in enumerate(bases):
        if not letter or letter.isascii() or not out[at]:
            continue
        before = at > 0 and _joins_next(bases[at - 1]) and _joins_before(letter)
        after = at + 1 < len(bases) and _joins_next(letter) and bool(bases[at + 1]) and _joins_before(bases[at + 1])
        pair = letter + (bases[at + 1] if at + 1 < len(bases) else "")
        ligature = forms.get(("final" if before else "isolated", pair)) if len(pair) == 2 else None
        if ligature:
            out[at] = ligature + clusters[at][1:] + clusters[at + 1][1:]
            out[at + 1] = ""
            continue
        form = ("medial" if after else "final") if before else ("initial" if after else "isolated")
        out[at] = forms.get((form, letter), letter) + clusters[at][1:]
    return out
