"""Datelines and bylines: who wrote, from where, resting on which agencies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from musnad.pages.words import squash, vocabulary

_SPLIT = re.compile(
    r"[\s\u00a0]*(?:--+|[-–—|/:،,؛()\[\]]|\bو?[\s\u00a0]+ـ+(?=\s))[\s\u00a0:]*"
    r"|[\s\u00a0]+(?:\u0645\u0646|from|in|and)[\s\u00a0]+|(?<=[»\"”])[\s\u00a0]+\u0648"
)
"""What parts the pieces of a credit: dashes, strokes, colons, brackets, tatweel between spaces, "from", "and"."""
_QUOTED = re.compile(r"^[«\"“'].*[»\"”']$")
_NAME = re.compile(r"^[^\W\d_][^\d@:/\\<>%؟?!.*]{1,60}\.?$")
_OPENING = re.compile(
    r"[\s\u00a0]*([^\n.؟!]{2,70}?[\s\u00a0]*)(?:--+|[-–—:]+|(?<=\s)ـ+(?=\s)|(?<=\))(?=[\s\u00a0]))[\s\u00a0:–—-]*(?=[^\s\d])"
)
_CLOSING = re.compile(
    r"(?:^|[.!؟»\"”…:])[\s\u00a0]*[-–—/]*[\s\u00a0]*[(\[/][\s\u00a0]*([^()\[\]/\n]{2,40})[)\]/]\s*\.?\s*$"
)
_DATED = re.compile(
    r"([^\d\n.،:()-]{2,30}?)[\s\u00a0]+[(]?(\d[^\n()]{0,50}?)[\s\u00a0]+"
    r"([(]?[^\s\d()]{1,12}(?:[\s\u00a0.][^\s\d()]{1,3}){0,2}[)]?)[\s\u00a0]*(?:[-–—:]+[\s\u00a0]*|$)"
)
_LONGEST = 160

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Credit:
    """The pieces of a credit line as places [start, end) in it; `sure` when a piece is in the tables."""

    people: tuple[Place, ...] = ()
    place: Place | None = None
    agencies: tuple[Place, ...] = ()
    outlets: tuple[Place, ...] = ()
    sure: bool = False

    @property
    def empty(self) -> bool:
        """True when nothing was read."""
        return not (self.people or self.place or self.agencies or self.outlets)


def read_credit(words: str, outlet: str | None = None) -> Credit:
    """The people, the place and the agencies of a credit line such as «إسطنبول - وكالات» or «سلمى الناصر (جدة)».

    A piece that no table has is a place when it is one word beside a person or an agency, an agency when it stands in
    brackets behind a place, a person when it has two words to five; with a piece that is none of these all is empty.

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
    before = [words[(pieces[i - 1][1] if i else 0) : s].strip()[-1:] for i, (s, _) in enumerate(pieces)]
    kinds = _guess(before, kinds)
    by_kind: dict[str, list[Place]] = {}
    for piece, kind in zip(pieces, kinds, strict=True):
        by_kind.setdefault(kind, []).append(piece)
    people, places = by_kind.get("name", []), by_kind.get("place", [])
    if not sure and not people:
        return Credit()
    place = places[0] if places else None
    if places and _adjacent(places, pieces):
        place = places[0][0], places[-1][1]
    agencies = sorted(by_kind.get("agency", []) + by_kind.get("desk", []))
    return Credit(tuple(people), place, tuple(agencies), tuple(by_kind.get("outlet", [])), sure)


def _guess(before: list[str], kinds: list[str]) -> list[str]:
    """What the pieces are that no table has, from the company they keep and the mark that stands `before` each.

    In brackets behind a place it is an agency, after a comma behind a place the country, beside a known place the paper;
    else a place.
    """
    made = list(kinds)
    company = set(kinds)
    for i, kind in enumerate(kinds):
        if (
            kind in ("word", "name")
            and before[i] in ("(", "[")
            and "place" in company
            and "name" not in company - {kind}
        ):
            made[i] = "agency"
        elif kind == "word" and len(kinds) > 1:
            country = i > 0 and made[i - 1] == "place" and before[i] in ("،", ",")
            paper = "place" in company or company <= {"word", "desk"} or "desk" in company
            made[i] = "place" if country or not paper else "outlet"
    return made


