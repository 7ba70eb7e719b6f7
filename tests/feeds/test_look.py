"""What is at an address, and what it lists: every kind, and what is wrong with feeds in the wild."""

from __future__ import annotations

import gzip
import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.errors import UnreadablePage
from musnad.feeds import MOST_ITEMS, Feed, canonical, declared_canonical, key_of, look
from musnad.model import Page

BASE = "https://madar.example/feeds/rss.xml"
NOW = datetime(2022, 2, 28, 20, tzinfo=UTC)
ITEM = (
    "<item><title>افتتاح الجسر &amp;lt;b&amp;gt;غدا&amp;lt;/b&amp;gt;</title><link>/n/{0}?utm_source=rss&amp;id={0}</link>"
    "<guid isPermaLink='false'>one</guid><pubDate>Mon, 28 Feb 2022 19:02:00 +0300</pubDate></item>"
)


def rss(count: int, before: str = "", after: str = "</channel></rss>") -> str:
    items = "".join(ITEM.format(number) for number in range(count))
    return f"{before}<rss version='2.0'><channel><title>المدار</title><language>ar</language>{items}{after}"


def looked(body: str | bytes, kind: str | None = "text/xml", charset: str | None = None) -> Feed:
    page = Page(body.encode() if isinstance(body, str) else body, BASE, BASE, content_type=kind, charset=charset)
    return look(page, now=NOW, limit=20_000_000)


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title type="html">&lt;i&gt;نبأ&lt;/i&gt;</title>
<entry><title>خبر</title><id>https://madar.example/id/1</id><link rel="self" href="/self"/><link href="../n/1#x"/>
<published>2022-02-28T19:02:00Z</published><updated>2022-02-28T19:30:00Z</updated></entry></feed>"""
JSON = json.dumps(
    {
        "title": "ن",
        "items": [{"id": 7, "url": "/n/1", "date_published": "2022-02-28T19:02:00Z"}, 3, {"url": "file:///x"}],
    }
)
NEWS = """<urlset xmlns:news="x"><url><loc>https://madar.example/n/1</loc><news:news><news:title>خبر</news:title>
<news:publication_date>2022-02-28</news:publication_date></news:news></url>
<url><loc>https://madar.example/old</loc><lastmod>2021-01-01</lastmod></url></urlset>"""
INDEX = "<sitemapindex><sitemap><loc>https://madar.example/s/1.xml</loc></sitemap></sitemapindex>"
SECTION = "<html lang=ar><title>محليات</title><nav><a href='/tag/x-1-2022'>وسم من أربع كلمات</a></nav><ul>" + "".join(
    f"<li><a href='/news/2022/2/28/bridge-{n}'><img></a><a href='/news/2022/2/28/bridge-{n}'>الجسر الجديد يفتح غدا {n}</a>"
    for n in range(6)
)
LIVE = '<html><script type="application/ld+json">{"@type":"LiveBlogPosting"}</script><p>نص</p>'


@pytest.mark.parametrize(
    ("body", "kind", "count", "first"),
    [
        (rss(3), "rss", 3, "https://madar.example/n/0?id=0"),
        (ATOM, "atom", 1, "https://madar.example/n/1"),
        (JSON, "json", 1, "https://madar.example/n/1"),
        (NEWS, "sitemap", 1, "https://madar.example/n/1"),
        (INDEX, "index", 1, "https://madar.example/s/1.xml"),
        (SECTION, "section", 6, "https://madar.example/news/2022/2/28/bridge-0"),
    ],
)
def test_every_kind(body: str, kind: str, count: int, first: str) -> None:
    for declared in ("text/html", "application/octet-stream", None):  # feeds are served as anything
        feed = looked(body, declared)
        assert (feed.kind, len(feed.items), feed.items[0].address) == (kind, count, first)


def test_pages_that_list_nothing() -> None:
    assert (looked(LIVE, "text/html").kind, looked("<html><p>خبر قصير", "text/html").kind) == ("live", "page")


def test_titles_are_plain_and_dates_as_given() -> None:
    [item] = looked(rss(1)).items
    assert item.title == "افتتاح الجسر غدا"
    assert item.published is not None
    assert item.published.iso == "2022-02-28T19:02:00+03:00"
    assert looked(ATOM).title == "نبأ"
    assert looked(ATOM).items[0].mark == "2022-02-28T19:30:00Z"
    [odd] = looked(rss(1).replace("Mon, 28 Feb 2022 19:02:00 +0300", "عما قريب")).items
    assert odd.published is None


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (rss(10, after=""), 10),  # cut off
        (rss(10).replace("<guid isPermaLink='false'>one</guid>", "<guid>one</gid>", 1), 9),  # one entry is broken
        (rss(10).replace("الجسر", "الجسر & النفق &nbsp;", 1), 10),  # an ampersand, and a name that only HTML has
        (rss(10).replace("الجسر", "الجسر\x0b\x00&#x1;", 1), 10),
        (rss(10, "\n\n<?xml version='1.0'?>\n"), 10),
        (rss(10).replace("<rss", "<rss media:x='1'"), 10),  # a prefix that nothing declares
    ],
)
def test_malformed(body: str, count: int) -> None:
    assert len(looked(body).items) == count


