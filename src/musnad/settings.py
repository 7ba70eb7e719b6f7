"""Settings: limits and names that a deployment may change, read once from the environment, checked when read."""

from __future__ import annotations

import os
from dataclasses import dataclass

from musnad.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits of one run. Sizes in bytes, times in seconds."""

    max_page_bytes: int = 32_000_000
    fetch_timeout: float = 20.0
    fetch_deadline: float = 60.0
    fetch_redirects: int = 8
    fetch_pause: float = 1.0
    user_agent: str = "musnad/0.1 (reads news pages for verification)"
    allow_private: bool = False
    record: str | None = None
    record_wait: float = 30.0


def load() -> Settings:
    """The settings of this process.

    The defaults, changed by ``MUSNAD_MAX_PAGE_BYTES``, ``MUSNAD_FETCH_TIMEOUT`` (for one step),
    ``MUSNAD_FETCH_DEADLINE`` (for one address), ``MUSNAD_FETCH_REDIRECTS``, ``MUSNAD_FETCH_PAUSE`` (between two requests
    to one host that is followed) and ``MUSNAD_USER_AGENT``; for the record,
    ``MUSNAD_RECORD`` (its file) and ``MUSNAD_RECORD_WAIT`` (for another writer to end). Raises UsageError where one of
    them is not a number, out of range, or cannot be sent.
    """
    default = Settings()
    agent = os.environ.get("MUSNAD_USER_AGENT", default.user_agent)
    if not (agent.isascii() and agent.isprintable()):
        raise UsageError(
            f"MUSNAD_USER_AGENT={agent!r} cannot stand in a header", advice="write it in ASCII, on one line"
        )
    return Settings(
        max_page_bytes=int(_number("MUSNAD_MAX_PAGE_BYTES", default.max_page_bytes, 1_000)),
        fetch_timeout=_number("MUSNAD_FETCH_TIMEOUT", default.fetch_timeout, 0.1),
        fetch_deadline=_number("MUSNAD_FETCH_DEADLINE", default.fetch_deadline, 0.1),
        fetch_redirects=int(_number("MUSNAD_FETCH_REDIRECTS", default.fetch_redirects, 0)),
        fetch_pause=_number("MUSNAD_FETCH_PAUSE", default.fetch_pause, 0),
        user_agent=agent,
        record=os.environ.get("MUSNAD_RECORD") or None,
        record_wait=_number("MUSNAD_RECORD_WAIT", default.record_wait, 0),
    )


def _number(name: str, default: float, least: float) -> float:
    given = os.environ.get(name)
    if given is None:
        return default
    try:
        value = float(given)
    except ValueError:
        value = least - 1
    if value < least:
        raise UsageError(f"{name}={given!r} is not a number of at least {least:g}", advice="unset it or give a number")
    return value
