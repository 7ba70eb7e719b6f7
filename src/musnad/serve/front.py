"""The coverage: the stories of most articles, each with its sources, its pace and what was said last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup
from sqlalchemy import func, select

from musnad import stories as view
from musnad.publish.chains import said
from musnad.publish.pictures import pace
from musnad.record.schema_stories import story_events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.publish.pictures import Manner
    from musnad.record import Record
    from musnad.stories import Sources, StoryHead, Telling

STORIES = 40
"""How many stories the front page has."""

_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Headed:
    """A story of the front page; of one in which nothing was said, `said` is empty, of one article there is no `pace`."""

    head: StoryHead
    sources: Sources
    pace: Markup
    speaker: str
    said: str
    when: str


class Front:
    """The front page; what it says of a story is worked out again only when something became of the story."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, int, Manner], Headed] = {}

    def heads(self, record: Record, manner: Manner) -> list[Headed]:
        """The stories that came last into a record, the one with the newest article first; none is an empty list."""
        found = view.stories(record, limit=STORIES)
        numbers = _numbers(record, [head.id for head in found])
        return [self._headed(record, head, numbers.get(head.id, 0), manner) for head in found]

    def _headed(self, record: Record, head: StoryHead, seq: int, manner: Manner) -> Headed:
        key = head.id, seq, manner
        held = self._made.get(key)
        if held is None:
            if len(self._made) >= _KEPT:
                self._made.clear()
            held = self._made[key] = _made(record, head, manner)
        return held


def _made(record: Record, head: StoryHead, manner: Manner) -> Headed:
    tellings = view.articles_of(record, head.id)
    drawn = pace(view.statement_times(tellings), manner) if len(tellings) > 1 else Markup("")
    return Headed(head, view.sources_of(tellings), drawn, *_last(tellings, manner))


def _last(tellings: Sequence[Telling], manner: Manner) -> tuple[str, str, str]:
    """Who spoke last, what was said, and when that was printed; empty words where nobody did."""
    found = max((one for one in tellings if one.article.attributions), key=lambda one: one.at, default=None)
    if found is None:
        return "", "", ""
    article = found.article
    heads = [block.span for block in article.blocks if block.kind == "headline"]
    named = [one for one in article.attributions if one.speaker.name] or list(article.attributions)
    named = [one for one in named if not any(head.covers(one.content[0]) for head in heads)] or named
    return named[0].speaker.name or "", said(article, named[0]), manner.full(found.at)


def _numbers(record: Record, known: Sequence[int]) -> dict[int, int]:
    """Of each story the number of the last thing that became of it."""
    wanted = select(story_events.c.story_id, func.max(story_events.c.id)).where(story_events.c.story_id.in_(known))
    with record.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(wanted.group_by(story_events.c.story_id))}
