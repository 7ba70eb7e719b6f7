"""A page of the report as plain values: what the template prints, worked out beforehand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.model import SPOKEN
from musnad.publish.amounts import amount
from musnad.publish.cards import Card, Voice, cards, voices
from musnad.publish.labels import labels_of
from musnad.publish.marks import Mark, Stretch, blocks_marked, marks
from musnad.publish.times import printed, short, utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from musnad.model import Article, Block

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # what HTML may not hold
_TAGS = {"heading": "h2", "entry": "h3", "quote": "blockquote"}
_CLASSES = {"entry": "entry", "embed": "embed", "list item": "item"}


@dataclass(frozen=True, slots=True)
class Number:
    """The raised number at the beginning of a content, which leads to its card."""

    number: int
    id: str
    hue: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same marks: the ids of their statements, outermost first, and their classes; none for plain words."""

    words: str
    css: str
    ids: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the body."""

    tag: str
    kind: str
    time: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the report says of one page."""

    id: str
    words: Mapping[str, str]
    language: str
    direction: str
    title: str
    headline: tuple[Piece, ...]
    section: str
    outlet: str
    address: str
    link: str
    dateline: str
    byline: str
    moments: tuple[Mapping[str, str], ...]
    images: tuple[Mapping[str, str], ...]
    conflicts: tuple[Mapping[str, object], ...]
    blocks: tuple[Part, ...]
    speakers: tuple[Voice, ...]
    cards: tuple[Card, ...]
    figures: tuple[Mapping[str, str], ...]
    doubts: tuple[Mapping[str, str], ...]


def sheet(article: Article, key: str) -> Sheet:
    """The sheet of an article; `key` begins every id in it."""
    words = labels_of(article)
    heard, which = voices(article, words)
    found = marks(article)
    cut = [(block, _pieces(article, parts, heard, which, key)) for block, parts in blocks_marked(article, found)]
    headline = next((pieces for block, pieces in cut if block.kind == "headline"), ())
    title = article.headline.value if article.headline else _first_words(article) or words["no_article"]
    return Sheet(
        id=key,
        words=words,
        language=article.language or "ar",
        direction=article.direction,
        title=_clean(title),
        headline=headline,
        section=_clean(article.section.value) if article.section else "",
        outlet=_clean(article.outlet.value) if article.outlet else "",
        address=_clean(article.address or article.origin),
        link=_link(article.address),
        dateline=_clean(_dateline(article)),
        byline=_clean("، ".join(name.value for name in article.byline)),
        moments=tuple(_moments(article, words)),
        images=tuple(_images(article)),
        conflicts=tuple(
            {"field": words.get(c.field, c.field), "printed": [_clean(value) for value in c.values]}
            for c in article.conflicts
        ),
        blocks=tuple(
            _part(block, pieces) for block, pieces in cut if block.kind in SPOKEN and block.kind != "headline"
        ),
        speakers=heard,
        cards=cards(article, key, words, heard, which),
        figures=tuple(_figures(article, key, words)),
        doubts=tuple(_doubts(article)),
    )


def _clean(words: str) -> str:
    return _CONTROL.sub("\ufffd", words)


def _first_words(article: Article) -> str:
    return article.text.words[:80].replace("\n", " ")


def _link(address: str | None) -> str:
    """The address to lead to: only of the web, so that no page can smuggle in another scheme."""
    return address if address and address.lower().startswith(("http://", "https://")) else ""


def _dateline(article: Article) -> str:
    if article.dateline is None:
        return ""
    place = [article.dateline.place] if article.dateline.place else []
    return " - ".join([*place, *article.dateline.agencies])


def _moments(article: Article, words: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    for label, moment in (("published", article.published), ("modified", article.modified)):
        if moment:
            clock = utc(moment) or ""
            text = "" if printed(moment) == short(moment) else _clean(moment.text)
            one = {"label": words[label], "text": text, "iso": moment.iso, "short": short(moment)}
            yield one | {"utc": clock}


def _images(article: Article) -> Iterator[Mapping[str, str]]:
    for image in article.images:
        if image.caption or image.credit:
            yield {
                "caption": _clean(image.caption.value) if image.caption else "",
                "credit": _clean(image.credit.value) if image.credit else "",
                "date": image.date.iso if image.date else "",
            }


def _part(block: Block, pieces: tuple[Piece, ...]) -> Part:
    time = _clean(printed(block.at)) if block.at and block.kind == "entry" else ""
    return Part(_TAGS.get(block.kind, "p"), _CLASSES.get(block.kind, ""), time, pieces)


def _pieces(
    article: Article, parts: Sequence[Stretch], heard: Sequence[Voice], which: Sequence[int], key: str
) -> tuple[Piece, ...]:
    return tuple(_piece(article, part, heard, which, key) for part in parts)


def _piece(article: Article, part: Stretch, heard: Sequence[Voice], which: Sequence[int], key: str) -> Piece:
    words = _clean(article.text.words[part.start : part.end])
    inner = part.innermost
    if inner is None:
        return Piece(words, "", "", ())

    def hue(mark: Mark) -> str:
        return heard[which[mark.index]].hue

    around = [mark for mark in part.marks if mark.index != inner.index]
    css = ["m", f"r-{inner.role}", hue(inner)]
    if around:
        css += ["in", "o" + hue(around[-1])[1:]]
    css += sorted({f"k{which[mark.index]}" for mark in part.marks})
    ids = list(dict.fromkeys(f"{key}-{mark.index + 1}" for mark in part.marks))
    numbers = tuple(
        Number(mark.index + 1, f"{key}-{mark.index + 1}", hue(mark))
        for mark in part.opens
        if not _within_word(article.text.words, mark.start)
        and mark.start == min(span.start for span in article.attributions[mark.index].content)
    )
    return Piece(words, " ".join(css), " ".join(ids), numbers)


def _within_word(words: str, at: int) -> bool:
    """Whether a number set at `at` would stand between two letters of a word and part them."""
    return 0 < at < len(words) and words[at - 1].isalpha() and words[at].isalpha()


def _figures(article: Article, key: str, words: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    for figure in article.figures:
        claimant = ""
        if figure.claimant is not None:
            claimant = article.attributions[figure.claimant].speaker.name or words["unknown"]
        yield {
            "words": _clean(article.text.of(figure.span)),
            "amount": amount(figure),
            "claimant": _clean(claimant),
            "claimant_id": f"{key}-{figure.claimant + 1}" if figure.claimant is not None else "",
        }


def _doubts(article: Article) -> Iterator[Mapping[str, str]]:
    for doubt in article.doubts:
        words = _clean(article.text.of(doubt.span)) if doubt.span else ""
        yield {"what": _clean(doubt.what), "rule": _clean(doubt.rule), "words": words}
