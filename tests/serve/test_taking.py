"""What leaves the pages: feeds, tables, linked data."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pyarrow.parquet
import pytest

from musnad.errors import UsageError
from musnad.publish.taken import TAKEN
from musnad.serve import Serving
from tests.serve.conftest import BEGINS, CAPTAIN, ENDS, Desk
from tests.serve.strict import ATOM, atom_faults, json_feed_faults

HOSTILE = "قال الوزير كريم الراضي إن &lt;script&gt;alert(1)&lt;/script&gt; =cmd()]]&gt; &amp;amp; الجسر سيفتح غدا."
FEEDS = ("/", "/story/1", "/story/2", "/search?q=الجسر", "/speaker/سالم الكعبي", "/outlet/المدار", "/agency/واس")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A service that no test writes to."""
    desk = Desk(tmp_path_factory.mktemp("shelf"))
    desk.write("hostile", "&lt;b&gt;المنبر&lt;/b&gt;", HOSTILE, headline="&lt;svg onload=z&gt; الجسر يفتح")
    desk.write("second", "الضفاف", BEGINS, CAPTAIN, ENDS)
    while desk.client.get("/story/1").text.count("data-key=") < 2:
        time.sleep(0.1)
    yield desk
    desk.close()


def _feed(path: str, form: str) -> str:
    before, mark, query = path.partition("?")
    return f"{before.rstrip('/')}/feed.{form}{mark}{query}"


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_are_what_their_specifications_say(shelf: Desk, path: str) -> None:
    atom = shelf.client.get(_feed(path, "atom"))
    assert atom.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert list(atom_faults(atom.content)) == []
    read = feedparser.parse(atom.content)
    assert not read.bozo
    answer = shelf.client.get(_feed(path, "json"))
    assert answer.headers["content-type"].startswith("application/feed+json")
    value = answer.json()
    assert list(json_feed_faults(value)) == []
    assert [one.id for one in read.entries] == [one["id"] for one in value["items"]]
    assert [one.link for one in read.entries] == [one["url"] for one in value["items"]]
    assert value["items"] or path.startswith("/agency")
    page = shelf.client.get(path).text
    for kind, form in (("application/atom+xml", "atom"), ("application/feed+json", "json")):
        link = re.search(rf'<link rel="alternate" type="{re.escape(kind)}"[^>]*href="([^"]+)"', page)
        assert link
        found = shelf.client.get(link[1].replace("&amp;", "&"))
        assert found.content == shelf.client.get(_feed(path, form)).content
    for address in re.findall(r'<a href="([^"]*/statements\.(?:csv|jsonl|parquet)[^"]*)"', page):
        assert shelf.client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_an_item_says_who_said_it_and_through_whom(shelf: Desk) -> None:
    feed = feedparser.parse(shelf.client.get("/story/1/feed.atom").content)
    captain = next(one for one in feed.entries if "هدى منصور" in one.author)
    assert "<blockquote" in captain.summary
    assert "الضفاف ← " in captain.summary
    page = shelf.client.get("/story/1").text
    assert captain.link.startswith(f"{shelf.url}/story/1#s-")
    assert f'id="{captain.link.partition("#")[2]}"' in page
    items = shelf.client.get("/story/1/feed.json").json()["items"]
    value = next(one["_musnad"] for one in items if one["id"] == captain.id)
    assert value["statement"]["chain"][0]["name"] == "الضفاف"
    told = shelf.client.get("/speaker/هدى منصور/feed.json").json()["items"]
    assert [one["id"] for one in told] == [captain.id]  # the same thing has the same name wherever it is told


def test_what_pages_say_is_words_in_a_feed(shelf: Desk) -> None:
    root = ElementTree.fromstring(shelf.client.get("/story/2/feed.atom").content)
    contents = [one.text or "" for one in root.iter(f"{ATOM}content")]
    assert contents
    assert not any("<script" in one or "<svg" in one or "<b>" in one for one in contents)
    assert any("&lt;script&gt;alert(1)" in one for one in contents)


