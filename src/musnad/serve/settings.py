"""What a service is told when it is started."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from musnad.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Serving:
    """A record to show, and where; with a `token`, only who has it reads. `every` is how often the record is looked at, in
    seconds; `log` is told of every request as a line of JSON. Raises UsageError where others than this machine could read
    without a token."""

    record: str
    host: str = "127.0.0.1"
    port: int = 8080
    token: str = ""
    wait: float = 30.0
    every: float = 1.0
    log: Callable[[str], object] | None = None

    def __post_init__(self) -> None:
        if not self.token and not is_loopback(self.host):
            advice = "name a token with --token or MUSNAD_SERVE_TOKEN, or listen on 127.0.0.1 behind a proxy"
            raise UsageError(f"{self.host} can be reached from elsewhere, and there is no token", advice=advice)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host.

    >>> is_loopback("::1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
