"""The order in which the characters of a line stand on a screen (UAX #9), for terminals that do not work it out.

Only what a printed line needs: no explicit embeddings (they are not printed), one level of isolation, rules W1-W7, N0-N2,
I1, I2, L2 and L4. Paragraphs are lines here, because we wrap them ourselves.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAIRS = "()[]{}⟦⟧⟨⟩"
_CLOSING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_MIRRORED = "()[]{}<>«»‹›⟦⟧⟨⟩≤≥"
_MIRROR = {
    **dict(zip(_MIRRORED[::2], _MIRRORED[1::2], strict=True)),
    **dict(zip(_MIRRORED[1::2], _MIRRORED[::2], strict=True)),
}
_NEUTRAL = frozenset(["B", "S", "WS", "ON", "BN", "FSI", "LRI", "RLI", "PDI", "LRE", "RLE", "LRO", "RLO", "PDF"])


def clusters(words: str) -> list[str]:
    """`words` as characters, each with the marks that sit on it.

    >>> len(clusters("قَالَ"))
    3
    """
    out: list[str] = []
    for character in words:
        if out and (unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf")):
            out[-1] += character
        else:
            out.append(character)
    return out


def order(line: Sequence[str], *, rtl: bool) -> list[int]:
    """The places of clusters from left to right as they stand on the screen.

    >>> "".join("אב 12"[at] for at in order("אב 12", rtl=True))
    '12 בא'
    """
    base = 1 if rtl else 0
    levels = _levels([unicodedata.bidirectional(cluster[0]) if cluster else "BN" for cluster in line], line, base)
    places = list(range(len(line)))
    for level in range(max(levels, default=0), 0, -1):  # L2
        at = 0
        while at < len(places):
            if levels[places[at]] < level:
                at += 1
                continue
            end = at
            while end < len(places) and levels[places[end]] >= level:
                end += 1
            places[at:end] = places[at:end][::-1]
            at = end
    return places


def is_rtl_at(line: Sequence[str], *, rtl: bool) -> list[bool]:
    """For each cluster whether it runs from right to left; brackets that do are mirrored (L4)."""
    base = 1 if rtl else 0
    kinds = [unicodedata.bidirectional(cluster[0]) if cluster else "BN" for cluster in line]
    return [level % 2 == 1 for level in _levels(kinds, line, base)]


def mirrored(cluster: str) -> str:
    """The bracket that faces the other way; anything else as it is."""
    return _MIRROR.get(cluster[:1], cluster[:1]) + cluster[1:]


def _levels(kinds: list[str], line: Sequence[str], base: int) -> list[int]:
    side = "R" if base else "L"
    kinds = _weak(kinds, side)
    kinds = _brackets(kinds, line, side)
    kinds = _neutral(kinds, side)
    raise_by = {"L": base, "R": 1 - base, "EN": 2 - base, "AN": 2 - base}  # I1, I2
    return [base + raise_by[kind] for kind in kinds]


def _weak(kinds: list[str], side: str) -> list[str]:
    """Rules W1-W7: numbers, their signs and separators."""
    out = list(kinds)
    strong = side
    for at, kind in enumerate(out):
        if kind == "NSM":  # W1; most are in the cluster of their letter already
            out[at] = out[at - 1] if at else side
        elif kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            out[at] = "AN"  # W2
    out = ["R" if kind == "AL" else kind for kind in out]  # W3
    for at in range(1, len(out) - 1):  # W4
        before, kind, after = out[at - 1], out[at], out[at + 1]
        if before == after and ((kind == "ES" and before == "EN") or (kind == "CS" and before in ("EN", "AN"))):
            out[at] = before
    _terminators(out)
    strong = side
    for at, kind in enumerate(out):
        if kind in ("ES", "ET", "CS"):
            out[at] = "ON"  # W6
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            out[at] = "L"  # W7
    return out


def _terminators(kinds: list[str]) -> None:
    """W5: runs of ET beside a European number belong to it."""
    at = 0
    while at < len(kinds):
        if kinds[at] != "ET":
            at += 1
            continue
        end = at
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if (at and kinds[at - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN"):
            kinds[at:end] = ["EN"] * (end - at)
        at = end


def _strong(kind: str) -> str | None:
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else None


def _brackets(kinds: list[str], line: Sequence[str], side: str) -> list[str]:
    """Rule N0: a pair of brackets takes the direction of what it holds."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at, cluster in enumerate(line):
        sign = cluster[:1]
        if sign in _CLOSING and kinds[at] == "ON":
            stack.append((_CLOSING[sign], at))
        elif kinds[at] == "ON" and any(sign == wanted for wanted, _ in stack):
            while stack[-1][0] != sign:
                stack.pop()
            pairs.append((stack.pop()[1], at))
    out = list(kinds)
    for start, end in sorted(pairs):
        inside = {_strong(kind) for kind in out[start + 1 : end]} - {None}
        if side in inside:
            out[start] = out[end] = side
        elif inside:
            before = next((s for kind in reversed(out[:start]) if (s := _strong(kind))), side)
            out[start] = out[end] = before if before != side else side
    return out


def _neutral(kinds: list[str], side: str) -> list[str]:
    """Rules N1 and N2: what has no direction takes that of both neighbours, or of the line."""
    out = list(kinds)
    at = 0
    while at < len(out):
        if out[at] not in _NEUTRAL:
            at += 1
            continue
        end = at
        while end < len(out) and out[end] in _NEUTRAL:
            end += 1
        before = _strong(out[at - 1]) if at else side
        after = _strong(out[end]) if end < len(out) else side
        out[at:end] = [before if before == after and before else side] * (end - at)
        at = end
    return out
