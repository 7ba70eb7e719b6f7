"""Articles from plain text: a page copied off the screen, told from the shapes of its lines alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.model import Article, Doubt, Image, Named, Span, Text
from musnad.pages.compose import collapse
from musnad.pages.credits import closing, opening, read_credit
from musnad.pages.draft import Draft, close, finish, take_caption, take_credit, take_times, time_line
from musnad.pages.photos import photo_credit
from musnad.pages.shapes import ends_sentence, guess_language, is_heading, is_paragraph
from musnad.pages.words import has_digit, heads_links, is_furniture, label

if TYPE_CHECKING:
    from musnad.model import BlockKind, Moment

_FILE = re.compile(r"^\S+\.(?:jpe?g|png|gif|webp|avif|svg|bmp)$", re.IGNORECASE)
_BULLET = re.compile(r"^[•▪●◦‣■*]\s+\S|^[-–—]\s+\S")
_CLOCK = re.compile(r"^\W*\d{1,2}[:.]\d{2}\b.{0,30}$")
_TIME_LINE = 90
_LIVE_ENTRIES = 3
_NAME_WORDS = (2, 3)


@dataclass(slots=True)
class _Above:
    """A line above the body, and what stands right before it: a picture's file name, a label of a caption or credit."""

    words: str
    picture: bool = False
    named: str | None = None


def read_text(words: str, *, origin: str = "", address: str | None = None) -> Article:
    """The article in a text copied off a page, from the shapes of its lines alone.

    Lines that are known furniture are dropped; the rest are named in page order: kicker, headline, time, picture with
    caption and credit, byline or dateline; then sub-headings, paragraphs and list items. Never raises; a text in which no
    paragraph stands gives an empty article with a Doubt.

    >>> article = read_text("أخبار\\n\\nالميناء يفتح أبوابه من جديد أمام السفن\\n\\nحلب - وكالات\\n\\n"
    ...     "عادت السفن إلى الميناء صباح اليوم بعد توقف دام شهرين.")
    >>> article.section.value, article.headline.value, article.dateline.place
    ('أخبار', 'الميناء يفتح أبوابه من جديد أمام السفن', 'حلب')
    """
    lines = _lines(words)
    body = _body_start(lines)
    if body is None:
        doubt = Doubt("no paragraph stands in this text: it may not be an article", "text: no paragraph")
        return Article(Text(""), origin=origin, address=address, language=guess_language(words[:4000]), doubts=(doubt,))
    draft = Draft(language=guess_language(" ".join(lines[body : body + 5])))
    _head(draft, lines[:body])
    _body(draft, lines[body:])
    return finish(draft, origin, address)


def _lines(words: str) -> list[str]:
    """The lines that are not empty; short ones that follow a heading of links («read also») are dropped with it, up to
    an empty line or a paragraph."""
    kept: list[str] = []
    links = dropped = False
    for line in map(collapse, words.splitlines()):
        if not line:
            links = links and not dropped
        elif heads_links(line):
            links, dropped = True, False
        elif links and not is_paragraph(line):
            dropped = True
        else:
            links = False
            kept.append(line)
    return kept


def _body_start(lines: list[str]) -> int | None:
    """The first line that is a paragraph, or the first clock of a live blog; a headline is none, however long, when a
    paragraph follows it."""
    clocks = [i for i, line in enumerate(lines) if len(line) <= 40 and _CLOCK.match(line)]
    for i, line in enumerate(lines):
        if len(clocks) >= _LIVE_ENTRIES and i == clocks[0] and i > 0:
            return i
        if is_paragraph(line) and not is_furniture(line) and (i > 0 or ends_sentence(line) or len(lines) == 1):
            return i
    return None


def _above(draft: Draft, lines: list[str]) -> list[_Above]:
    """The lines above the body that are not furniture; pictures are counted in the draft."""
    kept: list[_Above] = []
    picture = False
    named: str | None = None
    for line in lines:
        if _FILE.match(line):
            draft.images.append(Image(line))
            picture = True
            continue
        name, after = label(line)
        if name is not None and after >= len(line):
            named = name
        elif not is_furniture(line):
            kept.append(_Above(line, picture, named))
            picture, named = False, None
    return kept


