"""The other forms, against small expectations written by hand."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from musnad.model import Article, Speaker, Text
from musnad.publish import FORMATS
from musnad.publish.explain import explanation
from musnad.publish.rows import COLUMNS, csv_head, csv_text
from musnad.publish.terminal import Painter
from tests.publish.build import WORDS, article


def linked(whole: Article) -> dict[str, Any]:
    return dict(json.loads(FORMATS["jsonld"].write(whole)))


def test_schema_org() -> None:
    page = linked(article())
    assert page["@context"] == "https://schema.org"
    assert (page["@type"], page["@id"]) == ("NewsArticle", "https://example.com/bridge?a=1&b=2")
    assert page["datePublished"] == "2022-02-28T21:02:00+02:00"
    assert page["author"] == [{"@type": "Person", "name": "سلمى حداد"}]
    assert page["publisher"] == {"@type": "NewsMediaOrganization", "name": "المدار"}
    assert page["dateline"] == "حلب - وكالات"
    assert page["image"][0]["creditText"] == "رويترز"
    outer, inner = page["hasPart"]
    assert inner["@type"] == "Quotation"
    assert inner["spokenByCharacter"] == {"@type": "Person", "name": "هدى منصور"}
    assert inner["isBasedOn"] == [{"@id": outer["@id"]}]
    assert inner["dateCreated"] == "2022-02-28T21:02:00+02:00"
    assert "isBasedOn" not in outer


def test_schema_org_of_reported_words_and_unnamed_speakers() -> None:
    one, two = article().attributions
    reported = replace(one, type="indirect", speaker=Speaker("مسؤول كبير", "unnamed"))
    page = linked(replace(article(), attributions=(reported, two)))
    assert page["hasPart"][0]["@type"] == "Claim"
    assert page["hasPart"][0]["author"] == {"@type": "Person", "description": "مسؤول كبير"}
    assert "spokenByCharacter" not in page["hasPart"][0]


def test_web_annotations_find_their_words() -> None:
    page = json.loads(FORMATS["annotations"].write(article()))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert len({item["id"] for item in page["items"]}) == len(page["items"]) == 7
    roles = []
    for item in page["items"]:
        assert item["target"]["source"] == "https://example.com/bridge?a=1&b=2"
        place, quote = item["target"]["selector"]
        assert place["type"] == "TextPositionSelector"
        assert quote["type"] == "TextQuoteSelector"
        assert WORDS[place["start"] : place["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in WORDS
        roles.append(item["body"][0]["value"])
    assert roles == ["content", "cue", "source", "content", "cue", "source", "medium"]


def rows(whole: Article) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_head() + csv_text(whole), newline="")))


def test_rows() -> None:
    one, two = rows(article())
    assert tuple(one) == COLUMNS
    assert (one["speaker"], one["cue"], one["act"], one["within"]) == ("وكالة الميناء", "نقلت", "report", "")
    assert (two["speaker"], two["within"], two["said_at"]) == ("هدى منصور", "1", "2022-02-28T21:02:00+02:00")
    assert two["chain"] == "المدار ← وكالة الميناء ⇠ بيان ⇠ هدى منصور"
    assert WORDS[int(two["start"]) : int(two["end"])] == two["said"]
    assert csv_text(article()).count("\r\n") == 2


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@a", "\t=1", "\u200f=1", "＝1", " =1"])
def test_no_cell_is_a_formula(evil: str) -> None:
    one = replace(article().attributions[0], speaker=Speaker(evil, "person"))
    [row] = rows(replace(article(), attributions=(one,)))
    assert row["speaker"] == f"'{evil}"


def test_what_explains() -> None:
    whole = "\n".join(explanation(article(), Painter(200, rtl=False)))
    assert "noun:قول score 0.800" in whole
    assert "→ وكالة الميناء (agency): attribution 1 stands around this one" in whole
    assert "⇢ هدى منصور by بيان (person): inferred: the text tells it elsewhere" in whole
    assert "المدار (outlet): the page is its" in whole
    assert "380 bus" in whole
    assert "a verb of saying without a content" in whole


def test_explaining_one_place() -> None:
    inside = "\n".join(explanation(article(), Painter(rtl=False), WORDS.index("نقلت")))
    assert "verb:نقل" in inside
    assert "noun:قول" not in inside
    assert "in a paragraph" in inside
    assert "outside the text" in "\n".join(explanation(article(), Painter(rtl=False), 10**6))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_form_takes_a_page_without_an_article(name: str) -> None:
    assert isinstance(FORMATS[name].write(Article(Text(""))), str)
