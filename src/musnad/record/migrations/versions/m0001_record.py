"""The first form of the record: pages, versions, articles, attributions with chains and places, figures, doubts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SMALL: dict[str, Any] = {"sqlite_with_rowid": False}
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables; in SQLite also the indexes of words, and the triggers that keep rows as they were added."""
    _pages()
    _attributions()
    _figures()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()


def _pages() -> None:
    op.create_table(
        "about", sa.Column("key", sa.String, primary_key=True), sa.Column("value", sa.String, nullable=False)
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "addresses",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("reader", sa.String, nullable=False),
        sa.Column("headline", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("outlet_words", sa.Text, nullable=False),
        sa.Column("published_on", _TIME),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("blocks", sa.JSON, nullable=False),
        sa.Column("furniture", sa.JSON, nullable=False),
    )
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address_id", sa.Integer, sa.ForeignKey("addresses.id"), nullable=False),
        sa.Column("page_id", sa.Integer, sa.ForeignKey("pages.id"), nullable=False),
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("content_type", sa.String),
        sa.Column("charset", sa.String),
        sa.Column("fetched", sa.Boolean, nullable=False),
        sa.Column("seen_at", _TIME, nullable=False),
        sa.Column("added_at", _TIME, nullable=False),
        sa.UniqueConstraint("address_id", "seen_at", "page_id", name="versions_once"),
    )
    op.create_index("versions_article", "versions", ["article_id"])
    op.create_index("versions_page", "versions", ["page_id"])


def _attributions() -> None:
    op.create_table(
        "names",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_table(
        "attributions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("speaker_id", sa.Integer, sa.ForeignKey("names.id"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("act", sa.String, nullable=False),
        sa.Column("polarity", sa.String, nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("within", sa.Integer),
        sa.Column("at", _TIME),
        sa.Column("said", sa.JSON),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.UniqueConstraint("article_id", "number", name="attributions_once"),
    )
    op.create_table(
        "places",
        sa.Column("attribution_id", sa.Integer, sa.ForeignKey("attributions.id"), primary_key=True),
        sa.Column("role", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
        **_SMALL,
    )
    op.create_table(
        "links",
        sa.Column("attribution_id", sa.Integer, sa.ForeignKey("attributions.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("name_id", sa.Integer, sa.ForeignKey("names.id")),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("through", sa.Text),
        sa.Column("start", sa.Integer),
        sa.Column("stop", sa.Integer),
        sa.Column("inferred", sa.Boolean, nullable=False),
        **_SMALL,
    )


def _figures() -> None:
    op.create_table(
        "figures",
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
        sa.Column("digits_start", sa.Integer, nullable=False),
        sa.Column("digits_stop", sa.Integer, nullable=False),
        sa.Column("value", sa.String),
        sa.Column("low", sa.String),
        sa.Column("high", sa.String),
        sa.Column("hedge", sa.Text),
        sa.Column("unit", sa.String),
        sa.Column("of", sa.Text),
        sa.Column("claimant", sa.Integer),
        sa.Column("as_of", sa.JSON),
        sa.Column("rule", sa.String, nullable=False),
        **_SMALL,
    )
    op.create_table(
        "doubts",
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("stop", sa.Integer),
        **_SMALL,
    )


def _sqlite() -> None:
    words = "content='', tokenize=\"ascii tokenchars '.'\""
    op.execute(f"CREATE VIRTUAL TABLE article_words USING fts5(words, {words})")
    op.execute(f"CREATE VIRTUAL TABLE statement_words USING fts5(words, speaker, {words})")
    for table in (
        "pages addresses articles versions names attributions places links figures doubts".split()  # noqa: SIM905
    ):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of the record are added, never changed'); END"
            )


def downgrade() -> None:
    """There is nothing before the first form."""
    raise NotImplementedError("the first form of the record has none before it")
