"""The sample pages as read, and what a careful reader finds on them (`examples/expected.json`)."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from musnad.model import Article, Page
from musnad.run import read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EXPECTED: dict[str, dict[str, Any]] = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
MARKED = [name for name, page in EXPECTED.items() if page["attributions"] is not None]


@cache
def article(name: str) -> Article:
    """The article of one sample page, read once."""
    return read(Page((EXAMPLES / name).read_bytes(), name))


def flat(words: str | None) -> str | None:
    """Words with white space folded to single blanks, as `expected.json` has them."""
    return None if words is None else " ".join(words.split())


def fields(name: str) -> dict[str, Any]:
    """The furniture of a page as read, in the form of `expected.json`."""
    a = article(name)
    blocks = [(b.kind, flat(a.text.of(b.span)) or "", b.at) for b in a.blocks]
    body = [words for kind, words, _ in blocks if kind in ("paragraph", "list item", "quote")]
    dateline = a.dateline
    return {
        "outlet": a.outlet.value if a.outlet else None,
        "language": a.language,
        "headline": flat(a.headline.value) if a.headline else None,
        "section": flat(a.section.value) if a.section else None,
        "published": a.published.iso if a.published else None,
        "modified": a.modified.iso if a.modified else None,
        "byline": [flat(n.value) for n in a.byline],
        "dateline": {"place": dateline.place, "agencies": list(dateline.agencies)} if dateline else None,
        "headings": [words for kind, words, _ in blocks if kind == "heading"],
        "entries": [{"at": at.iso if at else None, "heading": words} for kind, words, at in blocks if kind == "entry"],
        "embeds": [words for kind, words, _ in blocks if kind == "embed"],
        "captions": [flat(i.caption.value) for i in a.images if i.caption],
        "credits": [flat(i.credit.value) for i in a.images if i.credit],
        "photo dates": [i.date.iso if i.date else None for i in a.images if i.caption],
        "conflicts": [{"field": c.field, "values": list(c.values)} for c in a.conflicts],
        "paragraphs": body,
    }


def wanted(name: str) -> dict[str, Any]:
    """The same as a careful reader found it."""
    page = EXPECTED[name]
    same = ("outlet", "language", "headline", "section", "published", "modified", "byline", "dateline", "headings")
    return {
        **{field: page.get(field) for field in same},
        "conflicts": page["conflicts"],
        "entries": page.get("entries", []),
        "embeds": page.get("embeds", []),
        "captions": [i["caption"] for i in page["images"] if i["caption"]],
        "credits": [i["credit"] for i in page["images"] if i["credit"]],
        "photo dates": [i["date"] for i in page["images"] if i["caption"]],
        "paragraphs": page["paragraph_starts"],
    }


def agrees(field: str, want: Any, have: Any) -> bool:
    """Whether a field was read rightly.

    A caption may be given with its credit, a credit without its label; paragraphs are known by their beginnings. A
    modification that only the markup tells is not in `expected.json`; one that is there may be given in another zone.
    """
    if field in ("paragraphs", "captions"):
        return len(want) == len(have) and all(h.startswith(w) for w, h in zip(want, have, strict=True))
    if field == "credits":
        return len(want) == len(have) and all(w.endswith(h) for w, h in zip(want, have, strict=True))
    if field == "modified":
        return want is None or (have is not None and datetime.fromisoformat(want) == datetime.fromisoformat(have))
    return bool(want == have)
