"""The statements of a story as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from musnad.publish.chains import said
from musnad.publish.identity import card_key, first_carrier
from musnad.publish.labels import act_label, labels
from musnad.publish.pictures import chain
from musnad.stories.sides import Sides, side_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from markupsafe import Markup

    from musnad.model import Article, Attribution
    from musnad.publish.identity import Sightings
    from musnad.publish.pictures import Manner
    from musnad.stories import Telling, Utterance


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A statement on the page of a story; what is not known is an empty string. `seen` and `at` are ISO 8601 in UTC."""

    key: str
    speaker: str
    side: str
    kind: str
    act: str
    denies: bool
    quoted: bool
    said: str
    language: str
    direction: str
    chain: Markup
    when: str
    at: str
    seen: str
    seen_words: str
    addressee: str
    outlets: tuple[str, ...]
    texts: int
    article: int
    anchor: str
    id: str
    corrected: str


def cards_of(said_in: Sequence[Utterance], manner: Manner, sides: Sides, seen: Sightings) -> tuple[StoryCard, ...]:
    """A card for each utterance, the last said first; none is an empty tuple."""
    timed = sorted(said_in, key=lambda one: (_at(*one.carriers[0]), _key(one, seen)), reverse=True)
    found: dict[str, StoryCard] = {}
    for one in timed:
        card = _card(one, manner, sides, seen)
        found.setdefault(card.key, card)
    return tuple(found.values())


def _card(one: Utterance, manner: Manner, sides: Sides, seen: Sightings) -> StoryCard:
    telling, first = one.carriers[0]
    article, words = telling.article, labels(manner.language)
    return StoryCard(
        key=_key(one, seen),
        speaker=first.speaker.name or words["unknown"],
        side=_side(article, first, sides),
        kind=words[first.speaker.kind],
        act=act_label(words, first.act),
        denies=first.polarity == "denies",
        quoted=first.type != "indirect",
        said=said(article, first),
        language=article.language or "ar",
        direction=article.direction,
        chain=chain(first.chain, manner),
        when=manner.printed(first.said_at) if first.said_at else "",
        at=_iso(_at(telling, first)),
        seen=_iso(telling.seen_at),
        seen_words=manner.full(telling.seen_at),
        addressee=article.text.of(first.addressee) if first.addressee else "",
        outlets=one.outlets,
        texts=one.texts,
        article=telling.article_id,
        id=first.id,
        corrected=corrected_words(first, manner),
        anchor=f"p1-{article.attributions.index(first) + 1}",
    )


def corrected_words(attribution: Attribution, manner: Manner) -> str:
    """Who put a statement right, when, and which speaker was read; empty where nobody did."""
    told = attribution.corrected
    return f"{told.by} · {manner.full(told.made_at)} · {told.speaker.name}" if told else ""


def _side(article: Article, attribution: Attribution, sides: Sides) -> str:
    """The side of who speaks, which is the first link of the chain; empty for somebody of none."""
    if not attribution.chain or attribution.chain[-1].kind in ("outlet", "agency"):
        return ""
    side = sides.of_link(article, attribution.chain[-1])
    return side_name(side) if side else ""


def _at(telling: Telling, attribution: Attribution) -> datetime:
    instant = attribution.said_at.instant if attribution.said_at else None
    return instant or telling.at


def _key(one: Utterance, seen: Sightings) -> str:
    """What stays the same while others come to carry it and while its page is edited."""
    telling, first = first_carrier(one, seen)
    return card_key(telling.address, first)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
