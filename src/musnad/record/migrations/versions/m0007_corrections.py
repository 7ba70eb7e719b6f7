"""Corrections: what readers put right, and which statements each of them is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from musnad.record.migrations.guard import append_only

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "note")),
        sa.Column("what", sa.String, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("address", "exact", "before", "after", "was")),
        sa.Column("value", sa.JSON, nullable=False),
    )
    op.create_index("corrections_address", "corrections", ["address"])
    op.create_table(
        "corrected",
        sa.Column("correction_id", sa.Integer, sa.ForeignKey("corrections.id"), primary_key=True),
        sa.Column("attribution_id", sa.Integer, sa.ForeignKey("attributions.id"), primary_key=True),
    )
    op.create_index("corrected_attribution", "corrected", ["attribution_id"])
    append_only("corrections")


def downgrade() -> None:
    """A record is not taken back to an older form."""
    raise NotImplementedError("a record is not taken back to an older form")
