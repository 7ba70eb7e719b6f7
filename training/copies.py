"""Fit the weights of the signs of a copy (src/musnad/stories/copies.tsv) on marked pairs; `make copies` runs it.

usage: python -m training.copies STREAM MARKS [--output FILE]

STREAM is a *.docs.jsonl (or .gz) with the texts, MARKS pairs of them as in quality/stories. Prints first how right pairs are
decided by weights that were learned without them (eight parts; what shares a document is in one part), then the weights.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from musnad.errors import InputError
from musnad.pages import read_document
from musnad.record.rows import sortable
from musnad.run.documents import read_documents
from musnad.stories.copies import SIGNS, Shape, differ_in_figures, shape_of, signs

_PARTS, _TIMES, _STEPS = 8, 6, 30
_RIDGE = 1.0  # against weights that follow single pairs; 0.3 to 6 were tried, by likelihood of pairs not learned from

Row = tuple[list[float], bool]


def main(arguments: list[str]) -> None:
    """Read the marks, measure, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stream")
    parser.add_argument("marks", type=Path)
    parser.add_argument("--output", type=Path, default=Path("src/musnad/stories/copies.tsv"))
    given = parser.parse_args(arguments)
    marks = json.loads(given.marks.read_text("utf-8"))
    rows = _rows(marks, _shapes(given.stream, {mark[end] for mark in marks for end in "ab"}))
    right, found, wanted, unlikely = _crossvalidated(rows, _together(marks))
    print(f"{len(rows)} pairs, {sum(copy for _, copy in rows)} copies; by weights learned from others: ", end="")
    print(
        f"precision {100 * right / found:.1f} recall {100 * right / wanted:.1f} F1 {200 * right / (found + wanted):.1f}",
        end="",
    )
    print(f", {unlikely:.3f} nats a pair")
    lines = [f"{name}\t{weight:.3f}" for name, weight in zip(("bias", *SIGNS), _fitted(rows), strict=True)]
    given.output.write_text("\n".join(("sign\tweight", *lines, "")), "utf-8")
    print("\n".join(lines))


def _shapes(stream: str, wanted: set[str]) -> dict[str, tuple[Shape, float]]:
    found: dict[str, tuple[Shape, float]] = {}
    for document in read_documents(stream):
        if not isinstance(document, InputError) and document["id"] in wanted:
            article = read_document(document)
            at = sortable(article.published)
            found[document["id"]] = shape_of(article), at.timestamp() / 86_400 if at else 0.0
    return found


def _rows(marks: Iterable[dict[str, str | bool]], shapes: dict[str, tuple[Shape, float]]) -> list[Row]:
    """Signs and mark of each pair; those that other figures part keep their place, without signs to learn from."""
    rows: list[Row] = []
    for mark in marks:
        (one, first), (other, second) = shapes[str(mark["a"])], shapes[str(mark["b"])]
        apart = differ_in_figures(one, other)
        rows.append(([] if apart else [1.0, *signs(one, other, abs(first - second))], bool(mark["copy"])))
    return rows


def _together(marks: Sequence[dict[str, str]]) -> list[list[int]]:
    """The places of the marks, those that share a document together."""
    group = {mark[end]: mark[end] for mark in marks for end in "ab"}

    def first(document: str) -> str:
        while group[document] != document:
            document = group[document]
        return document

    for mark in marks:
        group[first(mark["a"])] = first(mark["b"])
    found: dict[str, list[int]] = defaultdict(list)
    for place, mark in enumerate(marks):
        found[first(mark["a"])].append(place)
    return list(found.values())


def _crossvalidated(rows: Sequence[Row], groups: list[list[int]]) -> tuple[int, int, int, float]:
    """How many were found rightly, were found, and were to be found, and the mean surprise, over :data:`_TIMES` partings."""
    right = found = wanted = 0
    surprise, told = 0.0, 0
    for time in range(_TIMES):
        order = groups[:]
        random.Random(time).shuffle(order)
        for part in range(_PARTS):
            left = set(chain.from_iterable(order[part::_PARTS]))
            weights = _fitted([row for place, row in enumerate(rows) if place not in left])
            for place in left:
                values, copy = rows[place]
                likely = _likely(weights, values) if values else 0.0
                right += copy and likely >= 0.5
                found += likely >= 0.5
                wanted += copy
                if values:
                    surprise, told = surprise - math.log(max(likely if copy else 1 - likely, 1e-9)), told + 1
    return right, found, wanted, surprise / told


def _fitted(rows: Iterable[Row]) -> list[float]:
    """Logistic regression by Newton's method; the ridge is on the scale of each sign's spread, the bias has none."""
    rows = [row for row in rows if row[0]]
    size = len(rows[0][0])
    spread = [_variance([values[at] for values, _ in rows]) for at in range(size)]
    weights = [0.0] * size
    for _ in range(_STEPS):
        slope = [_RIDGE * variance * weight for variance, weight in zip(spread, weights, strict=True)]
        bend = [[_RIDGE * spread[at] * (at == other) for other in range(size)] for at in range(size)]
        for values, copy in rows:
            likely = _likely(weights, values)
            for at, value in enumerate(values):
                slope[at] += (likely - copy) * value
                for other, beside in enumerate(values):
                    bend[at][other] += likely * (1 - likely) * value * beside
        step = _solved(bend, slope)
        weights = [weight - one for weight, one in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return weights


def _likely(weights: Sequence[float], values: Sequence[float]) -> float:
    told = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, told))))


def _variance(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / len(values)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a set of linear equations, by Gauss and Jordan with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(len(rows)):
        pivot = max(range(at, len(rows)), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other, row in enumerate(rows):
            if other != at:
                rows[other] = [value - row[at] * mine for value, mine in zip(row, rows[at], strict=True)]
    return [row[-1] for row in rows]


if __name__ == "__main__":
    main(sys.argv[1:])
