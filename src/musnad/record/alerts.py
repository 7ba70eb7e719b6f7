"""What a desk wants to be told of, kept in the record, with what is still to be delivered.

What is found and that it was looked for are written in one transaction, and a delivery is taken out of the queue only after
it was taken: a kill at any moment delivers something twice at most, and under the same id.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from musnad.record.schema import articles
from musnad.record.schema_alerts import alert_deliveries, alerts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from musnad.record.store import Record

LEASE = timedelta(minutes=2)
"""How long a delivery is one process's: where that is killed in the middle, another tries again after it."""

_AT_ONCE = 500  # deliveries in one question
_BACK = 500
"""Articles that are looked at again: on a server, one with a smaller number may be kept a little later than another."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is wanted (all of what is given; empty is any), and where it goes: http(s)://… or mailto:…

    `side` is the code of whose account it is; with `figures`, changes of the figures of `story` are told of instead of
    statements.
    """

    name: str
    target: str
    words: str = ""
    speaker: str = ""
    outlet: str = ""
    side: str = ""
    story: int | None = None
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """A rule that is kept: what stood in the record before `baseline` (the number of an article) is not told of."""

    id: int
    rule: Rule
    baseline: int
    looked: int
    added_at: datetime

    @property
    def after(self) -> int:
        """The number of the article after which there may be something to tell."""
        return max(self.baseline, self.looked - _BACK)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of an alert were delivered, wait, and were given up; what was said of the last that could not be."""

    delivered: int = 0
    waiting: int = 0
    failed: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something to be told: its id is the same however often it is tried."""

    id: str
    alert_id: int
    target: str
    body: str
    tries: int


class Alerts:
    """The alerts of a record. Raises as the record does."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def add(self, rule: Rule, *, now: datetime) -> Alert:
        """Keep a rule: from now on, what is new is told of."""
        row = asdict(rule)
        row["story_id"] = row.pop("story")
        with self._record.writing() as connection:
            last = connection.execute(select(func.max(articles.c.id))).scalar() or 0
            made = connection.execute(
                insert(alerts).returning(alerts.c.id), row | {"baseline": last, "looked": last, "added_at": now}
            )
            return Alert(made.scalar_one(), rule, last, last, now)

    def all(self) -> tuple[Alert, ...]:
        """Those that there are, the first added first."""
        with self._record.reading() as connection:
            rows = connection.execute(select(alerts).order_by(alerts.c.id)).all()
        return tuple(
            Alert(
                row.id,
                Rule(row.name, row.target, row.words, row.speaker, row.outlet, row.side, row.story_id, row.figures),
                row.baseline, row.looked, row.added_at,
            )
            for row in rows
        )  # fmt: skip

    def remove(self, number: int) -> bool:
        """Forget one with what waits of it; False where there is none of that number."""
        with self._record.writing() as connection:
            connection.execute(delete(alert_deliveries).where(alert_deliveries.c.alert_id == number))
            return connection.execute(delete(alerts).where(alerts.c.id == number)).rowcount == 1

    def tallies(self) -> dict[int, Tally]:
        """How the deliveries of each alert stand."""
        held = alert_deliveries.c
        with self._record.reading() as connection:
            rows = connection.execute(
                select(held.alert_id, held.due_at, held.done_at, held.said).order_by(held.made_at)
            ).all()
        out: dict[int, Tally] = {}
        for row in rows:
            had = out.get(row.alert_id, Tally())
            done, waits = row.done_at is not None, row.due_at is not None
            out[row.alert_id] = Tally(
                had.delivered + done, had.waiting + waits, had.failed + (not done and not waits), row.said or had.said
            )
        return out

    def last_article(self) -> int:
        """The number of the article that came last; 0 in an empty record."""
        with self._record.reading() as connection:
            return connection.execute(select(func.max(articles.c.id))).scalar() or 0

    def told(self, ids: Iterable[str]) -> set[str]:
        """Which of these deliveries there are already."""
        with self._record.reading() as connection:
            return _there(connection, list(ids))

    def note(self, alert: int, new: Sequence[tuple[str, str]], looked: int, *, now: datetime) -> int:
        """Queue what was found, as (id, body), and that it was looked for so far; how many were new."""
        with self._record.writing() as connection:
            held = update(alerts).where(alerts.c.id == alert, alerts.c.looked <= looked).values(looked=looked)
            connection.execute(held)  # holds the row, so that two who look at once do not queue the same
            if connection.execute(select(alerts.c.id).where(alerts.c.id == alert)).scalar() is None:
                return 0  # removed meanwhile
            had = _there(connection, [key for key, _ in new])
            state = {"made_at": now, "tries": 0, "said": "", "due_at": now}
            rows = [
                {"id": key, "alert_id": alert, "body": body, **state}
                for key, body in dict(new).items()
                if key not in had
            ]
            if rows:
                connection.execute(insert(alert_deliveries), rows)
            return len(rows)

    def due(self, *, now: datetime, limit: int = 200) -> tuple[Delivery, ...]:
        """What is to be delivered now, the longest due first."""
        held = alert_deliveries.c
        wanted = (
            select(held.id, held.alert_id, alerts.c.target, held.body, held.tries)
            .join(alerts, alerts.c.id == held.alert_id)
            .where(held.due_at <= now)
            .order_by(held.due_at, held.alert_id, held.made_at, held.id)
            .limit(limit)
        )
        with self._record.reading() as connection:
            return tuple(Delivery(*row) for row in connection.execute(wanted))

    def take(self, one: Delivery, *, now: datetime) -> bool:
        """Whether a delivery is ours for a while; False where another process has it."""
        held = alert_deliveries.c
        mine = update(alert_deliveries).where(held.id == one.id, held.due_at <= now).values(due_at=now + LEASE)
        with self._record.writing() as connection:
            return connection.execute(mine).rowcount == 1

    def delivered(self, one: Delivery, *, now: datetime) -> None:
        """It was taken: it is delivered no more."""
        self._after(one, done_at=now, due_at=None, said="")

    def failed(self, one: Delivery, said: str, *, again: datetime | None) -> None:
        """It was not taken; it is tried again at a moment, or never (None)."""
        self._after(one, due_at=again, said=said)

    def _after(self, one: Delivery, **values: object) -> None:
        with self._record.writing() as connection:
            mine = update(alert_deliveries).where(alert_deliveries.c.id == one.id)
            connection.execute(mine.values(tries=one.tries + 1, **values))


def _there(connection: Connection, ids: Sequence[str]) -> set[str]:
    held, out = alert_deliveries.c.id, set[str]()
    for at in range(0, len(ids), _AT_ONCE):
        out.update(connection.execute(select(held).where(held.in_(ids[at : at + _AT_ONCE]))).scalars())
    return out
