"""``musnad alerts``: what a desk is told of."""

from __future__ import annotations

import json
import os
import socket
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from musnad.alerts import Sending, begin, deliver, look, made, run
from musnad.alerts.failure import Failure
from musnad.alerts.mail import Mail
from musnad.alerts.message import trial_body
from musnad.alerts.rules import address_of
from musnad.alerts.webhook import Webhooks
from musnad.cli.answering import LANGUAGE, Answering, opened
from musnad.cli.follow import INTERRUPTED, stopping
from musnad.cli.moments import duration
from musnad.cli.say import complain, tell
from musnad.errors import InputError, UsageError
from musnad.publish import printable
from musnad.publish.alerts import alert_value
from musnad.publish.labels import alert_labels
from musnad.publish.terminal.alerts import alert_lines
from musnad.record.alerts import Alerts, Delivery, Tally
from musnad.settings import load
from musnad.stories.sides import side_name

if TYPE_CHECKING:
    from musnad.alerts.run import Tried
    from musnad.record.alerts import Alert, Rule


def add_alert(rule: Rule, *, record: str | None) -> int:
    """Keep a rule and say its number."""
    wanted = made(rule)
    if not wanted.name:
        side = side_name(wanted.side) if wanted.side else ""
        parts = (wanted.words, wanted.speaker, side, wanted.outlet, f"#{wanted.story}" if wanted.story else "")
        wanted = replace(wanted, name=" · ".join(filter(None, parts)))
    with opened(record) as held:
        alert = begin(held, wanted)
        print(f"alert {alert.id} is kept; `musnad alerts run` delivers it, `musnad alerts test {alert.id}` tries it")
    return 0


def list_alerts(*, record: str | None, answering: Answering) -> int:
    """Print them, the first added first."""
    with opened(record) as held:
        alerts = Alerts(held)
        tallies = alerts.tallies()
        found = [(one, tallies.get(one.id, Tally())) for one in alerts.all()]
    labels = alert_labels(LANGUAGE)
    values = [alert_value(alert, tally) for alert, tally in found]
    answering.give(values, lambda painter, _: alert_lines(found, painter, labels))
    return 0


def remove_alerts(numbers: list[int], *, record: str | None) -> int:
    """Forget them; 1 where there is none of a number."""
    missing = False
    with opened(record) as held:
        for number in numbers:
            if not Alerts(held).remove(number):
                missing = True
                complain(
                    InputError("there is no such alert", where=str(number), advice="`musnad alerts list` has them")
                )
    return int(missing)


def try_alert(number: int, *, record: str | None, public: str, allow_private: bool) -> int:
    """Send something that says it is a trial; 1 where it was not taken."""
    with opened(record) as held:
        alert = next((one for one in Alerts(held).all() if one.id == number), None)
    if alert is None:
        raise UsageError(f"there is no alert {number}", advice="`musnad alerts list` has them")
    now = datetime.now(UTC)
    one = Delivery(
        f"trial-{alert.id}-{int(now.timestamp())}", alert.id, alert.rule.target, trial_body(alert, public, now), 0
    )
    with ExitStack() as stack:
        sending = _sending([alert], stack, public=public, allow_private=allow_private)
        try:
            sending.send(one)
        except Failure as failure:
            complain(InputError(failure.what, where=printable(alert.rule.target), advice="nothing was delivered"))
            return 1
    print(f"{printable(alert.rule.target)} has taken a trial")
    return 0


def run_alerts(
    *, record: str | None, once: bool, every: str, lasting: str | None, public: str, allow_private: bool
) -> int:
    """Look and deliver until stopped; with `once`, 1 where something was not taken."""
    pause = duration("--every", every)
    limit = duration("--for", lasting) if lasting else None
    bad = False
    with opened(record) as held, ExitStack() as stack:
        alerts = Alerts(held).all()
        if not alerts:
            raise UsageError("there are no alerts", where=held.where, advice="`musnad alerts add` adds one")
        sending = _sending(alerts, stack, public=public, allow_private=allow_private)
        if once:
            look(held, sending)
            for tried in deliver(held, sending):
                bad = _told(tried) or bad
            return int(bad)
        with stopping(limit) as stop:
            tell("looking for what is new (Ctrl-C stops it)")
            for tried in run(held, sending, stop=stop.event, every=pause.total_seconds()):
                _told(tried)
    return INTERRUPTED if stop.interrupted else 0


def _told(tried: Tried) -> bool:
    """Say what became of a delivery; whether it failed."""
    one = tried.delivery
    name = json.loads(one.body)["data"]["alert"]["name"]
    if not tried.said:
        print(f"{printable(name)} → {printable(one.target)}", flush=True)
        return False
    later = f"again at {tried.again:%Y-%m-%d %H:%M:%S} UTC" if tried.again else "given up"
    complain(InputError(tried.said, where=printable(one.target), advice=later))
    return True


def _sending(alerts: list[Alert] | tuple[Alert, ...], stack: ExitStack, *, public: str, allow_private: bool) -> Sending:
    """What these alerts need to be sent by. Raises UsageError where the settings for it are missing."""
    by_mail = {bool(address_of(one.rule.target)) for one in alerts}
    webhooks, mail = None, None
    if False in by_mail:
        secret = os.environ.get("MUSNAD_ALERTS_SECRET", "")
        webhooks = stack.enter_context(closing(Webhooks(secret, replace(load(), allow_private=allow_private))))
    if True in by_mail:
        mail = Mail(
            os.environ.get("MUSNAD_SMTP", "smtp://localhost:25"),
            os.environ.get("MUSNAD_MAIL_FROM", f"musnad@{socket.gethostname()}"),
            os.environ.get("MUSNAD_SMTP_PASSWORD", ""),
        )
    return Sending(webhooks, mail, public.rstrip("/"))
