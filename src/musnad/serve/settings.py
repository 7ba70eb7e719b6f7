"""What a service is told when it is started."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from musnad.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

_WEB = re.compile(r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?/?")


@dataclass(frozen=True, slots=True)
class Serving:
    """A record to show, and where; with a `token`, only who has it reads. `every` is how often the record is looked at, in
    seconds; `log` is told of every request as a line of JSON. `public` is the address under which it is reached from
    outside, `embed` the origins whose pages may frame a timeline. A client may ask what works the record `burst` times at
    once and `rate` times a second (0: without end).

    Raises UsageError where others than this machine could read without a token, or an address or origin is none."""

    record: str
    host: str = "127.0.0.1"
    port: int = 8080
    token: str = ""
    wait: float = 30.0
    every: float = 1.0
    log: Callable[[str], object] | None = None
    public: str = ""
    embed: tuple[str, ...] = ()
    rate: float = 10.0
    burst: int = 100

    def __post_init__(self) -> None:
        if not self.token and not is_loopback(self.host):
            advice = "name a token with --token or MUSNAD_SERVE_TOKEN, or listen on 127.0.0.1 behind a proxy"
            raise UsageError(f"{self.host} can be reached from elsewhere, and there is no token", advice=advice)
        advice = "write https://HOST or https://HOST:PORT, without a path"
        if self.public and not _WEB.fullmatch(self.public):
            raise UsageError(
                f"{self.public!r} is no address of a service", advice="write https://HOST or https://HOST:PORT"
            )
        for origin in self.embed:
            if not _WEB.fullmatch(origin) or origin.endswith("/"):
                raise UsageError(
                    f"{origin!r} is no origin", advice="write https://HOST or https://HOST:PORT, without a path"
                )


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host.

    >>> is_loopback("::1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
