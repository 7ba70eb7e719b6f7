"""Entities: what the names of a record mean, what people decided about them, and statements by their speaker."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from musnad.record.migrations.guard import append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables and the index; what the names mean is worked out when the record is opened."""
    op.create_table(
        "meanings",
        sa.Column("name_id", sa.Integer, sa.ForeignKey("names.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("entity", sa.Text, nullable=False),
        sa.Column("office", sa.Text),
        sa.Column("since", _TIME),
        sa.Column("until", _TIME),
    )
    for column in ("key", "entity", "office"):
        op.create_index(f"meanings_{column}", "meanings", [column])
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("entity", sa.Text, nullable=False),
        sa.Column("into", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("kind", sa.String),
        sa.Column("since", _TIME),
        sa.Column("until", _TIME),
    )
    op.create_index("attributions_speaker", "attributions", ["speaker_id", "at"])
    append_only("decisions")


def downgrade() -> None:
    """A record is not taken back to an older form."""
    raise NotImplementedError("a record is not taken back to an older form")