def test_what_is_had_is_not_sent_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    try:

        def status(**headers: str) -> int:
            given = [(name.replace("_", "-").encode(), held.encode()) for name, held in headers.items()]
            return desk.client.get("/story/1/feed.atom", headers=given).status_code

        first = desk.client.get("/story/1/feed.atom")
        tag = first.headers["etag"]
        assert status(if_none_match=tag) == status(if_none_match=f'"x", W/{tag}') == 304
        while "last-modified" not in (settled := desk.client.get("/story/1/feed.atom")).headers:
            time.sleep(0.2)
        since = settled.headers["last-modified"]
        assert status(if_modified_since=since) == 304
        assert status(if_modified_since=since, if_none_match='"other"') == 200
        assert status(if_modified_since="نعم") == status(if_modified_since=formatdate(0, usegmt=True)) == 200
        ids = {one.id for one in feedparser.parse(first.content).entries}
        desk.write("second", "الضفاف", BEGINS, CAPTAIN, ENDS)
        while status(if_none_match=tag) == 304:
            time.sleep(0.1)
        assert status(if_modified_since=since) == 200
        assert ids < {one.id for one in feedparser.parse(desk.client.get("/story/1/feed.atom").content).entries}
    finally:
        desk.close()


@pytest.mark.parametrize("path", ["/story/1/statements", "/search/statements", "/article/1/statements"])
def test_tables_hold_the_same_in_every_form(shelf: Desk, path: str) -> None:
    query = {"outlet": "المدار"} if path.startswith("/search") else {}
    answer = shelf.client.get(f"{path}.csv", params=query)
    assert answer.headers["content-disposition"].startswith('attachment; filename="musnad-')
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == TAKEN
    table = pyarrow.parquet.read_table(io.BytesIO(shelf.client.get(f"{path}.parquet", params=query).content))
    assert table.column_names == list(TAKEN)
    assert table["said"].to_pylist() == [row["said"] for row in rows]
    assert table["score"].to_pylist() == [float(row["score"]) for row in rows]
    lines = [json.loads(line) for line in shelf.client.get(f"{path}.jsonl", params=query).text.splitlines()]
    assert 0 < len(lines) <= len(rows)
    assert any("سالم الكعبي" in row["speaker"] for row in rows)


def test_no_table_runs_in_a_spreadsheet(shelf: Desk) -> None:
    for path in ("/story/2/statements.csv", "/search/statements.csv?q=الجسر"):
        rows = list(csv.reader(io.StringIO(shelf.client.get(path).content.decode("utf-8-sig"))))
        assert len(rows) > 1
        assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@", "\t")]


def test_linked_data_stands_in_the_page_and_is_words(shelf: Desk) -> None:
    for path, kind in (("/story/2", "Collection"), ("/article/2", "NewsArticle")):
        page = shelf.client.get(path).text
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        assert block
        value = json.loads(block[1])
        assert value["@type"] == kind
        assert {part["@type"] for part in value["hasPart"]} <= {"Quotation", "Claim"}
        assert "<script>alert(1)</script>" in json.dumps(value, ensure_ascii=False)
        assert "ClaimReview" not in block[1]
    assert shelf.client.get("/article/2/article.jsonld").json() == value
    notes = shelf.client.get("/article/2/annotations")
    assert notes.headers["content-type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    assert notes.json()["items"]


def test_what_there_is_none_of(shelf: Desk) -> None:
    none = ("/story/99/feed.atom", "/search/feed.atom", "/search/statements.csv", "/article/99/annotations")
    for path in (*none, "/feed.rss", "/story/99/statements.csv", "/search/feed.json?q=%22"):
        assert shelf.client.get(path).status_code in (404, 422), path


def test_links_begin_where_the_service_is_found(shelf: Desk, tmp_path: Path) -> None:
    desk = Desk(tmp_path, public="https://desk.example/")
    try:
        value = desk.client.get("/story/1/feed.json?lang=en").json()
        assert value["feed_url"] == "https://desk.example/story/1/feed.json?lang=en"
        assert value["home_page_url"] == "https://desk.example/story/1"
        assert value["items"][0]["url"].startswith("https://desk.example/story/1#s-")
        here = shelf.client.get("/story/1/feed.json").json()
        assert here["home_page_url"] == f"{shelf.url}/story/1"
    finally:
        desk.close()
    for address in ("desk.example", "https://desk.example/page", "javascript:x", "https://a b"):
        with pytest.raises(UsageError, match="address of a service"):
            Serving("r.sqlite", public=address)
