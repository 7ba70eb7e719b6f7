"""The two forms that stay stable, against what is written of them."""

from __future__ import annotations

import json
from typing import Any

from musnad.model import Article, Text
from musnad.publish import article_value, marks_value
from tests.publish.build import WORDS, article

KEYS = {"headline", "section", "outlet", "address", "language", "direction", "published", "modified", "conflicts"}
KEYS |= {"byline", "dateline", "images", "text", "blocks", "attributions", "figures", "doubts"}
ATTRIBUTION = "id cue source content type speaker addressee medium within said_at chain rule"


def value() -> dict[str, Any]:
    return dict(json.loads(json.dumps(article_value(article()))))


def test_keys_of_the_page_are_there() -> None:
    assert set(value()) >= KEYS


def test_furniture() -> None:
    page = value()
    assert page["headline"] == "وزيرة النقل: الجسر يفتح غدا"
    assert page["outlet"] == "المدار"
    assert page["byline"] == ["سلمى حداد"]
    assert page["dateline"] == {"place": "حلب", "agencies": ["وكالات"]}
    assert page["modified"] is None
    wanted = {"text": "2022.02.28 | 21:02 دمشق", "iso": "2022-02-28T21:02:00+02:00", "zone": "Asia/Damascus"}
    assert wanted.items() <= page["published"].items()
    assert page["published"]["precision"] == "minute"
    assert page["published"]["utc"] == "2022-02-28T19:02:00Z"
    assert page["images"] == [{"src": "a.jpg", "caption": "جسر على نهر", "credit": "رويترز", "date": "2022-02-28"}]
    assert page["conflicts"][0]["values"] == ["21:02", "20:50"]


def test_spans_are_the_words() -> None:
    page = value()
    words = page["text"]
    assert words == WORDS
    outer, inner = page["attributions"]
    assert set(ATTRIBUTION.split()) <= set(outer)
    assert words[slice(*outer["cue"][0])] == "نقلت"
    assert words[slice(*inner["source"])] == "وزيرة النقل هدى منصور"
    assert words[slice(*inner["medium"])] == "بيان"
    assert inner["within"] == 0
    assert inner["speaker"] == {"name": "هدى منصور", "kind": "person"}
    assert [link["name"] for link in inner["chain"]] == ["المدار", "وكالة الميناء", "هدى منصور"]
    assert inner["chain"][2]["through"] == "بيان"
    assert page["figures"][0]["value"] == 380
    assert page["figures"][0]["claimant"] == 1
    assert words[slice(*page["figures"][0]["span"])] == "380 حافلة"
    assert [block["kind"] for block in page["blocks"]] == ["headline", "paragraph", "heading", "paragraph"]


def test_the_form_of_the_marks() -> None:
    marks = marks_value("d1", article())
    assert list(marks) == ["id", "attributions", "figures"]
    assert marks["attributions"][1]["speaker"] == "هدى منصور"
    assert marks["attributions"][1]["anonymous"] is False
    assert list(marks["attributions"][0]) == (
        ["cue", "source", "content", "type", "speaker", "anonymous", "addressee", "medium", "within"]
    )
    assert list(marks["figures"][0]) == ["span", "value", "low", "high", "hedge", "unit", "of", "claimant"]


def test_an_empty_article_has_every_key() -> None:
    page = article_value(Article(Text("")))
    assert set(page) >= KEYS
    assert page["text"] == ""
    assert page["headline"] is None
    assert page["attributions"] == []
