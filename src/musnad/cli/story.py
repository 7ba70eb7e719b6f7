"""``musnad story``: what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from musnad import stories as view
from musnad.cli.answering import LANGUAGE, Answering, opened
from musnad.cli.choose import choose
from musnad.cli.output import opened_output
from musnad.cli.say import tell
from musnad.errors import UsageError
from musnad.publish.pictures import Manner, figures_over_time, pace, standalone, who_carries_whom
from musnad.publish.stories import head_value, story_value
from musnad.publish.terminal.stories import head_lines, story_lines
from musnad.stories.ledger import ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from musnad.record import Record


PICTURES = ("pace", "figures", "carried")


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


def draw_story(
    number: int | None, what: str, *, record: str | None, known_at: datetime | None, rebuild: bool, output: str | None
) -> int:
    """Write a picture of a story as an SVG file; where there is nothing to draw, say so and write none."""
    choose("--picture", what, PICTURES)
    if number is None:
        raise UsageError("--picture draws one story", advice="name it by its number: `musnad story` lists them")
    with opened(record) as held:
        _rebuilt(held, rebuild)
        tellings = view.articles_of(held, number, known_at=known_at)
    picture = _drawn(what, tellings)
    if not picture:
        tell(Manner(LANGUAGE).words["no_picture"])
        return 0
    with opened_output(output, inputs=[]) as out:
        out.write(standalone(picture))
    return 0


def _drawn(what: str, tellings: Sequence[view.Telling]) -> Markup:
    """The picture; of figures, that of the thing of most claims, of as many the first in the ledger."""
    if what == "pace":
        return pace(view.statement_times(tellings))
    if what == "carried":
        return who_carries_whom(view.carried(tellings))
    entries = ledger(tellings)
    if not entries:
        return Markup("")
    return figures_over_time(max(entries, key=lambda entry: sum(len(series.claims) for series in entry.series)))


def _rebuilt(record: Record, wanted: bool) -> None:
    if wanted:
        view.rebuild(record)
