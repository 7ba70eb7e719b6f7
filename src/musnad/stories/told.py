"""When what an article of a story tells was said, and which outlet tells it."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from musnad.model.moment import tz_of
from musnad.record.rows import moment_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from musnad.model import Attribution, Moment, Span
    from musnad.stories.types import Telling


def moment_at(told: Telling, place: Span, attribution: Attribution | None = None) -> Moment | None:
    """When what stands at a place was said: by the attribution, else the entry of a live blog, else the publication."""
    if attribution is not None:
        return moment_of(told.article, attribution)
    stamped = (block.at for block in told.article.blocks if block.at and block.span.covers(place))
    return next(stamped, told.article.published)


def instant_of(told: Telling, moment: Moment | None) -> datetime:
    """The instant by which things are put in order: that of the moment, else when the article was published or seen.

    A printed clock without a zone counts as UTC; a day, as that day at the clock of the publication.
    """
    if moment is None:
        return told.at
    if moment.instant is not None:
        return moment.instant
    if moment.precision in ("hour", "minute", "second"):
        return moment.wall.replace(tzinfo=tz_of(moment.zone) or UTC).astimezone(UTC)
    return min(told.at, moment.wall.replace(hour=23, minute=59, tzinfo=UTC))


def outlet_of(told: Telling) -> str:
    """The name of the outlet; its address where the page does not say."""
    return told.outlet or told.address


def statement_times(story: Sequence[Telling]) -> tuple[datetime, ...]:
    """When each statement of a story was published, one for each, in order; without statements an empty tuple."""
    return tuple(sorted(told.at for told in story for _ in told.article.attributions))
