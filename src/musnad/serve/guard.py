"""What stands before every route: who may read, and the headers of every answer."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from musnad.serve.keys import opens
from musnad.serve.problems import said
from musnad.serve.settings import is_loopback

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from musnad.serve.settings import Serving

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
COOKIE = "musnad-token"
_OPEN = "/health"  # who balances the load has no token, and learns nothing of the coverage
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Guard:
    """Lets pass who has the token, where there is one, by header, cookie or once by ``?token=``; and, without one, only what
    was asked of this machine by its own name, so that no page elsewhere reads through a reader's browser."""

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self._app, self._serving = app, serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():  # what is framed elsewhere has a policy of its own
                    headers.setdefault(name, value)
            await send(message)

        await (_refused(self._serving, Request(scope)) or self._app)(scope, receive, guarded)


def _refused(serving: Serving, request: Request) -> Response | None:
    if request.url.path == _OPEN:
        return None
    host = request.headers.get("host", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    if not serving.token:
        loopback = name in _LOCAL or (is_loopback(serving.host) and name == serving.host)
        return None if loopback else said(request, 421, "this service is for this machine alone")
    given = request.query_params.get("token")
    if given is not None and _same(given, serving.token):
        rest = urlencode([pair for pair in request.query_params.multi_items() if pair[0] != "token"])
        redirect = RedirectResponse(request.url.path + (f"?{rest}" if rest else ""), 303)
        redirect.set_cookie(COOKIE, serving.token, httponly=True, samesite="strict", max_age=30 * 86400)
        return redirect
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    held = bearer if scheme.lower() == "bearer" else request.cookies.get(COOKIE, "")
    if _same(held, serving.token) or opens(serving.token, request) or request.url.path.startswith("/static/"):
        return None
    return said(request, 401, "a token is needed: open the address with ?token=…", {"WWW-Authenticate": "Bearer"})


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())
