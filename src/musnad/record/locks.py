"""Names that processes share out among themselves, so that each is one process's at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from sqlalchemy import Engine

_CLASS = 0x6D736E  # "msn": apart from the locks of other programs in the same database


class Locks(Protocol):
    """What a process has taken is nobody else's until it releases it, closes, or is gone, however it went."""

    def take(self, name: str) -> bool:
        """Whether the name is ours from now on; False where it is another's."""

    def release(self, name: str) -> None:
        """Let others have it."""

    def close(self) -> None:
        """Let go of everything."""


class Alone:
    """In a file: one process follows (see :func:`musnad.run.following.alone`), and everything is its own."""

    def take(self, name: str) -> bool:
        """True."""
        return True

    def release(self, name: str) -> None:
        """Nothing to let go of."""

    def close(self) -> None:
        """Nothing to let go of."""


class Advisory:
    """In PostgreSQL: advisory locks of one session, which the server takes back when the session ends."""

    def __init__(self, engine: Engine) -> None:
        self._session = cast("Any", engine.raw_connection())
        self._session.driver_connection.autocommit = True  # no transaction is left open between two questions

    def take(self, name: str) -> bool:
        """As Locks; the lock is of the name's hash, so that once in four thousand million another waits for nothing."""
        return bool(self._asked("pg_try_advisory_lock", name))

    def release(self, name: str) -> None:
        """As Locks."""
        self._asked("pg_advisory_unlock", name)

    def close(self) -> None:
        """As Locks: the session is ended, not given back with what it holds."""
        self._session.invalidate()

    def _asked(self, function: str, name: str) -> Any:
        cursor = self._session.cursor()
        cursor.execute(f"SELECT {function}(%s, hashtext(%s))", (_CLASS, name))
        return cursor.fetchone()[0]
