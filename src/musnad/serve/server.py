"""The server that a service runs in."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn

from musnad.serve.app import service

if TYPE_CHECKING:
    from musnad.serve.settings import Serving


UNREAD = 30.0
"""Seconds after which who takes nothing of what is sent is disconnected."""


class _Server(uvicorn.Server):
    """Ends the streams of open pages before it stops: they wait for news and would never end by themselves."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux; connections have it from what listens
            for listening in (one for server in self.servers for one in server.sockets):
                listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(1000 * UNREAD))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self.config.app.state.end()  # type: ignore[union-attr]
        await super().shutdown(sockets)


def server(serving: Serving) -> uvicorn.Server:
    """A server for the record of `serving`; ``run()`` serves until it is told to exit."""
    config = uvicorn.Config(
        service(serving), host=serving.host, port=serving.port, log_level="warning", access_log=False, ws="none",
        timeout_graceful_shutdown=3,
    )  # fmt: skip
    return _Server(config)
