"""Whether places are places: ``text[start:end]`` must be the words that stand on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from bench import data
from bench.timing import verdict
from musnad import run
from musnad.model import Article, Page
from musnad.publish import article_value, marks_value


@dataclass(slots=True)
class Tally:
    """How many places were looked at, and those that are wrong."""

    places: int = 0
    texts: int = 0
    wrong: int = 0

    def add(self, places: list[tuple[int, int]], text: str, published: str) -> None:
        """Check the places of one text against the published words, white space left out of the comparison."""
        self.texts += 1
        for start, end in places:
            words = text[start:end] if 0 <= start < end <= len(text) else ""
            self.places += 1
            self.wrong += not words or words != words.strip() or _bare(words) not in published


def report() -> Iterator[str]:
    """Pages against the text nodes of a parse that is not ours; documents against the text that was given."""
    pages, documents = _pages(), _documents()
    for name, tally in (("pages", pages), ("documents", documents)):
        right = 100 * (tally.places - tally.wrong) / max(1, tally.places)
        yield f"{tally.texts} {name}: {tally.places} places, {right:.2f} % are the published words"
    yield verdict(pages.wrong + documents.wrong == 0, "100 %")


def _pages() -> Tally:
    tally = Tally()
    for page in _every_page():
        article = run.read(page)
        value = article_value(article)
        places = [*places_of(value), *_named(article), *(tuple(block["span"]) for block in value["blocks"])]
        tally.add(places, value["text"], _bare(_visible(page)))
    return tally


def _documents() -> Tally:
    tally = Tally()
    for document in data.documents():
        article = run.read_document(document)
        tally.add(places_of(marks_value("-", article)), document["text"], _bare(document["text"]))
    return tally


def places_of(value: dict[str, Any]) -> list[tuple[int, int]]:
    """Every place of attributions and figures in what `read` or `mark` prints."""
    found: list[list[int]] = []
    for attribution in value["attributions"]:
        found += [*attribution["cue"], *attribution["content"]]
        found += [place for key in ("source", "addressee", "medium") if (place := attribution[key])]
        found += [link["span"] for link in attribution.get("chain", ()) if link["span"]]
    found += [figure["span"] for figure in value["figures"]]
    return [(start, end) for start, end in found]


def _named(article: Article) -> list[tuple[int, int]]:
    named = [article.headline, article.section, *article.byline]
    return [(n.span.start, n.span.end) for n in named if n is not None and n.span is not None]


def _every_page() -> Iterator[Page]:
    for name, body in data.saved_pages().items():
        yield Page(body, name)
    for file in sorted((data.ROOT / "examples").iterdir()):
        if file.suffix in (".html", ".txt"):
            yield Page(file.read_bytes(), file.name)
    if data.here():
        copied = data.SHARED / "pages" / "live-2022-02-28.txt"
        yield Page(copied.read_bytes(), copied.name)


def _visible(page: Page) -> str:
    """The words of a page by another way than ours: decoded as Python does, and all the text nodes of the document."""
    for charset in ("utf-8", "windows-1256"):
        try:
            words = page.body.decode(charset)
            break
        except UnicodeDecodeError:
            continue
    if page.origin.endswith(".txt"):
        return words
    tree = LexborHTMLParser(words)
    for node in tree.css("script, style, template, noscript"):
        node.decompose()
    root = tree.root
    return "" if root is None else root.text(deep=True)


def _bare(words: str) -> str:
    return "".join(words.split())
