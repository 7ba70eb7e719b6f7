"""What each form of a data set holds: the filters, cells that are no formulas, and the fields that its standard asks for."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from musnad.record import Only, Record
from musnad.sets import export
from tests.record.texts import ADDED, DENIED, OTHER, SAID, at, put

EVIL = "=HYPERLINK(1)"


@pytest.fixture
def filled(file_record: Record) -> Record:
    """Three statements on two pages, and a version that stands no longer."""
    put(file_record, SAID, DENIED, OTHER, hour=9)
    put(file_record, SAID, OTHER, hour=12)
    put(file_record, ADDED, hour=10, address="https://mina.example/1", title=EVIL)
    return file_record


def values(record: Record, folder: Path, form: str, only: Only | None = None) -> list[dict[str, Any]]:
    """The lines of a form that is lines of JSON."""
    path = folder / f"{form}.jsonl"
    export(record, form, only or Only(), str(path))
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def sheet(record: Record, folder: Path, name: str, only: Only | None = None) -> list[dict[str, str]]:
    """The rows of a table of the CSV form."""
    export(record, "csv", only or Only(), str(folder / "sheets"))
    return list(csv.DictReader(io.StringIO((folder / "sheets" / f"{name}.csv").read_text(encoding="utf-8-sig"))))


@pytest.mark.parametrize(
    ("only", "speakers"),
    [
        (Only(), ["هدى منصور", "سالم الكعبي", "هدى منصور", "كريم الهادي"]),
        (Only(speaker="كريم الهادي"), ["كريم الهادي"]),
        (Only(act="deny"), ["سالم الكعبي"]),
        (Only(since=at(9, 30), until=at(10, 30)), ["كريم الهادي"]),
        (Only(known_at=at(9, 30)), ["هدى منصور", "سالم الكعبي"]),
        (Only(agency="رويترز"), []),
    ],
)
def test_filters_choose_statements(only: Only, speakers: list[str], filled: Record, tmp_path: Path) -> None:
    assert [row["speaker"] for row in sheet(filled, tmp_path, "attributions", only)] == speakers


def test_no_cell_is_a_formula(filled: Record, tmp_path: Path) -> None:
    assert {row["headline"] for row in sheet(filled, tmp_path, "articles")} == {
        "الجسر يفتح غدا أمام الحافلات",
        f"'{EVIL}",
    }


def test_ninjs_has_what_an_item_needs(filled: Record, tmp_path: Path) -> None:
    items = values(filled, tmp_path, "ninjs")
    assert len(items) == 2, "what stands"
    for item in items:
        assert item["uri"].startswith("https://")
        assert item["standard"]["name"] == "ninjs"
        assert item["versionCreated"].endswith("Z")
        [body] = item["bodies"]
        assert body["charCount"] == len(body["value"])
        statements = [one for one in item["associations"] if one["rel"] == "statement"]
        assert statements
        assert all(one["people"][0]["rel"] == "speaker" and one["infoSources"] for one in statements)
    assert [item["version"] for item in items] == ["2", "1"]


def test_annotations_point_to_their_words(filled: Record, tmp_path: Path) -> None:
    pages = values(filled, tmp_path, "annotations")
    assert len(pages) == 2
    texts = {version.article.text.words for place in filled.addresses() for version in filled.versions(place)}
    for page in pages:
        assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
        assert len({item["id"] for item in page["items"]}) == len(page["items"]) > 0
        for item in page["items"]:
            selectors = {one["type"]: one for one in item["target"]["selector"]}
            place, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
            assert any(words[place["start"] : place["end"]] == quote["exact"] for words in texts)


def test_linked_data_is_one_graph(filled: Record, tmp_path: Path) -> None:
    export(filled, "jsonld", Only(speaker="كريم الهادي"), str(tmp_path / "one.jsonld"))
    document = json.loads((tmp_path / "one.jsonld").read_text(encoding="utf-8"))
    [article] = document["@graph"]
    assert (document["@context"], article["@type"]) == ("https://schema.org", "NewsArticle")
    assert len(article["hasPart"]) == 1
    export(filled, "jsonld", Only(speaker="لا أحد"), str(tmp_path / "none.jsonld"))
    assert json.loads((tmp_path / "none.jsonld").read_text(encoding="utf-8"))["@graph"] == []
