"""A page from its address: politely, within limits, and never from where it must not come."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx

from musnad.errors import FetchError
from musnad.fetch.addresses import parse
from musnad.fetch.client import Answer, Client
from musnad.fetch.connect import Resolve, resolve
from musnad.fetch.declared import is_html, media_type
from musnad.fetch.robots import Known, Robots
from musnad.model import Page
from musnad.settings import Settings

LONGEST_WAIT = 10.0  # seconds of a Retry-After that we wait out, once a page
_MEANINGS = {
    401: "it asks for a password",
    403: "the site does not let us",
    404: "there is no such page",
    410: "the page is gone",
    429: "we ask too often",
    451: "it is withheld for legal reasons",
    503: "the site is busy",
}


_ACCEPT_FEEDS = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    "application/xml;q=0.9,text/xml;q=0.9,application/json;q=0.8,*/*;q=0.1"
)
_LONGEST_VALIDATOR = 1_000

Get = Callable[[httpx.URL, str], Answer]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said of an address, its redirects followed.

    `url` is where they led, `moved` how far for good (301, 308; None: not at all). `body` is empty unless `status` is
    200. `retry_after` and `pause` are seconds: what a busy server asks for, and its robots.txt between two requests.
    """

    status: int
    url: str
    moved: str | None = None
    body: bytes = b""
    content_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    retry_after: float | None = None
    pause: float = 0.0


def meaning(status: int) -> str:
    """A status of HTTP in words.

    >>> meaning(410), meaning(500)
    ('answered 410: the page is gone', 'answered 500')
    """
    words = _MEANINGS.get(status, "")
    return f"answered {status}" + (f": {words}" if words else "")


def _validator(answer: Answer, name: str) -> str | None:
    """A validator as it can be sent back; None where there is none, or it is no header."""
    value = answer.headers.get(name, "").strip()
    return value if value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable() else None


class Fetcher:
    """Fetches the pages of one run: connections and robots.txt are kept between them. Not for several threads."""

    def __init__(
        self,
        settings: Settings,
        *,
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        known: Known | None = None,
    ) -> None:
        self._settings = settings
        self._client = Client(settings, resolve, tls)
        self._robots = Robots(
            settings.user_agent, self._robots_answer, allow_private=settings.allow_private, known=known
        )

    def fetch(self, address: str) -> Page:
        """As :func:`musnad.fetch.fetch`."""
        self._client.begin()
        answer, _ = self._follow(parse(address, allow_private=self._settings.allow_private), address, self._patiently)
        if answer.status != 200:
            advice = "check the address, or save the page and read the file"
            raise FetchError(meaning(answer.status), where=address, advice=advice)
        kind, charset = media_type(answer.headers.get("Content-Type"))
        if not answer.body.strip():
            raise FetchError("the answer is empty", where=address, advice="look at it in a browser")
        if not is_html(kind, answer.body):
            what = f"is {kind or 'of no declared type'}, not an HTML page"
            raise FetchError(what, where=address, advice="give the address of the article itself")
        return Page(answer.body, address, str(answer.url), datetime.now(UTC), kind, charset)

    def ask(self, address: str, *, etag: str | None = None, last_modified: str | None = None) -> Reply:
        """What the server says, whatever its status; 304 where what it has is still what these validators name.

        Nothing is waited out: a busy server's wish is in the reply. Raises as :func:`musnad.fetch.fetch` does where there
        is no answer, or none may be asked for.
        """
        given = {"If-None-Match": etag, "If-Modified-Since": last_modified, "Accept": _ACCEPT_FEEDS}
        headers = {name: value for name, value in given.items() if value}

        def get(url: httpx.URL, address: str) -> Answer:
            return self._client.get(url, where=address, limit=self._settings.max_page_bytes, headers=headers)

        self._client.begin()
        answer, moved = self._follow(parse(address, allow_private=self._settings.allow_private), address, get)
        kind, charset = media_type(answer.headers.get("Content-Type"))
        return Reply(
            answer.status,
            str(answer.url),
            moved,
            answer.body,
            kind,
            charset,
            _validator(answer, "ETag"),
            _validator(answer, "Last-Modified"),
            answer.retry_after(),
            self._robots.pause(answer.url),
        )

    def _follow(self, url: httpx.URL, address: str, get: Get) -> tuple[Answer, str | None]:
        """The first answer that does not send us on, and where the address has moved for good (None: it has not); each
        hop is parsed, judged and allowed like the first."""
        seen = set()
        moved: str | None = None
        for_good = True
        for _ in range(self._settings.fetch_redirects + 1):
            state = (str(url), self._client.cookies())  # a site may set a cookie and send us back once
            if state in seen:
                raise FetchError(f"redirects in a ring through {url}", where=address, advice="look at it in a browser")
            seen.add(state)
            self._robots.check(url, address)
            answer = get(url, address)
            location = answer.redirect()
            if location is None:
                return answer, moved
            url = self._next(url, location, address)
            for_good = for_good and answer.status in (301, 308)
            moved = str(url) if for_good else moved
        what = f"redirects more than {self._settings.fetch_redirects} times, last to {url}"
        raise FetchError(what, where=address, advice="set MUSNAD_FETCH_REDIRECTS higher, or look at it in a browser")

    def _next(self, url: httpx.URL, location: str, address: str) -> httpx.URL:
        try:
            target = str(url.join(location))
        except (httpx.InvalidURL, ValueError) as error:
            what = f"redirects to what is no address: {error}"
            raise FetchError(what, where=address, advice="look at it in a browser") from error
        where = f"{address} (redirected to {target})"
        return parse(target, allow_private=self._settings.allow_private, where=where)

    def _patiently(self, url: httpx.URL, address: str) -> Answer:
        """The answer, asked for a second time when a busy server names a short wait."""
        answer = self._client.get(url, where=address, limit=self._settings.max_page_bytes)
        wait = answer.retry_after()
        if wait is None or wait > min(LONGEST_WAIT, self._client.deadline.left()):
            return answer
        time.sleep(wait)
        return self._client.get(url, where=address, limit=self._settings.max_page_bytes)

    def _robots_answer(self, url: httpx.URL, limit: int) -> Answer:
        return self._client.get(url, where=str(url), limit=limit, cut=True)

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
