"""Alerts: what is new and wanted is found in the record, queued there, and delivered to webhooks and by e-mail.

The way of an alert: ``rules`` (what may be wanted) → ``found`` (what is new of it) → ``message`` (as it is sent) → the queue
in the record → ``webhook`` or ``mail``, driven by ``run``, which never stands in the way of who reads.
"""

from musnad.alerts.rules import made
from musnad.alerts.run import Sending, begin, deliver, look, run

__all__ = ["Sending", "begin", "deliver", "look", "made", "run"]
