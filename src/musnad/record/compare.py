"""Two versions of an article beside one another: which attributions stayed, moved, were reworded, went or came."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from musnad.model import Span
from musnad.record.anchors import Orphan, anchor_of, find_again
from musnad.record.labelled import Notice, notices
from musnad.record.words import forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from musnad.model import Article, Attribution
    from musnad.record.types import Version

Fate = Literal["same", "moved", "reworded", "gone", "new"]
_SAME_SPEAKER, _OTHER_SPEAKER = 0.5, 0.8  # how much of the words two contents must share to be one reworded
_COMMON = 60  # a word in more contents than that tells little of which is meant


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one attribution. `after` is None where it is gone, `before` where it is new.

    `changed` names the parts that differ of one that was reworded. Of one that is gone, `stands` is where its words still
    stand though nobody is found to say them, and `orphan` why its place cannot be found.
    """

    fate: Fate
    before: Attribution | None
    after: Attribution | None
    changed: tuple[str, ...] = ()
    stands: Span | None = None
    orphan: Orphan | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes from one article to the next, in the order of the later text, those that are gone last.

    `notices` are the lines by which the page itself labels a correction or an update; `lines_new` and `lines_gone` the
    lines of text that only one of the two has.
    """

    before: Article
    after: Article
    changes: tuple[Change, ...] = ()
    notices: tuple[Notice, ...] = ()
    headline: tuple[str | None, str | None] | None = None
    lines_new: tuple[Span, ...] = ()
    lines_gone: tuple[Span, ...] = ()
    counts: Counter[Fate] = field(default_factory=Counter, compare=False)

    @property
    def corrects(self) -> bool:
        """Whether the page labels a correction: it takes something back, and does not only add."""
        return any(notice.kind == "correction" for notice in self.notices)


def compare(before: Article, after: Article) -> Comparison:
    """The changes between two articles; two that are equal give only attributions that are the same."""
    pairs = _paired(before, after)
    stay = _in_order(sorted(pairs.exact.items()))
    changes: list[tuple[int, Change]] = []
    for old, new in pairs.exact.items():
        fate: Fate = "same" if (old, new) in stay else "moved"
        changes.append((new, Change(fate, before.attributions[old], after.attributions[new])))
    for old, new in pairs.close.items():
        one, other = before.attributions[old], after.attributions[new]
        changes.append((new, Change("reworded", one, other, tuple(_differing(before, one, after, other)))))
    changes += [(new, Change("new", None, after.attributions[new])) for new in pairs.new]
    ordered = [change for _, change in sorted(changes, key=lambda pair: pair[0])]
    ordered += [_gone(before, before.attributions[old], after) for old in pairs.gone]
    lines_new, lines_gone = _lines(after, before), _lines(before, after)
    headlines = tuple(one.headline.value if one.headline else None for one in (before, after))
    return Comparison(
        before,
        after,
        tuple(ordered),
        notices(after, lines_new),
        (headlines[0], headlines[1]) if headlines[0] != headlines[1] else None,
        lines_new,
        lines_gone,
        Counter(change.fate for change in ordered),
    )


def history(versions: Sequence[Version]) -> Iterator[tuple[Version, Comparison | None]]:
    """Each version with what changed from the one before it; None for the first."""
    for at, version in enumerate(versions):
        yield version, compare(versions[at - 1].article, version.article) if at else None


@dataclass(slots=True)
class _Pairs:
    exact: dict[int, int]
    close: dict[int, int]
    gone: list[int]
    new: list[int]


def _paired(before: Article, after: Article) -> _Pairs:
    exact: dict[int, int] = {}
    waiting: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for new, one in reversed(list(enumerate(after.attributions))):
        waiting[_told(after, one)].append(new)
    for old, one in enumerate(before.attributions):
        same = waiting.get(_told(before, one))
        if same:
            exact[old] = same.pop()
    left = [old for old in range(len(before.attributions)) if old not in exact]
    taken = set(exact.values())
    free = [new for new in range(len(after.attributions)) if new not in taken]
    close: dict[int, int] = {}
    for _, old, new in sorted(_likeness(before, after, left, free), key=lambda row: (-row[0], row[1], row[2])):
        if old not in close and new not in taken:
            close[old] = new
            taken.add(new)
    return _Pairs(exact, close, [old for old in left if old not in close], [new for new in free if new not in taken])


def _told(article: Article, one: Attribution) -> tuple[object, ...]:
    """What must be equal for two attributions to be the same: every part as it is printed, and how it was understood."""
    return tuple(value for _, value in _parts(article, one))


def _parts(article: Article, one: Attribution) -> Iterator[tuple[str, object]]:
    words = article.text.words
    yield "content", tuple(span.of(words) for span in one.content)
    yield "speaker", (one.speaker.name, one.speaker.kind)
    yield "cue", tuple(span.of(words) for span in one.cue)
    yield "source", one.source.of(words) if one.source else None
    yield "addressee", one.addressee.of(words) if one.addressee else None
    yield "medium", one.medium.of(words) if one.medium else None
    yield "said at", one.said_at.iso if one.said_at else None
    yield "polarity", one.polarity
    yield "chain", tuple((link.name, link.through) for link in one.chain)


def _differing(before: Article, one: Attribution, after: Article, other: Attribution) -> Iterator[str]:
    for (name, mine), (_, theirs) in zip(_parts(before, one), _parts(after, other), strict=True):
        if mine != theirs:
            yield name


def _likeness(
    before: Article, after: Article, left: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    """Pairs that are like enough to be one attribution reworded, with how like: the share of words in common."""
    theirs = {new: Counter(_content(after, after.attributions[new])) for new in free}
    where: dict[str, list[int]] = defaultdict(list)
    for new, words in theirs.items():
        for form in words:
            where[form].append(new)
    for old in left:
        mine = Counter(_content(before, before.attributions[old]))
        near = {new for form in mine if len(where.get(form, ())) <= _COMMON for new in where.get(form, ())}
        for new in near:
            shared = sum((mine & theirs[new]).values())
            share = 2 * shared / (mine.total() + theirs[new].total())
            same = before.attributions[old].speaker == after.attributions[new].speaker
            if share >= (_SAME_SPEAKER if same else _OTHER_SPEAKER):
                yield share + same, old, new


def _content(article: Article, one: Attribution) -> list[str]:
    return forms(" ".join(span.of(article.text.words) for span in one.content))


def _in_order(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The most pairs that stand in the same order in both texts: what is not among them moved."""
    ends: list[int] = []
    at: list[int] = []
    last: list[int] = [-1] * len(pairs)
    for number, (_, new) in enumerate(pairs):
        place = bisect_left(ends, new)
        last[number] = at[place - 1] if place else -1
        if place == len(ends):
            ends.append(new)
            at.append(number)
        else:
            ends[place], at[place] = new, number
    kept: set[tuple[int, int]] = set()
    number = at[-1] if at else -1
    while number >= 0:
        kept.add(pairs[number])
        number = last[number]
    return kept


def _gone(before: Article, one: Attribution, after: Article) -> Change:
    if not one.content:
        return Change("gone", one, None)
    whole = Span(one.content[0].start, one.content[-1].end)
    place = find_again(anchor_of(before.text.words, whole), after.text.words)
    if isinstance(place, Orphan):
        return Change("gone", one, None, orphan=place)
    return Change("gone", one, None, stands=place)


def _lines(article: Article, other: Article) -> tuple[Span, ...]:
    """The lines of `article` that `other` does not have, as often as it has more of them."""
    held = Counter(block.span.of(other.text.words) for block in other.blocks)
    out: list[Span] = []
    for block in article.blocks:
        words = block.span.of(article.text.words)
        if held[words]:
            held[words] -= 1
        else:
            out.append(block.span)
    return tuple(out)