def test_character_sets() -> None:
    for name, charset in (("windows-1256", None), ("utf-16", None), ("iso-8859-6", "iso-8859-6")):
        body = rss(2, f"<?xml version='1.0' encoding='{name}'?>").encode(name)
        assert looked(body, charset=charset).title == "المدار"
    assert looked(gzip.compress(NEWS.encode()), "application/gzip").kind == "sitemap"


def test_repeated_ids_are_other_articles_and_repeated_addresses_one() -> None:
    assert len(looked(rss(5)).items) == 5
    assert len(looked(rss(1, after=ITEM.format(0) + ITEM.format(1) + "</channel></rss>")).items) == 2


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://x.example/", "http://u:p@x.example/", ""],
)
def test_what_is_no_address(link: str) -> None:
    feed = looked(rss(2).replace("/n/0?utm_source=rss&amp;id=0", link))
    assert len(feed.items) == 1
    assert any("no address" in doubt for doubt in feed.doubts)


BOMB = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>"
BOMB += "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"


@pytest.mark.parametrize(
    "before",
    [
        BOMB,
        "<!DOCTYPE r [<!ENTITY i SYSTEM 'file:///etc/hostname'>]>",
        "<!DOCTYPE r [<!ENTITY % p SYSTEM 'http://127.0.0.1/x.dtd'> %p;]>",
    ],
)
def test_entities_are_refused(before: str) -> None:
    began = time.process_time()
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(UnreadablePage, match="declares entities"):
            looked(rss(1, before).replace("الجسر", "&i;").encode(encoding))
    assert time.process_time() - began < 1


def test_a_doctype_alone_is_harmless() -> None:
    assert len(looked(rss(2, "<!DOCTYPE rss PUBLIC '-//X//DTD' 'file:///etc/passwd'>")).items) == 2


def test_deep_and_huge_are_bounded() -> None:
    with pytest.raises(UnreadablePage, match="too deep"):
        looked("<rss>" + "<a>" * 100_000)
    began = time.process_time()
    feed = looked(rss(60_000))
    assert len(feed.items) == MOST_ITEMS
    assert any("taken" in doubt for doubt in feed.doubts)
    assert time.process_time() - began < 15
    with pytest.raises(UnreadablePage, match="larger"):
        look(Page(gzip.compress(bytes(1_000_000)), BASE, BASE), limit=100_000)


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"%PDF-1.4", "application/pdf"), (b"\x89PNG\r\n", "image/png"), (b"", None), (b"{", None), (b"<x/>", "text/xml")],
)
def test_what_is_no_feed(body: bytes, kind: str | None) -> None:
    with pytest.raises(UnreadablePage):
        looked(body, kind)


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "<rss><channel><item>", "<feed><entry>", '{"items":[', "<urlset><url>"]),
)
def test_no_bytes_break_it(body: bytes, before: str) -> None:
    try:
        feed = looked(before.encode() + body)
    except UnreadablePage:
        return
    assert all(item.address.startswith(("http://", "https://")) for item in feed.items)


@pytest.mark.parametrize(
    "other",
    [
        "http://madar.example/n/1",
        "https://www.madar.example/n/1/",
        "https://madar.example/n/1?utm_campaign=x&fbclid=y#top",
        "https://madar.example/n/1/amp",
        "https://madar.example/n/1?amp=1",
        "https://madar-example.cdn.ampproject.org/c/s/madar.example/n/1",
        "https://www.google.com/amp/s/madar.example/n/1",
        " HTTPS://MADAR.example:443/n/1 ",
    ],
)
def test_addresses_of_one_article(other: str) -> None:
    found = canonical(other)
    assert found is not None
    assert key_of(found) == key_of("https://madar.example/n/1")


def test_addresses_of_others() -> None:
    one = key_of("https://madar.example/n/1")
    for other in ("https://madar.example/n/2", "https://madar.example/n/1?id=2", "https://naba.example/n/1"):
        assert key_of(other) != one
    here = "https://m.madar.example/n/1"
    assert declared_canonical("https://madar.example/n/1", here) == "https://madar.example/n/1"
    for claimed in ("https://naba.example/n/1", "/", "javascript:x", None, "https://example/n/1"):
        assert declared_canonical(claimed, here) is None


@given(st.text(max_size=80))
def test_canonical_is_settled(text: str) -> None:
    found = canonical(text, "https://madar.example/a/")
    assert found is None or canonical(found) == found
