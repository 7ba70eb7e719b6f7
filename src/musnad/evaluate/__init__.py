"""Evaluate: what a system marked against what readers marked.

Spans are compared as sets of words, so that punctuation and clitics at an edge cost nothing; every marked attribution is
paired with at most one of the system's. The figure to quote is *who said what*: of a pair, at least four fifths of the
content's words are shared and the speaker is the same.
"""

from musnad.evaluate.bootstrap import Interval, intervals
from musnad.evaluate.compare import Comparison, Miss, compare
from musnad.evaluate.counts import MEASURES, SHARES, Counts, total
from musnad.evaluate.report import report

__all__ = [
    "MEASURES", "SHARES", "Comparison", "Counts", "Interval", "Miss", "compare", "intervals", "report", "total",
]  # fmt: skip
