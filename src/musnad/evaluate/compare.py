"""Pairing what was given with what was marked, and counting what is right of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from musnad.errors import BadRecord
from musnad.evaluate.counts import MEASURES, SHARES, Counts
from musnad.evaluate.names import same_speaker
from musnad.evaluate.views import View, jaccard, views, word_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Marks = dict[str, Any]
Fault = Literal["speaker", "content", "missed", "spurious"]
_FOUND, _RIGHT = 0.5, 0.8  # least Jaccard of the contents' words


@dataclass(frozen=True, slots=True)
class Miss:
    """An attribution that was not got right: of which document, what is wrong, what was marked and what given."""

    document: str
    fault: Fault
    marked: Mapping[str, Any] | None
    given: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The counts of each document, by id in the order of the marks, and what was not right in them."""

    counts: dict[str, Counts]
    misses: tuple[Miss, ...]


def compare(documents: Mapping[str, Marks], marked: Mapping[str, Marks], given: Mapping[str, Marks]) -> Comparison:
    """Compare what a system gave with what was marked, document by document; a document not given counts as empty.

    Raises BadRecord where a marked document is not among `documents`, or a place lies outside its text.
    """
    counts: dict[str, Counts] = {}
    misses: list[Miss] = []
    for key, marks in marked.items():
        if key not in documents:
            raise BadRecord("marked, but not among the documents", where=key, advice="give the documents of the marks")
        numbers = word_numbers(documents[key]["text"])
        ours = views(given.get(key, {"attributions": []}), numbers, key)
        counts[key], missed = _document(key, views(marks, numbers, key), ours)
        misses += missed
    return Comparison(counts, tuple(misses))


def pair(marked: Sequence[View], given: Sequence[View]) -> list[tuple[int, int]]:
    """The pairing of largest total overlap of cue and content, greedily: each is in one pair at most.

    Two may be paired when half of their contents' words are shared, or a word of their cues.
    """
    candidates = []
    for i, one in enumerate(marked):
        for j, other in enumerate(given):
            content = jaccard(one.content, other.content)
            if content >= _FOUND or one.cue & other.cue:
                candidates.append((content + jaccard(one.cue, other.cue), -i, -j))
    taken_marked: set[int] = set()
    taken_given: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates, reverse=True):
        if -i not in taken_marked and -j not in taken_given:
            taken_marked.add(-i)
            taken_given.add(-j)
            pairs.append((-i, -j))
    return pairs


def _document(key: str, marked: Sequence[View], given: Sequence[View]) -> tuple[Counts, list[Miss]]:
    pairs = pair(marked, given)
    to = dict(pairs)
    three = {name: [0, len(given), len(marked)] for name in MEASURES}
    two = {name: [0, len(pairs)] for name in SHARES}
    for part in ("cue", "source", "content"):
        three[part][1] = sum(len(getattr(view, part)) for view in given)
        three[part][2] = sum(len(getattr(view, part)) for view in marked)
    three["nested"][1:] = [sum(v.nested for v in given), sum(v.nested for v in marked)]
    misses: list[Miss] = []
    for i, j in pairs:
        one, other = marked[i], given[j]
        overlap = jaccard(one.content, other.content)
        right = _agreements(one, other)
        good = overlap >= _RIGHT and right["speaker"]
        for part in ("cue", "source", "content"):
            three[part][0] += len(getattr(one, part) & getattr(other, part))
        three["found"][0] += 1
        three["content exact"][0] += overlap == 1.0
        three["who said what"][0] += good
        nested = one.nested and other.nested and to.get(one.raw["within"]) == other.raw["within"]
        three["nested"][0] += good and nested
        for name, is_right in right.items():
            two[name][0] += is_right
        if not good:
            misses.append(Miss(key, "speaker" if overlap >= _RIGHT else "content", one.raw, other.raw))
    paired = {j for _, j in pairs}
    misses += [Miss(key, "missed", view.raw, None) for i, view in enumerate(marked) if i not in to]
    misses += [Miss(key, "spurious", None, view.raw) for j, view in enumerate(given) if j not in paired]
    return tuple(n for counted in (three, two) for row in counted.values() for n in row), misses


def _agreements(one: View, other: View) -> dict[str, bool]:
    return {
        "speaker": same_speaker(one.raw["speaker"], other.raw.get("speaker")),
        "type": one.raw["type"] == other.raw.get("type"),
        "anonymous": bool(one.raw["anonymous"]) == bool(other.raw.get("anonymous")),
        "addressee": jaccard(one.addressee, other.addressee) >= _FOUND,
        "medium": jaccard(one.medium, other.medium) >= _FOUND,
    }
