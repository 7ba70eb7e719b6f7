"""A live page as it stood at a moment: its entries up to then, in print and in its structured data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_ENTRY = re.compile(r"<article\b[^>]*>(?:(?!</article>).)*</article>\s*", re.DOTALL)
_TIME = re.compile(r'<time\b[^>]*\bdatetime="([^"]+)"[^>]*>([^<]*)</time>')
_DATA = re.compile(r'(<script type="application/ld\+json">)(.*?)(</script>)', re.DOTALL)
_MODIFIED = re.compile(r'(<meta property="article:modified_time" content=")[^"]*(")')
FEWEST = 3
"""Entries from which on a page is a live one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a live page: where it stands in the HTML, and when it was published."""

    start: int
    stop: int
    at: datetime
    clock: str


def entries_of(html: str) -> tuple[Entry, ...]:
    """The entries of a live page, the first published first; a page with fewer than three has none."""
    found = []
    for match in _ENTRY.finditer(html):
        time = _TIME.search(match[0])
        if time:
            found.append(Entry(match.start(), match.end(), datetime.fromisoformat(time[1]), time[2].strip()))
    return tuple(sorted(found, key=lambda entry: entry.at)) if len(found) >= FEWEST else ()


def grown(html: str, entries: tuple[Entry, ...], count: int) -> str:
    """The page with its first `count` entries, and its last change where the last of those is."""
    last, latest = entries[count - 1], entries[-1]
    at = 0
    parts: list[str] = []
    for entry in sorted(entries[count:], key=lambda entry: entry.start):
        parts.append(html[at : entry.start])
        at = entry.stop
    page = "".join([*parts, html[at:]])
    page = _MODIFIED.sub(rf"\g<1>{last.at.isoformat()}\g<2>", page)
    page = _DATA.sub(lambda match: match[1] + _data(match[2], last.at) + match[3], page)
    return page if last is latest else page.replace(latest.clock, last.clock)


def _data(script: str, until: datetime) -> str:
    try:
        value: Any = json.loads(script)
    except ValueError:
        return script
    if not isinstance(value, dict) or "liveBlogUpdate" not in value:
        return script
    value["dateModified"] = until.isoformat()
    value["liveBlogUpdate"] = [
        update for update in value["liveBlogUpdate"] if datetime.fromisoformat(update["datePublished"]) <= until
    ]
    return json.dumps(value, ensure_ascii=False, indent=0)
