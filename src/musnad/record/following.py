"""What is followed, in the record: feeds and articles, when each is due, and whose host may be asked.

These rows are written again, unlike all others: they say what is to be done next, not what was seen. What was found, and
that it was found, is written in one transaction, so that a kill repeats at most one request.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import and_, case, delete, exists, func, insert, or_, select, update

from musnad.record.kinds import kind_of
from musnad.record.schema import followed, followed_as, hosts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import ColumnElement, Connection

    from musnad.model import Article, Page
    from musnad.record.store import Record
    from musnad.record.types import Added

State = Literal["on", "gone", "same", "done"]
"""on: looked at when it is due · gone: its server said that it is no more · same: it is another row's address · done: an
article that has been looked at often enough."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed, or an article that one lists, and where following it stands.

    `kind` is empty until it was looked at; ``article`` is what a feed lists. `root_id` is the feed that a person named (None
    for those themselves, which are `named`). `mark` is what the feed last wrote of the article's changes, `misled` whether
    one such told of a change where there was none. `step` counts looks without a change, `failures` those without an answer,
    and `said` is why. `found` is how many articles a feed brought.
    """

    id: int
    address: str
    host: str
    added_at: datetime
    root_id: int | None = None
    kind: str = ""
    named: bool = False
    name: str = ""
    outlet: str = ""
    language: str = ""
    state: State = "on"
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    mark: str = ""
    misled: bool = False
    step: int = 0
    failures: int = 0
    said: str = ""
    found: int = 0
    tried_at: datetime | None = None
    seen_at: datetime | None = None
    changed_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a feed lists: an address with its key (under which addresses are the same), its host, kind and mark."""

    address: str
    key: str
    host: str
    kind: str = "article"
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of looking at something that is followed: its state `after` it, and what goes with that.

    `held` is how long its host is left alone. `keys` are the names that it turned out to go by. With `page` and `article`,
    those are kept in the same transaction.
    """

    after: Followed
    at: datetime
    held: timedelta
    host_failures: int = 0
    found: tuple[Found, ...] = ()
    keys: tuple[str, ...] = ()
    page: Page | None = None
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What was written: of the page, if there was one, and how many of what a feed lists was new."""

    added: Added | None = None
    new: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """What may be taken. `roots` are the feeds to follow (empty: all); with `once_since`, feeds are due that were not tried
    since then, whatever their time, and nothing is taken twice."""

    roots: frozenset[int] = field(default_factory=frozenset)
    once_since: datetime | None = None


