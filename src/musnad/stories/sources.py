"""How many sources stand behind what many print: "14 outlets, 1 source", with what says so.

Pure over tellings. Texts are counted apart from their copies; a text's source is the agency that its dateline or its chains
name, and texts of one agency have one source between them. Where nothing is named, the source is unknown, and is said to
be: that two outlets name none does not make them two sources.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from typing import TYPE_CHECKING

from musnad.lang import table
from musnad.record.words import forms
from musnad.stories.gist import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from musnad.model import Attribution, Link
    from musnad.stories.types import Telling

Key = tuple[str, ...]

_ALIKE, _ALIKE_OF_LONGER = 0.6, 0.4
_LEAST = 3  # stems of a content; a shorter one has to be the same
_LIKELY = 10  # groups that share most stems with a statement are compared with it
_MOST_CHAINS = 0.5  # of a text's statements that an agency has to stand in, to be the source of the text


@dataclass(frozen=True, slots=True)
class Source:
    """A source with the outlets that have it from there; `evidence` says what names it: ``dateline`` or ``chain``."""

    name: str
    outlets: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Behind several articles: the outlets that print them, how many texts those are apart from copies, the known sources,
    and how many texts name none."""

    outlets: tuple[str, ...]
    texts: int
    sources: tuple[Source, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Way:
    """A chain that a statement came by: the names after the outlet, the origin last, and the outlets that have it so.

    `known` is False where a hop of it is unknown, or only said to be an agency.
    """

    names: tuple[str, ...]
    outlets: tuple[str, ...]
    known: bool

    @property
    def origin(self) -> str | None:
        """Who said it first; None where that is not known."""
        return self.names[-1] if self.known and self.names else None


@dataclass(frozen=True, slots=True)
class Utterance:
    """One utterance and all that carry it, the first published first; `ways` are its distinct chains."""

    carriers: tuple[tuple[Telling, Attribution], ...]
    ways: tuple[Way, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that carry it, each once."""
        return tuple(dict.fromkeys(_outlet(telling) for telling, _ in self.carriers))

    @property
    def texts(self) -> int:
        """How many texts carry it, apart from copies."""
        return len({telling.copy_id for telling, _ in self.carriers})

    @property
    def origins(self) -> tuple[str, ...]:
        """The known origins, each once under any spelling."""
        return tuple({name_key(way.origin): way.origin for way in self.ways if way.origin}.values())


def sources_of(tellings: Sequence[Telling]) -> Sources:
    """The outlets, texts and sources of a story; without tellings, none of each."""
    texts: dict[int, list[Telling]] = defaultdict(list)
    for telling in tellings:
        texts[telling.copy_id].append(telling)
    names: dict[Key, tuple[str, str]] = {}
    outlets: dict[Key, list[str]] = defaultdict(list)
    unknown = 0
    for copies in texts.values():
        found = _source_of_text(copies)
        unknown += not found
        for key, (name, evidence) in found.items():
            names.setdefault(key, (name, evidence))
            outlets[key] += map(_outlet, copies)
    known = tuple(Source(name, tuple(dict.fromkeys(outlets[key])), told) for key, (name, told) in names.items())
    return Sources(tuple(dict.fromkeys(map(_outlet, tellings))), len(texts), known, unknown)


def utterances(tellings: Sequence[Telling]) -> tuple[Utterance, ...]:
    """What was said in a story, each utterance once with all that carry it; the newest first, of as new in their order."""
    agency = {telling.copy_id: _source_of_text([telling]) for telling in tellings}
    for telling in tellings:
        agency[telling.copy_id] |= _source_of_text([telling])
    groups: list[list[_Said]] = []
    by_stem: dict[str, set[int]] = defaultdict(set)
    for telling in tellings:
        for one in telling.article.attributions:
            said = _Said.of(telling, one)
            place = _place(said, groups, by_stem)
            if place is None:
                place = len(groups)
                groups.append([])
            groups[place].append(said)
            for word in said.stems:
                by_stem[word].add(place)
    found = (
        Utterance(tuple((one.telling, one.attribution) for one in group), _ways(group, agency)) for group in groups
    )
    return tuple(sorted(found, key=lambda one: -one.carriers[0][0].at.timestamp()))


@dataclass(frozen=True, slots=True)
class _Said:
    telling: Telling
    attribution: Attribution
    speaker: frozenset[str]
    stems: frozenset[str]
    figures: frozenset[str]

    @classmethod
    def of(cls, telling: Telling, one: Attribution) -> _Said:
        words = forms(" ".join(span.of(telling.article.text.words) for span in one.content))
        figures = frozenset(word for word in words if word[0].isdigit())
        return cls(telling, one, frozenset(forms(one.speaker.name)), frozenset(map(stem, words)), figures)


def _place(said: _Said, groups: list[list[_Said]], by_stem: dict[str, set[int]]) -> int | None:
    """The group whose first statement is the same utterance, most alike first."""
    common: Counter[int] = Counter()
    for word in said.stems:
        common.update(by_stem.get(word, ()))
    for place, _ in nsmallest(_LIKELY, common.items(), key=lambda item: (-item[1], item[0])):
        if all(one.telling is not said.telling for one in groups[place]) and _same(said, groups[place][0]):
            return place
    return None


def _same(one: _Said, other: _Said) -> bool:
    if not _same_speaker(one, other):
        return False
    if one.figures - other.figures and other.figures - one.figures:
        return False
    common = len(one.stems & other.stems)
    short, long = sorted((len(one.stems), len(other.stems)))
    if short < _LEAST:
        return one.stems == other.stems
    return common >= _ALIKE * short and common >= _ALIKE_OF_LONGER * long


def _same_speaker(one: _Said, other: _Said) -> bool:
    """The same name, whole or in part; an unnamed one only in a copy of the same text."""
    if one.telling.copy_id == other.telling.copy_id:
        return bool(one.speaker & other.speaker) or one.attribution.speaker.kind == other.attribution.speaker.kind
    if one.attribution.speaker.anonymous or other.attribution.speaker.anonymous:
        return False
    return bool(one.speaker and other.speaker) and (one.speaker <= other.speaker or other.speaker <= one.speaker)


def _ways(group: list[_Said], agency: dict[int, dict[Key, tuple[str, str]]]) -> tuple[Way, ...]:
    names: dict[tuple[Key, ...], tuple[tuple[str, ...], bool]] = {}
    outlets: dict[tuple[Key, ...], list[str]] = defaultdict(list)
    for one in group:
        way, known = _way(one.attribution.chain, agency[one.telling.copy_id])
        key = tuple(name_key(name) or (name,) for name in way)
        names.setdefault(key, (way, known))
        outlets[key].append(_outlet(one.telling))
    return tuple(Way(way, tuple(dict.fromkeys(outlets[key])), known) for key, (way, known) in names.items())


def _way(chain: Sequence[Link], agency: dict[Key, tuple[str, str]]) -> tuple[tuple[str, ...], bool]:
    """The names of a chain after its outlet; an agency that is not named is the one that a copy of the text names."""
    names: list[str] = []
    known = bool(chain)
    for hop in chain:
        if hop.kind == "outlet" and not names:
            continue
        name = hop.name or ""
        if not name or (hop.kind == "agency" and not name_key(name)):
            [other] = [held[0] for held in agency.values()] if len(agency) == 1 else [""]
            known = known and bool(other)
            name = other or name or "?"
        names.append(name)
    return tuple(names), known and bool(names)


def _source_of_text(copies: Iterable[Telling]) -> dict[Key, tuple[str, str]]:
    """The agencies that a text rests on, by their words: those that a dateline of a copy names, else those of its chains."""
    found: dict[Key, tuple[str, str]] = {}
    counted: Counter[Key] = Counter()
    told: dict[Key, str] = {}
    statements = 0
    for telling in copies:
        for name in telling.article.dateline.agencies if telling.article.dateline else ():
            if key := name_key(name):
                found.setdefault(key, (name, "dateline"))
        for one in telling.article.attributions:
            statements += 1
            for name in _agencies(one.chain):
                told.setdefault(name_key(name), name)
                counted[name_key(name)] += 1
    if found:
        return found
    return {key: (told[key], "chain") for key, count in counted.items() if count >= _MOST_CHAINS * statements}


def _agencies(chain: Iterable[Link]) -> Iterator[str]:
    for hop in chain:
        if hop.kind == "agency" and hop.name and name_key(hop.name):
            yield hop.name


def _outlet(telling: Telling) -> str:
    """The outlet, or the address of a page that names none."""
    return telling.outlet or telling.address


@cache
def name_key(name: str) -> Key:
    """A name as it is compared: its words without those that name nobody; of a known agency, its English name."""
    told = tuple(forms(name))
    left = tuple(word for word in told if word not in _unnamed())
    known = _agency_names().get(told) or _agency_names().get(left)
    return (known,) if known and left else left


@cache
def _unnamed() -> frozenset[str]:
    return frozenset(form for row in table("ar", "unnamed_wires") for form in forms(row["words"]))


@cache
def _agency_names() -> dict[Key, str]:
    rows = ((row["names"], row["english"]) for row in table("ar", "agencies"))
    return {tuple(forms(name)): english for names, english in rows for name in names.split("،")}
