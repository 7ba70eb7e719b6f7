"""The words that news sites print beside an article, and what a line of them is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from musnad.lang import language, table

_CODES = ("ar", "en")
_EDGES = " \t\u00a0\u200e\u200f\u202a\u202b\u202c\ufeff:،,.|!؟?…»«\"'“”()[]{}–—-•·*#/\\<>►▪"
"""What is taken off both ends of a line before it is looked up."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tables, folded, ready for look-up."""

    lines: frozenset[str]
    starts: re.Pattern[str]
    labels: re.Pattern[str]
    named: dict[str, str]
    marked: frozenset[str]
    wires: dict[str, str]
    places: frozenset[str]
    homes: frozenset[str]
    links: frozenset[str]


def squash(words: str) -> str:
    """`words` as they are looked up: folded, without punctuation and marks at the ends, in lower case.

    >>> squash("إقرأ أيضاً: ")
    'اقرا ايضا'
    """
    return " ".join(fold(words).strip(_EDGES).split())


def fold(words: str) -> str:
    """`words` in one spelling and in lower case, for look-up only.

    The spelling is the language's own; short lines go through one table of characters, three times as fast as its
    chain of replacements, which pays on long texts.
    """
    return words.translate(_characters()).lower()


@cache
def _characters() -> dict[int, str]:
    """What :meth:`Language.fold` makes of every character that it changes, one by one."""
    changed = {}
    for first, last in ((0x80, 0x2FF), (0x600, 0x6FF), (0x2000, 0x206F), (0xFB50, 0xFEFF)):
        for code in range(first, last + 1):
            folded = language("ar").fold(chr(code)).words
            if folded != chr(code):
                changed[code] = folded
    return changed


@cache
def vocabulary() -> Vocabulary:
    """The words of every language that musnad has, together: Arabic pages say «Tweet» too."""
    furniture = [row for code in _CODES for row in table(code, "furniture")]
    labels = {squash(r["words"]): r["names"] for code in _CODES for r in table(code, "labels")}
    starts = sorted({fold(r["words"]) for r in furniture if r["where"] == "start"}, key=len, reverse=True)
    ordered = sorted(labels, key=len, reverse=True)
    return Vocabulary(
        lines=frozenset(squash(r["words"]) for r in furniture if r["where"] != "start"),
        starts=re.compile("(?:" + "|".join(map(re.escape, starts)) + r")(?!\w)"),
        labels=re.compile(r"[(\s]*(" + "|".join(map(re.escape, ordered)) + r")(\s*[:،,/|-]+\s*|\s+|$)"),
        named=labels,
        marked=frozenset(squash(r["words"]) for code in _CODES for r in table(code, "labels") if r["mark"] == ":"),
        wires={squash(r["words"]): r["kind"] for code in _CODES for r in table(code, "wires")},
        places=frozenset(squash(r["place"]) for code in _CODES for r in table(code, "datelines")),
        homes=frozenset(squash(r["words"]) for r in furniture if r["where"] == "home"),
        links=frozenset(squash(r["words"]) for r in furniture if r["where"] == "links"),
    )


@cache
def credit_labels() -> re.Pattern[str]:
    """The labels of photo credits with the colon behind them, as they are printed inside a caption."""
    rows = [r["words"] for code in _CODES for r in table(code, "labels") if r["names"] == "credit"]
    ordered = sorted(rows, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")[ ]?[:/][ ]?", re.IGNORECASE)


@cache
def inner_labels() -> re.Pattern[str]:
    """The labels of times, as they are printed, for lines that have one in the middle («…، آخر تحديث 14:00»)."""
    rows = [r["words"] for code in _CODES for r in table(code, "labels") if r["names"] in ("published", "modified")]
    return re.compile("|".join(re.escape(w) + "[ :]" for w in sorted(rows, key=len, reverse=True)))


_ADDRESS = re.compile(r"https?://\S+$")
_DIGIT = re.compile(r"\d")


def has_digit(words: str) -> bool:
    """True for a line with a digit of any script."""
    return _DIGIT.search(words) is not None


_FINISHED = re.compile(r"[.؟?!…»\"”)]\s*$")


def is_furniture(words: str, links: float = 0.0) -> bool:
    """True when the line is known furniture; `links` is the share of it that is links.

    >>> is_furniture("اقرأ أيضاً: المطار يفتح أبوابه"), is_furniture("تابعوا الجلسة باهتمام، ثم انصرفوا.")
    (True, False)
    """
    length = len(words)
    if words.startswith("http") and _ADDRESS.match(words):
        return True
    if links <= 0.5 and length > 60 and (length > 160 or _FINISHED.search(words, length - 4) is not None):
        return False
    if length > 300:
        return False
    known = vocabulary()
    head = fold(words[:60]).lstrip(_EDGES)
    if length <= 60:
        looked = " ".join(head.rstrip(_EDGES).split())
        if not looked or looked in known.lines:
            return True
    if known.starts.match(head) is None:
        return False
    return links > 0.5 or (length <= 160 and _FINISHED.search(words, max(0, length - 4)) is None)


def heads_links(words: str) -> bool:
    """True for a line that heads a list of links to other articles («مواضيع ذات صلة»).

    >>> heads_links("مواضيع ذات صلة:"), heads_links("اقرأ أيضاً: المطار يفتح أبوابه")
    (True, False)
    """
    return len(words) <= 40 and squash(words) in vocabulary().links


def label(words: str) -> tuple[str | None, int]:
    """What the label at the head of the line names, and where the words after it begin; (None, 0) without one.

    >>> label("بقلم: سلمى الناصر")
    ('byline', 6)
    >>> label("قال الوزير")
    (None, 0)
    """
    head = words[:40]
    if vocabulary().labels.match(fold(head)) is None:
        return None, 0
    folded = language("ar").fold(head)
    match = vocabulary().labels.match(folded.words.lower())
    if match is None:
        return None, 0
    if match[1] in vocabulary().marked and match[2].isspace():
        return None, 0  # «تغطية مباشرة» is a section, «تغطية: …» a byline
    name = vocabulary().named[match[1]]
    if match.end() >= len(folded.words):
        return name, len(head)
    return name, folded.back(match.end())
