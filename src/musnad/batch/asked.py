"""Which pages of an archive are asked for: decided as early as can be, because most of an archive is passed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from musnad.record.rows import sortable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from musnad.model import Article, Page

_WHOLE = 1 << 64


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; the defaults ask for everything.

    `languages` are codes (``ar``); `outlets` names as printed, or hosts with all below them; `since` and `until` hold for
    the moment of :func:`moment_of`; `sample` is the share of the addresses that is taken, always the same ones.
    """

    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    sample: float = 1.0

    def passes_page(self, page: Page) -> str | None:
        """Why a page is passed over unread: ``sample`` or ``time``; None where its words have to tell."""
        if self.sample < 1.0:
            name = (page.address or page.origin).encode("utf-8", "replace")
            if int.from_bytes(blake2b(name, digest_size=8).digest(), "big") >= self.sample * _WHOLE:
                return "sample"
        return "time" if page.fetched_at and not self._in_time(page.fetched_at) else None

    def passes_article(self, page: Page, article: Article) -> str | None:
        """Why an article is passed over: ``language``, ``outlet`` or ``time``; None where it is asked for."""
        if self.languages and article.language not in self.languages:
            return "language"
        if self.outlets and not self._is_outlet(page, article):
            return "outlet"
        moment = moment_of(page, article)
        asks = self.since or self.until
        return "time" if asks and (moment is None or not self._in_time(moment)) else None

    def value(self) -> dict[str, Any]:
        """As plain values, which :meth:`of` reads."""
        return {
            "languages": list(self.languages),
            "outlets": list(self.outlets),
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "sample": self.sample,
        }

    @staticmethod
    def of(value: Mapping[str, Any]) -> Asked:
        """What :meth:`value` told.

        >>> Asked.of(Asked(("ar",), sample=0.5).value()) == Asked(("ar",), sample=0.5)
        True
        """
        since, until = (datetime.fromisoformat(held) if (held := value[name]) else None for name in ("since", "until"))
        return Asked(tuple(value["languages"]), tuple(value["outlets"]), since, until, value["sample"])

    def _in_time(self, moment: datetime) -> bool:
        return (self.since is None or moment >= self.since) and (self.until is None or moment < self.until)

    def _is_outlet(self, page: Page, article: Article) -> bool:
        host = _host(page.address or article.address)
        name = article.outlet.value if article.outlet else None
        return any(one in (name, host) or host.endswith(f".{one}") for one in self.outlets)


def moment_of(page: Page, article: Article) -> datetime | None:
    """The moment by which an article is put into a day: when it was fetched; where nothing tells that, when it was
    published; None where nothing tells that either."""
    return page.fetched_at or sortable(article.published)


def _host(address: str | None) -> str:
    try:
        return urlsplit(address or "").hostname or ""
    except ValueError:  # no address, whatever the archive says
        return ""
