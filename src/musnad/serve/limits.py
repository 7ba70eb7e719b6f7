"""How much may be asked: how long a question is, how large what is sent, and how often one client works the record."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import TYPE_CHECKING

from starlette.requests import Request

from musnad.serve.problems import said

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from musnad.serve.settings import Serving

MOST_QUERY = 4_096
"""Bytes of a query string."""

MOST_SENT = 1_000_000
"""Bytes of a body; nothing that a page sends is near it."""

_CLIENTS = 10_000
# What asks the record anew each time. The pages of stories and their news are worked out once for all readers, and many
# readers of one newsroom come from one address: those are not counted.
_COUNTED = re.compile(
    r"/api/|/search|/(?:speaker|outlet|agency)/|.*/(?:feed\.\w+|statements\.\w+|annotations|article\.jsonld)\Z|/feed\."
)


class Buckets:
    """A bucket of tokens for each client: `burst` at once, refilled by `rate` a second."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, burst
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, now: float) -> float:
        """Take a token; 0.0, or the seconds until there is one.

        >>> buckets = Buckets(2.0, 1)
        >>> buckets.take("a", 0.0), buckets.take("a", 0.0), buckets.take("b", 0.0), buckets.take("a", 0.5)
        (0.0, 0.5, 0.0, 0.0)
        """
        tokens, since = self._held.pop(client, (float(self._burst), now))
        tokens = min(float(self._burst), tokens + (now - since) * self._rate)
        wait = 0.0 if tokens >= 1 else (1 - tokens) / self._rate
        self._held[client] = (tokens if wait else tokens - 1, now)
        while len(self._held) > _CLIENTS:
            self._held.popitem(last=False)
        return wait


class Limits:
    """Refuses what is too long, too large or too often."""

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self._app = app
        self._buckets = Buckets(serving.rate, serving.burst) if serving.rate else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        refused = self._refused(Request(scope)) if scope["type"] == "http" else None
        await (refused or self._app)(scope, receive, send)

    def _refused(self, request: Request) -> Response | None:
        if len(request.scope["query_string"]) > MOST_QUERY:
            return said(request, 414, f"a query has {MOST_QUERY} bytes at most")
        sent = request.headers.get("content-length", "0")
        if "transfer-encoding" in request.headers:
            return said(request, 411, "say how long it is")
        if not (sent.isascii() and sent.isdigit() and int(sent) <= MOST_SENT):
            return said(request, 413, f"at most {MOST_SENT} bytes may be sent")
        if self._buckets is not None and _COUNTED.match(request.url.path):
            wait = self._buckets.take(_client(request), time.monotonic())
            if wait:
                return said(request, 429, "you ask too often", {"Retry-After": str(ceil(wait))})
        return None


def _client(request: Request) -> str:
    """Who asks: an address, of IPv6 the network, since one client has all of it."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else host
