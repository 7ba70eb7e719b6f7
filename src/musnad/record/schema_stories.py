"""The tables of stories: a view that is kept up to date and can be made anew, and the log of what became of each story.

Beside the log (``story_events``), whose rows are only added, rows here are changed and taken out as the view moves on.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from musnad.record.schema import Utc, metadata

__all__ = ["metadata", "stories", "story_articles", "story_events"]

stories = Table(
    "stories",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("articles", Integer, nullable=False),
    Column("first_at", Utc, nullable=False),
    Column("last_at", Utc, nullable=False),
    Column("merged_into", Integer),
    Index("stories_active", "articles", "last_at"),
    Index("stories_last", "last_at"),
)

story_articles = Table(
    "story_articles",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id"), primary_key=True),
    Column("story_id", Integer, nullable=False),
    Column("copy_id", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("gist", LargeBinary),
    Index("story_articles_story", "story_id"),
)

story_events = Table(
    "story_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("event", String, nullable=False),
    Column("story_id", Integer, nullable=False),
    Column("article_id", Integer),
    Column("other_id", Integer),
    Index("story_events_story", "story_id"),
)
