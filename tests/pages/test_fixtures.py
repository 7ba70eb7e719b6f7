"""Pages in the manners of many systems, and what a reader finds on them (``fixtures/expected.json``)."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from musnad.model import Article, Page
from musnad.pages import read_page

FOLDER = Path(__file__).parent / "fixtures"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def read(name: str) -> Article:
    return read_page(Page((FOLDER / name).read_bytes(), name))


def found(article: Article, field: str) -> Any:
    """What the article has for a field of the expectations."""
    named = {"headline": article.headline, "section": article.section, "outlet": article.outlet}
    image = article.images[0] if article.images else None
    named |= {"caption": image.caption if image else None, "credit": image.credit if image else None}
    if field in named:
        value = named[field]
        return None if value is None else value.value
    line = article.dateline
    simple = {
        "published": article.published.iso if article.published else None,
        "byline": [name.value for name in article.byline],
        "dateline": [line.place, list(line.agencies)] if line else None,
        "language": article.language,
        "entries": [block.at.iso for block in article.blocks if block.kind == "entry" and block.at],
        "empty": article.text.words == "" and bool(article.doubts),
        "conflict": article.conflicts[0].field if article.conflicts else None,
        "doubt": article.doubts[0].rule if article.doubts else None,
    }
    return simple[field]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_piece_has_its_name(name: str) -> None:
    article, wanted = read(name), dict(EXPECTED[name])
    wanted.pop("charset", None)
    kinds = wanted.pop("kinds", {})
    assert {field: found(article, field) for field in wanted} == wanted
    counted = Counter(block.kind for block in article.blocks)
    assert {kind: counted[kind] for kind in kinds} == kinds


@pytest.mark.parametrize("name", EXPECTED)
def test_spans_are_the_words(name: str) -> None:
    article = read(name)
    words = article.text.words
    named = [article.headline, article.section, *article.byline]
    named += [piece for image in article.images for piece in (image.caption, image.credit)]
    for piece in named:
        if piece is not None and piece.span is not None:
            assert piece.span.of(words) == piece.value
    for block in article.blocks:
        line = block.span.of(words)
        assert line.strip() == line
        assert "\n" not in line
