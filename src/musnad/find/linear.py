"""Linear models over named features: choose one of several candidates, and say how sure.

A model is a table from feature to weight. Training is a conditional log-linear fit (softmax over the candidates of one
choice) by AdaGrad with L2, in plain Python so that the same marks always give the same file.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

Features = Sequence[str]

_NOTHING = repeat(0.0)
"""What a feature that is not in the table weighs; without end, so shared by all."""


class Linear:
    """Weights of one choice.

    >>> model = Linear({"ends with a full stop": 2.0})
    >>> model.best([["ends with a comma"], ["ends with a full stop"]])[0]
    1
    """

    __slots__ = ("weights",)

    def __init__(self, weights: Mapping[str, float] | None = None) -> None:
        self.weights = dict(weights or {})

    def score(self, features: Features) -> float:
        """The sum of the weights of `features`; unknown ones count nothing."""
        return sum(map(self.weights.get, features, _NOTHING))

    def _scores(self, candidates: Sequence[Features]) -> list[float]:
        get = self.weights.get
        return [sum(map(get, c, _NOTHING)) for c in candidates]

    def best(self, candidates: Sequence[Features]) -> tuple[int, float]:
        """The index of the candidate with the highest score and its probability among them. Raises ValueError on none."""
        if len(candidates) == 1:
            return 0, 1.0
        scores = self._scores(candidates)
        top = max(scores)
        return scores.index(top), 1.0 / sum([math.exp(s - top) for s in scores])

    def ranked(self, candidates: Sequence[Features], most: int) -> list[tuple[int, float]]:
        """The likeliest candidates, at most `most`, with the logarithms of their probabilities."""
        if len(candidates) == 1:
            return [(0, 0.0)]
        scores = self._scores(candidates)
        top = max(scores)
        total = top + math.log(sum([math.exp(s - top) for s in scores]))
        if most == 1:
            return [(scores.index(top), top - total)]
        order = sorted(range(len(scores)), key=lambda i: -scores[i])[:most]
        return [(i, scores[i] - total) for i in order]

    def first(self, places: Iterable[tuple[int, Features]]) -> tuple[int, float]:
        """The most likely place to stop, going through the places in order: each is stopped at or passed by; and the
        logarithm of its probability.

        Places after one that outweighs all that can follow are not asked for. Raises ValueError on none.
        """
        passed, best, where = 0.0, -math.inf, None
        for place, features in places:
            score = max(-20.0, min(20.0, self.score(features)))
            stop = -math.log1p(math.exp(-score))
            if passed + stop > best:
                best, where = passed + stop, place
            passed += stop - score
            if passed < best:
                break
        if where is None:
            raise ValueError("no place to stop at was given")
        return where, best

    def stops(self, places: Iterable[tuple[int, Features]], near: float) -> list[tuple[int, float]]:
        """The places to stop that are less likely than the likeliest by no more than `near`, in their order, with the
        logarithms of their probabilities: see :meth:`first`."""
        passed, best = 0.0, -math.inf
        out: list[tuple[int, float]] = []
        for place, features in places:
            score = max(-20.0, min(20.0, self.score(features)))
            stop = -math.log1p(math.exp(-score))
            best = max(best, passed + stop)
            out.append((place, passed + stop))
            passed += stop - score
            if passed < best - near:
                break
        return [(place, likely) for place, likely in out if likely >= best - near]

    def probability(self, features: Features) -> float:
        """For a yes-or-no choice: the probability of yes."""
        score = max(-30.0, min(30.0, self.score(features)))
        return 1.0 / (1.0 + math.exp(-score))


def fit(
    choices: Iterable[tuple[Sequence[Features], int]],
    *,
    epochs: int = 12,
    rate: float = 0.3,
    decay: float = 2e-4,
    keep: float = 0.04,
    least: int = 2,
) -> dict[str, float]:
    """Weights that make the right candidate of each choice likely; weights below `keep` are dropped.
    Features seen fewer than `least` times are left out: they are names and accidents, and half of the file.

    A yes-or-no choice is given as two candidates, the first without features. The order of `choices` is the order of
    training; nothing is drawn at random, so equal input gives equal weights.
    """
    data = list(choices)
    seen = Counter(f for candidates, _ in data for features in candidates for f in features)
    rare = {f for f, n in seen.items() if n < least}
    data = [([[f for f in c if f not in rare] for c in candidates], right) for candidates, right in data]
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    for _ in range(epochs):
        for candidates, right in data:
            scores = [sum([weights.get(f, 0.0) for f in c]) for c in candidates]
            top = max(scores)
            exps = [math.exp(s - top) for s in scores]
            total = sum(exps)
            for index, features in enumerate(candidates):
                error = (1.0 if index == right else 0.0) - exps[index] / total
                if abs(error) < 1e-3:
                    continue
                for feature in features:
                    weight = weights.get(feature, 0.0)
                    gradient = error - decay * weight
                    square = squares.get(feature, 1e-6) + gradient * gradient
                    squares[feature] = square
                    weights[feature] = weight + rate * gradient / math.sqrt(square)
    return {f: round(w, 3) for f, w in sorted(weights.items()) if abs(w) >= keep}
