"""A record as the first form of the program would have left it, to see it brought forward."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from sqlalchemy.dialects import sqlite

from musnad.record.schema import PackedJson

_FIRST = (
    "about", "addresses", "alembic_version", "article_words", "articles", "attributions", "doubts", "figures", "links",
    "names", "pages", "places", "statement_words", "versions",
)  # fmt: skip


def take_back(path: Path) -> None:
    """Take out of the record at `path` what later forms added, and have it say that it is of the first."""
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        told = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        for (table,) in raw.execute(told).fetchall():
            if not table.startswith(_FIRST):
                raw.execute(f'DROP TABLE "{table}"')
        raw.execute("DROP INDEX attributions_speaker")
        _unpack(raw)
        raw.execute("DELETE FROM about WHERE key IN ('stories', 'registry')")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    raw.close()


def _unpack(raw: sqlite3.Connection) -> None:
    """Have blocks and furniture as plain JSON, as they were kept before the form 0006."""
    triggers = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'articles'"
    ).fetchall()
    for name, _ in triggers:
        raw.execute(f'DROP TRIGGER "{name}"')
    for number, *packed in raw.execute("SELECT id, blocks, furniture FROM articles").fetchall():
        plain = (
            json.dumps(PackedJson().process_result_value(one, sqlite.dialect()), ensure_ascii=False) for one in packed
        )
        raw.execute("UPDATE articles SET blocks = ?, furniture = ? WHERE id = ?", (*plain, number))
    for _, made in triggers:
        raw.execute(made)
