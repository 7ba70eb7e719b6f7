"""A record of a million attributions: the days of the stream again and again, each time later and with other words."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bench import data
from bench.record import NAMES, SEARCHES
from bench.timing import verdict
from musnad import stories as view
from musnad.record import Only, Record
from musnad.record.index import stored_statements
from musnad.record.schema import articles as article_rows
from musnad.record.words import forms
from musnad.run import keep_many
from musnad.settings import Settings

ATTRIBUTIONS = 1_000_000
MOST = 150  # milliseconds
DAYS = 3  # that the stream spans
_CHANGED = 20  # of so many words in order one is another in each copy

_COPIES: dict[str, dict[str, str]] = {
    "pages": {"id": "id + :pages", "digest": "printf('%08x', :copy) || substr(digest, 9)"},
    "addresses": {"id": "id + :addresses", "address": "address || '?day=' || :copy"},
    "articles": {"id": "id + :articles", "published_on": "published_on"},
    "versions": {
        "id": "id + :versions", "address_id": "address_id + :addresses", "page_id": "page_id + :pages",
        "article_id": "article_id + :articles", "origin": "origin || '#' || :copy", "seen_at": "seen_at",
        "added_at": "added_at",
    },
    "attributions": {"id": "id + :attributions", "article_id": "article_id + :articles", "at": "at"},
    "places": {"attribution_id": "attribution_id + :attributions"},
    "links": {"attribution_id": "attribution_id + :attributions"},
    "figures": {"article_id": "article_id + :articles"},
    "doubts": {"article_id": "article_id + :articles"},
    "stories": {"id": "id + :stories", "first_at": "first_at", "last_at": "last_at"},
    "story_articles": {
        "article_id": "article_id + :articles", "story_id": "story_id + :stories", "copy_id": "copy_id + :articles",
        "at": "at", "gist": "NULL",
    },
    "story_events": {
        "id": "id + :story_events", "at": "at", "story_id": "story_id + :stories",
        "article_id": "article_id + :articles",
    },
}  # fmt: skip
"""The tables that are repeated, and what is another in each copy; a column that is named as it is moves on in time."""
_KEYED = ("pages", "addresses", "articles", "versions", "attributions", "stories", "story_events")


def report() -> Iterator[str]:
    """The lines: how it was made, its size, and how long each question takes. It needs the stream, and 3 GB of room."""
    if not data.here():
        yield "there is no stream here to repeat"
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "record.sqlite"
        with Record.open(path, create=True) as record:
            for _ in keep_many(record, [str(data.STREAM)], settings=Settings(), jobs=2):
                pass
        began = time.perf_counter()
        count, texts = repeat(path, ATTRIBUTIONS)
        yield f"{count:,} attributions, made in {time.perf_counter() - began:.0f} s"
        size = path.stat().st_size
        yield f"on disk {size / 1e9:.2f} GB, {size / texts:.2f} times the text"
        yield verdict(size <= 3 * texts, "at most 3 times the text")
        with Record.open(path) as record:
            yield from _asked(record)


def repeat(path: Path, wanted: int) -> tuple[int, int]:
    """Repeat what is in the record at `path` until it has that many attributions; how many, and the bytes of their texts.

    Rows are copied within the database, with other keys, days and searched words; speakers keep their names, so that each
    has as many more statements as there are copies. The digests of such articles are not theirs: `verify` is not for it.
    """
    with Record.open(path) as record, record.reading() as connection:
        texts = dict(
            connection.execute(article_rows.select().with_only_columns(article_rows.c.id, article_rows.c.text)).all()
        )
        held = [(number, forms(words)) for number, words in texts.items()]
        said = [(number, forms(words), forms(speaker)) for number, words, speaker in stored_statements(connection)]
    vocabulary = sorted({form for _, told in held for form in told})
    size = sum(len(words.encode()) for words in texts.values())
    chance = random.Random(20150725)
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA synchronous = OFF")
        last = {table: raw.execute(f"SELECT max(id) FROM {table}").fetchone()[0] for table in _KEYED}
        copies = 1 + (wanted - 1) // last["attributions"]
        for copy in range(1, copies):
            offsets = {"copy": copy, **{table: copy * most for table, most in last.items()}}
            for table, changes in _COPIES.items():
                _copied(raw, table, changes, offsets, last)
            words = ((number + offsets["articles"], _other(told, vocabulary, chance)) for number, told in held)
            raw.executemany("INSERT INTO article_words(rowid, words) VALUES (?, ?)", words)
            statements = (
                (number + offsets["attributions"], _other(told, vocabulary, chance), " ".join(speaker))
                for number, told, speaker in said
            )
            raw.executemany("INSERT INTO statement_words(rowid, words, speaker) VALUES (?, ?, ?)", statements)
            raw.commit()
    raw.close()
    return copies * last["attributions"], copies * size


def _copied(
    raw: sqlite3.Connection, table: str, changes: dict[str, str], offsets: dict[str, int], last: dict[str, int]
) -> None:
    columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
    later = f"strftime('%Y-%m-%d %H:%M:%f', {{}}, '+{DAYS * offsets['copy']} days') || '000'"
    values = [
        later.format(f'"{name}"') if changes.get(name) == name else changes.get(name, f'"{name}"') for name in columns
    ]
    first = columns[0]
    most = last[table] if table in _KEYED else last["articles" if first == "article_id" else "attributions"]
    named = ", ".join(f'"{name}"' for name in columns)
    raw.execute(
        f'INSERT INTO {table}({named}) SELECT {", ".join(values)} FROM {table} WHERE "{first}" <= :most',
        {**offsets, "most": most},
    )


def _other(told: list[str], vocabulary: list[str], chance: random.Random) -> str:
    told = told.copy()
    for at in range(chance.randrange(_CHANGED), len(told), _CHANGED):
        told[at] = chance.choice(vocabulary)
    return " ".join(told)


def _asked(record: Record) -> Iterator[str]:
    heads = view.stories(record, limit=20)
    asked: tuple[tuple[str, list[Callable[[], object]]], ...] = (
        ("search", [lambda words=words: record.search(words) for words in SEARCHES]),  # type: ignore[misc]
        ("search, said", [lambda words=words: record.search(words, Only(act="say")) for words in SEARCHES]),  # type: ignore[misc]
        ("who", [lambda name=name: record.who(name, limit=50) for name in NAMES]),  # type: ignore[misc]
        ("story, all", [lambda: view.stories(record, limit=20)] * 5),
        ("story, one", [lambda head=head: view.articles_of(record, head.id) for head in heads]),  # type: ignore[misc]
    )
    for name, questions in asked:
        taken = sorted(_milliseconds(question) for _ in range(2) for question in questions)
        late = quantiles(taken, n=20)[-1]
        yield f"{name}: median {median(taken):.0f} ms, 95 % under {late:.0f} ms ({len(taken)} questions)"
        yield verdict(late <= MOST, f"95 % under {MOST} ms")


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)
