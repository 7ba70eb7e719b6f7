"""The record: opened, added to, asked."""

from __future__ import annotations

import os
import zlib
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from sqlalchemy import and_, func, insert, select

from musnad.entities import key
from musnad.errors import RecordError
from musnad.record import ask, index, verify, versions
from musnad.record.codec import encode
from musnad.record.database import engine_of, told, writing
from musnad.record.identified import quoted
from musnad.record.identity import Identities, decide, made
from musnad.record.meanings import add_meanings
from musnad.record.place import record_path
from musnad.record.rows import article_row, digest_of, insert_found
from musnad.record.schema import addresses, articles, attributions, names, pages
from musnad.record.schema import versions as version_rows
from musnad.record.types import Added
from musnad.record.words import forms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from sqlalchemy import Connection, Select, Table

    from musnad.entities import Entity, Undecided
    from musnad.model import Article, Page
    from musnad.record.identity import Decision
    from musnad.record.types import Checked, Found, Only, Statement, Version

_TICK = timedelta(microseconds=1)


class Record:
    """An append-only record in one file: every page that was added, its versions, and all that was found in them.

    Each page is added in one transaction; what :meth:`add` has given back is on the disk. Several processes may read while
    one writes; writers wait for one another. As a context manager it closes itself.

    >>> from tempfile import TemporaryDirectory
    >>> from musnad.model import Article, Page, Text
    >>> with TemporaryDirectory() as folder, Record.open(folder + "/r.sqlite", create=True) as record:
    ...     page = Page("الجسر يفتح غدا".encode(), "bridge.txt", address="https://madar.example/1")
    ...     outcomes = [record.add(page, Article(Text("الجسر يفتح غدا"), address=page.address)).outcome for _ in "12"]
    >>> outcomes
    ['new', 'unchanged']
    """

    def __init__(self, path: Path, *, wait: float, create: bool) -> None:
        self.path, self._wait = path, wait
        self._engine = engine_of(path, wait, create=create)
        self._names: dict[str, int] = {}

    @classmethod
    def open(cls, path: str | os.PathLike[str] | None = None, *, create: bool = False, wait: float = 30.0) -> Self:
        """The record at `path` (None: this user's), brought to the form of this program; made when missing and `create`.

        `wait` is how many seconds a writer waits for another. Raises NoRecord, NotARecord, NewerRecord, BusyRecord, and
        RecordError for anything else that the database or the file system says.
        """
        return cls(record_path(os.fspath(path) if path else None), wait=wait, create=create)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; once more does no harm."""
        self._engine.dispose()

    def known(self, page: Page) -> Added | None:
        """What the record has of these very bytes from this place, so that they need not be read again; else None."""
        with told(self.path, self._wait), self._engine.begin() as connection:
            row = connection.execute(_same_page(page)).first()
            if row is None:
                return None
            return Added("unchanged", row.address, page.id, page.origin, row.seen_at, row.statements)

    def add(self, page: Page, article: Article, *, now: datetime | None = None) -> Added:
        """Keep a page with what was read from it, in one transaction; the same bytes at the same address change nothing.

        A page that says when it was fetched is known from then on; another from `now` (the clock when None), or right
        after the last version of its address where the clock went back. Raises BusyRecord or RecordError, and then nothing
        of the page is kept.
        """
        try:
            with told(self.path, self._wait), writing(self._engine) as connection:
                return self._add(connection, page, article, now or datetime.now(UTC))
        except BaseException:
            self._names.clear()  # the numbers of names that were not kept
            raise

    def versions(self, address: str, *, known_at: datetime | None = None) -> tuple[Version, ...]:
        """The versions of an address, the first seen first; none is an empty tuple.

        A file stands for the address that the page in it gives itself, or else for its own. With `known_at`, those that
        were known then, as they stood then.
        """
        with told(self.path, self._wait), self._engine.begin() as connection:
            found = versions.of_address(connection, _named(address), known_at)
            other = None if found else versions.address_of_origin(connection, address)
            return versions.of_address(connection, other, known_at) if other else found

    def page(self, digest: str) -> bytes | None:
        """The bytes with this digest (64 hexadecimal digits), None where there are none. Raises RecordError when damaged."""
        with told(self.path, self._wait), self._engine.begin() as connection:
            body = connection.execute(select(pages.c.body).where(pages.c.digest == digest)).scalar()
        try:
            return None if body is None else zlib.decompress(body)
        except zlib.error as error:
            advice = "restore a copy, or add the page again to another record"
            raise RecordError(f"page {digest} is damaged: {error}", where=str(self.path), advice=advice) from error

    def search(self, query: str, only: Only | None = None, *, limit: int = 20) -> Found:
        """Statements and articles with these words, the best first, at most `limit` in all.

        Words stand for all their spellings, with what is joined to them; a phrase in quotation marks for words in a row;
        AND, OR, NOT and brackets combine them, and a word that ends in ``*`` stands for all that begin so. An empty query
        with `only` gives what that asks for, newest first. Raises UsageError for a query that cannot be understood.
        """
        with told(self.path, self._wait), self._engine.begin() as connection:
            return ask.search(connection, query, only, limit)

    def who(self, name: str, only: Only | None = None, *, limit: int | None = None) -> tuple[Statement, ...]:
        """What was said by those whose name has these words, newest first; nobody of that name is an empty tuple.

        Raises UsageError for a name without a word.
        """
        with told(self.path, self._wait), self._engine.begin() as connection:
            return ask.who(connection, name, only, limit)

    def about(self, name: str, only: Only | None = None, *, limit: int | None = None) -> tuple[Statement, ...]:
        """What others said of whoever has this name: statements whose content names them, newest first."""
        with told(self.path, self._wait), self._engine.begin() as connection:
            return ask.about(connection, name, only, limit)

    def decide(self, decision: Decision) -> None:
        """Keep what a person decided about entities. Raises UsageError where it decides nothing."""
        with told(self.path, self._wait), writing(self._engine) as connection:
            decide(connection, decision)

    def decisions(self) -> list[Decision]:
        """What people decided, the first first."""
        with told(self.path, self._wait), self._engine.begin() as connection:
            return made(connection)

    def entity(self, name: str) -> Entity | Undecided | None:
        """Who is meant by a name or an id, as decided or by the registry; else the entity that only this record knows."""
        with told(self.path, self._wait), self._engine.begin() as connection:
            known = Identities(connection)
            return known.find(name) or known.get(f"name:{key(name)}")

    def quoted(self, words: str = "", *, limit: int = 50) -> list[tuple[Entity, int]]:
        """Who speaks in this record, with how many statements, the most first; `words` are in their names."""
        with told(self.path, self._wait), self._engine.begin() as connection:
            return quoted(connection, words, limit)

    def verify(self) -> Checked:
        """Check every page, version, article and place against its digest and its text; nothing is mended."""
        with told(self.path, self._wait), self._engine.begin() as connection:
            return verify.check(connection)

    def addresses(self) -> Iterator[str]:
        """Every address of which there is a version, in the order in which they came."""
        with told(self.path, self._wait), self._engine.begin() as connection:
            yield from connection.execute(select(addresses.c.address).order_by(addresses.c.id)).scalars()

    def _add(self, connection: Connection, page: Page, article: Article, now: datetime) -> Added:
        address = address_of(page, article)
        address_id = _number(connection, addresses, {"address": address})
        known = connection.execute(_of_address(address_id)).all()
        seen_at = page.fetched_at or now
        if page.fetched_at is None and known:
            seen_at = max(seen_at, known[-1].seen_at + _TICK)
        before = [row for row in known if row.seen_at <= seen_at]
        same = before[-1:] if page.fetched_at else known
        count = len(article.attributions)
        for row in same:
            if row.digest == page.id:
                return Added("unchanged", address, page.id, page.origin, row.seen_at, count)
        value = encode(article)
        digest = digest_of(value)
        kept = before and before[-1].article_digest == digest
        article_id = before[-1].article_id if kept else self._add_article(connection, article, value, digest)
        connection.execute(
            insert(version_rows),
            {
                "address_id": address_id,
                "page_id": _page_id(connection, page),
                "article_id": article_id,
                "origin": page.origin,
                "content_type": page.content_type,
                "charset": page.charset,
                "fetched": page.fetched_at is not None,
                "seen_at": seen_at,
                "added_at": now,
            },
        )
        outcome = "refreshed" if kept else "changed" if known else "new"
        return Added(outcome, address, page.id, page.origin, seen_at, count)  # type: ignore[arg-type]

    def _add_article(self, connection: Connection, article: Article, value: dict[str, Any], digest: str) -> int:
        inserted = connection.execute(
            insert(articles), article_row(article, value, digest, _reader())
        ).inserted_primary_key
        assert inserted is not None
        number = int(inserted[0])
        statements = insert_found(connection, number, article, lambda name: self._name_id(connection, name))
        index.index_article(connection, number, article.text.words)
        index.index_statements(
            connection,
            [
                (key, index.said_words(article.text.words, one.content), one.speaker.name)
                for key, one in zip(statements, article.attributions, strict=True)
            ],
        )
        return number

    def _name_id(self, connection: Connection, name: str) -> int:
        if name not in self._names:
            if len(self._names) > 50_000:
                self._names.clear()
            found = connection.execute(select(names.c.id).where(names.c.name == name)).scalar()
            if found is None:
                found = _number(connection, names, {"name": name}, {"words": f" {' '.join(forms(name))} "})
                add_meanings(connection, found, name)
            self._names[name] = int(found)
        return self._names[name]


def address_of(page: Page, article: Article) -> str:
    """What the versions of a page are gathered under: where it was fetched, else the address that it gives itself, else
    its file; a page from standard input without an address is its bytes.

    >>> from musnad.model import Article, Page, Text
    >>> [address_of(Page(b"1", origin), Article(Text("")))[-9:] for origin in ("news.html", "-")]
    ['news.html', 'db7875b4b']
    """
    return page.address or article.address or _place_of(page) or f"urn:sha256:{page.id}"


def _place_of(page: Page) -> str | None:
    if page.origin in ("", "-", "bytes", "text"):
        return None
    return _named(page.origin)


def _named(address: str) -> str:
    """An address as it is; a file as its file address."""
    address = address.strip()
    return address if urlsplit(address).scheme and ":" in address[:12] else Path(os.path.abspath(address)).as_uri()


def _number(connection: Connection, table: Table, key: dict[str, str], more: dict[str, str] | None = None) -> int:
    """The number of the row with this key, which is added when it is not there."""
    [(column, value)] = key.items()
    found = connection.execute(select(table.c.id).where(table.c[column] == value)).scalar()
    if found is None:
        inserted = connection.execute(insert(table), {**key, **(more or {})}).inserted_primary_key
        assert inserted is not None
        found = inserted[0]
    return int(found)


@cache
def _reader() -> str:
    """Which musnad read an article."""
    return f"musnad {version('musnad')}"


def _page_id(connection: Connection, page: Page) -> int:
    found = connection.execute(select(pages.c.id).where(pages.c.digest == page.id)).scalar()
    if found is None:
        row = {"digest": page.id, "size": len(page.body), "body": zlib.compress(page.body, 6)}
        inserted = connection.execute(insert(pages), row).inserted_primary_key
        assert inserted is not None
        found = inserted[0]
    return int(found)


def _of_address(address_id: int) -> Select[Any]:
    """The versions of an address in order, with the digests of page and article."""
    return (
        select(
            version_rows.c.seen_at, version_rows.c.article_id, pages.c.digest, articles.c.digest.label("article_digest")
        )
        .join(pages, pages.c.id == version_rows.c.page_id)
        .join(articles, articles.c.id == version_rows.c.article_id)
        .where(version_rows.c.address_id == address_id)
        .order_by(version_rows.c.seen_at, version_rows.c.id)
    )


def _same_page(page: Page) -> Select[Any]:
    """The version of these bytes from the same place: the file or archive record, and the moment of fetching."""
    count = select(func.count()).where(attributions.c.article_id == version_rows.c.article_id).scalar_subquery()
    same = and_(pages.c.digest == page.id, version_rows.c.origin == page.origin)
    if page.fetched_at is not None:
        same = and_(same, version_rows.c.seen_at == page.fetched_at)
    else:
        same = and_(same, version_rows.c.fetched.is_(False))
    return (
        select(addresses.c.address, version_rows.c.seen_at, count.label("statements"))
        .join(version_rows, version_rows.c.address_id == addresses.c.id)
        .join(pages, pages.c.id == version_rows.c.page_id)
        .where(same)
        .order_by(version_rows.c.seen_at)
        .limit(1)
    )
