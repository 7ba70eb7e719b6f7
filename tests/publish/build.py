"""An article made by hand, so that what is printed is tested apart from what is found."""

from __future__ import annotations

from datetime import datetime

from musnad.model import (
    Article,
    Attribution,
    Block,
    BlockKind,
    Conflict,
    Dateline,
    Doubt,
    Figure,
    Image,
    Link,
    Moment,
    Named,
    Span,
    Speaker,
    Text,
)

LINES: tuple[tuple[BlockKind, str], ...] = (
    ("headline", "وزيرة النقل: الجسر يفتح غدا"),
    ("paragraph", "نقلت وكالة الميناء عن وزيرة النقل هدى منصور قولها في بيان إن «الجسر سيفتح غدا» أمام 380 حافلة."),
    ("heading", "ما بعد الجسر"),
    ("paragraph", "ولا يعرف أحد متى تنتهي الأعمال في الضفة الأخرى من النهر."),
)
WORDS = "\n".join(words for _, words in LINES)


def at(words: str, start: int = 0) -> Span:
    """The place of `words` in WORDS, from `start` on."""
    found = WORDS.index(words, start)
    return Span(found, found + len(words))


BODY = WORDS.index("نقلت")


def blocks() -> tuple[Block, ...]:
    """The blocks of the article."""
    out, start = [], 0
    for kind, words in LINES:
        out.append(Block(kind, Span(start, start + len(words))))
        start += len(words) + 1
    return tuple(out)


def moment() -> Moment:
    """A printed time with its zone."""
    return Moment("2022.02.28 | 21:02 دمشق", datetime(2022, 2, 28, 21, 2), "minute", zone="Asia/Damascus")


def attributions() -> tuple[Attribution, ...]:
    """An agency that relays a minister: the second stands within the first."""
    outlet = Link("المدار", "outlet")
    agency = Link("وكالة الميناء", "agency", span=at("وكالة الميناء"))
    minister = Link("هدى منصور", "person", through="بيان", span=at("هدى منصور"), inferred=True)
    outer = Span(at("عن وزيرة").start, at("حافلة").end)
    return (
        Attribution(
            id="a1",
            cue=(at("نقلت"),),
            source=at("وكالة الميناء"),
            content=(outer,),
            type="mixed",
            speaker=Speaker("وكالة الميناء", "agency"),
            act="report",
            chain=(outlet, agency),
            rule="verb:نقل",
            score=0.9,
        ),
        Attribution(
            id="a2",
            cue=(at("قولها"),),
            source=at("وزيرة النقل هدى منصور", BODY),
            content=(Span(at("إن «الجسر").start, outer.end),),
            type="mixed",
            speaker=Speaker("هدى منصور", "person"),
            medium=at("بيان"),
            within=0,
            said_at=moment(),
            chain=(outlet, agency, minister),
            rule="noun:قول",
            score=0.8,
        ),
    )


def article() -> Article:
    """An article with everything that one can have."""
    return Article(
        text=Text(WORDS, blocks()),
        origin="saved/bridge.html",
        page_id="0" * 64,
        address="https://example.com/bridge?a=1&b=2",
        outlet=Named("المدار"),
        language="ar",
        headline=Named("وزيرة النقل: الجسر يفتح غدا"),
        section=Named("أخبار"),
        published=moment(),
        byline=(Named("سلمى حداد"),),
        dateline=Dateline("حلب", ("وكالات",)),
        images=(
            Image("a.jpg", Named("جسر على نهر"), Named("رويترز"), Moment("28 شباط", datetime(2022, 2, 28), "day")),
        ),
        conflicts=(Conflict("published", ("21:02", "20:50"), ("text", "json-ld")),),
        attributions=attributions(),
        figures=(
            Figure(at("380 حافلة"), at("380"), 380, unit="bus", of="حافلة", claimant=1, rule="digits"),
            Figure(at("أحد"), at("أحد"), None, low=1, rule="words"),
        ),
        doubts=(Doubt("a verb of saying without a content", "cue alone", at("يعرف")),),
    )
