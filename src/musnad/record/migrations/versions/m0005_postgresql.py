"""PostgreSQL: the index of words, and rows that stay as they were added.

In SQLite both are of the first form: there is nothing to add.
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


def downgrade() -> None:
    """A record is only ever brought forward."""
    raise NotImplementedError("a record is only ever brought forward")
