"""The tables of entities: what each name of the record means, and what people decided about it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from musnad.record.schema import Utc, metadata

meanings = Table(
    "meanings",
    metadata,
    Column("name_id", Integer, ForeignKey("names.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("office", Text),
    Column("since", Utc),
    Column("until", Utc),
    Index("meanings_key", "key"),
    Index("meanings_entity", "entity"),
    Index("meanings_office", "office"),
)
"""Worked out from the registry, and made anew when that changes: like the index of words it is no part of what is kept."""

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", Utc, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("what", String, nullable=False),
    Column("entity", Text, nullable=False),
    Column("into", Text),
    Column("name", Text),
    Column("kind", String),
    Column("since", Utc),
    Column("until", Utc),
)
