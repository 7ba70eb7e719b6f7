"""Chains: through whom we know what was said, from the outlet inwards to the origin."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import cache

from musnad.find.lines import Line
from musnad.lang import language, table
from musnad.model import SPOKEN, Article, Attribution, Link, Span

LONGEST_CHAIN = 12
"""Hops of a chain; the longest marked has four."""


def chained(article: Article, found: tuple[Attribution, ...], rows: list[Line]) -> tuple[Attribution, ...]:
    """The attributions with their chains: nesting outwards, then the agency that vouches for the paragraph or, for want
    of one, those of the dateline, then the outlet. A hop that the page does not name is left out, never guessed. `rows` are
    the lines of the article."""
    told = _told_later(article, found, rows)
    starts = [b.span.start for b in article.blocks]
    vouching: dict[int, list[Link]] = {}
    out = []
    for index, a in enumerate(found):
        block = bisect_right(starts, a.cue[0].start) - 1
        if block not in vouching:
            vouching[block] = _agencies(article, article.blocks[block].span if block >= 0 else None)
        out.append(replace(a, chain=_chain(article, found, index, told, vouching[block])))
    return tuple(out)


def _chain(
    article: Article,
    found: tuple[Attribution, ...],
    index: int,
    told: dict[int, tuple[str, Span]],
    vouching: list[Link],
) -> tuple[Link, ...]:
    words = article.text.words
    inner: list[Link] = []
    at: int | None = index
    while at is not None:
        a = found[at]
        through, inferred = (a.medium.of(words), False) if a.medium is not None else (None, False)
        if through is None and at in told:
            through, inferred = told[at][0], True
        link = Link(a.speaker.name or None, a.speaker.kind, through, a.source, inferred)
        if not inner or inner[-1].name != link.name:
            inner.append(link)
        at = a.within if a.within is not None and a.within != at and len(inner) < LONGEST_CHAIN else None
    outer: list[Link] = []
    if article.outlet is not None:
        outer.append(Link(article.outlet.value, "outlet", span=article.outlet.span))
    if not any(link.kind == "agency" for link in inner):
        outer += vouching
    return (*outer, *reversed(inner))


def _agencies(article: Article, block: Span | None) -> list[Link]:
    """The agency in brackets at the end of a paragraph, or else those of the dateline."""
    if block is not None:
        tag = _agency_at_end(article.text.words, block)
        if tag is not None:
            return [Link(tag.of(article.text.words), "agency", span=tag)]
    if article.dateline is None:
        return []
    return [Link(name, "agency", span=article.dateline.span) for name in article.dateline.agencies]


@cache
def _credit() -> re.Pattern[str]:
    """An agency's name in brackets or after a dash, at the end of folded words."""
    names = sorted(
        {language("ar").fold(name).words for row in table("ar", "agencies") for name in row["names"].split("\u060c")},
        key=len,
        reverse=True,
    )
    either = "|".join(map(re.escape, names))
    return re.compile(rf"(?:\((?P<bracket>{either})\)|[-\u2013] ?(?P<dash>{either}))[ .\u00a0]*$")


_LONGEST_CREDIT = 60
"""Characters at the end of a paragraph in which its credit stands."""


def _agency_at_end(words: str, block: Span) -> Span | None:
    start = max(block.start, block.end - _LONGEST_CREDIT)
    folded = language("ar").fold(words[start : block.end])
    match = _credit().search(folded.words)
    if match is None:
        return None
    name = match.lastgroup or "bracket"
    place = folded.span(match.start(name), match.end(name))
    return Span(place.start + start, place.end + start)


@cache
def _remarks() -> tuple[str, ...]:
    return tuple(language("ar").fold(row["phrase"]).words for row in table("ar", "remarks"))


def _told_later(article: Article, found: tuple[Attribution, ...], rows: list[Line]) -> dict[int, tuple[str, Span]]:
    """Statements whose medium the text tells only later: «X made these remarks in a call» speaks of what X said before.

    For each such attribution, the words of the medium and their place.
    """
    out: dict[int, tuple[str, Span]] = {}
    words = article.text.words
    spoken = [b.span.start for b in article.blocks if b.kind in SPOKEN]
    for row in rows:
        folded, begin = row.folded, row.block.span.start
        for phrase in _remarks():
            at = folded.words.find(phrase)
            if at < 0:
                continue
            start = at + len(phrase) + 1
            end = _phrase_end(folded.words, start)
            if end <= start:
                continue
            place = folded.span(start, end)
            span = Span(place.start + begin, place.end + begin)
            before = bisect_left(spoken, begin) - 1
            since = spoken[before] if before >= 0 else 0
            for index in _said_before(found, (since, begin + at), folded.words[:at]):
                out.setdefault(index, (span.of(words), span))
    return out


def _said_before(found: tuple[Attribution, ...], between: tuple[int, int], before: str) -> list[int]:
    """The attributions, in this paragraph and the one before, of the person named just before a «made these remarks»."""
    fold = language("ar").fold
    near = before.split()[-2:]
    cues = [a.cue[0].start for a in found]
    out: list[int] = []
    for index in range(bisect_left(cues, between[0]), bisect_left(cues, between[1])):
        name = fold(found[index].speaker.name).words.split()
        if found[index].medium is None and name and name[-1] in near:
            out.append(index)
    return out


def _phrase_end(words: str, start: int) -> int:
    end = start
    for stop in (",", "\u060c", ".", "\n"):
        at = words.find(stop, start)
        if at >= 0:
            end = at if end == start else min(end, at)
    return end if end > start else len(words)
