"""Attributions and figures of the sample pages, found and expected ones paired."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from musnad.evaluate.views import jaccard
from musnad.model import Attribution, Span
from tests.examples.pages import EXPECTED, MARKED, article, flat
from tests.find.matching import SAME, plain, same_name, tokens

Pair = tuple[str, dict[str, Any], Attribution]


def spans_of(name: str, pieces: list[str], near: int = 0) -> list[Span]:
    """Where pieces of expected words stand in the text of a page, from offset `near` on; what is not there is left out."""
    words = article(name).text.words
    out = []
    for piece in pieces:
        pattern = re.compile(r"\s+".join(map(re.escape, piece.split())))
        match = pattern.search(words, near) or pattern.search(words)
        if match:
            out.append(Span(match.start(), match.end()))
    return out


@cache
def pairs(name: str) -> tuple[Pair, ...]:
    """Each expected attribution of a page with the one found that shares its cue and most of its content, if any does."""
    a = article(name)
    words = a.text.words
    scored = []
    expected = EXPECTED[name]["attributions"]
    near = 0
    for i, wanted in enumerate(expected):
        places = spans_of(name, wanted["content"], max(0, near - 400))
        near = places[0].start if places else near
        content = tokens(words, places)
        for j, found in enumerate(a.attributions):
            overlap = jaccard(content, tokens(words, found.content))
            same_cue = _same_cue(words, wanted, found)
            close = bool(places) and min(abs(s.start - places[0].start) for s in found.content) < 600
            if overlap >= 0.5 or (same_cue and close):
                scored.append((overlap + same_cue, -i, -j))
    taken: dict[int, int] = {}
    for _, i, j in sorted(scored, reverse=True):
        if -i not in taken and -j not in taken.values():
            taken[-i] = -j
    return tuple((name, expected[i], a.attributions[j]) for i, j in sorted(taken.items()))


def _same_cue(words: str, wanted: dict[str, Any], found: Attribution) -> bool:
    have = {w for s in found.cue for w in plain(s.of(words)) or (s.of(words),)}
    want = {w for piece in wanted["cue"] for w in plain(piece) or (piece,)}
    return bool(have & want)


def said(name: str, wanted: dict[str, Any], found: Attribution) -> bool:
    """Whether the content is the same (eight words in ten) and the speaker too."""
    words = article(name).text.words
    places = spans_of(name, wanted["content"], max(0, found.content[0].start - 300))
    same = jaccard(tokens(words, places), tokens(words, found.content)) >= SAME
    return same and same_name(wanted["speaker"], found.speaker.name)


def chain_right(wanted: dict[str, Any], found: Attribution) -> bool:
    """Whether the chain has the expected names in their order; an outlet that nobody names is no hop."""
    want = [link for link in wanted["chain"] if link is not None]
    have = [link.name for link in found.chain if link.name is not None]
    return len(want) == len(have) and all(map(same_name, want, have))


def counts() -> dict[str, tuple[int, int]]:
    """How many were expected and how many are right, of all marked pages: found, said by whom, chain, figures …"""
    every = [p for name in MARKED for p in pairs(name)]
    expected = sum(len(EXPECTED[name]["attributions"]) for name in MARKED)
    given = sum(len(article(name).attributions) for name in MARKED)
    right = [p for p in every if said(*p)]
    speaker = [p for p in every if same_name(p[1]["speaker"], p[2].speaker.name)]
    return {
        "found": (len(every), expected),
        "found, of those given": (len(every), given),
        "speaker": (len(speaker), expected),
        "who said what": (len(right), expected),
        "chain, of those with the right speaker": (sum(chain_right(w, f) for _, w, f in speaker), len(speaker)),
        "kind, of those with the right speaker": (
            sum(w["kind"] == f.speaker.kind for _, w, f in speaker),
            len(speaker),
        ),
        "type, of those right": (sum(w["type"] == f.type for _, w, f in right), len(right)),
    }


def figures(name: str) -> dict[str, tuple[int, int]]:
    """How many expected figures of a page were found with their value, and how many of those have their claimant."""
    a = article(name)
    words = a.text.words
    found = claimed = 0
    taken: set[int] = set()
    for wanted in EXPECTED[name]["figures"]:
        for k, figure in enumerate(a.figures):
            if k in taken or flat(figure.number.of(words)) != wanted["number"]:
                continue
            if (figure.value, figure.low, figure.high) != (wanted["value"], wanted["low"], wanted["high"]):
                continue
            taken.add(k)
            found += 1
            by = None if figure.claimant is None else a.attributions[figure.claimant].speaker.name
            want = wanted["claimed_by"]
            claimed += (by is None) == (want is None) and (want is None or same_name(want, by or ""))
            break
    return {
        "found": (found, len(EXPECTED[name]["figures"])),
        "claimant": (claimed, found),
        "given": (found, len(a.figures)),
    }
