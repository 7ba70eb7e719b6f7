"""Who said what on the sample pages, and through whom we know it: floors. ``python -m tests.examples.test_attributions``
prints the present values."""

from __future__ import annotations

import pytest

from tests.examples.attributions import counts, figures
from tests.examples.pages import EXPECTED, article

FLOORS = {
    "found": 88.0,
    "found, of those given": 93.0,
    "speaker": 78.6,
    "who said what": 66.7,
    "chain, of those with the right speaker": 96.7,
    "kind, of those with the right speaker": 80.0,
    "type, of those right": 98.0,
}
"""Per cent that must be right at least: two points under what it was when last looked at. Raise them; never lower one."""

FIGURES = {
    "explainer-figures.html": (26, 19),
    "live-copy.txt": (3, 3),
    "ruble-windows-1256.html": (8, 7),
    "tweet-embed.html": (12, 4),
}
"""Figures found, and of those with their claimant, at least."""


@pytest.mark.parametrize("what", FLOORS)
def test_floor(what: str) -> None:
    right, of = counts()[what]
    assert 100 * right / of >= FLOORS[what], f"{right} of {of}"


@pytest.mark.parametrize("name", FIGURES)
def test_figures(name: str) -> None:
    have = figures(name)
    found, claimant = FIGURES[name]
    assert have["found"][0] >= found
    assert have["claimant"][0] >= claimant
    assert have["given"][1] <= have["found"][1] + 1, "figures that nobody printed"


def test_pages_with_figures_have_floors() -> None:
    assert set(FIGURES) == {name for name, page in EXPECTED.items() if page.get("figures")}


def test_an_english_page_says_that_it_was_not_looked_at() -> None:
    a = article("english.html")
    assert not a.attributions
    assert any(doubt.rule == "find/language" for doubt in a.doubts)


if __name__ == "__main__":
    for what, (right, of) in counts().items():
        print(f"{100 * right / of:5.1f} %  {what}: {right} of {of}")
    for name in FIGURES:
        print(f"{name}: " + ", ".join(f"{part} {right} of {of}" for part, (right, of) in figures(name).items()))