class Following:
    """What a record follows."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def add(
        self, address: str, key: str, host: str, *, now: datetime, name: str = "", outlet: str = "", language: str = ""
    ) -> Followed:
        """Follow a feed that a person names, also one that was gone; what it is called is renewed where it is given."""
        called = {k: v for k, v in (("name", name), ("outlet", outlet), ("language", language)) if v}
        with self._record.writing() as connection:
            kind_of(connection).hold(connection, "following")
            number = _named(connection, key)
            if number is None:
                number = _insert(connection, _row(address, host, now, named=True, **called))
                connection.execute(insert(followed_as), {"key": key, "followed_id": number})
            else:
                again: dict[str, Any] = {"named": True, "root_id": None, **called}
                if _one(connection, number).state != "on":
                    again |= {"state": "on", "due_at": now, "failures": 0, "etag": None, "last_modified": None}
                connection.execute(update(followed).where(followed.c.id == number).values(**again))
            return _one(connection, number)

    def remove(self, key: str) -> Followed | None:
        """Follow a feed no longer; None where it is not followed. What it brought stays in the record."""
        with self._record.writing() as connection:
            number = _named(connection, key)
            one = None if number is None else _one(connection, number)
            if one is None or not one.named:
                return None
            rows = select(followed.c.id).where(or_(followed.c.id == one.id, followed.c.root_id == one.id))
            connection.execute(delete(followed_as).where(followed_as.c.followed_id.in_(rows)))
            connection.execute(delete(followed).where(followed.c.root_id == one.id))
            connection.execute(delete(followed).where(followed.c.id == one.id))
            return one

    def feeds(self) -> tuple[Followed, ...]:
        """The feeds that persons named, in the order in which they came."""
        with self._record.reading() as connection:
            rows = connection.execute(select(followed).where(followed.c.named).order_by(followed.c.id))
            return tuple(Followed(**row._mapping) for row in rows)

    def settle(self, now: datetime) -> None:
        """Mend what a clock that went back would hold up: what was tried or held in the future is due now."""
        late = now + timedelta(minutes=1)
        with self._record.writing() as connection:
            connection.execute(
                update(followed)
                .where(followed.c.tried_at > late, followed.c.due_at.is_not(None))
                .values(due_at=now, tried_at=now - timedelta(hours=1))
            )
            connection.execute(update(hosts).where(hosts.c.held_at > late).values(free_at=now, held_at=now))

    def next(self, due: Due, now: datetime, busy: Collection[str]) -> Followed | None:
        """What is due now and whose host is free and not `busy`, feeds first, then what is due longest; None for nothing."""
        free = or_(hosts.c.free_at.is_(None), hosts.c.free_at <= now)
        query = (
            _joined(select(followed), due, busy)
            .where(_moment(due, now) <= now, free)
            .order_by(followed.c.kind == "article", followed.c.due_at, followed.c.id)
            .limit(1)
        )
        with self._record.reading() as connection:
            row = connection.execute(query).first()
            return None if row is None else Followed(**row._mapping)

    def next_at(self, due: Due, now: datetime, busy: Collection[str]) -> datetime | None:
        """When something will be due on a host that is not `busy`; None for never."""
        at = _moment(due, now)
        free = func.coalesce(hosts.c.free_at, at)
        query = _joined(select(func.min(case((free > at, free), else_=at))), due, busy)
        with self._record.reading() as connection:
            value = connection.execute(query).scalar()
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        return value.replace(tzinfo=now.tzinfo) if value is not None and value.tzinfo is None else value

    def host_failures(self, host: str) -> int:
        """How often in a row a host did not answer."""
        with self._record.reading() as connection:
            return connection.execute(select(hosts.c.failures).where(hosts.c.host == host)).scalar() or 0

    def write(self, outcome: Outcome) -> Settled:
        """Keep what came of it, all in one transaction. Raises BusyRecord or RecordError, and then nothing of it is kept."""
        if outcome.page is None or outcome.article is None:
            with self._record.writing() as connection:
                return Settled(None, _write(connection, outcome))
        news: list[int] = []
        added = self._record.add(
            outcome.page,
            outcome.article,
            now=outcome.at,
            along=lambda connection: news.append(_write(connection, outcome)),
        )
        return Settled(added, news[-1])  # a server that was lost may have had it written twice, and kept the last


def _row(address: str, host: str, now: datetime, **more: Any) -> dict[str, Any]:
    return {**asdict(replace(Followed(0, address, host, now), due_at=now)), **more}


def _insert(connection: Connection, row: dict[str, Any]) -> int:
    row.pop("id")
    inserted = connection.execute(insert(followed), row).inserted_primary_key
    assert inserted is not None
    return int(inserted[0])


def _named(connection: Connection, key: str) -> int | None:
    return connection.execute(select(followed_as.c.followed_id).where(followed_as.c.key == key)).scalar()


def _one(connection: Connection, number: int) -> Followed:
    return Followed(**connection.execute(select(followed).where(followed.c.id == number)).one()._mapping)


def _joined(query: Any, due: Due, busy: Collection[str]) -> Any:
    query = query.select_from(followed.outerjoin(hosts, hosts.c.host == followed.c.host)).where(
        followed.c.state == "on", followed.c.due_at.is_not(None)
    )
    if due.roots:
        query = query.where(or_(followed.c.id.in_(due.roots), followed.c.root_id.in_(due.roots)))
    if due.once_since is not None:
        query = query.where(or_(followed.c.tried_at.is_(None), followed.c.tried_at < due.once_since))
    return query.where(followed.c.host.not_in(busy)) if busy else query


def _moment(due: Due, now: datetime) -> ColumnElement[Any]:
    """When a row is due; a feed that is looked at once is due whatever its time, unless it failed."""
    if due.once_since is None:
        return followed.c.due_at
    listed = and_(followed.c.kind != "article", followed.c.failures == 0, followed.c.due_at > due.once_since)
    return case((listed, due.once_since), else_=followed.c.due_at)


def _write(connection: Connection, outcome: Outcome) -> int:
    kind_of(connection).hold(connection, "following")  # last of all, so that who holds it waits for nobody
    after = outcome.after
    new = _list(connection, after, outcome)
    row = asdict(replace(after, found=after.found + new))
    if outcome.keys and not _claim(connection, after, outcome.keys):
        row |= {"state": "same", "due_at": None}
    connection.execute(update(followed).where(followed.c.id == row.pop("id")).values(**row))
    _hold(connection, outcome)
    return new


def _list(connection: Connection, feed: Followed, outcome: Outcome) -> int:
    """Follow what a feed lists; what changed by the feed's word is due. How many are new."""
    root = feed.root_id or feed.id
    new = 0
    for one in outcome.found:
        number = _named(connection, one.key)
        if number is None:
            number = _insert(
                connection, _row(one.address, one.host, outcome.at, root_id=root, kind=one.kind, mark=one.mark)
            )
            connection.execute(insert(followed_as), {"key": one.key, "followed_id": number})
            new += one.kind == "article"
        elif one.mark:
            changed = followed.c.id == number, followed.c.mark != one.mark, followed.c.misled.is_(False)
            due = {"mark": one.mark, "due_at": outcome.at, "state": "on"}
            connection.execute(update(followed).where(*changed, followed.c.state.in_(("on", "done"))).values(**due))
    return new


def _claim(connection: Connection, one: Followed, keys: Sequence[str]) -> bool:
    """Let it go by these names too; False where one of them is another's, who is looked at already."""
    first = True
    for key in keys:
        owner = _named(connection, key)
        if owner is None:
            connection.execute(insert(followed_as), {"key": key, "followed_id": one.id})
        elif owner != one.id and not one.named:
            first = False
    return first


def _hold(connection: Connection, outcome: Outcome) -> None:
    values = {
        "failures": outcome.host_failures,
        "held_at": outcome.at,
        "free_at": outcome.at + outcome.held,
    }
    host = outcome.after.host
    known = connection.execute(select(exists().where(hosts.c.host == host))).scalar()
    if known:
        connection.execute(update(hosts).where(hosts.c.host == host).values(**values))
    else:
        connection.execute(insert(hosts), {"host": host, **values})
