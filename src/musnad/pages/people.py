"""Bylines and datelines of a page, from lines, labels and metadata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from musnad.model import Dateline, Named, Span
from musnad.pages.compose import collapse
from musnad.pages.credits import Credit, closing, opening, read_credit
from musnad.pages.words import has_digit, label, squash

if TYPE_CHECKING:
    from musnad.pages.witness import Witness

_ADDRESS = re.compile(r"https?:|www\.|@|\.com")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl", "writer")
_LONGEST = 120


class People:
    """Collects who wrote and from where, and the agencies the page rests on."""

    def __init__(self, outlet: str | None, host: str = "") -> None:
        self._hosts = frozenset(host.lower().split("."))
        self._outlet = outlet
        self._strength = 0
        self.byline: list[Named] = []
        self.dateline: Dateline | None = None

    def line(self, words: str, *, announced: bool) -> Credit | None:
        """What a line credits, or None when it is no credit line. `announced`: an element or a label says that it is one."""
        if len(words) > _LONGEST:
            return None
        name, after = label(words)
        if name is not None and after >= len(words):
            return None
        if name not in ("byline", "source"):
            after = 0
        if not announced and not after and (len(words) > 80 or words.endswith(".")):
            return None
        if has_digit(words):
            dated, end = opening(words, self._outlet)
            if end == len(words):
                return dated
        credit = _moved(read_credit(words[after:], self._outlet), after)
        if credit.empty and (announced or after) and not _ADDRESS.search(words) and 0 < len(words[after:].split()) <= 8:
            digits = any(c.isdigit() for c in words[after:])
            return None if digits else Credit(people=((after, len(words)),))
        if credit.empty or not (announced or after or credit.sure):
            return None
        return credit

    def take(
        self,
        words: str,
        credit: Credit,
        start: int,
        evidence: str = "text",
        *,
        announced: bool = False,
        opens: bool = False,
    ) -> None:
        """Keep what `credit` found in the line `words`, which begins at `start` of the text. The outlet is no agency of its
        own page; where the page announces it as the author, it is the byline. A dateline that opens the text (`opens`) says
        better where it was written than a line that names people."""
        for s, e in (*credit.people, *(credit.outlets if announced and not credit.people else ())):
            if all(squash(words[s:e]) != squash(n.value) for n in self.byline):
                self.byline.append(Named(words[s:e], Span(start + s, start + e), evidence))
        if not (credit.place or credit.agencies):
            return
        strength = 3 if opens else 1 if credit.people else 2
        ends = [*credit.agencies, *([credit.place] if credit.place else [])]
        span = Span(start + min(s for s, _ in ends), start + max(e for _, e in ends))
        place = words[slice(*credit.place)] if credit.place else None
        agencies = tuple(words[s:e] for s, e in credit.agencies)
        old = self.dateline
        if old is None:
            self.dateline = Dateline(place, agencies, span, evidence)
        else:
            fresh = tuple(a for a in agencies if a not in old.agencies)
            stronger = strength > self._strength and place is not None
            self.dateline = Dateline(
                place if stronger else old.place or place,
                old.agencies + fresh,
                span if stronger else old.span,
                evidence if stronger else old.evidence,
            )
        self._strength = max(strength, self._strength)

    def opens(self, words: str, start: int) -> bool:
        """Keep the dateline that opens a paragraph; whether there was one."""
        credit, end = opening(words, self._outlet)
        if end:
            self.take(words, credit, start, opens=True)
        return bool(end)

    def closes(self, words: str, start: int) -> bool:
        """Keep the agency that signs the text off; whether there was one."""
        place = closing(words)
        if place is not None:
            self.take(words, Credit(agencies=(place,)), start)
        return place is not None

    def metadata(self, witness: Witness) -> None:
        """Where nothing printed says who wrote, take what metadata claims."""
        if self.byline:
            return
        given = [("json-ld:author", a) for a in witness.authors] or [("microdata:author", witness.item_author)]
        given += [(f"meta:{n}", witness.meta.get(n, "")) for n in _AUTHORS]
        outlet = squash(self._outlet or "")
        for evidence, words in given:
            words = collapse(words)
            if not words or _ADDRESS.search(words) or len(words) > _LONGEST:
                continue
            own = set(squash(words).split()) <= set(outlet.split())
            if (own and evidence.startswith("meta:")) or squash(words).replace(" ", "") in self._hosts:
                continue
            if self.byline and not (evidence == "json-ld:author" and self.byline[0].evidence == evidence):
                continue
            self._claim(words, evidence)

    def _claim(self, words: str, evidence: str) -> None:
        credit = read_credit(words, self._outlet)
        if credit.empty or not (credit.people or credit.place):
            self.byline.append(Named(words, None, evidence))
            return
        named = credit.people or credit.outlets
        self.byline.extend(Named(words[s:e], None, evidence) for s, e in named)
        if self.dateline is None and (credit.place or credit.agencies):
            place = words[slice(*credit.place)] if credit.place else None
            self.dateline = Dateline(place, tuple(words[s:e] for s, e in credit.agencies), None, evidence)


def _moved(credit: Credit, by: int) -> Credit:
    if not by:
        return credit
    place = (credit.place[0] + by, credit.place[1] + by) if credit.place else None
    people = tuple((s + by, e + by) for s, e in credit.people)
    agencies = tuple((s + by, e + by) for s, e in credit.agencies)
    return Credit(people, place, agencies, tuple((s + by, e + by) for s, e in credit.outlets), credit.sure)
