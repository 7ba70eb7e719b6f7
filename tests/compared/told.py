"""Small stories in our own words: pages of invented outlets, read as musnad reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import musnad
from musnad.model import Article, Page
from musnad.run import read
from musnad.stories import Telling

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
_DAY = datetime(2022, 3, 1, tzinfo=UTC)
_OUTLETS = ("الضفة", "المرفأ", "السهل", "الجبل", "الوادي")


def telling(article: Article, number: int, *, copy: int | None = None, address: str = "") -> Telling:
    """An article as that of a story, published when it says, else `number` hours into the day."""
    instant = article.published.instant if article.published else None
    at = instant or _DAY + timedelta(hours=number)
    where = address or f"https://news{number}.example/{number}"
    outlet = article.outlet.value if article.outlet else None
    return Telling(number, number if copy is None else copy, article, where, outlet, at, article.published, at)


def page(words: str, number: int, *, day: int = 1) -> Article:
    """A page of its own outlet, published at `number` o'clock of a day in March 2022; its title, then a line a paragraph."""
    title, *paragraphs = [line.strip() for line in words.strip().splitlines() if line.strip()]
    body = "".join(f"<p>{line}</p>" for line in paragraphs)
    head = (
        f"<meta property='og:site_name' content='{_OUTLETS[number % len(_OUTLETS)]}'>"
        f"<meta property='article:published_time' content='2022-03-{day:02}T{number:02}:00:00Z'>"
    )
    article = f"<article><h1>{title}</h1>{body}</article>"
    html = f"<html lang='ar'><head><title>{title}</title>{head}</head><body>{article}</body></html>"
    return read(Page(html.encode(), f"{number}.html", f"https://news{number}.example/{number}"))


def story(*pages: str, copies: Sequence[int] | None = None, days: Sequence[int] | None = None) -> list[Telling]:
    """A story of pages, the first published at one o'clock, each an hour after the one before; `copies` are copy groups."""
    out = []
    for number, words in enumerate(pages, 1):
        article = page(words, number, day=days[number - 1] if days else 1)
        out.append(telling(article, number, copy=copies[number - 1] if copies else None))
    return out


def examples(*names: str) -> list[Telling]:
    """Sample pages as a story."""
    return [telling(musnad.read(EXAMPLES / name), number, address=name) for number, name in enumerate(names, 1)]
