"""Articles that hypothesis makes: sound ones of every shape, with words of our own."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

from hypothesis import strategies as st

from musnad.model import (
    Act,
    Article,
    Attribution,
    Block,
    Doubt,
    Figure,
    Link,
    Moment,
    Named,
    Polarity,
    Span,
    Speaker,
    SpeakerKind,
    SpeechType,
    Text,
)

_SAMPLES = (
    "قال", "الوزير", "إن", "الجسر", "يفتح", "غدا", "380", "حافلة", "=1+1", "<b>", "\u202e", "شِدّة", "🌉", "كــتاب", "'س",
)  # fmt: skip
WORDS = st.sampled_from(_SAMPLES)
names = st.lists(WORDS, max_size=3).map(" ".join)
kinds = st.sampled_from(get_args(SpeakerKind))
numbers: st.SearchStrategy[Any] = (
    st.none() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article of some lines, with what may be found in them; spans anywhere within its text."""
    lines = draw(st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=4))
    words = "\n".join(lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block("paragraph", Span(at, at + len(line)), draw(st.none() | moments())))
        at += len(line) + 1
    spans = st.tuples(st.integers(0, len(words) - 1), st.integers(1, 30)).map(
        lambda pair: Span(pair[0], min(len(words), sum(pair)))
    )
    count = draw(st.integers(0, 3))
    return Article(
        Text(words, tuple(blocks)),
        address="https://madar.example/1",
        outlet=draw(st.none() | names.filter(bool).map(Named)),
        headline=draw(st.none() | spans.map(lambda span: Named(span.of(words), span))),
        published=draw(st.none() | moments()),
        attributions=tuple(draw(attributions(spans, number)) for number in range(count)),
        figures=tuple(draw(st.lists(figures(spans, count), max_size=3))),
        doubts=tuple(draw(st.lists(st.builds(Doubt, names, names, st.none() | spans), max_size=2))),
    )


def moments() -> st.SearchStrategy[Moment]:
    """A printed time, with a zone or without."""
    zones = st.sampled_from([None, "Asia/Damascus", "+03:00", "UTC"])
    walls = st.datetimes(datetime(1980, 1, 1), datetime(2025, 1, 1)).map(lambda wall: wall.replace(microsecond=0))
    return st.builds(Moment, names, walls, st.sampled_from(["day", "minute", "second"]), zone=zones)


def attributions(spans: st.SearchStrategy[Span], number: int) -> st.SearchStrategy[Attribution]:
    """An attribution; it may stand within one before it."""
    pieces = st.lists(spans, min_size=1, max_size=2).map(tuple)
    links = st.builds(Link, st.none() | names, kinds, st.none() | names, st.none() | spans, st.booleans())
    return st.builds(
        Attribution,
        st.text("0123456789abcdef", min_size=16, max_size=16),
        pieces,
        st.none() | spans,
        pieces,
        st.sampled_from(get_args(SpeechType)),
        st.builds(Speaker, names, kinds),
        addressee=st.none() | spans,
        within=st.none() | st.integers(0, number - 1) if number else st.none(),
        said_at=st.none() | moments(),
        act=st.sampled_from(get_args(Act)),
        polarity=st.sampled_from(get_args(Polarity)),
        chain=st.lists(links, max_size=3).map(tuple),
        rule=names,
        score=st.floats(0, 1),
    )


def figures(spans: st.SearchStrategy[Span], count: int) -> st.SearchStrategy[Figure]:
    """A figure, claimed by one of `count` attributions or by nobody."""
    claimants = st.none() | st.integers(0, count - 1) if count else st.none()
    return st.builds(
        Figure,
        spans,
        spans,
        numbers,
        numbers,
        numbers,
        st.none() | names,
        claimant=claimants,
        as_of=st.none() | moments(),
    )
