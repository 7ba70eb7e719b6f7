"""Alerts as plain values, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from musnad.publish.answers import instant

if TYPE_CHECKING:
    from musnad.publish.values import Value
    from musnad.record.alerts import Alert, Tally


def alert_value(alert: Alert, tally: Tally) -> Value:
    """An alert with how its deliveries stand."""
    return {"alert": alert.id, **asdict(alert.rule), "added_at": instant(alert.added_at), **asdict(tally)}
