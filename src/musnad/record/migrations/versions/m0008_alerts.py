"""Alerts: the rules of a desk, and what is to be delivered by them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables; their rows are written again, so there are no triggers."""
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("speaker", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("side", sa.String, nullable=False),
        sa.Column("story_id", sa.Integer),
        sa.Column("figures", sa.Boolean, nullable=False),
        sa.Column("baseline", sa.Integer, nullable=False),
        sa.Column("looked", sa.Integer, nullable=False),
        sa.Column("added_at", _TIME, nullable=False),
    )
    op.create_table(
        "alert_deliveries",
        sa.Column("id", sa.String(45), primary_key=True),
        sa.Column("alert_id", sa.Integer, sa.ForeignKey("alerts.id"), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due_at", _TIME),
        sa.Column("done_at", _TIME),
        sa.Column("said", sa.Text, nullable=False),
    )
    op.create_index("alert_deliveries_due", "alert_deliveries", ["due_at"])
    op.create_index("alert_deliveries_alert", "alert_deliveries", ["alert_id"])


def downgrade() -> None:
    """The rules are forgotten; what was kept stays."""
    op.drop_table("alert_deliveries")
    op.drop_table("alerts")
