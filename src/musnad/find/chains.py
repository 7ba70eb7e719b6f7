"""Chains: through whom we know what was said, from the outlet inwards to the origin."""

from __future__ import annotations

from dataclasses import replace

from musnad.lang import language, table
from musnad.model import SPOKEN, Article, Attribution, Link, Span


def chained(article: Article, found: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """The attributions with their chains: nesting outwards, then the agency that vouches for the paragraph or, for want
    of one, those of the dateline, then the outlet. A hop that the page does not name is left out, never guessed."""
    told = _told_later(article, found)
    return tuple(replace(a, chain=_chain(article, found, index, told)) for index, a in enumerate(found))


def _chain(
    article: Article, found: tuple[Attribution, ...], index: int, told: dict[int, tuple[str, Span]]
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
        at = a.within if a.within is not None and a.within != at and len(inner) <= len(found) else None
    outer: list[Link] = []
    if article.outlet is not None:
        outer.append(Link(article.outlet.value, "outlet", span=article.outlet.span))
    if not any(link.kind == "agency" for link in inner):
        outer += _agencies(article, found[index])
    return (*outer, *reversed(inner))


def _agencies(article: Article, a: Attribution) -> list[Link]:
    """The agency in brackets at the end of the paragraph, or else those of the dateline."""
    block = next((b for b in article.blocks if b.span.start <= a.cue[0].start < b.span.end), None)
    if block is not None:
        tag = _agency_at_end(article.text.words, block.span)
        if tag is not None:
            return [Link(tag.of(article.text.words), "agency", span=tag)]
    if article.dateline is None:
        return []
    return [Link(name, "agency", span=article.dateline.span) for name in article.dateline.agencies]


def _agency_at_end(words: str, block: Span) -> Span | None:
    """An agency's name in brackets or after a dash at the end of a paragraph."""
    folded = language("ar").fold(words[block.start : block.end])
    tail = folded.words.rstrip(" .\u00a0")
    for row in table("ar", "agencies"):
        for name in row["names"].split("\u060c"):
            plain = language("ar").fold(name).words
            for form in (f"({plain})", f"- {plain}", f"\u2013 {plain}"):
                if tail.endswith(form):
                    start = len(tail) - len(form) + form.index(plain)
                    place = folded.span(start, start + len(plain))
                    return Span(place.start + block.start, place.end + block.start)
    return None


def _told_later(article: Article, found: tuple[Attribution, ...]) -> dict[int, tuple[str, Span]]:
    """Statements whose medium the text tells only later: «X made these remarks in a call» speaks of what X said before.

    For each such attribution, the words of the medium and their place.
    """
    out: dict[int, tuple[str, Span]] = {}
    words = article.text.words
    fold = language("ar").fold
    for block in article.blocks:
        folded = fold(words[block.span.start : block.span.end])
        for row in table("ar", "remarks"):
            phrase = fold(row["phrase"]).words
            at = folded.words.find(phrase)
            if at < 0:
                continue
            start = at + len(phrase) + 1
            end = _phrase_end(folded.words, start)
            if end <= start:
                continue
            place = folded.span(start, end)
            span = Span(place.start + block.span.start, place.end + block.span.start)
            teller = block.span.start + at
            before = [b for b in article.blocks if b.kind in SPOKEN and b.span.end <= block.span.start]
            since = before[-1].span.start if before else block.span.start
            for index in _said_before(words, found, (since, teller), folded.words[:at]):
                out.setdefault(index, (span.of(words), span))
    return out


def _said_before(words: str, found: tuple[Attribution, ...], between: tuple[int, int], before: str) -> list[int]:
    """The attributions, in this paragraph and the one before, of the person named just before a «made these remarks»."""
    fold = language("ar").fold
    out: list[int] = []
    for index in range(len(found) - 1, -1, -1):
        a = found[index]
        name = fold(a.speaker.name).words.split()
        inside = between[0] <= a.cue[0].start < between[1]
        if inside and a.medium is None and name and name[-1] in before.split()[-2:]:
            out.append(index)
    return out


def _phrase_end(words: str, start: int) -> int:
    end = start
    for stop in (",", "\u060c", ".", "\n"):
        at = words.find(stop, start)
        if at >= 0:
            end = at if end == start else min(end, at)
    return end if end > start else len(words)
