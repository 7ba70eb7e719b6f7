"""The cards of a report: a statement each, with its chain; and the voices that speak on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.publish.chains import said, steps
from musnad.publish.labels import act_label
from musnad.publish.marks import depths
from musnad.publish.times import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from musnad.model import Article, Attribution
    from musnad.publish.chains import Step

_HUES = 8


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker of the page: number, name, colour and how many statements are theirs."""

    number: int
    name: str
    hue: str
    count: int


@dataclass(frozen=True, slots=True)
class Hop:
    """A step of a drawn chain, as the template prints it."""

    name: str
    arrow: str
    css: str
    note: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A statement, as the template prints it; what is not known is an empty string."""

    number: int
    id: str
    speaker: str
    speaker_number: int
    hue: str
    kind: str
    act: str
    denies: bool
    type: str
    said: str
    depth: int
    chain: tuple[Hop, ...]
    when: str
    when_iso: str
    when_text: str
    addressee: str
    within: str
    within_id: str
    rule: str
    score: str


def voices(article: Article, words: Mapping[str, str]) -> tuple[tuple[Voice, ...], list[int]]:
    """The speakers in the order in which they first speak, and for each attribution the number of its speaker.

    Named ones are one voice by their name; an unnamed one is one by its description within this page, and grey.
    """
    numbers: dict[tuple[str, bool], int] = {}
    which: list[int] = []
    for attribution in article.attributions:
        speaker = attribution.speaker
        which.append(numbers.setdefault((speaker.name, speaker.anonymous), len(numbers)))
    heard: list[Voice] = []
    named = 0
    for (name, anonymous), number in numbers.items():
        hue = "hu" if anonymous or not name else f"h{named % _HUES}"
        named += hue != "hu"
        heard.append(Voice(number, name or words["unknown"], hue, which.count(number)))
    return tuple(heard), which


def cards(
    article: Article, key: str, words: Mapping[str, str], heard: Sequence[Voice], which: Sequence[int]
) -> tuple[Card, ...]:
    """A card for each attribution."""
    deep = depths(article.attributions)
    return tuple(
        _card(article, attribution, number, key, words, heard[which[number]], deep[number])
        for number, attribution in enumerate(article.attributions)
    )


def _card(
    article: Article, one: Attribution, number: int, key: str, words: Mapping[str, str], voice: Voice, depth: int
) -> Card:
    moment = one.said_at
    return Card(
        number=number + 1,
        id=f"{key}-{number + 1}",
        speaker=voice.name,
        speaker_number=voice.number,
        hue=voice.hue,
        kind=words[one.speaker.kind],
        act=act_label(words, one.act),
        denies=one.polarity == "denies",
        type=words[one.type],
        said=said(article, one),
        depth=depth,
        chain=tuple(_hops(article, one, words)),
        when=short(moment) if moment else "",
        when_iso=moment.iso if moment else "",
        when_text=moment.text if moment else "",
        addressee=article.text.of(one.addressee) if one.addressee else "",
        within="" if one.within is None else str(one.within + 1),
        within_id="" if one.within is None else f"{key}-{one.within + 1}",
        rule=one.rule,
        score=f"{one.score:.2f}",
    )


def _hops(article: Article, one: Attribution, words: Mapping[str, str]) -> Iterator[Hop]:
    solid, dotted = ("←", "⇠") if article.direction == "rtl" else ("→", "⇢")
    for step in steps(one.chain, words):
        note = words["through"] if step.kind is None else words[step.kind]
        if step.inferred:
            note = f"{note} · {words['inferred']}"
        yield Hop(step.name, dotted if step.inferred else solid, _css(step), note, step.inferred)


def _css(step: Step) -> str:
    names = ["by" if step.kind is None else f"s-{step.kind}"]
    if step.inferred:
        names.append("inferred")
    if not step.known:
        names.append("unknown")
    return " ".join(names)
