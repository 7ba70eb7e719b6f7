"""A page from its address: politely, within limits, and never from where it must not come."""

from __future__ import annotations

import ssl
import time
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx

from musnad.errors import FetchError
from musnad.fetch.addresses import parse
from musnad.fetch.client import Answer, Client
from musnad.fetch.connect import Resolve, resolve
from musnad.fetch.declared import is_html, media_type
from musnad.fetch.robots import Robots
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


class Fetcher:
    """Fetches the pages of one run: connections and robots.txt are kept between them. Not for several threads."""

    def __init__(self, settings: Settings, *, resolve: Resolve = resolve, tls: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._client = Client(settings, resolve, tls)
        self._robots = Robots(settings.user_agent, self._robots_answer, allow_private=settings.allow_private)

    def fetch(self, address: str) -> Page:
        """As :func:`musnad.fetch.fetch`."""
        self._client.begin()
        answer = self._follow(parse(address, allow_private=self._settings.allow_private), address)
        if answer.status != 200:
            meaning = _MEANINGS.get(answer.status, "")
            what = f"answered {answer.status}" + (f": {meaning}" if meaning else "")
            raise FetchError(what, where=address, advice="check the address, or save the page and read the file")
        kind, charset = media_type(answer.headers.get("Content-Type"))
        if not answer.body.strip():
            raise FetchError("the answer is empty", where=address, advice="look at it in a browser")
        if not is_html(kind, answer.body):
            what = f"is {kind or 'of no declared type'}, not an HTML page"
            raise FetchError(what, where=address, advice="give the address of the article itself")
        return Page(answer.body, address, str(answer.url), datetime.now(UTC), kind, charset)

    def _follow(self, url: httpx.URL, address: str) -> Answer:
        """The first answer that does not send us on; each hop is parsed, judged and allowed like the first."""
        seen = set()
        for _ in range(self._settings.fetch_redirects + 1):
            state = (str(url), self._client.cookies())  # a site may set a cookie and send us back once
            if state in seen:
                raise FetchError(f"redirects in a ring through {url}", where=address, advice="look at it in a browser")
            seen.add(state)
            self._robots.check(url, address)
            answer = self._patiently(url, address)
            location = answer.redirect()
            if location is None:
                return answer
            url = self._next(url, location, address)
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
