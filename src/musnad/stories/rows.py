"""The rows of the view of stories, written: one article placed, or all of them placed anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, delete, func, insert, select, update

from musnad.record.schema import about
from musnad.record.schema_stories import stories, story_articles, story_events
from musnad.stories.groups import WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from musnad.stories.gist import Gist
    from musnad.stories.groups import Placed
    from musnad.stories.types import Happened

_KEY = "stories"
_MANY = 500
_when = bindparam("when", type_=stories.c.last_at.type)
_GROWS = (
    update(stories)
    .where(stories.c.id == bindparam("story"))
    .values(
        articles=stories.c.articles + 1,
        first_at=case((stories.c.first_at > _when, _when), else_=stories.c.first_at),
        last_at=case((stories.c.last_at < _when, _when), else_=stories.c.last_at),
    )
)


_NOTED = select(about.c.value).where(about.c.key == _KEY)
_LAST = select(func.max(stories.c.id))
_FORGETS = update(story_articles).where(story_articles.c.article_id == bindparam("left")).values(gist=None)


def noted(connection: Connection) -> str | None:
    """By what the stories of this record were made; None where none were."""
    return connection.execute(_NOTED).scalar()


def note(connection: Connection, made_by: str) -> None:
    """Note by what the stories are made."""
    connection.execute(delete(about).where(about.c.key == _KEY))
    connection.execute(insert(about), {"key": _KEY, "value": made_by})


def next_number(connection: Connection) -> int:
    """The number of the next story: one that none ever had."""
    return 1 + (connection.execute(_LAST).scalar() or 0)


def placements(connection: Connection, wanted: Iterable[int] | None = None) -> dict[int, int]:
    """The stories of articles (all that are placed when None), by the number of the article."""
    rows = select(story_articles.c.article_id, story_articles.c.story_id)
    if wanted is not None:
        rows = rows.where(story_articles.c.article_id.in_(list(wanted)))
    return {row.article_id: row.story_id for row in connection.execute(rows)}


def keep(connection: Connection, number: int, placed: Placed, at: datetime, gist: Gist, *, new: bool) -> None:
    """Keep where an article was placed, and log it; `new` for the first of its story."""
    connection.execute(insert(story_articles), _row(number, placed.story, placed.copy, at, gist))
    if new:
        connection.execute(insert(stories), {"id": placed.story, "articles": 1, "first_at": at, "last_at": at})
    else:
        connection.execute(_GROWS, {"story": placed.story, "when": at})
    connection.execute(insert(story_events), _event("created" if new else "joined", placed.story, number))
    if number > WINDOW:
        connection.execute(_FORGETS, {"left": number - WINDOW})


def replace_all(
    connection: Connection, before: Mapping[int, int], after: Mapping[int, tuple[Placed, datetime, Gist]]
) -> None:
    """Put `after` in the place of `before` (stories by article): numbers are kept as :func:`numbered` says, and each
    article that went over to another story is logged."""
    names = numbered(
        before, {number: placed.story for number, (placed, _, _) in after.items()}, next_number(connection)
    )
    connection.execute(delete(story_articles))
    oldest = max(after, default=0) - WINDOW
    rows = [
        _row(number, names[placed.story], placed.copy, at, gist if number > oldest else None)
        for number, (placed, at, gist) in after.items()
    ]
    times: dict[int, list[datetime]] = defaultdict(list)
    for row in rows:
        times[row["story_id"]].append(row["at"])
    kept = set(connection.execute(select(stories.c.id)).scalars())
    goes = _went(before, {row["article_id"]: row["story_id"] for row in rows}, set(times))
    connection.execute(update(stories).values(articles=0))
    for number, told in times.items():
        values = {"articles": len(told), "first_at": min(told), "last_at": max(told), "merged_into": None}
        if number in kept:
            connection.execute(update(stories).where(stories.c.id == number).values(values))
        else:
            connection.execute(insert(stories), {"id": number, **values})
    for event in goes:
        if event["event"] == "merged":
            gone = update(stories).where(stories.c.id == event["story_id"])
            connection.execute(gone.values(merged_into=event["other_id"]))
    created = [_event("created", number) for number in sorted(set(times) - kept)]
    for table, values_ in ((story_articles, rows), (story_events, created + goes)):
        for start in range(0, len(values_), _MANY):
            connection.execute(insert(table), values_[start : start + _MANY])


def numbered(before: Mapping[int, int], after: Mapping[int, int], free: int) -> dict[int, int]:
    """The number that each group of `after` is known by: that of the story in `before` with which it has most articles in
    common, each number given once; the others get new ones, from `free` on.

    >>> numbered({1: 7, 2: 7, 3: 7, 4: 8}, {1: 1, 2: 2, 3: 2, 4: 2}, free=9)
    {2: 7, 1: 9}
    """
    common = Counter((group, before[number]) for number, group in after.items() if number in before)
    names: dict[int, int] = {}
    given: set[int] = set()
    for (group, story), _ in sorted(common.items(), key=lambda item: (-item[1], item[0][1], item[0][0])):
        if group not in names and story not in given:
            names[group] = story
            given.add(story)
    for group in sorted(set(after.values()) - set(names)):
        names[group] = free
        free += 1
    return names


def _went(before: Mapping[int, int], after: Mapping[int, int], alive: set[int]) -> list[dict[str, Any]]:
    """The events of articles that stand in another story than before: the whole story merged, or a part split off."""
    over = Counter((story, after[number]) for number, story in before.items() if after.get(number, story) != story)
    first = {pair: number for number, story in sorted(before.items(), reverse=True) if (pair := (story, after[number]))}
    gone: set[int] = set()
    out: list[dict[str, Any]] = []
    for (story, other), _ in sorted(over.items(), key=lambda item: (item[0][0], -item[1], item[0][1])):
        merged = story not in alive and story not in gone
        gone.add(story)
        out.append(_event("merged" if merged else "split", story, None if merged else first[story, other], other))
    return out


def _row(number: int, story: int, copy: int, at: datetime, gist: Gist | None) -> dict[str, Any]:
    held = gist.packed() if gist else None
    return {"article_id": number, "story_id": story, "copy_id": copy, "at": at, "gist": held}


def log(
    connection: Connection, event: Happened, story: int, article: int | None = None, other: int | None = None
) -> None:
    """Log what became of a story."""
    connection.execute(insert(story_events), _event(event, story, article, other))


def _event(event: Happened, story: int, article: int | None = None, other: int | None = None) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {"at": now, "event": event, "story_id": story, "article_id": article, "other_id": other}
