"""A day out of a folder: what its pages, feeds, sitemap and section are at each moment; the same moment, the same bytes."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musnad.errors import InputError, UsageError
from musnad.model import Page
from musnad.pages import read_page
from musnad.replay.live import FEWEST, Entry, entries_of, grown

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCRIPT = "replay.json"
_GROWS = 0.9
"""The part of the day in which live pages grow: in the rest nothing changes, so that a run comes to rest."""
_FEEDS = {
    "/feeds/rss.xml": "rss",
    "/feeds/atom.xml": "atom",
    "/feeds/feed.json": "json",
    "/sitemap.xml": "sitemap",
    "/section": "section",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """What stands at a path: its bytes, their type, and when they last changed. 410 where a page was withdrawn."""

    body: bytes
    content_type: str
    changed: datetime
    status: int = 200


@dataclass(frozen=True, slots=True)
class _Told:
    """A page of the day: from when to when (parts of the day) it is there, and what it says."""

    name: str
    headline: str
    body: bytes
    appears: float = 0.0
    withdrawn: float | None = None
    live: str = ""
    entries: tuple[Entry, ...] = ()
    earlier: tuple[tuple[datetime, str, str], ...] = field(default=())

    def there(self, part: float) -> bool:
        return self.appears <= part and not self.gone(part)

    def gone(self, part: float) -> bool:
        return self.withdrawn is not None and part >= self.withdrawn

    def count(self, part: float) -> int:
        """How many entries there are: a few from the beginning, the last at the end of what grows."""
        grows = len(self.entries) - FEWEST
        return FEWEST + min(grows, int(part / _GROWS * grows + 1e-9))

    def changed(self, part: float) -> float:
        """When in the day it last changed."""
        if not self.entries:
            return self.appears
        return max(self.appears, (self.count(part) - FEWEST) * _GROWS / max(1, len(self.entries) - FEWEST))

    def at(self, part: float) -> bytes:
        if not self.entries:
            return self.body
        count = self.count(part)
        page = grown(self.live, self.entries, count)
        for until, words, before in self.earlier:
            if self.entries[count - 1].at < until:
                page = page.replace(words, before)
        return page.encode()


class Day:
    """The pages of a folder as a day that begins at `start` and takes `seconds`.

    ``replay.json`` in the folder may say when a page appears and when it is withdrawn (parts of the day), and what stood on
    it earlier; live pages grow entry by entry by themselves. Raises UsageError where there are no pages, or that is wrong.
    """

    def __init__(self, folder: str, *, seconds: float, start: datetime) -> None:
        self.start, self.seconds = start, seconds
        self._told = {f"/pages/{told.name}": told for told in _read(folder)}

    def feeds(self) -> list[tuple[str, str]]:
        """The paths of what can be followed, each with its name: the feeds, then the live pages."""
        live = [(path, told.headline) for path, told in self._told.items() if told.entries]
        return [*_FEEDS.items(), *live]

    def at(self, path: str, moment: datetime) -> Resource | None:
        """What stands at `path` then; None for nothing. Before the day it is as at its beginning, after it as at its end."""
        part = min(1.0, max(0.0, (moment - self.start) / timedelta(seconds=self.seconds)))
        if path in _FEEDS:
            return self._feed(_FEEDS[path], part)
        told = self._told.get(path)
        if told is None or part < told.appears:
            return None
        if told.gone(part):
            return Resource(b"", "text/html; charset=utf-8", self._moment(told.withdrawn or 0.0), 410)
        kind = "text/html" if b"charset=windows-1256" not in told.body[:2000] else "text/html; charset=windows-1256"
        return Resource(told.at(part), kind, self._moment(told.changed(part)))

    def _moment(self, part: float) -> datetime:
        return self.start + timedelta(seconds=part * self.seconds)

    def _feed(self, kind: str, part: float) -> Resource:
        """A feed lists what is there, the newest first; when it changed is when the newest came, or one went."""
        there = sorted((t for t in self._told.values() if t.there(part)), key=lambda t: (-t.appears, t.name))
        marks = [t.changed(part) for t in there] + [
            t.withdrawn for t in self._told.values() if t.gone(part) and t.withdrawn
        ]
        changed = self._moment(max(marks, default=0.0))
        items = [(t, self._moment(t.appears), self._moment(t.changed(part))) for t in there]
        write, content_type = _WRITERS[kind]
        return Resource(write(items).encode(), content_type, changed)


_Items = list[tuple[_Told, datetime, datetime]]


def _read(folder: str) -> list[_Told]:
    names = sorted(path for path in Path(folder).glob("*.htm*") if path.is_file())
    if not names:
        raise UsageError("there are no pages (*.html) in this folder", where=folder, advice="name a folder of pages")
    script = _script(Path(folder) / _SCRIPT)
    told = []
    for path in names:
        body = path.read_bytes()
        try:
            article = read_page(Page(body, str(path)))
        except InputError:
            continue
        earlier = [
            (datetime.fromisoformat(one["until"]), one["words"], one["before"])
            for one in script.get("earlier", [])
            if one["page"] == path.name
        ]
        text = body.decode("utf-8", "replace")
        entries = entries_of(text)
        told.append(
            _Told(
                path.name,
                article.headline.value if article.headline else path.stem,
                body,
                float(script.get("appears", {}).get(path.name, 0.0)),
                script.get("withdrawn", {}).get(path.name),
                text if entries else "",
                entries,
                tuple(earlier),
            )
        )
    return told


def _script(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(value, dict):
            raise ValueError("no object")
        for one in value.get("earlier", []):
            datetime.fromisoformat(one["until"])
            one["page"], one["words"], one["before"]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"cannot be read: {error}", where=str(path), advice="mend it, or take it away") from error
    return value


def _rss(items: _Items) -> str:
    entries = "".join(
        f"<item><title>{_x(t.headline)}</title><link>/pages/{t.name}?utm_source=rss&amp;utm_medium=feed</link>"
        f"<guid isPermaLink='false'>{t.name}</guid><pubDate>{format_datetime(at, usegmt=True)}</pubDate></item>\n"
        for t, at, _ in items
    )
    return f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>rss</title>\n{entries}</channel></rss>\n'


def _atom(items: _Items) -> str:
    entries = "".join(
        f'<entry><id>tag:{t.name}</id><title type="html">{_x(_x(t.headline))}</title><link href="/pages/{t.name}#top"/>'
        f"<published>{at.isoformat()}</published><updated>{changed.isoformat()}</updated></entry>\n"
        for t, at, changed in items
    )
    return f'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>atom</title>\n{entries}</feed>\n'


def _json(items: _Items) -> str:
    entries = [
        {"id": t.name, "url": f"/pages/{t.name}", "title": t.headline, "date_published": at.isoformat()}
        for t, at, _ in items
    ]
    value = {"version": "https://jsonfeed.org/version/1.1", "title": "json", "language": "ar", "items": entries}
    return json.dumps(value, ensure_ascii=False, indent=1)


def _sitemap(items: _Items) -> str:
    entries = "".join(
        f"<url><loc>/pages/{t.name}</loc><lastmod>{changed.isoformat()}</lastmod><news:news><news:publication_date>"
        f"{at.isoformat()}</news:publication_date><news:title>{_x(t.headline)}</news:title></news:news></url>\n"
        for t, at, changed in items
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {spaces}>\n{entries}</urlset>\n'


def _section(items: _Items) -> str:
    links = "".join(f'<li><a href="/pages/{t.name}">{_x(t.headline)}</a></li>\n' for t, _, _ in items)
    return f'<!doctype html>\n<html lang="ar" dir="rtl"><title>section</title><body><ul>\n{links}</ul></body></html>\n'


def _x(words: str) -> str:
    return html.escape(words)


_WRITERS: dict[str, tuple[Any, str]] = {
    "rss": (_rss, "application/rss+xml"),
    "atom": (_atom, "application/atom+xml; charset=utf-8"),
    "json": (_json, "application/feed+json"),
    "sitemap": (_sitemap, "application/xml"),
    "section": (_section, "text/html; charset=utf-8"),
}


def listed(feeds: Sequence[tuple[str, str]], base: str) -> str:
    """The feeds as a list that ``--sources`` takes: an address and a name a line."""
    return "".join(f"{base}{path}\t{' '.join(name.split())}\n" for path, name in feeds)
