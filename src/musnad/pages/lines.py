"""The lines of an HTML page, named: which are furniture, which head the article, which are its body and of what kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from musnad.model import Article, Conflict, Named, Span
from musnad.pages import clock
from musnad.pages.body import Body
from musnad.pages.compose import Composer
from musnad.pages.people import People
from musnad.pages.pictures import Album
from musnad.pages.region import words_of
from musnad.pages.sections import claimed_section, find_section
from musnad.pages.settle import claims, settle
from musnad.pages.words import has_digit, is_furniture, label, squash

if TYPE_CHECKING:
    from musnad.model import Doubt, Moment
    from musnad.pages.region import Region
    from musnad.pages.tree import Line, Tree
    from musnad.pages.witness import Witness

_ABOVE: Final = 14
_BELOW: Final = 8
_STROKES = re.compile(r"[\s\u00a0]+[|•·●][\s\u00a0]+")
TIME_LINE: Final = 110


@dataclass(slots=True)
class _Printed:
    """Times printed about the article, each with the line it stands in."""

    published: Moment | None = None
    published_line: str = ""
    attribute: Moment | None = None
    modified: Moment | None = None
    modified_line: str = ""
    others: list[Moment] = field(default_factory=list)


class Namer:
    """Names the lines of one page in order and puts the article together."""

    def __init__(
        self,
        tree: Tree,
        region: Region,
        witness: Witness,
        outlet: Named | None,
        language: str | None,
        host: str,
    ) -> None:
        self.tree, self.region, self.witness = tree, region, witness
        self.language = language or "ar"
        self.composer = Composer()
        self.people = People(outlet.value if outlet else None, host)
        self.outlet = squash(outlet.value) if outlet else ""
        self.album = Album(tree, region, language)
        self.printed = _Printed()
        self.headline: Named | None = None
        self.section: Named | None = None
        self.body = Body(tree, region, witness, self.composer, self.people, self.album, self.language)
        self.metadata = claims(witness, "published")
        self.reference = self.metadata[0] if self.metadata else None
        self.day = replace(self.reference, zone=None) if self.reference else None

    def run(self) -> None:
        """Name every line that matters."""
        region, lines = self.region, self.tree.lines
        end = region.headline if region.headline >= 0 else region.first
        top = max(0, end - _ABOVE)
        section, start, stop = find_section(self.tree, region, self.witness, self.outlet, top)
        times = self._times(top, end)
        seen: set[str] = set()
        for number in range(top, region.first):
            line = lines[number]
            if number == region.headline:
                self.headline = Named(line.words, self.composer.add("headline", line.words), f"element:{line.tag}")
            elif number == section:
                at = self.composer.add("section", line.words).start
                self.section = Named(line.words[start:stop], Span(at + start, at + stop), f"element:{line.tag}")
            elif number in times:
                self._take_times(line, times[number])
            elif number > region.headline >= 0 and line.words not in seen and self._head(line):
                seen.add(line.words)
        body = [n for n in range(region.first, region.last + 1) if n not in region.left_out and n != region.headline]
        late = {n for n in body if self._is_head(lines[n])}
        self.body.run([n for n in body if n not in late], self.printed.published or self.reference)
        dates = sum(1 for n in late if lines[n].sign == "date")
        for n in sorted(late):
            if lines[n].words not in seen:
                self._late(lines[n], few=dates <= 2)
        self._times_below()

    def _times_below(self) -> None:
        """A time printed right under the body: when it is the only one there and no link stands between, for the dates of
        other articles stand so too."""
        timed: list[Line] = []
        for line in self.tree.lines[self.region.last + 1 : self.region.last + 1 + _BELOW]:
            if not timed and (line.links * 2 > len(line.words) or line.tag in ("h2", "h3", "h4", "li")):
                return
            if _may_be_time(line):
                timed.append(line)
        if len(timed) == 1 and (stamps := self._stamps(timed[0])):
            self._take_times(timed[0], stamps)

    def _times(self, top: int, end: int) -> dict[int, list[tuple[str | None, Moment]]]:
        """The lines of the head that print times. Those over the headline count when none stands under it: the day of
        today stands at the top of many pages; it has to be the day that metadata tells, where it tells one."""
        lines, first = self.tree.lines, self.region.first
        found: dict[int, list[tuple[str | None, Moment]]] = {}
        for number in range(end if self.region.headline < 0 else end + 1, first):
            if _may_be_time(lines[number]) and (stamps := self._stamps(lines[number])):
                found[number] = stamps
        within = range(first, min(self.region.last, first + _BELOW))
        if found or any(lines[n].sign == "date" for n in within):
            return found
        for number in range(end - 1, top - 1, -1):
            if _may_be_time(lines[number]) and (stamps := self._stamps(lines[number])):
                day = stamps[0][1].wall.date()
                if self.reference is None or abs((self.reference.wall.date() - day).days) <= 1:
                    return {number: stamps}
        return found

    def _stamps(self, line: Line) -> list[tuple[str | None, Moment]]:
        """The times that the line prints. A clock without a day is one of a change («updated 21:40»), never of publication;
        no zone is taken over from metadata here: :func:`settle` weighs that."""
        words = line.words
        read = clock.stamps(words, self.language, self.day)
        if not read:
            for start, piece in pieces(words):
                read += [(name, clock.shift(m, start)) for name, m in clock.stamps(piece, self.language, self.day)]
        if not read:
            found = clock.find(words, self.language, self.day)
            covered = sum(m.span.end - m.span.start for m in found if m.span)
            if line.sign in ("date", "modified") or covered >= 0.6 * (len(words) - line.links):
                read = [(None, m) for m in found]
        modified = line.sign == "modified"
        return [
            (name, m)
            for name, m in read
            if m.precision not in ("year", "week") and (not m.inferred or modified or name == "modified")
        ]

    def _take_times(self, line: Line, stamps: list[tuple[str | None, Moment]]) -> None:
        span = self.composer.add("published", line.words, stamps[0][1])
        printed = self.printed
        for number, (name, moment) in enumerate(stamps[:3]):
            placed = clock.shift(moment, span.start, f"element:{line.tag}")
            modified = name == "modified" or (line.sign == "modified" and name is None)
            if not modified and printed.published is None:
                printed.published, printed.published_line = placed, line.words
                printed.attribute = clock.iso_moment(line.when, "element:time") if line.when else None
            elif (modified or number > 0) and printed.modified is None:
                printed.modified, printed.modified_line = placed, line.words
            else:
                printed.others.append(placed)
        for start, piece in pieces(line.words):
            name, _ = label(piece)
            announced = name in ("byline", "source") or line.sign == "byline"
            credit = None if has_digit(piece) else self.people.line(piece, announced=announced)
            if credit is not None:
                self.people.take(piece, credit, span.start + start, f"element:{line.tag}", announced=announced)

    def _head(self, line: Line) -> bool:
        """Name a line between the headline and the body; False for one that is dropped."""
        words = line.words
        if line.sign == "crumbs" or (is_furniture(words) and not words.startswith("©")):
            return False
        if self.album.is_caption(line):
            self.album.add(line, self.composer)
            return True
        name, after = label(words)
        if name in ("credit", "caption") and 0 < after < len(words) and self.album.has_pictures:
            self.album.add(line, self.composer)
            return True
        if self._credit(line, announced=line.sign == "byline" or name in ("byline", "source")):
            return True
        if line.sign == "deck" and len(words.split()) > 3:
            self.composer.add("headline", words)
            return True
        return False

    def _credit(self, line: Line, *, announced: bool) -> bool:
        if not announced and line.links * 2 > len(line.words):
            return False
        credit = self.people.line(line.words, announced=announced)
        if credit is None:
            return False
        span = self.composer.add("dateline" if credit.place or credit.agencies else "byline", line.words)
        self.people.take(line.words, credit, span.start, f"element:{line.tag}", announced=announced)
        return True

    def _is_head(self, line: Line) -> bool:
        """Whether a line inside the body's box is a time or a byline after all."""
        if line.sign in ("date", "modified"):
            return len(line.words) <= TIME_LINE and not self.body.live
        if line.sign != "byline" or len(line.words) > 80:
            return False
        return len(line.words) < 40 or self.people.line(line.words, announced=True) is not None

    def _late(self, line: Line, *, few: bool) -> None:
        """Name a time or a byline that stands under the first paragraph. Many times are those of other articles."""
        if line.sign == "byline":
            if not is_furniture(line.words):
                self._credit(line, announced=True)
        elif (few or self.printed.published is None) and (stamps := self._stamps(line)):
            self._take_times(line, stamps)


