"""Delivery by e-mail, through a server of the desk's own."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from musnad.alerts.failure import Failure
from musnad.alerts.message import letter
from musnad.alerts.rules import address_of
from musnad.errors import UsageError

if TYPE_CHECKING:
    from musnad.record.alerts import Delivery

_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server (``smtp://[USER@]HOST[:PORT]``, ``smtps://…``), a password for it, and who writes.

    Without ``smtps`` the connection is encrypted where the server can (STARTTLS); a password is sent over no other. Raises
    UsageError for an address that is none.
    """

    server: str
    sender: str
    password: str = ""

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.server)
            good = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            good = False
        if not good:
            raise UsageError(f"{self.server!r} is no mail server", advice="write smtp://HOST:PORT or smtps://USER@HOST")

    def send(self, one: Delivery) -> None:
        """Send; what the server takes is delivered. Raises Failure otherwise."""
        parts, to = urlsplit(self.server), address_of(one.target)
        host, secure = parts.hostname or "", parts.scheme == "smtps"
        try:
            with self._connected(host, parts.port or (465 if secure else 25), secure=secure) as server:
                if parts.username:
                    server.login(unquote(parts.username), self.password)
                server.send_message(letter(one.body, one.id, self.sender, to))
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise Failure(f"{to} is refused: {code} {_words(said)}", final=code // 100 == 5) from error
        except smtplib.SMTPResponseException as error:
            raise Failure(f"the mail server said {error.smtp_code} {_words(error.smtp_error)}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise Failure(f"the mail server did not take it: {error or type(error).__name__}") from error

    def _connected(self, host: str, port: int, *, secure: bool) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if secure:
            return smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
        server = smtplib.SMTP(host, port, timeout=_SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif self.password:
            server.close()
            raise smtplib.SMTPException("a password would be sent unencrypted; write smtps://")
        return server


def _words(said: bytes | str) -> str:
    return " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else said).split())[:200]
