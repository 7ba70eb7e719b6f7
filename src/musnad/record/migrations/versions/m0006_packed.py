"""Blocks and furniture are packed. What was kept as JSON stays so: rows are never changed, and both are read.

SQLite takes bytes in any column; PostgreSQL has to be told.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let both columns hold bytes."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for column in ("blocks", "furniture"):
        kept = f"convert_to({column}::text, 'UTF8')"
        op.alter_column("articles", column, type_=sa.LargeBinary, postgresql_using=kept)


def downgrade() -> None:
    """A record is only ever brought forward."""
    raise NotImplementedError("a record is only ever brought forward")
