"""Which lines of a page are its headline and its body: by the mass of sentences, where they stand, and the page's signs."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from musnad.pages.shapes import ends_sentence
from musnad.pages.words import fold, is_furniture

if TYPE_CHECKING:
    from musnad.pages.tree import Line, Tree

_WORD = re.compile(r"\w+")
_NO_MASS: Final = frozenset({"byline", "date", "modified", "caption", "credit", "section", "crumbs", "headline"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LOWER: Final = _HEADINGS - {"h1"}
_STEP_OUT: Final = frozenset(
    {"p", "li", "blockquote", "td", "dd", "pre", "span", "h2", "h3", "h4", "ul", "ol", "tr", "tbody"}
)
_ABOVE: Final = frozenset({"p", "div", "h2", "h3", "h4", "blockquote"})
_LIVE = 3
_CAPTIONS: Final = frozenset({"caption", "credit"})
_CONTAINERS: Final = frozenset({"div", "section", "table", "form", "article", "footer", "center", "fieldset"})
_DESCEND = 0.6
"""A box is left for the inside of it while one child holds this share of its sentences."""
_BODY_SHARE = 0.3
"""A box announced as the body is believed when it holds this share of the page's sentences."""
_LEAST = 30.0


@dataclass(slots=True)
class Region:
    """The headline's line (-1: none) and the lines of the body, first and last inclusive, with those to leave out."""

    headline: int
    first: int
    last: int
    left_out: frozenset[int]
    box: int
    mass: float


def words_of(words: str) -> set[str]:
    """The words of a line, folded, for comparing two headlines."""
    return set(_WORD.findall(fold(words)))


def find_headline(tree: Tree, claims: list[str]) -> int:
    """The line of the headline: of the h1 (failing those, of the headings) the one sharing most words with what `claims`
    (og:title, the title element, JSON-LD) say; the first where none shares any; -1 where there is no heading at all."""
    wanted = [words_of(c) for c in dict.fromkeys(claims) if c]
    best, best_score = -1, 0.0
    lines = tree.lines
    first = [n for n, line in enumerate(lines) if line.tag == "h1"]
    others = [n for n, line in enumerate(lines) if line.sign == "headline" or line.tag in _LOWER]
    for number in (*first, *others):
        line = lines[number]
        is_h1 = line.tag == "h1"
        if len(line.words) > 400:
            continue
        if not is_h1 and best_score > 1.0:
            break
        have = words_of(line.words)
        if not have:
            continue
        score = max((len(have & w) / max(1.0, 0.5 * (len(have) + len(w))) for w in wanted), default=0.0)
        score += 0.35 if is_h1 else 0.15 if line.sign == "headline" else 0.0
        score -= 0.3 if line.links > 0.5 * len(line.words) and not is_h1 else 0.0
        if len(have) < 3:
            score -= 0.2
        if score > best_score + 1e-9:
            best, best_score = number, score
    if best_score < 0.45:
        exact = _exact(tree, wanted)
        alone = best >= 0 and (not wanted or (tree.lines[best].tag == "h1" and tree.lines[best].words.count(" ") >= 2))
        return exact if exact >= 0 or not alone else best
    return best


def _exact(tree: Tree, wanted: list[set[str]]) -> int:
    """The first line of any kind that has just the words of a claim (or most of a longer one's)."""
    for number, line in enumerate(tree.lines):
        if 10 <= len(line.words) <= 300 and line.links <= 0.5 * len(line.words):
            have = words_of(line.words)
            if any(len(have) >= 3 and have <= w and len(have) >= 0.6 * len(w) for w in wanted):
                return number
    return -1


def mass(line: Line) -> float:
    """How much of an article's body the line is: its length, if it reads as sentences and is not links or furniture."""
    length = len(line.words)
    if length < 25 or line.links * 2 > length or line.tag in _HEADINGS or line.tag == "figcaption":
        return 0.0
    finished = ends_sentence(line.words)
    if line.sign in _NO_MASS and (not finished or length < 150 or (line.sign in _CAPTIONS and length < 400)):
        return 0.0
    weight = float(length - line.links)
    if not finished:
        weight *= 0.6 if "،" in line.words and length > 100 else 0.3 if length > 80 else 0.0
    if line.tag in ("li", "dd", "dt"):
        weight *= 0.5
    return weight


def find_region(tree: Tree, headline: int) -> Region | None:
    """The lines of the body, or None where the page has no sentences that stand together."""
    masses = [mass(line) * (0.2 if number < headline else 1.0) for number, line in enumerate(tree.lines)]
    sums, best, last = _sums(tree, masses)
    if sums[0] < _LEAST:
        return None
    box = _announced(tree, sums) or _descend(tree, sums, best)
    while box and tree.tags[box] in _STEP_OUT:
        box = tree.parents[box]
    inside = [n for n, line in enumerate(tree.lines) if box <= line.box <= last[box] and n > headline]
    heavy = [n for n in inside if masses[n] > 0]
    if not heavy:
        return None
    left_out = _foreign(tree, masses, heavy, inside, box)
    heavy = [n for n in heavy if n not in left_out]
    end = inside[-1]
    start = _start(tree, masses, inside, heavy[0])
    leads = _leads(tree, masses, headline, start)
    between, end = _siblings(tree, sums, last, box, end)
    out = left_out | between
    if leads:
        out |= {n for n in range(leads[0], start) if n not in leads}
        start = leads[0]
    while end in out:
        end -= 1
    return Region(headline, start, end, frozenset(n for n in out if start <= n <= end), box, sums[0])


