"""The section label of a page: kicker, crumbs, or what metadata claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from musnad.model import Named
from musnad.pages.region import words_of
from musnad.pages.words import has_digit, is_furniture, squash, vocabulary

if TYPE_CHECKING:
    from musnad.pages.region import Region
    from musnad.pages.tree import Line, Tree
    from musnad.pages.witness import Witness

_PARTED = re.compile(r"[/»>›\\|:←]")
_CRUMB = re.compile(r"[^/»>›\\|:←\s][^/»>›\\|:←]*(?<!\s)")
_LONGEST = 50
_NOWHERE = (-1, 0, 0)


def find_section(tree: Tree, region: Region, witness: Witness, outlet: str, top: int) -> tuple[int, int, int]:
    """The line from `top` on that names the section and where in it (start, end): announced so, or the last crumb, or a
    short line right over the headline that is a link by itself or stands in its box; (-1, 0, 0) where there is none.
    `outlet` is the name that is no section, folded."""
    lines = tree.lines
    end = region.headline if region.headline >= 0 else region.first
    headline = words_of(lines[end].words) if region.headline >= 0 else set()
    claim = squash(witness.section or witness.meta.get("article:section", ""))
    found: dict[str, tuple[int, int, int]] = {}
    for number in [*range(top, end), *range(end + 1, region.first)]:
        line = lines[number]
        whole = (number, 0, len(line.words))
        if number < end and (crumb := _last_crumb(line, headline)) is not None:
            found["crumbs"] = (number, *crumb)
        near = end - 3 <= number < end
        if len(line.words) > _LONGEST or not (near or claim or line.sign in ("crumbs", "section")):
            continue
        looked = squash(line.words)
        if len(looked) < 2 or looked == outlet or is_furniture(line.words):
            continue
        have = words_of(line.words)
        if len(headline & have) > 0.7 * len(have):
            continue
        if line.sign == "crumbs":
            found["crumbs"] = whole
        elif line.sign == "section" and line.words.count(" ") <= 5:
            found.setdefault("announced", whole)
        elif looked == claim:
            found["claimed"] = whole
        elif near and len(looked.split()) <= 4 and _is_kicker(tree, region, number, end):
            found["kicker"] = whole
    return next((found[k] for k in ("announced", "crumbs", "claimed", "kicker") if k in found), _NOWHERE)


def claimed_section(witness: Witness) -> Named | None:
    """The section that metadata alone tells, or None; names of no section («featured») are none."""
    for evidence, words in (
        ("meta:article:section", witness.meta.get("article:section", "")),
        ("json-ld:articleSection", witness.section),
        ("meta:articlesection", witness.meta.get("articlesection", "")),
        ("meta:section", witness.meta.get("section", "")),
    ):
        if words and len(words) <= 60 and not is_furniture(words):
            return Named(words, None, evidence)
    return None


def _last_crumb(line: Line, headline: set[str]) -> tuple[int, int] | None:
    """Of crumbs on one line («home / economy»), the last that is not the headline; None for another line."""
    if line.links == 0 or len(line.words) > 160 or _PARTED.search(line.words) is None:
        return None
    parts = [(m.start(), m.end()) for m in _CRUMB.finditer(line.words)]
    if not 2 <= len(parts) <= 5 or not _home(line.words[slice(*parts[0])]):
        return None
    for start, end in reversed(parts[1:]):
        words = words_of(line.words[start:end])
        if words and len(headline & words) <= 0.7 * len(words):
            return start, end
    return None


def _home(words: str) -> bool:
    homes = vocabulary().homes
    return any(squash(w) in homes for w in (words, words.split(":")[-1], words.split(":")[0]))


def _is_kicker(tree: Tree, region: Region, number: int, end: int) -> bool:
    line, headline = tree.lines[number], tree.lines[end]
    beside = region.headline >= 0 and _beside(tree, line.box, headline.box)
    return not has_digit(line.words) and (_alone(tree, number) or (number == end - 1 and beside))


def _beside(tree: Tree, box: int, other: int) -> bool:
    """Whether two boxes are one, or stand in one, or one stands in the other."""
    parents = tree.parents
    return box == other or parents[box] == other or box == parents[other] or parents[box] == parents[other]


def _alone(tree: Tree, number: int) -> bool:
    """A link that no other short link stands beside: no menu."""
    line = tree.lines[number]
    if line.links * 2 <= len(line.words) or line.tag == "li":
        return False
    before = tree.lines[number - 1] if number else None
    return before is None or before.links * 2 <= len(before.words)
