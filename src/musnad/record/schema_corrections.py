"""The tables of corrections: what readers put right, and which statements each of them is about."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text

from musnad.record.schema import Utc, metadata

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", Utc, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("what", String, nullable=False),
    Column("address", Text, nullable=False),
    Column("exact", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("was", Text, nullable=False),
    Column("value", JSON, nullable=False),
    Index("corrections_address", "address"),
)

corrected = Table(
    "corrected",
    metadata,
    Column("correction_id", Integer, ForeignKey("corrections.id"), primary_key=True),
    Column("attribution_id", Integer, ForeignKey("attributions.id"), primary_key=True),
    Index("corrected_attribution", "attribution_id"),
)
"""Worked out from the anchors, for the search: a page that is read again has other rows for the same correction."""