def opening(words: str, outlet: str | None = None) -> tuple[Credit, int]:
    """The dateline that opens a paragraph («دمشق، سوريا (CNN) -- …») and where it ends; an empty one and 0 without it.

    >>> words = "الرياض - واس: بدأت اليوم أعمال الملتقى"
    >>> credit, end = opening(words)
    >>> words[credit.place[0] : credit.place[1]], words[end:]
    ('الرياض', 'بدأت اليوم أعمال الملتقى')
    """
    dated = _dated(words)
    if dated is not None:
        return dated
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


def _dated(words: str) -> tuple[Credit, int] | None:
    """A dateline with its day, as agencies write it: place, date, agency, dash («عدن 6 آذار (سبأ)- …»)."""
    match = _DATED.match(words)
    if match is None:
        return None
    place = _known_place(words[: match.end(1)])
    start = match.start(3)
    while place is not None and start < match.end(3):  # the last letter of the date may stand before the agency
        agency = trim(words, start, match.end(3))
        if agency is not None and squash(words[slice(*agency)]) in vocabulary().wires:
            return Credit((), place, (agency,), (), True), match.end()
        space = words.find(" ", start, match.end(3))
        start = space + 1 if space >= 0 else match.end(3)
    return None


def _known_place(words: str) -> Place | None:
    """The place that is all of `words`, or one word that no table has."""
    place = trim(words, 0, len(words))
    if place is None:
        return None
    piece = words[slice(*place)]
    return place if squash(piece) in vocabulary().places or " " not in piece else None


def closing(words: str) -> Place | None:
    """The agency in brackets that signs off the end of a text («… --(بترا)»), or None.

    >>> words = "وانتهى الاجتماع دون بيان. (رويترز)"
    >>> start, end = closing(words)
    >>> words[start:end]
    'رويترز'
    """
    tail = max(0, len(words) - 60)
    match = _CLOSING.search(words, tail)
    if match is None:
        return None
    alone = match.start() == 0 and words.startswith("--") and _NAME.match(match[1]) is not None
    if not alone and squash(match[1]) not in vocabulary().wires:
        return None
    return trim(words, match.start(1), match.end(1))


def _is_opening(credit: Credit, mark: str) -> bool:
    """A place alone with a colon may be a headline's speaker («واشنطن: لن …»): it takes an agency, a paper or a dash. People
    stand only before a colon: before a dash they would be the subject of a sentence with a clause put in."""
    if credit.empty or not credit.sure or (credit.people and mark[:1] != ":"):
        return False
    if credit.agencies and (credit.place or mark[:1] == ":" or mark.startswith("--")):
        return True
    if credit.place and mark[:1] == ":":
        return bool(credit.outlets or credit.people)
    return bool(credit.place and mark and mark[:1] in "-–—ـ")


def _pieces(words: str) -> list[Place]:
    pieces, at = [], 0
    for match in _SPLIT.finditer(words):
        pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, len(words)))
    return [p for p in (trim(words, s, e) for s, e in pieces) if p is not None]


def trim(words: str, start: int, end: int) -> Place | None:
    """The place without the spaces, marks and brackets at its ends; None when nothing is left."""
    while start < end and words[start] in " \t\u00a0.:،,()[]\ufeff\u200e\u200f|©":
        start += 1
    while end > start and words[end - 1] in " \t\u00a0:،,()[]\ufeff\u200e\u200f|":
        end -= 1
    return (start, end) if start < end else None


def _kind(piece: str, outlet: str | None) -> str:
    looked = squash(piece)
    known = vocabulary()
    if looked in known.wires and known.wires[looked] == "archive":
        return ""
    if looked in known.wires:
        return known.wires[looked]
    if looked in known.places:
        return "place"
    if outlet and looked and set(looked.split()) <= set(squash(outlet).split()):
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