def pieces(words: str) -> list[tuple[int, str]]:
    """The parts of a line that strokes or bullets divide, each with where it begins; none for a line that is one."""
    found, at = [], 0
    for match in _STROKES.finditer(words):
        found.append((at, words[at : match.start()]))
        at = match.end()
    return [*found, (at, words[at:])] if found else []


def _may_be_time(line: Line) -> bool:
    if len(line.words) > TIME_LINE or line.tag == "h1" or line.words.startswith("http"):
        return False
    if line.sign in ("date", "modified"):
        return True
    return line.sign in ("none", "byline", "lead") and line.links * 2 <= len(line.words) and has_digit(line.words)


def name_lines(
    tree: Tree,
    region: Region,
    witness: Witness,
    outlet: Named | None,
    language: str | None,
    direction: Literal["rtl", "ltr"],
    origin: str,
    address: str | None,
    doubts: list[Doubt],
) -> Article:
    """The article that stands in `region`, every line of it named."""
    host = urlsplit(address).hostname if address and "//" in address else None
    namer = Namer(tree, region, witness, outlet, language, host or "")
    namer.run()
    namer.people.metadata(witness)
    printed = namer.printed
    if printed.published is None and printed.modified is not None and not claims(witness, "published"):
        printed.published, printed.published_line, printed.modified = printed.modified, printed.modified_line, None
    claimed = claims(witness, "published")
    if printed.attribute is not None:
        claimed.insert(0, printed.attribute)
    published = settle(printed.published, printed.published_line, claimed, "published")
    modified = settle(printed.modified, printed.modified_line, claims(witness, "modified"), "modified")
    if modified.moment is not None and published.moment is not None and not _differ(published.moment, modified.moment):
        modified.moment = None  # many systems write the time of publication under both names
    conflicts = [*published.conflicts, *modified.conflicts, *_also_printed(printed), *namer.body.conflicts]
    headline = namer.headline or _claimed_headline(witness, outlet)
    return Article(
        namer.composer.text(),
        origin=origin,
        address=address,
        outlet=outlet,
        language=language,
        direction=direction,
        headline=headline,
        section=namer.section or claimed_section(witness),
        published=published.moment,
        modified=modified.moment,
        byline=tuple(namer.people.byline),
        dateline=namer.people.dateline,
        images=namer.album.images(witness, headline.value if headline else ""),
        conflicts=tuple(conflicts),
        doubts=(*doubts, *published.doubts, *modified.doubts, *namer.body.doubts),
    )