def _start(tree: Tree, masses: list[float], inside: list[int], first: int) -> int:
    """The first line of the body: its first sentences, or a heading or a byline in their own box right above them; in a
    live blog (three times printed in it) the time of the first entry too."""
    lines, parents = tree.lines, tree.parents
    live = sum(1 for n in inside if lines[n].sign == "date") >= _LIVE
    start = first
    for n in range(first - 1, inside[0] - 1, -1):
        line = lines[n]
        own = line.box == lines[first].box or parents[line.box] == parents[lines[first].box]
        stamp = live and line.sign == "date"
        if not (own or stamp) or (line.sign in _NO_MASS and not stamp) or (line.tag not in _ABOVE and not stamp):
            break
        start = n
    return start


def _sums(tree: Tree, masses: list[float]) -> tuple[list[float], list[int], list[int]]:
    """Of every box: the mass inside it, its heaviest child, and the last box inside it. One pass from the end."""
    count = len(tree.tags)
    sums = [0.0] * count
    for line, weight in zip(tree.lines, masses, strict=True):
        sums[line.box] += weight
    best = [-1] * count
    last = list(range(count))
    for box in range(count - 1, 0, -1):
        parent = tree.parents[box]
        sums[parent] += sums[box]
        if best[parent] < 0 or sums[box] >= sums[best[parent]]:
            best[parent] = box
        if last[box] > last[parent]:
            last[parent] = last[box]
    return sums, best, last


def _announced(tree: Tree, sums: list[float]) -> int:
    """The heaviest box that is announced as the body and is heavy enough to be believed; 0 for none."""
    boxes = [b for b, announced in enumerate(tree.signs) if announced == "body" and sums[b] >= _BODY_SHARE * sums[0]]
    if not boxes:
        return 0
    heaviest = max(sums[b] for b in boxes)
    return max(b for b in boxes if sums[b] >= 0.95 * heaviest)


def _descend(tree: Tree, sums: list[float], best: list[int]) -> int:
    box = 0
    while best[box] >= 0 and sums[best[box]] >= _DESCEND * sums[box]:
        box = best[box]
    return box


def _foreign(tree: Tree, masses: list[float], heavy: list[int], inside: list[int], box: int) -> set[int]:
    """Lines that stand in the body's box in containers of another manner than its paragraphs do.

    A container in which no paragraph of the commonest manner stands is left out when it follows the last of those (terms
    of comment, notes), or when it holds a line that is a link or furniture (an insert between paragraphs).
    """
    manners: dict[tuple[str, str, str], float] = {}
    manner_of: dict[int, tuple[str, str, str]] = {}
    for n in heavy:
        at = tree.lines[n].box
        parent = tree.parents[at]
        inner = parent >= 0 and parent != box
        manner = (tree.tags[at], tree.tags[parent] if inner else "", tree.keys[parent] if inner else "")
        manners[manner] = manners.get(manner, 0.0) + masses[n]
        manner_of[n] = manner
    common = max(manners, key=lambda m: manners[m])
    if manners[common] < 0.5 * sum(manners.values()):
        return set()
    final = max(n for n in heavy if manner_of[n] == common)
    groups = _groups(tree, inside, box)
    own = {child for child, numbers in groups.items() if any(manner_of.get(n) == common for n in numbers)}
    out: set[int] = set()
    trailing: set[int] = set()
    for child, numbers in groups.items():
        if child == box or child in own or tree.tags[child] not in _CONTAINERS or tree.signs[child] == "body":
            continue
        if numbers[0] > final:
            trailing.update(numbers)
        elif any(_insert(tree.lines[n]) for n in numbers):
            out.update(numbers)
    if sum(masses[n] for n in trailing) < 0.5 * manners[common]:
        out |= trailing
    return out


def _insert(line: Line) -> bool:
    length = len(line.words)
    return line.links >= 0.8 * length or is_furniture(line.words, line.links / length)


def _groups(tree: Tree, inside: list[int], box: int) -> dict[int, list[int]]:
    """The lines inside `box` by the child of `box` that they stand in; those directly in it under `box` itself."""
    below = {box: box}
    groups: dict[int, list[int]] = {}
    for n in inside:
        at = tree.lines[n].box
        chain = []
        while at not in below:
            chain.append(at)
            if tree.parents[at] == box:
                below[at] = at
                break
            at = tree.parents[at]
        child = below[at]
        for b in chain:
            below[b] = child
        groups.setdefault(child, []).append(n)
    return groups


def _leads(tree: Tree, masses: list[float], headline: int, start: int) -> list[int]:
    """Finished sentences between the headline and the body: the lead, where it stands in a box of its own."""
    if headline < 0 or start - headline > 40:
        return []
    return [n for n in range(headline + 1, start) if masses[n] >= 60 and tree.lines[n].sign != "deck"]


def _siblings(tree: Tree, sums: list[float], last: list[int], box: int, end: int) -> tuple[set[int], int]:
    """Where the body goes on in boxes of the same kind beside its own: the new end, and the lines between to leave out."""
    key, parent = tree.keys[box], tree.parents[box]
    more = [
        b
        for b in range(last[box] + 1, (last[parent] if parent >= 0 else 0) + 1)
        if tree.parents[b] == parent
        and sums[b] >= _LEAST
        and ((key and tree.keys[b] == key) or tree.signs[b] == "body")
    ]
    if not more:
        return set(), end
    taken = []
    for n, line in enumerate(tree.lines):
        i = bisect_right(more, line.box) - 1
        if i >= 0 and line.box <= last[more[i]]:
            taken.append(n)
    final = max(taken)
    return set(range(end + 1, final + 1)) - set(taken), final
