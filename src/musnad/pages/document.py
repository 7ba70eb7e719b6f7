"""Documents of a collection: their text is kept as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from musnad.model import Article, Block, Dateline, Named, Span, Text
from musnad.pages import clock
from musnad.pages.compose import collapse
from musnad.pages.credits import opening, read_credit
from musnad.pages.draft import Draft, sign_off, take_credit
from musnad.pages.shapes import direction_of, ends_sentence, guess_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from musnad.model import BlockKind


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
    draft = Draft(language=guess_language(words[:2000]), outlet=outlet)
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
    sign_off(draft, words, blocks)
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


def _document_kind(draft: Draft, line: str, span: Span, number: int) -> BlockKind:
    if number == 0:
        draft.headline = Named(line, span)
        return "headline"
    if number > 3:
        return "paragraph"
    if len(line) <= 80 and not ends_sentence(line):
        credit = read_credit(line, draft.outlet)
        if credit.sure:
            return take_credit(draft, line, credit, span.start)
    credit, end = opening(line, draft.outlet)
    if end and draft.dateline is None:
        take_credit(draft, line, credit, span.start)
    return "paragraph"


def _record_witnesses(draft: Draft, document: Mapping[str, Any]) -> None:
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
