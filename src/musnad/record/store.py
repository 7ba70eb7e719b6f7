"""The record: opened, added to, asked."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlsplit

from sqlalchemy import insert, select

from musnad.entities import key
from musnad.errors import RecordError
from musnad.record import ask, corrections, index, restored, standing, verify, versions
from musnad.record.access import Access
from musnad.record.address import is_address, shown
from musnad.record.codec import encode
from musnad.record.identified import quoted
from musnad.record.identity import Identities, decide, made, retell
from musnad.record.kinds import kind_of
from musnad.record.meanings import name_number
from musnad.record.place import record_path
from musnad.record.rows import article_row, digest_of, insert_found
from musnad.record.schema import addresses, articles, pages
from musnad.record.schema import versions as version_rows
from musnad.record.types import Added

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from sqlalchemy import Connection

    from musnad.entities import Entity, Undecided
    from musnad.errors import BadRecord
    from musnad.model import Article, Page
    from musnad.record.corrections import Correction, What
    from musnad.record.identity import Decision
    from musnad.record.kept import Kept
    from musnad.record.locks import Locks
    from musnad.record.standing import Standing
    from musnad.record.types import Checked, Found, Only, Statement, Taken, Version

T = TypeVar("T")
View = Callable[["Connection", int, "Article"], None]
"""Called with the transaction, the number of an article that was just added, and the article."""

_TICK = timedelta(microseconds=1)


class Record:
    """An append-only record: every page that was added, its versions, and all that was found in them.

    It is one file (SQLite), or a database on a server that several share (PostgreSQL). Each page is added in one
    transaction; what :meth:`add` has given back is on the disk. Several may read while others write: in a file one writes
    at a time, on a server one for each address. A server that is gone for a while is waited for. One object is for one
    thread. As a context manager it closes itself.

    >>> from tempfile import TemporaryDirectory
    >>> from musnad.model import Article, Page, Text
    >>> with TemporaryDirectory() as folder, Record.open(folder + "/r.sqlite", create=True) as record:
    ...     page = Page("الجسر يفتح غدا".encode(), "bridge.txt", address="https://madar.example/1")
    ...     outcomes = [record.add(page, Article(Text("الجسر يفتح غدا"), address=page.address)).outcome for _ in "12"]
    >>> outcomes
    ['new', 'unchanged']
    """

    def __init__(self, place: str, *, wait: float, create: bool) -> None:
        self.place, self.where = place, shown(place)
        self._access = Access(place, wait, create=create)
        self._names: dict[str, int] = {}
        self._views: list[View] = []

    @classmethod
    def open(cls, place: str | os.PathLike[str] | None = None, *, create: bool = False, wait: float = 30.0) -> Self:
        """The record at `place` (None: this user's), brought to the form of this program; made when missing and `create`.

        A place is a file, or ``postgresql://USER@HOST/DATABASE`` with settings ``host`` (the folder of a local socket) and
        ``sslmode`` (disable, require, verify-full); the password is better in ``PGPASSWORD``. `wait` is how many seconds a
        writer waits for another, and for a server that is gone. Raises NoRecord, NotARecord, NewerRecord, BusyRecord,
        LostRecord, UsageError for an address that is none, and RecordError for anything else that the database or the
        file system says.
        """
        given = os.fspath(place) if place else ""
        return cls(given if is_address(given) else str(record_path(given or None)), wait=wait, create=create)

    @property
    def is_shared(self) -> bool:
        """Whether it is on a server, where several processes may write."""
        return is_address(self.place)

    def locks(self) -> Locks:
        """Names that the processes which write to this record share out among themselves."""
        return self._access.locks()

    @property
    def path(self) -> Path:
        """The file of the record. Raises RecordError where it is on a server; `where` names either."""
        if is_address(self.place):
            raise RecordError("is on a server and in no file", where=self.where, advice="name a file with --record")
        return Path(self.place)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; once more does no harm."""
        self._access.close()

    def known(self, page: Page) -> Added | None:
        """What the record has of these very bytes from this place, so that they need not be read again; else None."""
        row = self._asked(lambda connection: versions.same_page(connection, page))
        if row is None:
            return None
        return Added("unchanged", row.address, page.id, page.origin, row.seen_at, row.statements)

    def add(
        self,
        page: Page,
        article: Article,
        *,
        now: datetime | None = None,
        along: Callable[[Connection], object] | None = None,
    ) -> Added:
        """Keep a page with what was read from it, in one transaction; the same bytes at the same address change nothing.

        A page that says when it was fetched is known from then on; another from `now` (the clock when None), or right
        after the last version of its address where the clock went back. `along` is called within the transaction: what it
        writes is kept with the page, or not at all. Raises BusyRecord or RecordError, and then nothing of it is kept.
        """
        moment = now or datetime.now(UTC)

        def add() -> Added:
            with self._access.writing() as connection:
                added = self._add(connection, page, article, moment)
                if along is not None:
                    along(connection)
                return added

        try:
            return self._access.patiently(add)  # where the answer to COMMIT was lost, the page is known the second time
        except BaseException:
            self._names.clear()  # the numbers of names that were not kept
            raise

    def restore(self, batch: Sequence[tuple[str, Kept]]) -> list[Taken | BadRecord]:
        """Keep versions out of another record as they were kept there, each with where it comes from, in one transaction.

        They are those that :func:`musnad.record.restored.checked` found sound. One that cannot be kept is a BadRecord in
        its place. Raises BusyRecord or RecordError, and then nothing of the batch is kept.
        """
        try:
            with self._access.writing() as connection:

                def keep_article(article: Article, digest: str, reader: str) -> int:
                    return self._add_article(connection, article, encode(article), digest, reader)

                return [restored.restore(connection, one, where, keep_article) for where, one in batch]
        except BaseException:
            self._names.clear()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction for all that is added within: it is kept whole at the end, or not at all when an error leaves it.

        A page that fails within, and whose error is caught there, takes nothing else with it. What is asked within sees
        what was added. Raises RecordError within another.
        """
        try:
            with self._access.sharing() as connection:
                yield connection
        except BaseException:
            self._names.clear()
            raise

    @contextmanager
    def keeping_up(self, view: View) -> Iterator[None]:
        """Meanwhile `view` is called for every article that is added, within the transaction that keeps it."""
        self._views.append(view)
        try:
            yield
        finally:
            self._views.remove(view)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the record; errors of the database come as RecordError."""
        with self._access.reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write, kept whole or not at all. Raises BusyRecord or RecordError."""
        with self._access.writing() as connection:
            yield connection

    def versions(self, address: str, *, known_at: datetime | None = None) -> tuple[Version, ...]:
        """The versions of an address, the first seen first; none is an empty tuple.

        A file stands for the address that the page in it gives itself, or else for its own. With `known_at`, those that
        were known then, as they stood then.
        """

        def ask_versions(connection: Connection) -> tuple[Version, ...]:
            found = versions.of_address(connection, _named(address), known_at)
            other = None if found else versions.address_of_origin(connection, address)
            return versions.of_address(connection, other, known_at) if other else found

        return self._asked(ask_versions)

    def page(self, digest: str) -> bytes | None:
        """The bytes with this digest (64 hexadecimal digits), None where there are none. Raises RecordError when damaged."""
        wanted = select(pages.c.body).where(pages.c.digest == digest)
        body = self._asked(lambda connection: connection.execute(wanted).scalar())
        try:
            return None if body is None else zlib.decompress(body)
        except zlib.error as error:
            advice = "restore a copy, or add the page again to another record"
            raise RecordError(f"page {digest} is damaged: {error}", where=self.where, advice=advice) from error

    def search(self, query: str, only: Only | None = None, *, limit: int = 20) -> Found:
        """Statements and articles with these words, the best first, at most `limit` in all.

        Words stand for all their spellings, with what is joined to them; a phrase in quotation marks for words in a row;
        AND, OR, NOT and brackets combine them, and a word that ends in ``*`` stands for all that begin so. An empty query
        with `only` gives what that asks for, newest first. Raises UsageError for a query that cannot be understood.
        """
        return self._asked(lambda connection: ask.search(connection, query, only, limit))

    def who(self, name: str, only: Only | None = None, *, limit: int | None = None) -> tuple[Statement, ...]:
        """What was said by those whose name has these words, newest first; nobody of that name is an empty tuple.

        Raises UsageError for a name without a word.
        """
        return self._asked(lambda connection: ask.who(connection, name, only, limit))

    def about(self, name: str, only: Only | None = None, *, limit: int | None = None) -> tuple[Statement, ...]:
        """What others said of whoever has this name: statements whose content names them, newest first."""
        return self._asked(lambda connection: ask.about(connection, name, only, limit))

    def decide(self, decision: Decision) -> None:
        """Keep what a person decided about entities. Raises UsageError where it decides nothing."""
        with self._access.writing() as connection:
            decide(connection, decision)

    def retell(self, decision: Decision) -> Taken:
        """Keep a decision out of another record, as it was made there."""
        with self._access.writing() as connection:
            return retell(connection, decision)

    def correct(
        self,
        statement: int,
        what: What,
        value: object = None,
        *,
        by: str,
        note: str = "",
        made_at: datetime | None = None,
    ) -> Correction:
        """Keep what somebody put right in the statement with this number; `value` as :data:`musnad.record.What` says.

        Whatever is asked from then on has it right, also after the page is changed or read again, for as long as its words
        are found there. Raises UsageError for a statement that is not there, or a value that says nothing.
        """
        with self._access.writing() as connection:
            return corrections.correct(connection, statement, what, value, by, note, made_at)

    def address_of(self, statement: int) -> str:
        """The address of the page that a statement stands in. Raises UsageError where there is no such statement."""
        return self._asked(lambda connection: str(corrections.place_in(connection, statement).address))

    def recorrect(self, correction: Correction) -> Taken:
        """Keep a correction out of another record, as it was made there."""
        with self._access.writing() as connection:
            return corrections.retell(connection, correction)

    def corrections(
        self, address: str | None = None, *, since: datetime | None = None, known_at: datetime | None = None
    ) -> list[Correction]:
        """What people put right, on the page at an address or on all (None), the first first; none is an empty list."""
        of = None if address is None else [_named(address)]
        return self._asked(lambda connection: corrections.made(connection, of, since=since, known_at=known_at))

    def standing(
        self, address: str | None = None, *, since: datetime | None = None, known_at: datetime | None = None
    ) -> list[Standing]:
        """As :meth:`corrections`, each with its number and what became of it."""
        of = None if address is None else _named(address)
        return self._asked(lambda connection: standing.standing(connection, of, since=since, known_at=known_at))

    def take_back(self, number: int, *, by: str, note: str = "") -> Correction:
        """Take the correction with this number back, which stays in the record. Raises UsageError where there is none."""
        with self._access.writing() as connection:
            return standing.take_back(connection, number, by, note)

    def decisions(self) -> list[Decision]:
        """What people decided, the first first."""
        return self._asked(made)

    def entity(self, name: str) -> Entity | Undecided | None:
        """Who is meant by a name or an id, as decided or by the registry; else the entity that only this record knows."""

        def ask_entity(connection: Connection) -> Entity | Undecided | None:
            known = Identities(connection)
            return known.find(name) or known.get(f"name:{key(name)}")

        return self._asked(ask_entity)

    def quoted(self, words: str = "", *, limit: int = 50) -> list[tuple[Entity, int]]:
        """Who speaks in this record, with how many statements, the most first; `words` are in their names."""
        return self._asked(lambda connection: quoted(connection, words, limit))

    def verify(self) -> Checked:
        """Check every page, version, article and place against its digest and its text; nothing is mended."""
        return self._asked(lambda connection: verify.check(connection))

    def addresses(self) -> Iterator[str]:
        """Every address of which there is a version, in the order in which they came."""
        with self._access.reading() as connection:
            yield from connection.execute(select(addresses.c.address).order_by(addresses.c.id)).scalars()

    def _asked(self, question: Callable[[Connection], T]) -> T:
        def ask_once() -> T:
            with self._access.reading() as connection:
                return question(connection)

        return self._access.patiently(ask_once)

    def _add(self, connection: Connection, page: Page, article: Article, now: datetime) -> Added:
        address = address_of(page, article)
        kind = kind_of(connection)
        address_id = kind.number(connection, addresses, {"address": address}, {})
        kind.hold_address(connection, address_id)
        known = versions.kept_of(connection, address_id)
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
        page_id = kind.number(
            connection, pages, {"digest": page.id}, {"size": len(page.body), "body": zlib.compress(page.body, 9)}
        )
        kept = before and before[-1].article_digest == digest
        article_id = before[-1].article_id if kept else self._add_article(connection, article, value, digest, _reader())
        connection.execute(
            insert(version_rows),
            {
                "address_id": address_id,
                "page_id": page_id,
                "article_id": article_id,
                "origin": page.origin,
                "content_type": page.content_type,
                "charset": page.charset,
                "fetched": page.fetched_at is not None,
                "seen_at": seen_at,
                "added_at": now,
            },
        )
        if not kept:
            corrections.link_article(connection, address, article_id, article)
            for view in self._views:
                view(connection, article_id, article)
        outcome = "refreshed" if kept else "changed" if known else "new"
        return Added(outcome, address, page.id, page.origin, seen_at, count)  # type: ignore[arg-type]

    def _add_article(
        self, connection: Connection, article: Article, value: dict[str, Any], digest: str, reader: str
    ) -> int:
        inserted = connection.execute(
            insert(articles), article_row(article, value, digest, reader)
        ).inserted_primary_key
        assert inserted is not None
        number = int(inserted[0])
        for name in sorted(
            {one.speaker.name for one in article.attributions}
            | {link.name for one in article.attributions for link in one.chain if link.name is not None}
        ):
            self._name_id(connection, name)  # in order: two writers that add the same names do not wait for each other
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
            self._names[name] = name_number(connection, name)
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


@cache
def _reader() -> str:
    """Which musnad read an article."""
    return f"musnad {version('musnad')}"
