"""Connections that only go where they may, and that end in time.

A host is resolved once, every address it has is judged, and the connection is made to one of those very addresses: there
is no second look-up that could answer otherwise (DNS rebinding). The name stays in the Host header and in TLS, whose
certificate is checked against it. See docs/decisions/0012-private-addresses.md.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from musnad.errors import FetchError
from musnad.fetch.addresses import refuse_private

Resolve = Callable[[str, int], list[str]]
_MAX_TRIED = 4


class Deadline:
    """The moment by which everything about one address must be done."""

    def __init__(self) -> None:
        self._end = 0.0

    def restart(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, 0.0 when it has passed."""
        return max(0.0, self._end - time.monotonic())

    def cut(self, timeout: float | None) -> float:
        """`timeout`, or what is left if that is less. Raises httpcore.ReadTimeout when nothing is left."""
        left = self.left()
        if not left:
            raise httpcore.ReadTimeout("out of time")
        return left if timeout is None else min(timeout, left)


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of `host`, as the system gives them. Raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only (any, if `allow_private`), within the deadline."""

    def __init__(self, deadline: Deadline, *, allow_private: bool, resolve: Resolve = resolve) -> None:
        self._deadline, self._allow_private, self._resolve = deadline, allow_private, resolve
        self._below = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._resolved(host, port, self._deadline.cut(timeout))
        if not self._allow_private:
            for address in addresses:  # all of them: a name with one private address is not to be trusted
                refuse_private(address, "", host=host)
        last: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses[:_MAX_TRIED]:
            try:
                stream = self._below.connect_tcp(
                    address, port, self._deadline.cut(timeout), local_address, socket_options
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last

    def _resolved(self, host: str, port: int, timeout: float) -> list[str]:
        """Resolve in a thread, because the system's resolver knows no time-out; it is left behind when it is late."""
        answer: list[list[str] | Exception] = []

        def ask() -> None:
            try:
                answer.append(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                answer.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(timeout)
        if not answer:
            raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time")
        if isinstance(answer[0], Exception):
            raise FetchError(f"the host {host} is not known", advice="check how it is written, and the network")
        return answer[0]


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every step must end before the deadline: slow drops do not add up to for ever."""

    def __init__(self, below: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._below, self._deadline = below, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._below.read(max_bytes, self._deadline.cut(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._below.write(buffer, self._deadline.cut(timeout))

    def close(self) -> None:
        self._below.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._below.start_tls(ssl_context, server_hostname, self._deadline.cut(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._below.get_extra_info(info)


class _Body(httpx.SyncByteStream):
    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts

    def close(self) -> None:
        close = getattr(self._parts, "close", None)
        if close:
            close()


class Transport(httpx.BaseTransport):
    """httpx over `backend`: httpx's own transport takes no backend, so this is its public counterpart.

    Errors of the connection are raised as httpcore's, not httpx's.
    """

    def __init__(self, backend: httpcore.NetworkBackend, context: ssl.SSLContext | None = None) -> None:
        context = context or httpx.create_ssl_context()
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=4, keepalive_expiry=10.0, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.read(),
                extensions=request.extensions,
            )
        )
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        self._pool.close()
