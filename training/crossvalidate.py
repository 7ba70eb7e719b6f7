"""Measure the finder on the marks it is trained on, each document by what was learned from the others; `make crossvalidate`.

usage: crossvalidate.py DOCS=GOLD ... [--folds N]

The marks are shared out among the folds by turns. Prints what `musnad evaluate` prints of all documents together: with
some thousand attributions a difference of half a point is told from noise, which it is not on the documents kept apart.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any
from unittest.mock import patch

from musnad.evaluate.compare import compare
from musnad.evaluate.counts import MEASURES, measure, total
from musnad.find import assemble
from musnad.find.linear import Linear
from musnad.find.model import Models
from musnad.publish import marks_value
from musnad.run.path import read_document
from training.train import learn, marked_documents

Marked = tuple[dict[str, Any], dict[str, Any]]


def main(arguments: list[str]) -> None:
    """Train and mark fold by fold, then print precision, recall and F1 over all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="DOCS=GOLD")
    parser.add_argument("--folds", type=int, default=3)
    given = parser.parse_args(arguments)
    every = list(marked_documents(given.pairs))
    found: dict[str, dict[str, Any]] = {}
    for fold in range(given.folds):
        found |= marked_by_others(every, fold, given.folds)
    documents = {document["id"]: document for document, _ in every}
    compared = compare(documents, {marks["id"]: marks for _, marks in every}, found)
    counts = total(compared.counts.values())
    print(f"{len(every)} documents in {given.folds} folds: precision, recall, F1")
    for name in MEASURES:
        print(f"{name:15s}" + "".join(f"{value:8.1f}" for value in measure(counts, name)))


def marked_by_others(every: list[Marked], fold: int, folds: int) -> dict[str, dict[str, Any]]:
    """What the finder finds in the documents of one fold, by id, after learning from those of the others."""
    others = [(d["text"], m["attributions"]) for i, (d, m) in enumerate(every) if i % folds != fold]
    models = Models(**{name: Linear(weights) for name, weights in learn(others)[0].items()})
    with patch.object(assemble, "load", return_value=models):
        own = [d for i, (d, _) in enumerate(every) if i % folds == fold]
        return {d["id"]: marks_value(d["id"], read_document(d)) for d in own}


if __name__ == "__main__":
    main(sys.argv[1:])
