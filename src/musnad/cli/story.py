"""``musnad story``: what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad import stories as view
from musnad.cli.answering import Answering, opened
from musnad.publish.stories import head_value, story_value
from musnad.publish.terminal.stories import head_lines, story_lines

if TYPE_CHECKING:
    from datetime import datetime

    from musnad.record import Record


def list_stories(
    *,
    record: str | None,
    since: datetime | None,
    until: datetime | None,
    known_at: datetime | None,
    limit: int,
    rebuild: bool,
    answering: Answering,
) -> int:
    """Print the stories of most articles, each on a few lines."""
    with opened(record) as held:
        _rebuilt(held, rebuild)
        heads = view.stories(held, since=since, until=until, known_at=known_at, limit=limit)
        found = [(head, view.sources_of(view.articles_of(held, head.id, known_at=known_at))) for head in heads]
    values = [head_value(head, sources) for head, sources in found]
    answering.give(values, lambda painter, labels: head_lines(found, painter, labels))
    return 0


def tell_story(
    number: int, *, record: str | None, known_at: datetime | None, limit: int, rebuild: bool, answering: Answering
) -> int:
    """Print a story: its articles by copy, its sources, and what was said in it."""
    with opened(record) as held:
        _rebuilt(held, rebuild)
        tellings = view.articles_of(held, number, known_at=known_at)
        events = view.events_of(held, number)
    said, sources = view.utterances(tellings), view.sources_of(tellings)
    value = story_value(number, tellings, sources, said, events)
    answering.give([value], lambda painter, labels: story_lines(tellings, sources, said[:limit], painter, labels))
    return 0


def _rebuilt(record: Record, wanted: bool) -> None:
    if wanted:
        view.rebuild(record)
