"""Captions: what the picture shows, and who took it."""

from __future__ import annotations

import re

from musnad.pages.credits import Place, trim
from musnad.pages.words import credit_labels, label, squash, vocabulary

_COPYRIGHT = re.compile(r"[(\[]?©[\s\u00a0]*([^\n]{2,80})$")
_BRACKETS = re.compile(r"[(\[][\s\u00a0]*([^()\[\]\n]{2,60})[)\]][\s\u00a0.]*$")
_DASHED = re.compile(r"[\s\u00a0][-–—/|]+[\s\u00a0]*([^-–—/|\n()]{2,40})$")
_PARTS = re.compile(r"[\s\u00a0]*[-–—/|،,:][\s\u00a0]*")
_TAIL = 90


def split_caption(words: str) -> tuple[Place | None, Place | None]:
    """The places of the caption proper and of the credit in a line under a picture; either may be None.

    A credit stands after ©, behind a label, a dash or a stroke, or in brackets at the end; «أرشيفية» is none.

    >>> words = "سفينة في الميناء 5 آذار 2022 (أ ف ب)"
    >>> [words[s:e] for s, e in split_caption(words)]
    ['سفينة في الميناء 5 آذار 2022', 'أ ف ب']
    """
    name, after = label(words)
    if name == "credit" and after < len(words) and any(c in ":،,/|-" for c in words[:after]):
        return None, trim(words, after, len(words))
    start = after if name == "caption" else 0
    found = _copyright(words) or _bracketed(words) or _labelled(words) or _dashed(words)
    if found is None:
        return (start, len(words)), None
    end, credit = found
    while end > start and words[end - 1] in " \u00a0.،,|-–—/":
        end -= 1
    return (start, end) if start < end else None, credit


def photo_credit(words: str) -> Place | None:
    """The place of the credit alone."""
    return split_caption(words)[1]


def _copyright(words: str) -> tuple[int, Place] | None:
    match = _COPYRIGHT.search(words)
    place = None if match is None else trim(words, match.start(1), match.end(1))
    return None if match is None or place is None else (match.start(), place)


def _bracketed(words: str) -> tuple[int, Place] | None:
    match = _BRACKETS.search(words, max(0, len(words) - _TAIL))
    if match is None:
        return None
    name, after = label(match[1])
    inner = match.start(1) + (after if name == "credit" and after < len(match[1]) else 0)
    for start, end in _parts(words, inner, match.end(1)):
        looked = squash(words[start:end])
        kind = vocabulary().wires.get(looked)
        if kind == "archive":
            continue
        digits = any(c.isdigit() for c in words[start:end])
        if kind is not None or (not digits and len(looked.split()) <= 4 and match.start() > 12):
            return match.start(), (start, end)
    return None


def _parts(words: str, start: int, end: int) -> list[Place]:
    places, at = [], start
    for match in _PARTS.finditer(words, start, end):
        places.append((at, match.start()))
        at = match.end()
    places.append((at, end))
    whole = trim(words, start, end)
    trimmed = [t for s, e in places if (t := trim(words, s, e)) is not None]
    digits = any(c.isdigit() for c in words[start:end])
    return trimmed if digits or whole is None else [whole]


def _labelled(words: str) -> tuple[int, Place] | None:
    for match in credit_labels().finditer(words, max(0, len(words) - _TAIL)):
        place = trim(words, match.end(), len(words))
        if place is not None and len(words[slice(*place)].split()) <= 8:
            return match.start(), place
    return None


def _dashed(words: str) -> tuple[int, Place] | None:
    match = _DASHED.search(words, max(0, len(words) - 60))
    if match is None or vocabulary().wires.get(squash(match[1])) in (None, "archive"):
        return None
    place = trim(words, match.start(1), match.end(1))
    return None if place is None else (match.start(), place)
