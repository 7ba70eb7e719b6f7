"""Addresses that open without the token: a feed for a reader that knows no tokens, a timeline framed in another page.

The key in such an address is made of the token and opens that address alone; another token makes all of them void.
"""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams
    from starlette.requests import Request

_OPENED = re.compile(r".*/(?:feed\.(?:atom|json)|embed)\Z")
_FREE = ("key", "lang")
_LENGTH = 32  # hexadecimal digits: 128 bits


def address_key(token: str, path: str, query: list[tuple[str, str]]) -> str:
    """The key of an address, by its path as it is encoded and its query, whose order and language do not matter."""
    asked = urlencode(sorted(pair for pair in query if pair[0] not in _FREE))
    return hmac.new(token.encode(), f"{path}?{asked}".encode(), "sha256").hexdigest()[:_LENGTH]


def opens(token: str, request: Request) -> bool:
    """Whether a request has the key of what it asks for."""
    params: QueryParams = request.query_params
    given, path = params.get("key", ""), request.scope["raw_path"].decode("ascii", "replace")
    if request.method != "GET" or not given or not _OPENED.match(path):
        return False
    return hmac.compare_digest(given.encode(), address_key(token, path, params.multi_items()).encode())
