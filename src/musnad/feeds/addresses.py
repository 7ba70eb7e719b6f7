"""Addresses of articles: which of them are the same, and which a page may claim for its own."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import unquote

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 2_000
_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_CACHED = re.compile(r"/(?:amp/|[acvi]/)(s/)?(.+)")
_PORTS = {"http": 80, "https": 443}


@cache
def words(kind: str) -> dict[str, str]:
    """The rows of one kind of the table of addresses: what, and what it becomes."""
    lines = files("musnad.feeds").joinpath("addresses.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return {row["what"]: row["becomes"] for row in rows if row["kind"] == kind}


def canonical(address: str, base: str | None = None) -> str | None:
    """The address that is fetched and under which versions are kept; None for what is no http(s) address.

    Relative ones are joined to `base`. What says only where a reader came from goes, with the fragment and the default
    port; a page out of an AMP cache is the page itself.

    >>> canonical("//madar.example:443/n/1?utm_medium=x&id=7#top", "https://madar.example/rss")
    'https://madar.example/n/1?id=7'
    >>> canonical("https://www.google.com/amp/s/madar.example/n/1"), canonical("javascript:alert(1)")
    ('https://madar.example/n/1', None)
    """
    text = _SPACE.sub("", address.strip()) if "\n" in address else _SPACE.sub("%20", address.strip())
    if not text or len(text) > _LONGEST:
        return None
    try:
        url = httpx.URL(base).join(text) if base else httpx.URL(text)
        if url.scheme not in _PORTS or not url.host or url.userinfo:
            return None
        cached = _uncached(url)
        if cached:
            return canonical(cached)
        port = None if url.port == _PORTS[url.scheme] else url.port
        query = "&".join(part for part in _parameters(url) if not _is_tracking(part))
        path = url.raw_path.partition(b"?")[0]
        raw = path + (b"?" + query.encode("ascii") if query else b"")
        return str(url.copy_with(fragment=None, port=port, raw_path=raw))
    except (httpx.InvalidURL, ValueError, TypeError):
        return None


def key_of(address: str) -> str:
    """What addresses of one article have in common: no scheme, no www, no AMP form, no slash at the end.

    >>> key_of("https://www.madar.example/n/1/amp/") == key_of("http://madar.example/n/1?amp=1")
    True
    """
    url = httpx.URL(address)
    host = url.netloc.decode("ascii").removeprefix("www.")
    path = unquote(url.path).rstrip("/")
    for ending, becomes in words("amp-ending").items():
        if path.endswith(ending):
            path = path.removesuffix(ending) + becomes
            break
    query = "&".join(part for part in _parameters(url) if part.partition("=")[0].lower() not in words("amp-parameter"))
    return f"{host}{path}" + (f"?{query}" if query else "")


def host_of(address: str) -> str:
    """Whose patience is asked for: the host, with its port where that is none of the usual."""
    return httpx.URL(address).netloc.decode("ascii")


def declared_canonical(claimed: str | None, address: str) -> str | None:
    """The address that a page gives itself, where it may: on its own site, and no front page; else None.

    A page does not speak for another host: whoever could would put his words under another outlet's address.

    >>> declared_canonical("/n/1", "https://m.madar.example/n/1?view=short")
    'https://m.madar.example/n/1'
    >>> declared_canonical("https://other.example/n/1", "https://madar.example/n/1") is None
    True
    """
    own = canonical(claimed, address) if claimed else None
    if own is None or _site(own) != _site(address) or (httpx.URL(own).path == "/" != httpx.URL(address).path):
        return None
    return own


def _site(address: str) -> str:
    host = host_of(address)
    label, _, rest = host.partition(".")
    return rest if label in words("host") and "." in rest else host


def _parameters(url: httpx.URL) -> Iterator[str]:
    yield from (part for part in url.query.decode("ascii", "replace").split("&") if part)


def _is_tracking(part: str) -> bool:
    name = part.partition("=")[0].lower()
    known = words("parameter")
    return name in known or any(what.endswith("*") and name.startswith(what[:-1]) for what in known)


def _uncached(url: httpx.URL) -> str | None:
    """The address of the page itself, for one out of an AMP cache."""
    if not any(url.host == host or url.host.endswith("." + host) for host in words("amp-host")):
        return None
    found = _CACHED.match(url.raw_path.decode("ascii"))
    return f"http{'s' if found[1] else ''}://{found[2]}" if found else None
