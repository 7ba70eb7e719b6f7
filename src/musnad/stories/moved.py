"""Articles that a person put into another story than the grouping found, and that stay there when all are grouped anew.

A correction of kind ``story`` is about a page; its value is the address of another page, with whose story it goes, or
None for a story of its own. That holds where numbers of stories change.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from musnad.errors import UsageError
from musnad.record.anchors import Anchor
from musnad.record.corrections import Correction, keep
from musnad.record.schema import addresses, versions
from musnad.record.schema_corrections import corrections
from musnad.record.schema_stories import stories, story_articles, story_events
from musnad.stories.rows import log, next_number

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from musnad.record import Record

_DIGITS = 10
_ANY = select(corrections.c.id).where(corrections.c.what == "story").limit(1)


def put_into(record: Record, address: str, story: int | None, *, by: str, note: str = "") -> Correction:
    """Put the page at an address into a story, or into one of its own (None), for good. Raises UsageError where there is no
    such page or story, and for a page that is all of that story."""
    with record.writing() as connection:
        if not _numbers(connection, address):
            raise UsageError(f"no page is kept at {address}", advice="`musnad search` tells the addresses of articles")
        other = None if story is None else _other_page(connection, story, address)
        told = Correction("story", address, Anchor(""), "", other, by, datetime.now(UTC), note)
        keep(connection, told)
        settle(connection)
    return told


def put_back(record: Record, address: str, *, by: str, note: str = "") -> Correction:
    """Take back that a page was put into another story: it goes where it was before, or where others that were put there
    by people still hold it."""
    with record.writing() as connection:
        told = Correction("undo", address, Anchor(""), "", "story", by, datetime.now(UTC), note)
        keep(connection, told)
        _return(connection, address)
        settle(connection)
    return told


def taken_back(record: Record, number: int, *, by: str, note: str = "") -> Correction:
    """Take back the correction with this number, of whatever kind. Raises UsageError where there is none."""
    what, address = next(
        ((one.told.what, one.told.address) for one in record.standing() if one.number == number), ("", "")
    )
    return (
        put_back(record, address, by=by, note=note) if what == "story" else record.take_back(number, by=by, note=note)
    )


def _return(connection: Connection, address: str) -> None:
    """Move the articles at an address to the stories that people first took them from."""
    for number, story in _numbers(connection, address).items():
        first = (
            select(story_events.c.story_id)
            .where(story_events.c.article_id == number, story_events.c.event == "split")
            .order_by(story_events.c.id)
        )
        target = _standing(connection, connection.execute(first.limit(1)).scalar())
        if target not in (None, story):
            _move(connection, number, story, target)


def _standing(connection: Connection, story: int | None) -> int | None:
    """A story, or the one that it was merged into."""
    seen: set[int] = set()
    while story is not None and story not in seen:
        seen.add(story)
        into = connection.execute(select(stories.c.merged_into).where(stories.c.id == story)).scalar()
        if into is None:
            break
        story = into
    return story


def number_of(words: str) -> int | None:
    """The number of a story as a person writes it; None for none. Raises UsageError for what is neither."""
    words = words.strip()
    if words in ("", "none"):
        return None
    if not (words.isascii() and words.isdigit() and len(words) < _DIGITS):
        raise UsageError(f"{words!r} is no number of a story", advice="`musnad story` lists them; none: one of its own")
    return int(words)


def is_moved(connection: Connection) -> bool:
    """Whether anything was ever put into another story."""
    return connection.execute(_ANY).first() is not None


def settle(connection: Connection) -> bool:
    """Put every page where people said that it belongs; whether one had to be moved."""
    moved = False
    for address, other in _wanted(connection).items():
        here = _numbers(connection, address)
        there = _numbers(connection, other) if other is not None else {}
        if not here or (other is not None and not there):
            continue
        target = list(there.values())[-1] if there else _own(connection, address, here)
        for number, story in here.items():
            if story != target:
                _move(connection, number, story, target)
                moved = True
    return moved


def _wanted(connection: Connection) -> dict[str, str | None]:
    """With which page each page goes that a person moved; the last word counts, and can be taken back."""
    out: dict[str, str | None] = {}
    rows = (
        select(corrections)
        .where(corrections.c.what.in_(("story", "undo")))
        .order_by(corrections.c.made_at, corrections.c.id)
    )
    for row in connection.execute(rows):
        if row.what == "story":
            out[row.address] = row.value
        elif row.value == "story":
            out.pop(row.address, None)
    return out


def _numbers(connection: Connection, address: str) -> dict[int, int]:
    """The stories of the articles at an address, by their numbers, in order."""
    rows = (
        select(story_articles.c.article_id, story_articles.c.story_id)
        .join(versions, versions.c.article_id == story_articles.c.article_id)
        .join(addresses, addresses.c.id == versions.c.address_id)
        .where(addresses.c.address == address)
        .order_by(story_articles.c.article_id)
    )
    return {row.article_id: row.story_id for row in connection.execute(rows)}


def _other_page(connection: Connection, story: int, address: str) -> str:
    """The first page of a story that is not this one."""
    rows = (
        select(addresses.c.address)
        .join(versions, versions.c.address_id == addresses.c.id)
        .join(story_articles, story_articles.c.article_id == versions.c.article_id)
        .where(story_articles.c.story_id == story, addresses.c.address != address)
        .order_by(story_articles.c.article_id)
    )
    found = connection.execute(rows.limit(1)).scalar()
    if found is None:
        raise UsageError(
            f"there is no other article in story {story}", advice="`musnad story` lists those that there are"
        )
    return str(found)


def _own(connection: Connection, address: str, here: dict[int, int]) -> int:
    """A story that no other page is in: that of the page where it is alone in it, else the one that it had before all were
    grouped anew, else a new one."""
    for story in here.values():
        others = (
            select(addresses.c.id)
            .join(versions, versions.c.address_id == addresses.c.id)
            .join(story_articles, story_articles.c.article_id == versions.c.article_id)
            .where(story_articles.c.story_id == story, addresses.c.address != address)
        )
        if connection.execute(others.limit(1)).first() is None:
            return story
    had = (
        select(story_events.c.other_id)
        .where(story_events.c.event == "split", story_events.c.article_id.in_(list(here)))
        .order_by(story_events.c.id.desc())
    )
    for story in connection.execute(had).scalars():
        held = select(story_articles.c.article_id).where(story_articles.c.story_id == story)
        if connection.execute(held.limit(1)).first() is None:
            return int(story)
    number = next_number(connection)
    at = connection.execute(select(story_articles.c.at).where(story_articles.c.article_id == next(iter(here)))).scalar()
    connection.execute(insert(stories), {"id": number, "articles": 0, "first_at": at, "last_at": at})
    log(connection, "created", number)
    return number


def _move(connection: Connection, article: int, story: int, target: int) -> None:
    connection.execute(update(story_articles).where(story_articles.c.article_id == article).values(story_id=target))
    log(connection, "split", story, article, target)
    log(connection, "joined", target, article)
    for number in (story, target):
        mine = story_articles.c.story_id == number
        count, first, last = connection.execute(
            select(func.count(), func.min(story_articles.c.at), func.max(story_articles.c.at)).where(mine)
        ).one()
        told = {"articles": count, "merged_into": None} | ({"first_at": first, "last_at": last} if count else {})
        if not count:
            told["merged_into"] = target  # links to it lead on
        connection.execute(update(stories).where(stories.c.id == number).values(told))
