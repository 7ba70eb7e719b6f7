"""Bad input: a clear error or an article with a doubt, and never a long wait."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.errors import UnreadablePage
from musnad.model import Article, Page
from musnad.pages import read_document, read_html, read_page, read_text

SENTENCE = "عادت السفن إلى الميناء صباح اليوم بعد شهرين من الإغلاق، فيما اصطف العمال على الرصيف."
PARAGRAPH = f"<p>{SENTENCE}</p>"
PAGE = (
    '<html lang="ar"><head><meta charset="utf-8"><title>الميناء يعود إلى العمل</title></head>'
    "<body><h1>الميناء يعود إلى العمل</h1>%s</body></html>"
)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "PNG"),
        (bytes(range(256)) * 20, "binary"),
        (b"<p>" + b"a" * 2_000, "limit"),
    ],
)
def test_no_page(body: bytes, words: str) -> None:
    with pytest.raises(UnreadablePage, match=words) as caught:
        read_page(Page(body, "bad.html"), limit=10_000 if words != "limit" else 1_000)
    assert caught.value.where == "bad.html"
    assert caught.value.advice


MANY = 30_000
HARD = {
    "nested div": "<div>" * MANY + PARAGRAPH,
    "nested and closed": "<div>" * MANY + PARAGRAPH + "</div>" * MANY,
    "nested lists": "<ul><li>" * MANY + PARAGRAPH,
    "nested tables": "<table><tr><td>" * MANY + PARAGRAPH,
    "bold": "<b>" * MANY + PARAGRAPH,
    "comments": PARAGRAPH + "<!--" * MANY,
    "brackets": PARAGRAPH + "<figure><img src=a.jpg><figcaption>" + "(" * 390 + "</figcaption></figure>" + "<" * MANY,
    "spaces": PARAGRAPH + "<p>" + "\u00a0 " * MANY + "</p>",
    "attributes": "<div " + " ".join(f"a{i}=1" for i in range(2 * MANY)) + ">" + PARAGRAPH,
    "times": "<div class='date'>" + "2022-03-06 18:40 | " * MANY + "</div>" + PARAGRAPH,
    "json": '<script type="application/ld+json">{"@type":"NewsArticle",'
    + '"headline":"' * MANY
    + "</script>"
    + PARAGRAPH,
    "deep json": '<script type="application/ld+json">' + '[{"@type":' * MANY + "</script>" + PARAGRAPH,
    "class": '<div class="' + "share-" * MANY + '">' + PARAGRAPH,
}


@pytest.mark.parametrize("name", HARD)
def test_hard_pages_are_read_in_time(name: str) -> None:
    start = time.perf_counter()
    article = read_html(PAGE % HARD[name])
    assert time.perf_counter() - start < 5
    assert SENTENCE in article.text.words
    check(article)


def test_a_page_cut_off_is_read_as_far_as_it_goes() -> None:
    body = (PAGE % (PARAGRAPH + f"<p>{SENTENCE[::-1]}</p>")).encode()
    article = read_page(Page(body[:-60], "cut.html"))
    assert SENTENCE in article.text.words


@pytest.mark.parametrize("charset", ["utf-8", "cp1256", "iso-8859-6", "utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1256", "no-such-set"])
def test_bytes_are_read_whatever_declares_them(charset: str, declared: str | None) -> None:
    article = read_page(Page((PAGE % PARAGRAPH).encode(charset), "a.html", charset=declared))
    assert SENTENCE in article.text.words


def test_marks_stay_as_published() -> None:
    words = "قــال\u00a0الوزيرُ \u200fإن ﻻ عودة قبل ١٢ آذار، ثم &laquo;سكت&raquo;."
    article = read_html(PAGE % f"<p>{words}</p>")
    assert words.replace("&laquo;", "«").replace("&raquo;", "»") in article.text.words


def check(article: Article) -> None:
    """What holds of every article: blocks in order, one a line, named pieces where they say."""
    words = article.text.words
    for block in article.blocks:
        assert "\n" not in block.span.of(words)
    for named in (article.headline, article.section, *article.byline):
        assert named is None or named.span is None or named.span.of(words) == named.value
    if not words:
        assert article.doubts


TAGS = """
    p div span br h1 h2 h3 ul li a b strong time figure figcaption img table tr td blockquote article form nav aside
"""
tags = st.sampled_from(TAGS.split())
names = st.sampled_from(
    ["", "share", "date", "author", "caption", "entry-content", "breadcrumb", "category", "live", "tags"]
)
lines = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [SENTENCE, "اقرأ أيضاً", "6 آذار 2022 - 18:40", "حلب - وكالات", "بقلم: سلمى الناصر", "(رويترز)", "18:40"]
    ),
)
pieces = st.builds(lambda tag, name, words: f'<{tag} class="{name}">{words}', tags, names, lines)
closers = st.builds(lambda tag: f"</{tag}>", tags)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(pieces, closers), max_size=40))
def test_any_markup_is_read(parts: list[str]) -> None:
    check(read_html(PAGE % "".join(parts)))


@settings(max_examples=150, deadline=None)
@given(st.lists(lines, max_size=25))
def test_any_text_is_read(parts: list[str]) -> None:
    check(read_text("\n".join(parts)))
    words = "\n".join(parts)
    assert read_document({"text": words}).text.words == words


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(UnreadablePage):
        check(read_page(Page(body, "any")))