def _also_printed(printed: _Printed) -> list[Conflict]:
    """Other printed times of publication that tell another day or another clock are a conflict."""
    first = printed.published
    if first is None:
        return []
    odd = [m for m in printed.others if _differ(first, m)]
    if not odd:
        return []
    moments = [first, *odd]
    return [Conflict("published", tuple(m.text for m in moments), tuple(m.evidence for m in moments))]


def _differ(one: Moment, other: Moment) -> bool:
    if one.instant is not None and other.instant is not None:
        return abs((one.instant - other.instant).total_seconds()) > 120
    clocks = "day" not in (one.precision, other.precision)
    return one.wall.date() != other.wall.date() or (
        clocks and one.wall.replace(second=0) != other.wall.replace(second=0)
    )


def _claimed_headline(witness: Witness, outlet: Named | None) -> Named | None:
    """The headline as metadata has it, without the name of the outlet; for pages that print none."""
    for evidence, words in (
        ("meta:og:title", witness.meta.get("og:title", "")),
        ("json-ld:headline", witness.headline),
        ("element:title", witness.title),
    ):
        if words:
            return Named(without_outlet(words, outlet.value if outlet else ""), None, evidence)
    return None


def without_outlet(title: str, outlet: str) -> str:
    """A title without the name of the outlet that many systems write before or after it."""
    for separator in (" - ", " | ", " – ", " — ", " :: ", "|"):
        parts = [p.strip() for p in title.split(separator)]
        have = words_of(outlet)
        if len(parts) > 1 and have:
            if words_of(parts[-1]) & have:
                return separator.join(parts[:-1]).strip()
            if words_of(parts[0]) <= have:
                return separator.join(parts[1:]).strip()
    return title.strip()
