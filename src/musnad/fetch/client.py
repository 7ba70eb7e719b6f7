"""One request at a time: what came back, or why nothing did."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from musnad.errors import FetchError
from musnad.fetch.connect import Deadline, GuardedBackend, Resolve, Transport, resolve
from musnad.fetch.declared import too_large
from musnad.fetch.unpack import Damaged, TooMuch, decode
from musnad.settings import Settings

_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
_SMALL, _UNKNOWN = 16_384, 1 << 62
_LATER = "try again later, or save the page in a browser and read the file"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request; `body` is decoded, and empty unless the status is 200."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    body: bytes

    def redirect(self) -> str | None:
        """Where it sends us, as written; None when it does not."""
        return self.headers.get("Location") if self.status in (301, 302, 303, 307, 308) else None

    def retry_after(self) -> float | None:
        """Seconds that a server that is busy asks to wait; None when it does not ask, or is not busy."""
        asked = self.headers.get("Retry-After", "").strip()
        if self.status not in (429, 503) or not asked:
            return None
        if asked.isascii() and asked.isdigit() and len(asked) < 10:
            return float(asked)
        try:
            when = parsedate_to_datetime(asked)
        except ValueError:
            return None
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when
        return max(0.0, (when - datetime.now(UTC)).total_seconds())


class Client:
    """Requests of one run. Connections are kept, cookies only as long as one page takes."""

    def __init__(self, settings: Settings, resolve: Resolve = resolve, tls: ssl.SSLContext | None = None) -> None:
        self._settings, self.deadline = settings, Deadline()
        backend = GuardedBackend(self.deadline, allow_private=settings.allow_private, resolve=resolve)
        self._client = httpx.Client(
            transport=Transport(backend, tls),
            trust_env=False,  # no proxy from the environment: it would hide where a connection goes; no .netrc
            timeout=settings.fetch_timeout,
            headers={
                "User-Agent": settings.user_agent,
                "Accept": _ACCEPT,
                "Accept-Language": "ar,en;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            },
        )

    def begin(self) -> None:
        """A new page: its deadline begins, and no cookie of the last one is left."""
        self.deadline.restart(self._settings.fetch_deadline)
        self._client.cookies.clear()

    def cookies(self) -> frozenset[tuple[str, str | None]]:
        """What servers have set since the page was begun."""
        return frozenset((cookie.name, cookie.value) for cookie in self._client.cookies.jar)

    def get(
        self, url: httpx.URL, *, where: str, limit: int, cut: bool = False, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One GET, no redirect followed. A body of more than `limit` bytes is an error, or is cut there if `cut`.

        Raises FetchError, Refused where the host leads to a private address, UnreadablePage for a body that is too large.
        """
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                wanted = (
                    response.status_code == 200 or _length(response) <= _SMALL
                )  # read to its end, the connection is kept
                body = self._body(response, where, limit, cut) if wanted else b""
                return Answer(url, response.status_code, response.headers, body)
        except FetchError as error:
            raise type(error)(error.what, where=where, advice=error.advice) from error
        except (httpx.TimeoutException, httpcore.TimeoutException) as error:
            raise FetchError(self._late(), where=where, advice=_LATER) from error
        except (httpx.HTTPError, httpcore.ConnectError, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError(_said(error), where=where, advice=_LATER) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise FetchError(f"this is no address: {error}", where=where, advice="check how it is written") from error

    def _late(self) -> str:
        if not self.deadline.left():
            return f"not done within {self._settings.fetch_deadline:g} seconds"
        return f"no answer within {self._settings.fetch_timeout:g} seconds"

    def _body(self, response: httpx.Response, where: str, limit: int, cut: bool) -> bytes:
        if response.status_code != 200:
            for _ in response.iter_raw():
                pass
            return b""
        if not cut and limit < _length(response) < _UNKNOWN:
            raise too_large(where, limit)
        raw = bytearray()
        for chunk in response.iter_raw():
            raw += chunk
            if len(raw) > limit:
                if not cut:
                    raise too_large(where, limit)
                del raw[limit:]
                break
        try:
            return decode(bytes(raw), response.headers.get("Content-Encoding", ""), limit)
        except TooMuch:
            raise too_large(where, limit) from None
        except Damaged as error:
            raise FetchError(f"the answer cannot be read: {error}", where=where, advice=_LATER) from error

    def close(self) -> None:
        self._client.close()


def _length(response: httpx.Response) -> int:
    """The length that the answer declares, or _UNKNOWN."""
    declared = response.headers.get("Content-Length", "")
    return int(declared) if declared.isascii() and declared.isdigit() and len(declared) < 18 else _UNKNOWN


def _said(error: Exception) -> str:
    text = str(error)
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return f"its certificate is not trusted ({text.rpartition(': ')[2]})"
    if isinstance(error, httpcore.ConnectError):
        return f"no connection: {text}"
    return f"the answer broke off or is no HTTP: {text or type(error).__name__}"
