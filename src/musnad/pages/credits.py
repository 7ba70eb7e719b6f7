"""Datelines, bylines and photo credits: who wrote, from where, resting on which agencies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from musnad.pages.words import label, squash, vocabulary

_SPLIT = re.compile(
    r"[\s\u00a0]*(?:--+|[-–—|/:،,؛()\[\]])[\s\u00a0:]*|\s+ـ+\s+|[\s\u00a0]+(?:\u0645\u0646|from|in)[\s\u00a0]+"
)
"""What parts the pieces of a credit: dashes, strokes, colons, brackets, tatweel between spaces, the word "from"."""
_QUOTED = re.compile(r"^[«\"“'].*[»\"”']$")
_NAME = re.compile(r"^[^\d@:/\\<>%؟?!.]{2,60}\.?$")
_OPENING = re.compile(
    r"[\s\u00a0]*([^\n.؟!]{2,70}?[\s\u00a0]*)(?:--+|[-–—:]+|(?<=\))(?=[\s\u00a0]))[\s\u00a0:–—-]*(?=[^\s\d])"
)
_CLOSING = re.compile(
    r"(?:^|[.!؟»\"”…:])[\s\u00a0]*[-–—/]*[\s\u00a0]*[(\[/][\s\u00a0]*([^()\[\]/\n]{2,40})[)\]/]\s*\.?\s*$"
)
_PARENTHESES = re.compile(r"[(\[][\s\u00a0]*([^()\[\]\n]{2,50})[)\]][\s\u00a0.]*$")
_COPYRIGHT = re.compile(r"©[\s\u00a0]*([^\n]{2,80})$")
_DASHED = re.compile(r"[\s\u00a0][-–—/|]+[\s\u00a0]*([^-–—/|\n()]{2,40})$")
_LONGEST = 160

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Credit:
    """The pieces of a credit line as places [start, end) in it; `sure` when a piece is in the tables."""

    people: tuple[Place, ...] = ()
    place: Place | None = None
    agencies: tuple[Place, ...] = ()
    sure: bool = False

    @property
    def empty(self) -> bool:
        """True when nothing was read."""
        return not (self.people or self.place or self.agencies)


def read_credit(words: str, outlet: str | None = None) -> Credit:
    """The people, the place and the agencies of a credit line such as «إسطنبول - وكالات» or «سلمى الناصر (جدة)».

    A piece that no table has is a place when it is one word beside a person or an agency, a person when it has two words
    to five; a line with a piece that is neither is no credit: all is empty.

    >>> words = "حلب - كريم الهادي - رويترز"
    >>> credit = read_credit(words)
    >>> [words[s:e] for s, e in (*credit.people, credit.place, *credit.agencies)]
    ['كريم الهادي', 'حلب', 'رويترز']
    """
    pieces = _pieces(words) if len(words) <= _LONGEST else []
    if not pieces or len(pieces) > 6:
        return Credit()
    kinds = [_kind(words[s:e], outlet) for s, e in pieces]
    if "" in kinds:
        return Credit()
    sure = any(k in ("agency", "desk", "place", "outlet") for k in kinds)
    several = len(pieces) > 1
    people: list[Place] = []
    places: list[Place] = []
    agencies: list[Place] = []
    for i, (piece, kind) in enumerate(zip(pieces, kinds, strict=True)):
        beside = not places or pieces[i - 1] == places[-1]
        if kind == "place" or (kind == "word" and several and beside):
            places.append(piece)
        elif kind in ("agency", "desk", "outlet"):
            agencies.append(piece)
        elif kind == "name":
            people.append(piece)
    if not sure and not people:
        return Credit()
    place = places[0] if places else None
    if places and _adjacent(places, pieces):
        place = places[0][0], places[-1][1]
    return Credit(tuple(people), place, tuple(agencies), sure)


def opening(words: str, outlet: str | None = None) -> tuple[Credit, int]:
    """The dateline that opens a paragraph («دمشق، سوريا (CNN) -- …») and where it ends; an empty one and 0 without it.

    >>> words = "الرياض - واس: بدأت اليوم أعمال الملتقى"
    >>> credit, end = opening(words)
    >>> words[credit.place[0] : credit.place[1]], words[end:]
    ('الرياض', 'بدأت اليوم أعمال الملتقى')
    """
    best: tuple[Credit, int] = (Credit(), 0)
    head = words[:110]
    at = 0
    for _ in range(4):
        match = _OPENING.match(head) if not at else _OPENING.match(head, at)
        if match is None:
            break
        credit = read_credit(words[: match.end(1)], outlet)
        mark = words[match.end(1) : match.end()].strip()
        if _is_opening(credit, mark):
            best = credit, match.end()
        elif credit.empty and best[1]:
            break
        at = match.end()
    return best


def closing(words: str) -> Place | None:
    """The agency in brackets that signs off the end of a text («… --(بترا)»), or None.

    >>> words = "وانتهى الاجتماع دون بيان. (رويترز)"
    >>> start, end = closing(words)
    >>> words[start:end]
    'رويترز'
    """
    tail = max(0, len(words) - 60)
    match = _CLOSING.search(words, tail)
    if match is None or squash(match[1]) not in vocabulary().wires:
        return None
    return _trim(words, match.start(1), match.end(1))


def photo_credit(words: str) -> Place | None:
    """The photographer or agency that a caption names: after ©, a label, a dash, or in brackets at its end; or None.

    >>> words = "سفينة في الميناء (أ ف ب)"
    >>> start, end = photo_credit(words)
    >>> words[start:end]
    'أ ف ب'
    """
    name, after = label(words)
    if name == "credit" and after < len(words):
        return _trim(words, after, len(words))
    for pattern in (_COPYRIGHT, _PARENTHESES):
        match = pattern.search(words)
        if match is not None and len(match[1].split()) <= 8 and not match[1].strip().isdigit():
            known = squash(match[1]) in vocabulary().wires
            if pattern is _COPYRIGHT or known or _looks_like_credit(match[1]):
                return _trim(words, match.start(1), match.end(1))
    match = _DASHED.search(words, max(0, len(words) - 60))
    if match is not None and squash(match[1]) in vocabulary().wires:
        return _trim(words, match.start(1), match.end(1))
    return None


def _looks_like_credit(words: str) -> bool:
    return not any(c.isdigit() for c in words) and len(words.split()) <= 4


def _is_opening(credit: Credit, mark: str) -> bool:
    """A place alone with a colon may be a headline's speaker («واشنطن: لن …»): it takes an agency, a paper or a dash."""
    if credit.empty or not credit.sure:
        return False
    if credit.agencies and (credit.place or credit.people or mark.startswith("--")):
        return True
    return bool(credit.place and credit.sure and mark[:1] in "-–—" and mark)


def _pieces(words: str) -> list[Place]:
    pieces, at = [], 0
    for match in _SPLIT.finditer(words):
        pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, len(words)))
    return [p for p in (_trim(words, s, e) for s, e in pieces) if p is not None]


def _trim(words: str, start: int, end: int) -> Place | None:
    while start < end and words[start] in " \t\u00a0.:،,()[]\ufeff\u200e\u200f|©":
        start += 1
    while end > start and words[end - 1] in " \t\u00a0:،,()[]\ufeff\u200e\u200f|":
        end -= 1
    return (start, end) if start < end else None


def _kind(piece: str, outlet: str | None) -> str:
    looked = squash(piece)
    known = vocabulary()
    if looked in known.wires:
        return known.wires[looked]
    if looked in known.places:
        return "place"
    if outlet and looked == squash(outlet):
        return "outlet"
    if _QUOTED.match(piece) and len(piece) < 40:
        return "outlet"
    if not _NAME.match(piece):
        return ""
    count = len(piece.split())
    return "word" if count == 1 else "name" if count <= 5 else ""


def _adjacent(places: list[Place], pieces: list[Place]) -> bool:
    first, last = pieces.index(places[0]), pieces.index(places[-1])
    return last - first == len(places) - 1
