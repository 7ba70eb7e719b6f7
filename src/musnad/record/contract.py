"""What a database of the record does in its own way: the contract that SQLite and PostgreSQL both keep.

Everything else (questions, comparison, checks) is written once, over the tables that both share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Engine, Select, Table
    from sqlalchemy.exc import DBAPIError

    from musnad.errors import RecordError
    from musnad.record.locks import Locks
    from musnad.record.query import Query
    from musnad.record.types import Problem


class Database(Protocol):
    """One kind of database. What takes a connection works within the transaction that it is in."""

    def look(self, place: str, *, create: bool) -> None:
        """See, before anything is opened, whether there can be a record. Raises NoRecord, NotARecord or RecordError."""

    def engine(self, place: str, wait: float) -> Engine:
        """The engine: reading transactions see one state, those marked ``musnad_writes`` may write, and wait for one
        another at most `wait` seconds."""

    def is_ours(self, connection: Connection) -> bool:
        """Whether musnad made this database."""

    def begin_making(self, engine: Engine) -> None:
        """What has to be so before a record is made or brought forward, and cannot be in a transaction."""

    def alone(self, connection: Connection) -> None:
        """Keep others from making or bringing forward the same record until this transaction ends."""

    def claim(self, connection: Connection) -> None:
        """Mark the database as a record of musnad."""

    def explained(self, error: DBAPIError | ConnectionError, place: str, wait: float) -> RecordError:
        """An error of the database as one of ours, which says what to do."""

    def number(self, connection: Connection, table: Table, key: Mapping[str, Any], more: Mapping[str, Any]) -> int:
        """The number of the row with this key, which is added with `more` where it is not there, whoever else adds it."""

    def hold_address(self, connection: Connection, number: int) -> None:
        """Let nobody else add versions of this address until the transaction ends."""

    def hold(self, connection: Connection, what: str) -> None:
        """Let nobody else who asks to hold the same go on until the transaction ends."""

    def locks(self, engine: Engine) -> Locks:
        """Names that processes share out among themselves."""

    def numbers(self, connection: Connection, table: Table, count: int) -> Sequence[int]:
        """That many numbers for new rows, going up, which nobody else will be given."""

    def index_articles(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
        """Make the words of articles findable: numbers and texts."""

    def index_statements(self, connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
        """Make statements findable: numbers, the words of their contents, the names of their speakers."""

    def empty_index(self, connection: Connection) -> None:
        """Forget all words."""

    def articles_with(self, query: Query) -> Select[Any]:
        """The `id` and `rank` of articles with these words, the best (the smallest rank) first."""

    def statements_with(self, query: Query | None, speaker: Query | None, *, newest: int | None = None) -> Select[Any]:
        """The same of statements, whose content or speaker has the words of `query`, and their speaker those of
        `speaker`; of the latter alone (None), the rank of all is 0. With `newest`, at most so many, those added last."""

    def damage(self, connection: Connection) -> Iterator[Problem]:
        """What is wrong with the database itself, and rows that refer to what is not there."""

    def index_damage(
        self,
        connection: Connection,
        texts: Iterable[tuple[int, str]],
        statements: Iterable[tuple[int, str, str]],
    ) -> Iterator[Problem]:
        """Where the index does not hold the words of these articles and statements, which are all there are."""
