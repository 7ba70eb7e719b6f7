"""Delivery to a webhook, signed as Standard Webhooks are (https://www.standardwebhooks.com, 1.0)."""

from __future__ import annotations

import base64
import binascii
import hmac
import ssl
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpcore
import httpx

from musnad.alerts.failure import Failure
from musnad.errors import FetchError, UsageError
from musnad.fetch.connect import Deadline, GuardedBackend, Transport

if TYPE_CHECKING:
    from musnad.record.alerts import Delivery
    from musnad.settings import Settings

_LEAST = 24  # bytes of a secret, as the standard has it
_SECONDS = 15.0
_LONGEST_WAIT = 86_400.0


def secret_of(given: str) -> bytes:
    """The key in a secret, written as ``whsec_`` and base64, or in any other way. Raises UsageError for a short one."""
    key = given.encode()
    if given.startswith("whsec_"):
        try:
            key = base64.b64decode(given.removeprefix("whsec_"), validate=True)
        except (binascii.Error, ValueError):
            key = b""
    if len(key) < _LEAST:
        advice = "make one: echo whsec_$(openssl rand -base64 32)"
        raise UsageError("MUSNAD_ALERTS_SECRET is no secret to sign with", advice=advice)
    return key


def signature(key: bytes, identity: str, timestamp: int, body: bytes) -> str:
    """The signature of a body with its id and the moment at which it is sent.

    >>> signature(b"k" * 24, "msg_1", 1614265330, b'{"test": 2432232314}')
    'v1,TScfZU5W0Dsfb7RPdzgO787YhjOEgrDHCPjYVxCiy/0='
    """
    signed = f"{identity}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, "sha256").digest()).decode()


class Webhooks:
    """Sends to webhooks: only to public addresses, unless `allow_private`; no redirect is followed."""

    def __init__(self, secret: str, settings: Settings, tls: ssl.SSLContext | None = None) -> None:
        self._key, self._deadline = secret_of(secret), Deadline()
        settings = replace(settings, fetch_timeout=min(settings.fetch_timeout, _SECONDS))
        backend = GuardedBackend(self._deadline, allow_private=settings.allow_private)
        self._client = httpx.Client(
            transport=Transport(backend, tls), trust_env=False, timeout=settings.fetch_timeout,
            headers={"User-Agent": "musnad alerts", "Content-Type": "application/json; charset=utf-8"},
        )  # fmt: skip

    def send(self, one: Delivery, now: datetime) -> None:
        """Send; what answers 2xx has taken it. Raises Failure otherwise."""
        body, stamp, identity = one.body.encode(), int(now.timestamp()), one.id.rpartition(":")[2]
        headers = {
            "webhook-id": identity,
            "webhook-timestamp": str(stamp),
            "webhook-signature": signature(self._key, identity, stamp, body),
        }
        self._deadline.restart(_SECONDS)
        try:
            with self._client.stream("POST", one.target, content=body, headers=headers) as answer:
                status, later = answer.status_code, answer.headers.get("Retry-After", "")
        except FetchError as error:
            raise Failure(error.what) from error
        except (httpx.HTTPError, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise Failure(f"no answer: {error or type(error).__name__}") from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise Failure(f"this is no address: {error}", final=True) from error
        if not 200 <= status < 300:
            raise Failure(f"answered {status}", final=status == 410, after=_seconds(later, now))

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


def _seconds(later: str, now: datetime) -> float:
    """What a Retry-After asks for, a day at most; 0.0 where it asks for nothing."""
    if later.isascii() and later.isdigit() and len(later) < 10:
        return min(float(later), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(later)
    except ValueError:
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    return min(max(0.0, (moment - now).total_seconds()), _LONGEST_WAIT)
