"""Looking for what is new, and delivering it: apart from who reads, and again after a failure, later each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from musnad import stories as view
from musnad.alerts.failure import Failure
from musnad.alerts.found import counted, said
from musnad.alerts.message import body_of
from musnad.alerts.rules import address_of
from musnad.errors import BusyRecord, LostRecord
from musnad.record.alerts import Alerts

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from musnad.alerts.mail import Mail
    from musnad.alerts.webhook import Webhooks
    from musnad.record import Record
    from musnad.record.alerts import Alert, Delivery, Rule

WAITS = (5.0, 30.0, 120.0, 600.0, 1_800.0, 7_200.0, 18_000.0, 36_000.0, 86_400.0)
"""Seconds before each further try, about as Standard Webhooks advise; two days in all, then it is given up."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How things are sent: by which webhooks and mail server (None: by neither), with links that begin with `base`."""

    webhooks: Webhooks | None = None
    mail: Mail | None = None
    base: str = ""
    waits: tuple[float, ...] = WAITS
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def send(self, one: Delivery) -> None:
        """Send something now. Raises Failure where it was not taken."""
        if address_of(one.target):
            if self.mail is None:
                raise Failure("no mail server is named (MUSNAD_SMTP)")
            self.mail.send(one)
        elif self.webhooks is None:
            raise Failure("there is no secret to sign with (MUSNAD_ALERTS_SECRET)")
        else:
            self.webhooks.send(one, self.clock())


@dataclass(frozen=True, slots=True)
class Tried:
    """A delivery that was tried: `said` is empty where it was taken; `again` is when it is tried once more."""

    delivery: Delivery
    said: str = ""
    again: datetime | None = None


def begin(record: Record, rule: Rule, *, now: datetime | None = None) -> Alert:
    """Keep a rule; what stands in the record now counts as told. Raises UsageError for a story that there is not."""
    now = now or datetime.now(UTC)
    if rule.story is not None:
        view.articles_of(record, rule.story)
    return Alerts(record).add(rule, now=now)


def look(record: Record, sending: Sending) -> int:
    """Queue what is new for every alert; how much that is."""
    view.keep_up(record)  # what is in no story yet is in none that a rule names
    alerts, count = Alerts(record), 0
    for alert in alerts.all():
        last, now = alerts.last_article(), sending.clock()
        found = counted(record, alert) if alert.rule.figures else said(record, alert)
        names = {one.item: {identity(alert, name) for name in (one.item, *one.others)} for one in found}
        had = alerts.told(set().union(*names.values()))
        new = [
            (identity(alert, one.item), body_of(alert, one, sending.base, now))
            for one in found
            if had.isdisjoint(names[one.item])
        ]
        if new or last != alert.looked:
            count += alerts.note(alert.id, new, last, now=now)
    return count


def deliver(record: Record, sending: Sending) -> Iterator[Tried]:
    """Deliver what is due, each as soon as it is asked for. Of a target that fails, the rest is left for the next time."""
    alerts, down = Alerts(record), set()
    for one in alerts.due(now=sending.clock()):
        if one.target in down or not alerts.take(one, now=sending.clock()):
            continue
        try:
            sending.send(one)
        except Failure as failure:
            down.add(one.target)
            again = _again(one, failure, sending)
            alerts.failed(one, failure.what, again=again)
            yield Tried(one, failure.what, again)
        else:
            alerts.delivered(one, now=sending.clock())
            yield Tried(one)


def run(record: Record, sending: Sending, *, stop: threading.Event, every: float) -> Iterator[Tried]:
    """Look and deliver until `stop` is set; the record is looked at again where something became of a story."""
    seen: object = None
    while True:
        try:
            state = (view.changed_at(record), [alert.id for alert in Alerts(record).all()])
            if state != seen:
                look(record, sending)
                seen = state
            yield from deliver(record, sending)
        except (BusyRecord, LostRecord):
            pass  # whoever reads and writes goes before us; the next look finds the same
        if stop.wait(every):
            return


def identity(alert: Alert, item: str) -> str:
    """The id of a delivery: of this thing by this alert, and no other."""
    return uuid5(NAMESPACE_URL, f"{alert.id} {alert.added_at.isoformat()} {item}").urn


def _again(one: Delivery, failure: Failure, sending: Sending) -> datetime | None:
    if failure.final or one.tries >= len(sending.waits):
        return None
    return sending.clock() + timedelta(seconds=max(sending.waits[one.tries], failure.after))
