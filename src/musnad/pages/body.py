"""The body of a page: its lines as paragraphs, headings, quotes, list items, captions and entries; inserts left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from musnad.model import Conflict
from musnad.pages import clock
from musnad.pages.credits import closing
from musnad.pages.shapes import ends_sentence, is_heading, is_paragraph
from musnad.pages.words import is_furniture, label, squash

if TYPE_CHECKING:
    from musnad.model import BlockKind, Doubt, Moment
    from musnad.pages.compose import Composer
    from musnad.pages.people import People
    from musnad.pages.pictures import Album
    from musnad.pages.region import Region
    from musnad.pages.tree import Line, Tree
    from musnad.pages.witness import Witness

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PROSE: Final = frozenset({"p", "div", "td", "section", "article"})
_CERTAIN: Final = 420
"""Characters from which on a line of prose can only be a paragraph: longer than any caption, heading or furniture."""
_QUESTION_WORDS: Final = 45
_LIVE_ENTRIES: Final = 3


class Body:
    """Names the lines of the body one after another."""

    def __init__(
        self,
        tree: Tree,
        region: Region,
        witness: Witness,
        composer: Composer,
        people: People,
        album: Album,
        language: str,
    ) -> None:
        self._tree, self._composer, self._people, self._album = tree, composer, people, album
        self._language = language
        self._witness = witness
        self.conflicts: list[Conflict] = []
        self.doubts: list[Doubt] = []
        lines = tree.lines[region.first : region.last + 1]
        timed = sum(1 for line in lines if self._is_stamp(line))
        self.live = timed >= _LIVE_ENTRIES and (witness.live or timed * 8 >= len(lines))
        self._updates = {squash(u.headline): u.published for u in witness.updates if u.headline}

    def run(self, numbers: list[int], reference: Moment | None) -> None:
        """Add the blocks of these lines to the text."""
        lines = self._tree.lines
        kinds = self._kinds([lines[n] for n in numbers])
        at: Moment | None = None
        first = True
        final = max((i for i, k in enumerate(kinds) if k in ("paragraph", "quote", "list item", "embed")), default=-1)
        for i, (number, kind) in enumerate(zip(numbers, kinds, strict=True)):
            line = lines[number]
            if kind is None or (i > final and kind != "caption"):
                continue
            if kind == "published":
                at = self._stamp(line, reference) or at
                if not self._headed(kinds, i):
                    self._composer.add("published", line.words, at)
                elif kinds[i - 1] == "entry" and self._stamp_follows(kinds, i):
                    continue
                continue
            if kind == "entry":
                at = self._entry_time(line, kinds, numbers, i, reference) or at
            if kind == "caption":
                self._album.add(line, self._composer)
                continue
            span = self._composer.add(kind, line.words, at if self.live else None)
            if kind in ("byline", "dateline"):
                announced = kind == "byline"
                credit = self._people.line(line.words, announced=announced)
                if credit is not None:
                    self._people.take(line.words, credit, span.start, f"element:{line.tag}", announced=announced)
            elif first and kind == "paragraph":
                first = False
                self._people.opens(line.words, span.start)
            if i == final and kind == "paragraph":
                self._people.closes(line.words, span.start)

    def _kinds(self, lines: list[Line]) -> list[BlockKind | None]:
        """What each line is; None for one that is no part of the article."""
        kinds: list[BlockKind | None] = []
        seen: set[str] = set()
        all_bold = sum(1 for line in lines if line.bold >= len(line.words) - 1 > 0) * 2 > len(lines)
        for line in lines:
            kind = self._kind(line, all_bold)
            if kind in ("paragraph", "heading", "caption", "quote") and len(line.words) > 20:
                if line.words in seen:
                    kind = None
                seen.add(line.words)
            kinds.append(kind)
        self._settle_headings(lines, kinds)
        if self.live:
            self._mark_entries(lines, kinds)
        return kinds

    def _kind(self, line: Line, all_bold: bool) -> BlockKind | None:
        words = line.words
        share = line.links / len(words)
        if len(words) > _CERTAIN and line.tag in _PROSE and line.sign == "none" and share <= 0.5:
            return "quote" if self._in_quote(line) else "paragraph"
        if self.live and self._is_stamp(line):
            return "published"
        if is_furniture(words, share) and not closing(words):
            return None
        if self._album.is_caption(line):
            return "caption"
        if line.sign == "embed":
            return "embed"
        if share > 0.8 and (len(words) < 200 or line.tag in ("li", *_HEADINGS)):
            return None
        if line.tag in _HEADINGS:
            return "heading"
        if line.tag in ("li", "dd"):
            return "list item" if share < 0.5 else None
        if line.tag == "blockquote" or self._in_quote(line):
            return "quote"
        if self._is_byline(line):
            return "byline"
        if len(words) <= 60 and not ends_sentence(words) and self._people.line(words, announced=False) is not None:
            return "dateline"
        if not all_bold and line.bold >= len(words) - 1 and _bold_heading(words):
            return "heading"
        if is_heading(words) and not ends_sentence(words) and not is_paragraph(words):
            return "heading" if not closing(words) else "paragraph"
        return "paragraph"

    def _in_quote(self, line: Line) -> bool:
        box, tree = line.box, self._tree
        return tree.tags[tree.parents[box]] == "blockquote" if tree.parents[box] >= 0 else False

    def _is_byline(self, line: Line) -> bool:
        """A label and a name in a line of their own: «حوار: …», «تحرير: …»."""
        if len(line.words) > 60 or ends_sentence(line.words):
            return False
        name, after = label(line.words)
        if name != "byline" or not 0 < after < len(line.words):
            return False
        separated = any(c in ":،/|-" for c in line.words[:after])
        count = len(line.words[after:].split())
        return separated and count <= 6 and self._people.line(line.words, announced=True) is not None

    def _settle_headings(self, lines: list[Line], kinds: list[BlockKind | None]) -> None:
        """A heading heads something: with nothing but headings and dropped lines after it, up to the end, it goes; a short
        line that only looks like one stays when it follows a paragraph and a paragraph follows it."""
        following: BlockKind | None = None
        for i in range(len(kinds) - 1, -1, -1):
            kind = kinds[i]
            if kind == "heading":
                dropped_next = i + 1 < len(kinds) and kinds[i + 1] is None
                if following is None or (following == "heading" and lines[i].tag not in _HEADINGS):
                    kinds[i] = None
                elif dropped_next and lines[i + 1].links * 2 > len(lines[i + 1].words):
                    kinds[i] = None  # it headed the links that were dropped
            if kinds[i] in ("paragraph", "heading", "quote", "list item", "embed"):
                following = kinds[i]

    def _is_stamp(self, line: Line) -> bool:
        return line.sign in ("date", "modified") and len(line.words) <= 60

    def _mark_entries(self, lines: list[Line], kinds: list[BlockKind | None]) -> None:
        """In a live blog a heading beside a time stamp is an entry's heading line."""
        for i, kind in enumerate(kinds):
            if kind != "heading":
                continue
            before = next((kinds[j] for j in range(i - 1, max(-1, i - 3), -1) if kinds[j] is not None), None)
            after = next((kinds[j] for j in range(i + 1, min(len(kinds), i + 3)) if kinds[j] is not None), None)
            if "published" in (before, after) or squash(lines[i].words) in self._updates:
                kinds[i] = "entry"

    def _headed(self, kinds: list[BlockKind | None], i: int) -> bool:
        near = [k for k in kinds[max(0, i - 1) : i + 3] if k is not None]
        return "entry" in near

    def _stamp_follows(self, kinds: list[BlockKind | None], i: int) -> bool:
        return i > 0 and kinds[i - 1] == "entry"

    def _entry_time(
        self, line: Line, kinds: list[BlockKind | None], numbers: list[int], i: int, reference: Moment | None
    ) -> Moment | None:
        """The time of an entry: printed before its heading or right after it; metadata where it is printed nowhere."""
        lines = self._tree.lines
        claimed = self._updates.get(squash(line.words))
        claim = clock.iso_moment(claimed, "json-ld:liveBlogUpdate") if claimed else None
        printed = None
        for j in (i - 1, i + 1, i - 2):
            if 0 <= j < len(kinds) and kinds[j] == "published":
                printed = self._stamp(lines[numbers[j]], reference)
                break
        if printed is None or claim is None:
            return printed or claim
        if printed.instant is None or claim.instant is None:
            same = (printed.wall.hour, printed.wall.minute) == (claim.wall.hour, claim.wall.minute)
        else:
            same = abs((printed.instant - claim.instant).total_seconds()) < 300
        if not same and printed.zone is not None:
            self.conflicts.append(Conflict("entry", (printed.iso, claim.iso), (printed.evidence, claim.evidence)))
        return printed if printed.zone is not None or not same else claim

    def _stamp(self, line: Line, reference: Moment | None) -> Moment | None:
        if line.when:
            found = clock.iso_moment(line.when, "element:time")
            if found is not None:
                return found
        read = clock.stamps(line.words, self._language, reference)
        return replace(read[0][1], span=None, evidence=f"element:{line.tag}") if read else None


def _bold_heading(words: str) -> bool:
    """Bold type alone makes a heading of a short line, or of a question of an interview."""
    count = words.count(" ") + 1
    tail = words.rstrip(' \u00a0»"”)')[-1:]
    if tail in "؟?":
        return count <= _QUESTION_WORDS
    return count <= 16 and tail not in ".،,"
