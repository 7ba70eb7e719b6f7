"""Nesting: which attribution stands within which; within a text they nest or lie apart, they never cross."""

from __future__ import annotations

from musnad.find.drafts import Draft


def nest(found: list[Draft]) -> list[int | None]:
    """For each draft the index of the one in whose content it stands, None where it stands in the writer's own words.

    Contents that cross are cut at the cue of the later one, so that they lie apart.
    """
    for index, draft in enumerate(found):
        for other in found[index + 1 :]:
            if other.line is draft.line:
                _part(draft, other)
    return [_parent(index, found) for index in range(len(found))]


def extent(draft: Draft) -> tuple[int, int]:
    """The first and last token of all parts of a draft."""
    parts = [*draft.content, (draft.cue.first, draft.cue.last), *([draft.source] if draft.source else [])]
    return min(p[0] for p in parts), max(p[1] for p in parts)


def _covers(draft: Draft, first: int, last: int) -> bool:
    return any(s <= first and last <= e for s, e in draft.content)


def _parent(index: int, found: list[Draft]) -> int | None:
    draft = found[index]
    best, size = None, 1 << 30
    for i, other in enumerate(found):
        if i == index or other.line is not draft.line or not _covers(other, draft.cue.first, draft.cue.last):
            continue
        if not any(_covers(other, *piece) for piece in draft.content):
            continue
        length = sum(e - s for s, e in other.content)
        same = length == sum(e - s for s, e in draft.content)
        if length < size and not (same and i > index):
            best, size = i, length
    return best


def _part(first: Draft, second: Draft) -> None:
    """Cut the content of one of two drafts that cross."""
    from musnad.find.choices import trim

    start, end = first.content[-1]
    inner, outer = extent(second)
    if start < inner <= end < outer and first.cue.first < start:
        # the content of the first runs into the second, which goes on beyond it
        if second.cue.first <= end and second.content[0][0] > second.cue.first:
            if second.content[-1][1] > end and _covers(first, second.cue.first, second.cue.last):
                second.content[-1] = (
                    (second.content[-1][0], end) if second.content[-1][0] <= end else second.content[-1]
                )
            if second.content[-1][1] > end and inner > start:
                first.content[-1] = trim(first.line, start, inner - 1)
        elif inner > start:
            first.content[-1] = trim(first.line, start, inner - 1)
