"""What a site's robots.txt lets us fetch (RFC 9309), read once a site and run."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import httpx
from protego import Protego

from musnad.errors import FetchError, InputError, Refused
from musnad.fetch.addresses import parse
from musnad.fetch.client import Answer

MAX_BYTES = 512_000  # RFC 9309 §2.5 asks for at least 500 KiB
_REDIRECTS = 5  # RFC 9309 §2.3.1.2
_AGENT_LINE = re.compile(r"[ \t]*user[- ]?agent[ \t]*:?[ \t]*(.*)", re.IGNORECASE)
_UNREACHABLE = (
    "then nothing may be fetched (RFC 9309); try again later, or save the page in a browser and read the file"
)

_DAY, _FAILURE = 86_400.0, 900.0  # seconds

Get = Callable[[httpx.URL, int], Answer]
Known = dict[str, tuple[float, Protego | InputError]]
"""By the address of its robots.txt: until when (monotonic seconds) the rules stand, and the rules, or why there are none."""


class Robots:
    """The rules of the sites met in one run, by scheme, host and port.

    With `known`, a dictionary that several share, none of them asks again what another has read; rules stand for a day
    (RFC 9309 §2.4), a failure for a quarter of an hour.
    """

    def __init__(self, user_agent: str, get: Get, *, allow_private: bool, known: Known | None = None) -> None:
        self._agent = (user_agent.split("/", 1)[0].split() or ["musnad"])[0]
        self._get, self._allow_private = get, allow_private
        self._sites: Known = {} if known is None else known

    def check(self, url: httpx.URL, where: str) -> None:
        """Raise Refused when the site's rules forbid `url` or cannot be known, FetchError when the site is not there."""
        rules = self._rules(url)
        if isinstance(rules, InputError):
            kind = Refused if isinstance(rules, Refused) else FetchError
            raise kind(f"{rules.what}, when asked for the robots.txt of {url.host}", where=where, advice=rules.advice)
        if not rules.can_fetch(str(url), self._agent):
            raise Refused(
                f"the robots.txt of {url.host} forbids it to {self._agent}",
                where=where,
                advice="save the page in a browser and read the file",
            )

    def pause(self, url: httpx.URL) -> float:
        """Seconds that the site asks to leave between two requests (Crawl-delay), 0.0 where it does not; asks nobody."""
        _, rules = self._sites.get(_site(url), (0.0, None))
        delay = rules.crawl_delay(self._agent) if isinstance(rules, Protego) else None
        return max(0.0, float(delay or 0.0))

    def _rules(self, url: httpx.URL) -> Protego | InputError:
        site, now = _site(url), time.monotonic()
        until, rules = self._sites.get(site, (0.0, None))
        if rules is None or until < now:
            rules = self._read(httpx.URL(site))
            self._sites[site] = (now + (_FAILURE if isinstance(rules, InputError) else _DAY), rules)
        return rules

    def _read(self, url: httpx.URL) -> Protego | InputError:
        """Rules, or the reason why nothing may be fetched.

        RFC 9309 §2.3.1: 4xx and more than five redirects: there are no rules, all is allowed. 5xx and no answer: all is
        forbidden. 429 says "not now" and is taken like 5xx.
        """
        try:
            for _ in range(_REDIRECTS + 1):
                answer = self._get(url, MAX_BYTES)
                location = answer.redirect()
                if location is None:
                    return self._judge(answer)
                url = parse(str(url.join(location)), allow_private=self._allow_private)
        except InputError as error:
            return error
        except httpx.InvalidURL as error:
            return Refused(f"redirects to what is no address ({error})", advice=_UNREACHABLE)
        return Protego.parse("")

    def _judge(self, answer: Answer) -> Protego | InputError:
        if answer.status == 200:
            return Protego.parse(ours(answer.body.decode("utf-8-sig", "replace"), self._agent))
        if answer.status == 429 or answer.status >= 500 or answer.status < 200:
            return Refused(f"answered {answer.status}", advice=_UNREACHABLE)
        return Protego.parse("")


def _site(url: httpx.URL) -> str:
    return str(url.copy_with(raw_path=b"/robots.txt"))


def ours(text: str, agent: str) -> str:
    r"""The rules with every group that is neither ours nor everybody's under one name.

    Ours are those that name our product token, with a version or without (RFC 9309 §2.2.1); to Protego the beginning of
    it would do. It keeps Protego's time linear, too: it gives each rule of a group to each agent of the group, and a file
    of 3,000 agents and 3,000 rules took 16 seconds.

    >>> ours("User-agent: a\nUser-agent: b\nDisallow: /\n\nUser-agent: *\nAllow: /", "musnad").count("not-us")
    2
    """
    lines = text.splitlines()
    for number, line in enumerate(lines):
        found = _AGENT_LINE.match(line)
        if found:
            name = found[1].partition("#")[0].partition("/")[0].strip().lower()
            if name != "*":
                lines[number] = f"User-agent: {agent if name.strip('*') == agent.lower() else 'not-us'}"
    return "\n".join(lines)
