"""Articles from plain text: a page copied off the screen, and documents whose text is kept as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from musnad.model import Article, Block, Dateline, Doubt, Image, Named, Span, Text
from musnad.pages import clock
from musnad.pages.compose import Composer, collapse
from musnad.pages.credits import Credit, closing, opening, read_credit
from musnad.pages.photos import photo_credit, split_caption
from musnad.pages.shapes import caption_date, direction_of, ends_sentence, guess_language, is_heading, is_paragraph
from musnad.pages.words import is_furniture, label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from musnad.model import BlockKind, Moment

_FILE = re.compile(r"^\S+\.(?:jpe?g|png|gif|webp|avif|svg|bmp)$", re.IGNORECASE)
_BULLET = re.compile(r"^[•▪●◦‣■*]\s+\S|^[-–—]\s+\S")
_TIME_LINE = 90
_TAIL_WORDS = 14


@dataclass(slots=True)
class _Draft:
    """What has been named so far of an article under way."""

    composer: Composer = field(default_factory=Composer)
    language: str | None = "ar"
    outlet: str | None = None
    headline: Named | None = None
    section: Named | None = None
    published: Moment | None = None
    modified: Moment | None = None
    byline: list[Named] = field(default_factory=list)
    dateline: Dateline | None = None
    images: list[Image] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


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
    lines = [line for line in map(collapse, words.splitlines()) if line]
    body = _body_start(lines)
    if body is None:
        doubt = Doubt("no paragraph stands in this text: it may not be an article", "text: no paragraph")
        return Article(Text(""), origin=origin, address=address, language=guess_language(words[:4000]), doubts=(doubt,))
    draft = _Draft(language=guess_language(" ".join(lines[body : body + 5])))
    _head(draft, lines[:body])
    _body(draft, lines[body:])
    return _finish(draft, origin, address)


def read_document(document: Mapping[str, Any]) -> Article:
    """The article of a document of a collection: line 1 of ``text`` is the headline, every other line a paragraph.

    ``text`` is kept exactly as it is; lines of white space alone have no block. ``byline``, ``published``, ``outlet`` and
    ``url`` of the record are taken as metadata; a line that is only a dateline or a byline is named so. Raises KeyError
    where the record has no ``text``.

    >>> article = read_document({"id": "1", "text": "عنوان الخبر\\nقال الوزير إن العمل بدأ.", "outlet": "الميناء"})
    >>> [block.kind for block in article.blocks], article.outlet.value
    (['headline', 'paragraph'], 'الميناء')
    """
    words = str(document["text"])
    outlet = str(document.get("outlet") or "") or None
    draft = _Draft(language=guess_language(words[:2000]), outlet=outlet)
    blocks: list[Block] = []
    start = 0
    for line in words.split("\n"):
        end = start + len(line)
        left = start + len(line) - len(line.lstrip())
        right = start + len(line.rstrip())
        if left < right:
            span = Span(left, right)
            blocks.append(Block(_document_kind(draft, words[left:right], span, len(blocks)), span))
        start = end + 1
    _sign_off(draft, words, blocks)
    _record_witnesses(draft, document)
    return Article(
        Text(words, tuple(blocks)),
        origin=str(document.get("id") or ""),
        address=str(document.get("url") or "") or None,
        outlet=Named(outlet, None, "record:outlet") if outlet else None,
        language=draft.language,
        direction=direction_of(draft.language),
        headline=draft.headline,
        published=draft.published,
        byline=tuple(draft.byline),
        dateline=draft.dateline,
        doubts=tuple(draft.doubts),
    )


def _document_kind(draft: _Draft, line: str, span: Span, number: int) -> BlockKind:
    if number == 0:
        draft.headline = Named(line, span)
        return "headline"
    if number > 3:
        return "paragraph"
    if len(line) <= 80 and not ends_sentence(line):
        credit = read_credit(line, draft.outlet)
        if credit.sure:
            return _take_credit(draft, line, credit, span.start)
    credit, end = opening(line, draft.outlet)
    if end and draft.dateline is None:
        _take_credit(draft, line, credit, span.start)
    return "paragraph"


def _record_witnesses(draft: _Draft, document: Mapping[str, Any]) -> None:
    published = str(document.get("published") or "")
    if published:
        draft.published = clock.iso_moment(published, "record:published") or clock.first(published, "record:published")
    byline = collapse(str(document.get("byline") or "").replace("&nbsp;", " "))
    if not byline:
        return
    credit = read_credit(byline, draft.outlet)
    if not draft.byline:
        people = [byline[s:e] for s, e in credit.people] or ([byline] if credit.empty else [])
        draft.byline = [Named(p, None, "record:byline") for p in people]
    if draft.dateline is None and (credit.place or credit.agencies):
        place = byline[slice(*credit.place)] if credit.place else None
        draft.dateline = Dateline(place, tuple(byline[s:e] for s, e in credit.agencies), None, "record:byline")


def _body_start(lines: list[str]) -> int | None:
    """The first line that is a paragraph; a headline is none, however long, when a paragraph follows it."""
    for i, line in enumerate(lines):
        if is_paragraph(line) and not is_furniture(line) and (i > 0 or ends_sentence(line) or len(lines) == 1):
            return i
    return None


def _head(draft: _Draft, lines: list[str]) -> None:
    """Name the lines above the first paragraph."""
    kept: list[tuple[str, bool]] = []  # the line, and whether it stands right under a picture's file name
    picture: str | None = None
    for line in lines:
        if _FILE.match(line):
            picture = line
        elif not is_furniture(line):
            kept.append((line, picture is not None))
            if picture is not None:
                draft.images.append(Image(picture))
                picture = None
    if picture is not None:
        draft.images.append(Image(picture))
    times = {
        i: found for i, (line, _) in enumerate(kept) if len(line) <= _TIME_LINE and (found := _time_line(draft, line))
    }
    headline = _headline(kept, times)
    image = 0
    for i, (line, captioned) in enumerate(kept):
        if i == headline:
            draft.headline = Named(line, draft.composer.add("headline", line))
        elif captioned or (i > headline and photo_credit(line) and len(line.split()) > 4):
            span = draft.composer.add("caption", line)
            _take_caption(draft, line, span, image if captioned else None)
            image += captioned
        elif i in times:
            _take_times(draft, line, times[i])
        elif i < headline:
            if draft.section is None and len(line.split()) <= 5:
                draft.section = Named(line, draft.composer.add("section", line))
        else:
            _after_headline(draft, line)


def _headline(kept: list[tuple[str, bool]], times: dict[int, list[tuple[str | None, Moment]]]) -> int:
    """The line that is the headline: the first of six words or more, or the longest; -1 where there is none."""
    lines = [(i, line) for i, (line, captioned) in enumerate(kept) if i not in times and not captioned]
    lines = [(i, line) for i, line in lines if not read_credit(line).sure]
    for i, line in lines:
        if len(line.split()) >= 5:
            return i
    return max(lines, key=lambda pair: len(pair[1]))[0] if lines else -1


def _after_headline(draft: _Draft, line: str) -> None:
    name, after = label(line)
    if name in ("byline", "source") and after < len(line):
        credit = read_credit(line[after:], draft.outlet)
        span = draft.composer.add("byline", line)
        if credit.empty:
            draft.byline.append(Named(line[after:], Span(span.start + after, span.end)))
        else:
            _take_credit(draft, line[after:], credit, span.start + after)
        return
    credit = read_credit(line, draft.outlet)
    if not credit.empty and len(line) <= 80:
        kind: BlockKind = "dateline" if credit.place or credit.agencies else "byline"
        span = draft.composer.add(kind, line)
        _take_credit(draft, line, credit, span.start)
    elif len(line.split()) > 5:
        draft.composer.add("headline", line)  # a second line under the headline


def _time_line(draft: _Draft, line: str) -> list[tuple[str | None, Moment]]:
    """The times of a line that prints little else, each with its label."""
    return [(name, m) for name, m in clock.stamps(line, draft.language or "ar") if m.precision not in ("year", "week")]


def _take_times(draft: _Draft, line: str, stamps: list[tuple[str | None, Moment]]) -> None:
    span = draft.composer.add("published", line, stamps[0][1])
    for name, moment in stamps:
        placed = clock.shift(moment, span.start)
        if name == "modified" or draft.published is not None:
            draft.modified = draft.modified or placed
        else:
            draft.published = placed


def _take_caption(draft: _Draft, line: str, span: Span, image: int | None) -> None:
    shown, taken = (_named(line, place, span.start) for place in split_caption(line))
    src = draft.images[image].src if image is not None else None
    made = Image(src, shown, taken, caption_date(line, span.start, draft.language))
    if image is None:
        draft.images.append(made)
    else:
        draft.images[image] = made


def _named(line: str, place: tuple[int, int] | None, start: int) -> Named | None:
    return None if place is None else Named(line[slice(*place)], Span(start + place[0], start + place[1]))


def _take_credit(draft: _Draft, line: str, credit: Credit, start: int) -> BlockKind:
    """Keep what a credit line says; the kind of block that it makes."""
    for s, e in credit.people or credit.outlets:
        draft.byline.append(Named(line[s:e], Span(start + s, start + e)))
    if not (credit.place or credit.agencies):
        return "byline"
    ends = [*credit.agencies, *([credit.place] if credit.place else [])]
    span = Span(start + min(s for s, _ in ends), start + max(e for _, e in ends))
    place = line[slice(*credit.place)] if credit.place else None
    agencies = tuple(line[s:e] for s, e in credit.agencies)
    if draft.dateline is None:
        draft.dateline = Dateline(place, agencies, span)
    return "dateline"


def _body(draft: _Draft, lines: list[str]) -> None:
    """Name the lines from the first paragraph on; what stands after the last paragraph and is none ends the article."""
    kept = [line for line in lines if not is_furniture(line) and not _FILE.match(line)]
    last = max((i for i, line in enumerate(kept) if is_paragraph(line)), default=-1)
    composer = draft.composer
    first = True
    at: Moment | None = None
    for i, line in enumerate(kept[: last + 1]):
        stamps = _time_line(draft, line) if len(line) <= 40 else []
        if stamps:
            at = stamps[0][1]
            composer.add("entry", line, at)
        elif _BULLET.match(line):
            composer.add("list item", line, at)
        elif is_heading(line) and i < last and not first:
            composer.add("heading", line, at)
        else:
            span = composer.add("paragraph", line, at)
            if first and draft.dateline is None:
                credit, end = opening(line, draft.outlet)
                if end:
                    _take_credit(draft, line, credit, span.start)
            first = False
    for line in kept[last + 1 :]:
        if (place := closing(line)) is not None:
            span = composer.add("paragraph", line)
            _close(draft, line, place, span.start)


def _sign_off(draft: _Draft, words: str, blocks: list[Block]) -> None:
    if not blocks:
        return
    line = words[blocks[-1].span.start : blocks[-1].span.end]
    place = closing(line)
    if place is not None and len(blocks) > 1:
        _close(draft, line, place, blocks[-1].span.start)


def _close(draft: _Draft, line: str, place: tuple[int, int], start: int) -> None:
    """An agency that signs off the text joins the dateline."""
    agency = line[slice(*place)]
    if draft.dateline is None:
        draft.dateline = Dateline(None, (agency,), Span(start + place[0], start + place[1]))
    elif agency not in draft.dateline.agencies:
        old = draft.dateline
        draft.dateline = Dateline(old.place, (*old.agencies, agency), old.span, old.evidence)


def _finish(draft: _Draft, origin: str, address: str | None) -> Article:
    text = draft.composer.text()
    _sign_off(draft, text.words, list(text.blocks))
    return Article(
        text,
        origin=origin,
        address=address,
        language=draft.language,
        direction=direction_of(draft.language),
        headline=draft.headline,
        section=draft.section,
        published=draft.published,
        modified=draft.modified,
        byline=tuple(draft.byline),
        dateline=draft.dateline,
        images=tuple(draft.images),
        doubts=tuple(draft.doubts),
    )
