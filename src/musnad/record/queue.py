"""The work that several processes on several machines share: addresses that are due, in the database of the record.

A job is taken in the transaction in which its pages are added and it is ended, so that the one is never kept without the
other. Whoever is killed lets go of it by that: nothing has to run out, and nobody has to be asked whether they live. No two
processes are at one host at a time: the row of the host is locked.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from musnad.errors import LostRecord, UsageError
from musnad.record.address import is_address
from musnad.record.schema import Utc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from musnad.record.store import Record

_own = MetaData()
_hosts = Table("queue_hosts", _own, Column("host", Text, primary_key=True), Column("free_at", Utc, nullable=False))
_jobs = Table(
    "queue_jobs",
    _own,
    Column("address", Text, primary_key=True),
    Column("host", Text, ForeignKey("queue_hosts.host"), nullable=False),
    Column("due", Utc, nullable=False),
    Column("failures", Integer, nullable=False),
)
_FIRST_PAUSE = timedelta(minutes=1)
_MOST_DOUBLED = 6  # a job that fails again and again is tried every 64 minutes


@dataclass(frozen=True, slots=True)
class Job:
    """An address that is due, and how often in a row it failed."""

    address: str
    host: str
    due: datetime
    failures: int = 0


class Queue:
    """The jobs of a record on PostgreSQL.

    A worker asks for one and does it within the ``with``; what it adds to the same record is kept with the end of the job::

        with queue.take(datetime.now(UTC)) as job:
            if job is not None:
                page = fetch(job.address)
                record.add(page, read(page))
                queue.done(job, due=datetime.now(UTC) + timedelta(minutes=5))

    Raises UsageError for a record in a file, which one process follows.
    """

    def __init__(self, record: Record) -> None:
        if not is_address(record.place):
            advice = "name a record on PostgreSQL: --record postgresql://…; one process follows into a file"
            raise UsageError("a record in a file has no queue to share", advice=advice)
        self._record = record
        self._connection: Connection | None = None

    def put(self, address: str, *, due: datetime) -> None:
        """Have an address fetched at `due`; one that is there comes then if that is earlier. Raises UsageError without
        a host."""
        host = urlsplit(address).hostname
        if not host:
            raise UsageError(f"{address!r} names no host", advice="give an http(s) address")
        with self._record.transaction() as connection:
            connection.execute(insert(_hosts).on_conflict_do_nothing(), {"host": host, "free_at": due})
            job = insert(_jobs).values(address=address, host=host, due=due, failures=0)
            earlier = func.least(_jobs.c.due, job.excluded.due)
            connection.execute(job.on_conflict_do_update(index_elements=["address"], set_={"due": earlier}))

    @contextmanager
    def take(self, now: datetime) -> Iterator[Job | None]:
        """The job that is due longest at a host where nobody is, and one transaction until the end of the ``with``; None
        where nothing is due. A job that is not ended within it stays as it was.

        Where an error leaves the ``with``, nothing of it is kept, and the job comes again after a pause that doubles each
        time. Raises LostRecord where the server is gone, which gives the job to others.
        """
        job: Job | None = None
        try:
            with self._record.transaction() as connection:
                self._connection = connection
                job = _taken(connection, now)
                yield job
        except LostRecord:
            raise
        except Exception:
            if job is not None:
                self._failed(job, now)
            raise
        finally:
            self._connection = None

    def done(self, job: Job, *, due: datetime | None, host_free_at: datetime | None = None) -> None:
        """End a job that was taken, within the ``with``: it comes again at `due`, or never (None). Nobody is at its host
        before `host_free_at`. Raises UsageError outside."""
        if self._connection is None:
            raise UsageError("no job is taken", advice="call done within `with queue.take(…)`")
        mine = _jobs.c.address == job.address
        self._connection.execute(
            delete(_jobs).where(mine) if due is None else update(_jobs).where(mine).values(due=due, failures=0)
        )
        if host_free_at is not None:
            self._connection.execute(update(_hosts).where(_hosts.c.host == job.host).values(free_at=host_free_at))

    def next_due(self) -> datetime | None:
        """When the next job is due, taken ones too; None where there is none."""
        with self._record.transaction() as connection:
            due: datetime | None = connection.execute(select(func.min(_jobs.c.due, type_=Utc()))).scalar()
            return due

    def _failed(self, job: Job, now: datetime) -> None:
        due = now + _FIRST_PAUSE * 2 ** min(job.failures, _MOST_DOUBLED)
        mine = (_jobs.c.address == job.address) & (_jobs.c.due == job.due)
        with self._record.transaction() as connection:
            connection.execute(update(_jobs).where(mine).values(due=due, failures=job.failures + 1))


def _taken(connection: Connection, now: datetime) -> Job | None:
    """First the host, then its job: who has the host has all of its jobs, so that no lock of a job is left behind."""
    waits = select(func.min(_jobs.c.due)).where(_jobs.c.host == _hosts.c.host).scalar_subquery()
    seen: list[str] = []
    while True:
        host = connection.execute(
            select(_hosts.c.host)
            .where(_hosts.c.free_at <= now, waits <= now, _hosts.c.host.not_in(seen))
            .order_by(waits)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).scalar()
        if host is None:
            return None
        row = connection.execute(
            select(_jobs)
            .where(_jobs.c.host == host, _jobs.c.due <= now)
            .order_by(_jobs.c.due)
            .limit(1)
            .with_for_update()
        ).first()
        if row is not None:
            return Job(row.address, row.host, row.due, row.failures)
        seen.append(host)  # its job was ended between the two questions
