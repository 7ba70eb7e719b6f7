"""The record: every page, its versions and what was found in them, kept for good and asked.

>>> from musnad.record import Only, Record, record_path
>>> Only(speaker="هدى منصور").of_statements
True
"""

from musnad.record.anchors import Anchor, Orphan, anchor_of, find_again
from musnad.record.compare import Change, Comparison, Fate, compare, history
from musnad.record.corrections import Correction, What
from musnad.record.identity import Decision
from musnad.record.labelled import Notice, label_of
from musnad.record.newest import newest
from musnad.record.place import record_path
from musnad.record.store import Record
from musnad.record.types import Added, Checked, Found, Mention, Only, Outcome, Problem, Statement, Version

__all__ = [
    "Added",
    "Anchor",
    "Change",
    "Checked",
    "Comparison",
    "Correction",
    "Decision",
    "Fate",
    "Found",
    "Mention",
    "Notice",
    "Only",
    "Orphan",
    "Outcome",
    "Problem",
    "Record",
    "Statement",
    "Version",
    "What",
    "anchor_of",
    "compare",
    "find_again",
    "history",
    "label_of",
    "newest",
    "record_path",
]
