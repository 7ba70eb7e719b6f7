"""What was found, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.publish.chains import said_pieces
from musnad.publish.labels import act_label, labels
from musnad.publish.pictures import chain
from musnad.serve.storycards import corrected_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from musnad.publish.pictures import Manner
    from musnad.record import Mention, Statement


@dataclass(frozen=True, slots=True)
class Result:
    """A statement of a list; `pieces` are its words, each with whether they were searched for."""

    id: int
    speaker: str
    act: str
    denies: bool
    quoted: bool
    pieces: tuple[tuple[str, bool], ...]
    language: str
    direction: str
    chain: Markup
    outlet: str
    headline: str
    when: str
    seen: str
    corrected: str


@dataclass(frozen=True, slots=True)
class Other:
    """An article whose other words match."""

    title: str
    outlet: str
    address: str
    when: str


def results(statements: Iterable[Statement], manner: Manner) -> list[Result]:
    """The statements of a list, in their order."""
    words = labels(manner.language)
    out = []
    for one in statements:
        article, said = one.article, one.attribution
        out.append(Result(
            id=one.id,
            speaker=said.speaker.name or words["unknown"],
            act=act_label(words, said.act),
            denies=said.polarity == "denies",
            quoted=said.type != "indirect",
            pieces=said_pieces(article, said, one.found),
            language=article.language or "ar",
            direction=article.direction,
            chain=chain(said.chain, manner),
            outlet=article.outlet.value if article.outlet else "",
            headline=article.headline.value if article.headline else "",
            when=manner.printed(one.moment) if one.moment else "",
            seen=manner.full(one.seen_at),
            corrected=corrected_words(said, manner),
        ))  # fmt: skip
    return out


def others(mentions: Iterable[Mention], manner: Manner) -> list[Other]:
    """The articles of a list, in their order."""
    return [
        Other(
            title=one.article.headline.value if one.article.headline else one.address,
            outlet=one.article.outlet.value if one.article.outlet else "",
            address=one.address,
            when=manner.printed(one.article.published) if one.article.published else manner.full(one.seen_at),
        )
        for one in mentions
    ]
