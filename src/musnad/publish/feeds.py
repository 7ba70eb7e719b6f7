"""What is followed, and what happened, as plain values for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.publish.answers import added_value, instant

if TYPE_CHECKING:
    from musnad.feeds import Feed
    from musnad.publish.values import Value
    from musnad.record.following import Followed
    from musnad.run.following import Happened


def followed_value(feed: Followed) -> Value:
    """A feed as ``musnad sources list`` prints it; moments are null where there was none yet."""
    return {
        "address": feed.address,
        "kind": feed.kind or None,
        "name": feed.name or None,
        "outlet": feed.outlet or None,
        "language": feed.language or None,
        "state": feed.state,
        "found": feed.found,
        "failures": feed.failures,
        "said": feed.said or None,
        "added_at": instant(feed.added_at),
        "seen_at": instant(feed.seen_at) if feed.seen_at else None,
        "changed_at": instant(feed.changed_at) if feed.changed_at else None,
        "due_at": instant(feed.due_at) if feed.due_at else None,
    }


def happened_value(happened: Happened) -> Value:
    """One thing that happened, as ``musnad follow --format jsonl`` prints it."""
    task = happened.task
    return {
        "address": task.address if task else None,
        "kind": task.kind if task else None,
        "state": task.state if task else None,
        "page": added_value(happened.added) if happened.added else None,
        "headline": happened.headline or None,
        "listed_new": happened.new,
        "error": happened.error.what if happened.error else None,
        "notes": list(happened.notes),
    }


def checked_value(address: str, moved: str, feed: Feed, limit: int) -> Value:
    """What a feed is and would give, as ``musnad sources check`` prints it: its first `limit` articles."""
    return {
        "address": address,
        "moved_to": moved or None,
        "kind": feed.kind,
        "title": feed.title or None,
        "language": feed.language,
        "listed": feed.listed,
        "taken": len(feed.items),
        "items": [
            {
                "address": item.address,
                "title": item.title or None,
                "published": item.published.iso if item.published else None,
            }
            for item in feed.items[:limit]
        ],
        "feeds": list(feed.feeds),
        "doubts": list(feed.doubts),
    }
