"""Stories: which article is in which, which are copies of one text, and the log of what became of each story."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from musnad.record.migrations.guard import append_only

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, empty: the view is made from the articles when it is first asked for."""
    op.create_table(
        "stories",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("articles", sa.Integer, nullable=False),
        sa.Column("first_at", _TIME, nullable=False),
        sa.Column("last_at", _TIME, nullable=False),
        sa.Column("merged_into", sa.Integer),
    )
    op.create_index("stories_active", "stories", ["articles", "last_at"])
    op.create_index("stories_last", "stories", ["last_at"])
    op.create_table(
        "story_articles",
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("story_id", sa.Integer, nullable=False),
        sa.Column("copy_id", sa.Integer, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("gist", sa.LargeBinary),
    )
    op.create_index("story_articles_story", "story_articles", ["story_id"])
    op.create_table(
        "story_events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("story_id", sa.Integer, nullable=False),
        sa.Column("article_id", sa.Integer),
        sa.Column("other_id", sa.Integer),
    )
    op.create_index("story_events_story", "story_events", ["story_id"])
    append_only("story_events")


def downgrade() -> None:
    """Take the view and its log away."""
    for table in ("story_events", "story_articles", "stories"):
        op.drop_table(table)
