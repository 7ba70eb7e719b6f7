"""An article under way: what the lines of a text have told so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from musnad.model import Article, Block, Dateline, Doubt, Image, Named, Span
from musnad.pages import clock
from musnad.pages.compose import Composer
from musnad.pages.credits import Credit, closing
from musnad.pages.photos import split_caption
from musnad.pages.shapes import caption_date, direction_of

if TYPE_CHECKING:
    from musnad.model import BlockKind, Moment


@dataclass(slots=True)
class Draft:
    """What has been named so far."""

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


def time_line(draft: Draft, line: str) -> list[tuple[str | None, Moment]]:
    """The times of a line that prints little else, each with its label; a clock alone is one of the day of publication."""
    found = clock.stamps(line, draft.language or "ar", draft.published)
    return [(name, m) for name, m in found if m.precision not in ("year", "week")]


def take_times(draft: Draft, line: str, stamps: list[tuple[str | None, Moment]]) -> None:
    """Add a line of times: the first is that of publication, unless it is labelled as a change."""
    span = draft.composer.add("published", line, stamps[0][1])
    for name, moment in stamps:
        placed = clock.shift(moment, span.start)
        if name == "modified" or draft.published is not None:
            draft.modified = draft.modified or placed
        else:
            draft.published = placed


def take_caption(draft: Draft, line: str, span: Span, image: int | None) -> None:
    """Keep what a caption at `span` says, for picture number `image` or one of its own."""
    shown, taken = (_named(line, place, span.start) for place in split_caption(line))
    src = draft.images[image].src if image is not None else None
    made = Image(src, shown, taken, caption_date(line, span.start, draft.language))
    if image is None:
        draft.images.append(made)
    else:
        draft.images[image] = made


def _named(line: str, place: tuple[int, int] | None, start: int) -> Named | None:
    return None if place is None else Named(line[slice(*place)], Span(start + place[0], start + place[1]))


def take_credit(draft: Draft, line: str, credit: Credit, start: int) -> BlockKind:
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


def sign_off(draft: Draft, words: str, blocks: list[Block]) -> None:
    """Keep the agency that signs off the last block."""
    if not blocks:
        return
    line = words[blocks[-1].span.start : blocks[-1].span.end]
    place = closing(line)
    if place is not None and len(blocks) > 1:
        close(draft, line, place, blocks[-1].span.start)


def close(draft: Draft, line: str, place: tuple[int, int], start: int) -> None:
    """An agency that signs off the text joins the dateline."""
    agency = line[slice(*place)]
    if draft.dateline is None:
        draft.dateline = Dateline(None, (agency,), Span(start + place[0], start + place[1]))
    elif agency not in draft.dateline.agencies:
        old = draft.dateline
        draft.dateline = Dateline(old.place, (*old.agencies, agency), old.span, old.evidence)


def finish(draft: Draft, origin: str, address: str | None) -> Article:
    """The article that the draft has become."""
    text = draft.composer.text()
    sign_off(draft, text.words, list(text.blocks))
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
