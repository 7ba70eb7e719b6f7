"""The furniture and paragraphs of every sample page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from musnad.find import find
from musnad.model import SPOKEN
from tests.examples.pages import EXAMPLES, EXPECTED, agrees, article, fields, wanted
from tests.find.invariants import check

KNOWN: dict[str, str] = json.loads(Path(__file__).with_name("known_failures.json").read_text(encoding="utf-8"))
_FIELDS = [f"{name} / {field}" for name in EXPECTED for field in wanted(name)]


def test_every_page_is_expected() -> None:
    pages = {path.name for path in EXAMPLES.iterdir() if path.suffix in (".html", ".txt")}
    assert pages == set(EXPECTED)
    assert not set(KNOWN) - set(_FIELDS)


@pytest.mark.parametrize(
    "which",
    [
        pytest.param(which, marks=[pytest.mark.xfail(reason=KNOWN[which], strict=True)] if which in KNOWN else [])
        for which in _FIELDS
    ],
)
def test_field(which: str) -> None:
    name, field = which.split(" / ")
    want, have = wanted(name)[field], fields(name)[field]
    assert agrees(field, want, have), f"should be {want!r}, is {have!r}"


@pytest.mark.parametrize("name", EXPECTED)
def test_every_span_quotes_the_text(name: str) -> None:
    """Offsets, all of them: of blocks, furniture, attributions, their chains, figures, moments and doubts."""
    a = article(name)
    words = a.text.words
    check(a)
    for block in a.blocks:
        quoted = words[block.span.start : block.span.end]
        assert quoted == a.text.of(block.span) == quoted.strip()
        assert "\n" not in quoted
    named = [a.headline, a.section, *a.byline, *(x for i in a.images for x in (i.caption, i.credit))]
    for piece in named:
        if piece is not None and piece.span is not None:
            assert " ".join(piece.span.of(words).split()) == " ".join(piece.value.split())
    for figure in a.figures:
        assert figure.span.covers(figure.number)
        assert figure.span.of(words).strip()
    for attribution in a.attributions:
        moment = attribution.said_at
        if moment is not None and moment.span is not None:
            assert moment.span.of(words) == moment.text


@pytest.mark.parametrize("name", EXPECTED)
def test_attributions_stand_in_what_is_spoken(name: str) -> None:
    a = article(name)
    spoken = [b.span for b in a.blocks if b.kind in SPOKEN]
    for attribution in a.attributions:
        assert all(any(s.covers(cue) for s in spoken) for cue in attribution.cue)


@pytest.mark.parametrize("name", EXPECTED)
def test_finding_again_finds_the_same(name: str) -> None:
    """The ids rest on the words and places alone."""
    again = find(article(name))
    assert [a.id for a in again.attributions] == [a.id for a in article(name).attributions]
