"""Nesting: which attribution stands within which; within a text they nest or lie apart, they never cross."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musnad.find.choices import trim
from musnad.find.drafts import RIGHT, Draft
from musnad.find.features import around, bucket
from musnad.find.lines import MARKS, STOPS
from musnad.find.model import Models
from musnad.lang.word import Word

if TYPE_CHECKING:
    from musnad.find.antecedents import Known


def nest(found: list[Draft]) -> list[int | None]:
    """For each draft the index of the one in whose content it stands, None where it stands in the writer's own words.

    Contents that cross are cut at the cue of the later one, so that they lie apart.
    """
    parents: list[int | None] = [None] * len(found)
    of_line: dict[int, list[int]] = {}
    for index, draft in enumerate(found):
        of_line.setdefault(id(draft.line), []).append(index)
    for indices in of_line.values():
        for at, index in enumerate(indices):
            for other in indices[at + 1 : at + NEIGHBOURS]:
                _part(found[index], found[other])
        for _ in range(PASSES):
            changed = False
            for at, index in enumerate(indices):
                for other in indices[at + 1 : at + NEIGHBOURS]:
                    changed |= _uncross(found[index], found[other])
                    changed |= _uncross(found[other], found[index])
            if not changed:
                break
        for at, index in enumerate(indices):
            near = indices[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]
            parents[index] = _parent(index, found, near)
    return parents


def separate(found: list[Draft], parents: list[int | None], speakers: Sequence[Known | None]) -> bool:
    """Cut a content before a cue with which its own speaker goes on («… adding that»); whether any was cut.

    Whoever speaks does not report himself but in the first person: a participle without a source, a joined verb without
    one, or a joined verb that opens a sentence, of the same speaker, is beside and not within (in the marks, 67 of 77).
    """
    cut = False
    for draft, parent, known in zip(found, parents, speakers, strict=True):
        if parent is None or known is None or not _goes_on(draft):
            continue
        outer, other = found[parent], speakers[parent]
        if (
            other is None
            or outer.cue.first > draft.cue.first
            or not (other is known or set(other.name) == set(known.name))
        ):
            continue
        start, end = outer.content[-1]
        last = (draft.source[0] if draft.source and draft.source[0] < draft.cue.first else draft.cue.first) - 1
        if start < last < end:
            outer.content[-1] = trim(outer.line, start, last)
            cut = True
    return cut


def _goes_on(draft: Draft) -> bool:
    """Whether a cue goes on from another of the same speaker: see :func:`separate`."""
    line, first = draft.line, draft.cue.first
    joined = line.words[first].joined != ""
    if first and joined and line.words[first - 1].form in STOPS:  # a quotation around it was never closed
        return draft.cue.kind == "verb"
    if line.quote[first] or draft.source is not None:
        return False
    return draft.cue.kind == "participle" or (draft.cue.kind == "verb" and joined)


PASSES = 8
"""Times that the contents of a line are gone through until none crosses another; cutting one may bare another."""
NEIGHBOURS = 60
"""Cues of one line on either side among which nesting is looked for; no marked line has forty."""


def part(found: list[Draft], models: Models) -> None:
    """End the content of each draft of a line where another attribution of the same level begins, in place.

    The end of a content is chosen without knowing what else is found. A verb without a subject of its own that agrees with
    the cue before it seldom stands within what that one reports: the speaker goes on. (Half of the contents that were too
    long had swallowed such a clause.)
    """
    for index, outer in enumerate(found):
        start = outer.content[-1][0]
        if start <= outer.cue.last:
            continue
        for inner in found[index + 1 : index + 1 + NEIGHBOURS]:
            if swallowed(outer, inner) and models.inside.probability(inside_features(outer, inner)) < INSIDE:
                outer.content[-1] = trim(outer.line, start, clause(inner) - 1)
                break


INSIDE = 0.35
"""An attribution this likely to stand within the content of one before it is left there."""
_BEFORE_CLAUSE = frozenset(("conj", "side", "qad", "kana", "hal"))


def swallowed(outer: Draft, inner: Draft) -> bool:
    """Whether the clause of one draft, with its content after its cue, begins within the content of another, and not in the
    quotation that this one opens with."""
    start, end = outer.content[-1]
    line = outer.line
    if inner is outer or inner.direction != RIGHT or not start < inner.cue.first <= end or clause(inner) <= start + 1:
        return False
    return not (line.quote[start] and line.quote[start] == line.quote[inner.cue.first])


def clause(draft: Draft) -> int:
    """The token with which the clause of a draft begins: its cue, or the source or the particle before that."""
    words = draft.line.words
    first = draft.cue.first
    if draft.source is not None and draft.source[0] < first:
        first = draft.source[0]
    while first and words[first - 1].kind in _BEFORE_CLAUSE:
        first -= 1
    return first


def inside_features(outer: Draft, inner: Draft) -> list[str]:
    """For: does the attribution `inner` stand within the content of `outer`, which began before it?"""
    line, words = outer.line, outer.line.words
    start = outer.content[-1][0]
    begin = clause(inner)
    one, two = words[outer.cue.first], words[inner.cue.first]
    before = around(line, begin - 1)
    agree = _agreement(one, two)
    shape = two.cue.shape if two.cue is not None else inner.cue.kind
    source = "none" if inner.source is None else words[inner.source[0]].namely
    side = "none" if inner.source is None else "R" if inner.source[0] > inner.cue.last else "L"
    opens = "opener" if words[start].kind == "opener" else "quote" if line.quote[start] else "other"
    led = words[begin].seen if begin < inner.cue.first else two.joined
    new = line.sentence[start] != line.sentence[begin]
    key = f"{shape}|{led}"
    return [
        "1",
        f"k={key}|{before}",
        f"as={agree}|{side}|{key}",
        f"s={source}|{side}|{shape}",
        f"o={opens}|{key}|{side}",
        f"ok={outer.cue.kind}|{key}",
        f"n={new}|{side}|{shape}",
        f"at={two.attached}|{key}",
        f"b={before}|{side}|{agree}",
        f"d={bucket(begin - start)}|{side}",
        f"l={inner.cue.lemma}|{shape}|{two.joined}",
        f"q={line.quote[begin] > 0}|{opens}",
        f"h={line.block.kind[0]}|{key}",
    ]


def _agreement(one: Word, two: Word) -> str:
    """Whether two reporting forms agree: the same person, the same gender, neither; "?" where one has no person."""
    if one.cue is None or two.cue is None or "n" in (one.cue.person, two.cue.person):
        return "?"
    a, b = one.cue.person, two.cue.person
    return "same" if a == b else "gender" if a[1:2] == b[1:2] else "other"


def _covers(draft: Draft, first: int, last: int) -> bool:
    return any(s <= first and last <= e for s, e in draft.content)


def _parent(index: int, found: list[Draft], near: list[int]) -> int | None:
    draft = found[index]
    best, size = None, 1 << 30
    for i in near:
        other = found[i]
        if i == index or not _covers(other, draft.cue.first, draft.cue.last):
            continue
        if not any(_covers(other, *piece) for piece in draft.content):
            continue
        length = sum(e - s for s, e in other.content)
        same = length == sum(e - s for s, e in draft.content)
        if length < size and not (same and i > index):
            best, size = i, length
    return best


def _part(first: Draft, second: Draft) -> None:
    """Make two drafts that cross nest or lie apart: the later is clipped where its cue stands within the earlier."""
    start, end = first.content[-1]
    if not (first.cue.first < start <= second.cue.first <= end) or max(p[1] for p in second.content) <= end:
        return
    inside = [(s, min(e, end)) for s, e in second.content if s <= end]
    if inside and not _new_clause(second):
        second.content = inside
        return
    last = second.cue.first - 1
    if second.source is not None and start < second.source[0] < second.cue.first:
        last = second.source[0] - 1
    if last > start:
        first.content[-1] = trim(first.line, start, last)


def _uncross(first: Draft, second: Draft) -> bool:
    """Where a piece of the second begins within one of the first and goes on beyond it, cut one of the two; whether any."""
    changed = False
    for i, (start, end) in enumerate(first.content):
        for k, (begin, last) in enumerate(second.content):
            if not start < begin <= end < last:
                continue
            changed = True
            if start <= second.cue.first <= end:
                second.content[k] = trim(second.line, begin, end)
            else:
                end = begin - 1
                first.content[i] = trim(first.line, start, end)
    return changed


def _new_clause(draft: Draft) -> bool:
    """Whether a cue opens a clause of its own: joined to a mark before it, or first in its sentence."""
    line, first = draft.line, draft.cue.first
    return bool(first) and line.words[first].joined != "" and line.words[first - 1].form in MARKS
