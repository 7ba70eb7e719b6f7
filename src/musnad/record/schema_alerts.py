"""The tables of alerts: what a desk wants to be told of, and what was told or is still to be told.

Their rows are written again: they say what is to be done next, and are no part of what was seen.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from musnad.record.schema import Utc, metadata

__all__ = ["alert_deliveries", "alerts", "metadata"]

alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("side", String, nullable=False),
    Column("story_id", Integer),
    Column("figures", Boolean, nullable=False),
    Column("baseline", Integer, nullable=False),
    Column("looked", Integer, nullable=False),
    Column("added_at", Utc, nullable=False),
)

alert_deliveries = Table(
    "alert_deliveries",
    metadata,
    Column("id", String(45), primary_key=True),
    Column("alert_id", Integer, ForeignKey("alerts.id"), nullable=False),
    Column("body", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due_at", Utc),
    Column("done_at", Utc),
    Column("said", Text, nullable=False),
    Index("alert_deliveries_due", "due_at"),
    Index("alert_deliveries_alert", "alert_id"),
)
