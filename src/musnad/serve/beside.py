"""What stands beside the timeline of a story: accounts side by side, figures with who claims them, who carries whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from musnad.publish.amounts import value
from musnad.publish.compared import accounts_value
from musnad.publish.labels import compared_labels
from musnad.publish.pictures import figures_over_time, who_carries_whom
from musnad.stories import carried
from musnad.stories.accounts import accounts
from musnad.stories.ledger import ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from musnad.publish.pictures import Manner
    from musnad.publish.values import Value
    from musnad.stories import Telling
    from musnad.stories.ledger import Claim, Entry, Series

DESK, PHONE = 860, 350
"""Widths of the pictures, in pixels."""

_FIGURES = 6  # things that are counted


@dataclass(frozen=True, slots=True)
class Claimed:
    """A line of the table under a picture: who claims it, its digits, its published words, since when, and who carries it.

    `article` is the one that carried it first, `outlets` all that do; `revises` what is said of a value that takes the
    place of another by the same claimant, else empty.
    """

    claimant: str
    digits: str
    words: str
    revises: str
    at: str
    article: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figured:
    """A thing that is counted: its name, its picture for a desk and for a phone (empty where it has one value), its claims,
    each claimant's together."""

    name: str
    desk: Markup
    phone: Markup
    claims: tuple[Claimed, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the timeline; `carried` is for a desk and for a phone, None where nothing is carried."""

    figures: tuple[Figured, ...]
    carried: tuple[Markup, Markup] | None
    accounts: tuple[Value, ...]


def beside(tellings: Sequence[Telling], manner: Manner) -> Beside:
    """What stands beside the timeline of articles, the earliest first."""
    told = tuple(accounts_value(one) for one in accounts(tellings))
    return Beside(tuple(_figures(tellings, manner)), _carried(tellings, manner), told)


def _figures(tellings: Sequence[Telling], manner: Manner) -> Iterator[Figured]:
    """What most is claimed of, first; what only the writer of one text tells is in that text. A picture of one value says
    nothing that its table does not."""
    entries = ((_weight(entry), entry) for entry in ledger(tellings))
    ranked = sorted((one for one in entries if one[0] > (0, 1)), key=lambda one: one[0], reverse=True)
    for _, entry in ranked[:_FIGURES]:
        several = sum(len(series.claims) for series in entry.series) > 1
        desk, phone = (
            figures_over_time(entry, manner, width=width) if several else Markup() for width in (DESK, PHONE)
        )
        yield Figured(entry.words, desk, phone, tuple(_claims(entry, manner)))


def _weight(entry: Entry) -> tuple[int, int]:
    """How many claims somebody makes, and how many texts carry claims of the thing."""
    claimed = sum(len(series.claims) for series in entry.series if series.speaker)
    return claimed, sum(claim.texts for series in entry.series for claim in series.claims)


def _claims(entry: Entry, manner: Manner) -> Iterator[Claimed]:
    for series in entry.series:
        for claim in series.claims:
            yield _claimed(series, claim, manner)


def _claimed(series: Series, claim: Claim, manner: Manner) -> Claimed:
    first, labels = claim.carried[0], compared_labels(manner.language)
    return Claimed(
        series.speaker.name if series.speaker else labels["nobody"],
        value(claim.figure, manner.number),
        first.figure.span.of(first.told.article.text.words),
        labels["revises"] if claim.revises else "",
        manner.moment(first.at),
        first.told.article_id,
        claim.outlets,
    )


def _carried(tellings: Sequence[Telling], manner: Manner) -> tuple[Markup, Markup] | None:
    courses = carried(tellings)
    desk = who_carries_whom(courses, manner, width=DESK)
    return (desk, who_carries_whom(courses, manner, width=PHONE)) if desk else None
