"""What the views of stories give back; frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from musnad.model import Article, Moment

Happened = Literal["created", "joined", "merged", "split", "corrected"]
"""What became of a story: created by its first article · joined by another · merged into another story, which is named ·
split: an article went over to another story, which is named · corrected: something was put right in an article."""


@dataclass(frozen=True, slots=True)
class Telling:
    """An article of a story, whole: as its address stood last, as far as was known.

    `article_id` is its number in the record, `copy_id` that of the first article of its copy group: tellings with the same
    one are versions of one text. `at` is when it was published, else first seen.
    """

    article_id: int
    copy_id: int
    article: Article
    address: str
    outlet: str | None
    seen_at: datetime
    published: Moment | None
    at: datetime


@dataclass(frozen=True, slots=True)
class StoryHead:
    """A story as a line of a list. `headline` is that of the text which most articles are copies of, else of the first.

    `articles` counts the addresses that tell it now, `texts` those apart from copies, `statements` the attributions in
    them; `outlets` are named in the order in which they came.
    `seen_first` and `seen_last` are when the record first saw its first and its last article, `first_at` and `last_at`
    when those were published.
    """

    id: int
    headline: str | None
    articles: int
    texts: int
    outlets: tuple[str, ...]
    statements: int
    seen_first: datetime
    seen_last: datetime
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """Something that became of a story: when, what, through which article, and which other story it concerns."""

    at: datetime
    event: Happened
    story_id: int
    article_id: int | None = None
    other_id: int | None = None
