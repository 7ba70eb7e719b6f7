"""What is followed: feeds and articles with their validators and when they are due, the names they go by, and hosts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables; their rows are written again, so there are no triggers."""
    op.create_table(
        "followed",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("host", sa.String, nullable=False),
        sa.Column("root_id", sa.Integer, sa.ForeignKey("followed.id")),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("named", sa.Boolean, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("digest", sa.String(64)),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("misled", sa.Boolean, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("found", sa.Integer, nullable=False),
        sa.Column("added_at", _TIME, nullable=False),
        sa.Column("tried_at", _TIME),
        sa.Column("seen_at", _TIME),
        sa.Column("changed_at", _TIME),
        sa.Column("due_at", _TIME),
    )
    op.create_index("followed_due", "followed", ["due_at"])
    op.create_index("followed_root", "followed", ["root_id"])
    op.create_table(
        "followed_as",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("followed_id", sa.Integer, sa.ForeignKey("followed.id"), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "hosts",
        sa.Column("host", sa.String, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("held_at", _TIME, nullable=False),
        sa.Column("free_at", _TIME, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """What was followed is forgotten; what was kept stays."""
    for table in ("hosts", "followed_as", "followed"):
        op.drop_table(table)
