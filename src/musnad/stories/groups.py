"""Articles grouped as they come: each is placed into a story and a copy group, once, by what came before it.

Memory is bounded: only the last :data:`WINDOW` articles are compared with, and of those only what was published within
:data:`DAYS` days. A story lives as long as articles join it.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.stories.copies import COPY, likelihood
from musnad.stories.gist import gist_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from musnad.stories.copies import Shape
    from musnad.stories.gist import Gist, Words

WINDOW = 8_000
"""Articles that a new one is compared with."""

DAYS = 4.0
"""How far apart two articles of one story may have been published, when none between them links them."""

COPY_DAYS = 2.0
"""How long after its first printing a dispatch is still printed; what comes later in the same words is a template."""

_DAY = 86_400.0
_JOIN = 0.34
_MET = 0.15  # enough for two articles that tell of the same encounter of the same two
_COMPARED = 8  # candidates for a copy whose texts are compared
_SHAPES = 2_000  # texts of which the shingles are kept at hand


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an article was put: the number of its story, and of its copy group, which is that of its first article."""

    story: int
    copy: int


@dataclass(slots=True)
class _Held:
    number: int
    story: int
    copy: int
    gist: Gist


class Groups:
    """The stories and copies of a stream of articles, each known by a number; `shape` gives the text of an earlier one.

    The same articles in the same order are placed the same, also when :meth:`recall` took the place of :meth:`place` for
    the first of them.
    """

    def __init__(self, shape: Callable[[int], Shape], *, window: int = WINDOW) -> None:
        self._shape_of, self._window = shape, window
        self._held: dict[int, _Held] = {}
        self._order: deque[int] = deque()
        self._by_term: dict[int, dict[int, float]] = defaultdict(dict)
        self._by_shingle: dict[int, list[int]] = defaultdict(list)
        self._members: dict[int, list[int]] = defaultdict(list)
        self._copies: dict[int, list[int]] = defaultdict(list)
        self._first: dict[int, float] = {}
        self._seen: Counter[int] = Counter()
        self._shapes: OrderedDict[int, Shape] = OrderedDict()

    def __len__(self) -> int:
        """How many articles are held."""
        return len(self._order)

    def gist(self, words: Words, at: float) -> Gist:
        """The gist of the next article, published at that instant."""
        return gist_of(words, at, self._seen, len(self._order))

    def place(self, number: int, gist: Gist, shape: Shape, *, fresh: int, story: int | None = None) -> Placed:
        """Place the next article: in `story` where that is known, else in one that it fits, else in a new one, `fresh`."""
        self._keep_shape(number, shape)
        copy = self._copy_of(gist, shape)
        if story is None:
            story = self._story_of(gist) if copy is None else self._held[self._copies[copy][-1]].story
        placed = Placed(fresh if story is None else story, number if copy is None else copy)
        self._hold(_Held(number, placed.story, placed.copy, gist))
        return placed

    def recall(self, number: int, gist: Gist, placed: Placed) -> None:
        """Take in an article that was placed before."""
        self._hold(_Held(number, placed.story, placed.copy, gist))

    def _copy_of(self, gist: Gist, shape: Shape) -> int | None:
        """The copy group of whose texts this one is a version, by the mean likelihood of those that share most with it."""
        common: Counter[int] = Counter()
        for one in gist.sketch:
            common.update(self._by_shingle.get(one, ()))
        likely = sorted(common.items(), key=lambda item: (-item[1] / self._least(gist, item[0]), item[0]))
        votes: dict[int, list[float]] = defaultdict(list)
        for other, count in likely[:_COMPARED]:
            days = abs(self._held[other].gist.at - gist.at) / _DAY
            copy = self._held[other].copy
            if count > 1 and abs(self._first[copy] - gist.at) <= COPY_DAYS * _DAY:
                theirs = self._shape(other)
                votes[copy].append(likelihood(shape, theirs, days=days))
        likely_of = {copy: sum(found) / len(found) for copy, found in votes.items()}
        best = max(likely_of, key=lambda copy: likely_of[copy], default=None)
        return best if best is not None and likely_of[best] >= COPY else None

    def _least(self, gist: Gist, other: int) -> int:
        return min(len(gist.sketch), len(self._held[other].gist.sketch))

    def _story_of(self, gist: Gist) -> int | None:
        likeness: dict[int, float] = defaultdict(float)
        for term, weight in gist.terms.items():
            for other, theirs in self._by_term.get(term, {}).items():
                likeness[other] += weight * theirs
        by_story: dict[int, list[float]] = defaultdict(list)
        met_in: dict[int, float] = {}
        for other, value in likeness.items():
            if value < _MET:
                continue
            held = self._held[other]
            days = abs(held.gist.at - gist.at) / _DAY
            if days <= DAYS:
                met = not set(gist.met).isdisjoint(held.gist.met)
                by_story[held.story].append(value * (1 - 0.05 * days))
                if met:
                    met_in[held.story] = max(met_in.get(held.story, 0.0), _JOIN + value / 2)
        best, found = _JOIN, None
        for story, values in by_story.items():
            total = min(len(self._members[story]), 20)
            told = 0.5 * max(values) + 0.5 * min(1.0, sum(sorted(values)[-total:]) / total)
            told = max(told, met_in.get(story, 0.0))
            if told > best:
                best, found = told, story
        return found

    def _hold(self, one: _Held) -> None:
        self._held[one.number] = one
        self._order.append(one.number)
        self._members[one.story].append(one.number)
        self._copies[one.copy].append(one.number)
        self._first.setdefault(one.copy, one.gist.at)
        for term, weight in one.gist.terms.items():
            self._by_term[term][one.number] = weight
        self._seen.update(one.gist.terms.keys())
        for shingle in one.gist.sketch:
            self._by_shingle[shingle].append(one.number)
        if len(self._order) > self._window:
            self._let_go(self._held.pop(self._order.popleft()))

    def _let_go(self, one: _Held) -> None:
        for held, key in ((self._members, one.story), (self._copies, one.copy)):
            held[key].remove(one.number)
            if not held[key]:
                del held[key]
        if one.copy not in self._copies:
            del self._first[one.copy]
        for term in one.gist.terms:
            del self._by_term[term][one.number]
            self._seen[term] -= 1
            if not self._by_term[term]:
                del self._by_term[term], self._seen[term]
        for shingle in one.gist.sketch:
            self._by_shingle[shingle].remove(one.number)
            if not self._by_shingle[shingle]:
                del self._by_shingle[shingle]

    def _shape(self, number: int) -> Shape:
        if number not in self._shapes:
            self._keep_shape(number, self._shape_of(number))
        self._shapes.move_to_end(number)
        return self._shapes[number]

    def _keep_shape(self, number: int, shape: Shape) -> None:
        self._shapes[number] = shape
        if len(self._shapes) > _SHAPES:
            self._shapes.popitem(last=False)
