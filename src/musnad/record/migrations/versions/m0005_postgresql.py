"""PostgreSQL: the index of words, rows that stay as they were added, the queue that processes share.

In SQLite the first two are of the first form, and one process follows: there is nothing to add.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from musnad.record.migrations.guard import append_only

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_FIRST = "pages addresses articles versions names attributions places links figures doubts"


def upgrade() -> None:
    """Add what this database lacks."""
    if op.get_bind().dialect.name != "postgresql":
        return
    append_only(*_FIRST.split())
    for table in ("article_words", "statement_words"):
        op.create_table(
            table,
            sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("words", postgresql.TSVECTOR, nullable=False),
            sa.Column("fits", sa.Boolean, nullable=False),
        )
        op.create_index(f"{table}_words", table, ["words"], postgresql_using="gin")
    op.create_table(
        "queue_hosts",
        sa.Column("host", sa.Text, primary_key=True),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "queue_jobs",
        sa.Column("address", sa.Text, primary_key=True),
        sa.Column("host", sa.Text, sa.ForeignKey("queue_hosts.host"), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
    )
    op.create_index("queue_jobs_due", "queue_jobs", ["host", "due"])


def downgrade() -> None:
    """A record is only ever brought forward."""
    raise NotImplementedError("a record is only ever brought forward")
