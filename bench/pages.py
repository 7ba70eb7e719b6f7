"""The speed of pages, against a bare parse and against another extractor."""

from __future__ import annotations

import json
from collections.abc import Iterator

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from bench import data
from bench.timing import interleaved, verdict
from musnad import run
from musnad.model import Page
from musnad.pages import read_page
from musnad.publish import article_value

ROUNDS = 15


def speed() -> Iterator[str]:
    """All pages one after another, from bytes, by each contender in turn."""
    bodies = data.saved_pages()
    pages = [Page(body, name) for name, body in bodies.items()]
    taken = interleaved(
        {
            "selectolax, bare parse": lambda: [LexborHTMLParser(body) for body in bodies.values()],
            "musnad, article": lambda: [read_page(page) for page in pages],
            "musnad, attributions as JSON": lambda: [json.dumps(article_value(run.read(page))) for page in pages],
            "trafilatura.extract": lambda: [trafilatura.extract(body) for body in bodies.values()],
        },
        rounds=ROUNDS,
    )
    parse, other = taken["selectolax, bare parse"], taken["trafilatura.extract"]
    size = sum(map(len, bodies.values()))
    yield f"{len(bodies)} pages, {size / 1e6:.2f} MB; medians of {ROUNDS} interleaved rounds, one core"
    yield f"{'':30s}  ms a page  bare parses  of trafilatura"
    for name, time in taken.items():
        yield f"{name:30s}  {1e3 * time / len(bodies):9.2f}  {time / parse:11.1f}  {time / other:14.2f}"
    article, everything = taken["musnad, article"], taken["musnad, attributions as JSON"]
    yield verdict(article <= 6 * parse, "article in at most 6 bare parses")
    yield verdict(everything <= 20 * parse, "attributions as JSON in at most 20 bare parses")
    yield verdict(everything <= other / 4, "attributions as JSON in at most 0.25 of trafilatura")
