"""The report: what is in the file, before any browser sees it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

from musnad.errors import UnreadablePage
from musnad.model import Article, Block, Named, Span, Text
from musnad.publish.report import report_text
from tests.publish.build import article

VOID = {"meta", "input", "br"}


class Reader(HTMLParser):
    """Elements opened and closed, ids, links, classes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.marks: list[str] = []
        self.text = ""
        self.unbalanced: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in have:
            self.ids.append(have["id"])
        if "href" in have:
            self.links.append(have["href"])
        if "data-a" in have and tag == "span":
            self.marks.append(have["data-a"])
        assert not [name for name in have if name.startswith("on") or name == "style"]

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.text += data


def test_every_element_is_closed_and_every_link_leads_somewhere() -> None:
    page = Reader(report_text([article(), article()]))
    assert (page.open, page.unbalanced) == ([], [])
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_the_words_stand_as_they_are_published() -> None:
    page = Reader(report_text([article()]))
    for words in ("قولها", "الجسر سيفتح غدا", "ولا يعرف أحد متى تنتهي الأعمال في الضفة الأخرى من النهر."):
        assert words in page.text
    assert "p1-1 p1-2" in page.marks


def test_the_policy_allows_the_style_and_script_that_are_there_and_nothing_else() -> None:
    page = report_text([article()])
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        [inside] = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert "unsafe" not in policy[1]


def test_marks_are_painted_and_make_no_box() -> None:
    [style] = re.findall(r"<style>(.*?)</style>", report_text([article()]), re.DOTALL)
    for rule in re.findall(r"(?:^|})\s*\.(?:m|in|r-[a-z]+)(?![\w-])[^{]*{([^}]*)}", style):
        assert not re.search(r"(?:padding|margin|letter-spacing|display|border|float|font)\b", rule), rule


def test_nothing_of_a_page_becomes_markup() -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\x00'
    words = f"{evil} قال"
    bad = replace(
        article(),
        text=Text(words, (Block("paragraph", Span(0, len(words))),)),
        headline=Named(evil),
        address="javascript:alert(1)",
        outlet=Named(evil),
        attributions=(),
        figures=(),
        doubts=(),
    )
    page = Reader(report_text([bad]))
    assert "img" not in page.tags
    assert page.unbalanced == []
    assert not [link for link in page.links if link.startswith("javascript")]
    assert "\x00" not in page.text


def test_pages_that_could_not_be_read_are_named() -> None:
    page = report_text([article()], [UnreadablePage("the page is empty", where="a.html")])
    assert "a.html: the page is empty" in page


def test_empty_and_english_pages() -> None:
    english = Article(Text("A text", (Block("paragraph", Span(0, 6)),)), language="en", direction="ltr")
    page = report_text([english])
    assert '<html lang="en" dir="ltr">' in page
    assert "no attributions were found" in page
    assert "<main>" in report_text([])
    both = report_text([english, article()])
    assert '<html lang="ar" dir="rtl">' in both
    assert 'id="p1" lang="en" dir="ltr"' in both
