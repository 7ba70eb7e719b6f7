"""The address of a record on a server: read, and shown without its password."""

from __future__ import annotations

import os
import ssl
from typing import TYPE_CHECKING, Any

from musnad.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import URL

_SCHEMES = ("postgresql://", "postgres://")
_FORM = "write postgresql://USER@HOST/DATABASE, and the password into PGPASSWORD"


def is_address(place: str) -> bool:
    """Whether a record is meant that is on a PostgreSQL server.

    >>> is_address("postgresql://desk@db.example/news"), is_address("news.sqlite")
    (True, False)
    """
    return place.lower().startswith(_SCHEMES)


def shown(place: str) -> str:
    """The place as it may be printed: an address without its password; a file as it is.

    >>> shown("postgresql://desk:secret@db.example/news?sslmode=require"), shown("news.sqlite")
    ('postgresql://desk@db.example/news', 'news.sqlite')
    """
    if not is_address(place):
        return place
    url = read_address(place)
    port = f":{url.port}" if url.port else ""
    user = f"{url.username}@" if url.username else ""
    return f"postgresql://{user}{url.host or ''}{port}/{url.database or ''}"


def read_address(place: str) -> URL:
    """The parts of an address. Raises UsageError, which does not repeat it, where it is none."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(place)
    except (ArgumentError, ValueError):
        raise UsageError("the address of the record cannot be read", advice=_FORM) from None
    if not url.database:
        raise UsageError("the address of the record names no database", advice=_FORM)
    unknown = sorted(set(url.query) - {"host", "sslmode"})
    if unknown:
        raise UsageError(f"the address of the record has unknown settings: {', '.join(unknown)}", advice=_FORM)
    return url.set(drivername="postgresql+pg8000")


def connect_arguments(url: URL) -> dict[str, Any]:
    """What the driver is given beside user, password, host and database: ``host=/folder`` is that of a local socket."""
    given: dict[str, Any] = {
        "application_name": "musnad",
        "ssl_context": _tls(str(url.query.get("sslmode", "disable"))),
    }
    folder = str(url.query.get("host", ""))
    if folder:
        given["unix_sock"] = f"{folder}/.s.PGSQL.{url.port or 5432}"
    if not url.password and "PGPASSWORD" in os.environ:
        given["password"] = os.environ["PGPASSWORD"]
    if not url.username:
        given["user"] = os.environ.get("PGUSER") or os.environ.get("USER") or "postgres"
    return given


def _tls(mode: str) -> ssl.SSLContext | None:
    """As libpq names them: ``require`` hides what is sent, ``verify-full`` also knows the server."""
    if mode == "disable":
        return None
    if mode not in ("require", "verify-full"):
        raise UsageError(f"sslmode={mode!r} is none of disable, require, verify-full", advice="give one of them")
    context = ssl.create_default_context()
    if mode == "require":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