def _head(draft: Draft, lines: list[str]) -> None:
    """Name the lines above the body."""
    kept = _above(draft, lines)
    times = {
        i: t for i, line in enumerate(kept) if len(line.words) <= _TIME_LINE and (t := time_line(draft, line.words))
    }
    headline = _headline(kept, times)
    for i, line in enumerate(kept):
        words = line.words
        captioned = line.picture or line.named in ("caption", "credit")
        if i == headline:
            draft.headline = Named(words, draft.composer.add("headline", words))
        elif captioned or (i > headline and photo_credit(words) and len(words.split()) > 4):
            span = draft.composer.add("caption", words)
            bare = [n for n, image in enumerate(draft.images) if image.caption is None]
            take_caption(draft, words, span, bare[0] if line.picture and bare else None)
        elif i in times:
            take_times(draft, words, times[i])
        elif not _credit(draft, line, beside=i - 1 in times or i + 1 in times) and not line.named:
            if i < headline and draft.section is None and len(words.split()) <= 5:
                draft.section = Named(words, draft.composer.add("section", words))
            elif i > headline and len(words.split()) > 5:
                draft.composer.add("headline", words)  # a second line under the headline


def _headline(kept: list[_Above], times: dict[int, list[tuple[str | None, Moment]]]) -> int:
    """The line that is the headline: the first of five words or more, or the longest; -1 where there is none."""
    lines = [
        (i, line.words)
        for i, line in enumerate(kept)
        if i not in times and not line.picture and line.named is None and not read_credit(line.words).sure
    ]
    for i, line in lines:
        if len(line.split()) >= 5:
            return i
    return max(lines, key=lambda pair: len(pair[1]))[0] if lines else -1


def _credit(draft: Draft, line: _Above, *, beside: bool) -> bool:
    """Whether the line is a credit, which is kept then. A bare name is one only under a label or beside a time."""
    words = line.words
    name, after = label(words)
    labelled = name in ("byline", "source") and 0 < after < len(words)
    start = after if labelled else 0
    credit = read_credit(words[start:], draft.outlet)
    least, most = _NAME_WORDS
    bare = beside and least <= len(words.split()) <= most and not has_digit(words)
    if labelled and credit.empty and len(words) <= 80:
        span = draft.composer.add("byline", words)
        draft.byline.append(Named(words[start:], Span(span.start + start, span.end)))
        return True
    if credit.empty or len(words) > 80 or not (labelled or credit.sure or line.named in ("byline", "source") or bare):
        return False
    kind: BlockKind = "dateline" if credit.place or credit.agencies else "byline"
    span = draft.composer.add(kind, words)
    take_credit(draft, words[start:], credit, span.start + start)
    return True


def _body(draft: Draft, lines: list[str]) -> None:
    """Name the lines from the first paragraph on; what stands after the last paragraph and is none ends the article."""
    kept = [line for line in lines if not is_furniture(line) and not _FILE.match(line)]
    last = max((i for i, line in enumerate(kept) if is_paragraph(line)), default=-1)
    composer = draft.composer
    first, stamped = True, False
    at: Moment | None = None
    for i, line in enumerate(kept[: last + 1]):
        stamps = time_line(draft, line) if len(line) <= 40 and has_digit(line) else []
        if stamps:
            at, stamped = stamps[0][1], True
            if i < last and is_paragraph(kept[i + 1]):
                composer.add("published", line, at)  # an entry without a heading line
                stamped = False
        elif _BULLET.match(line):
            composer.add("list item", line, at)
        elif is_heading(line) and i < last and not ends_sentence(line) and (not first or stamped):
            composer.add("entry" if stamped else "heading", line, at)
            stamped = False
        else:
            span = composer.add("paragraph", line, at)
            if first and draft.dateline is None:
                credit, end = opening(line, draft.outlet)
                if end:
                    take_credit(draft, line, credit, span.start)
            first = stamped = False
    for line in kept[last + 1 :]:
        if (place := closing(line)) is not None:
            span = composer.add("paragraph", line)
            close(draft, line, place, span.start)
