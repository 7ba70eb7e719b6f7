"""Pictures in a browser: no label meets another or leaves its picture, in both directions and at both widths."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from musnad.publish.pictures import Manner, figures_over_time, stylesheet, who_carries_whom
from tests.pictures.made import NAMES, crowded, entry, figure, many

if TYPE_CHECKING:
    from markupsafe import Markup
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
BOXES = """() => [...document.querySelectorAll('svg text')].map(t => {
  const b = t.getBoundingClientRect(), s = t.ownerSVGElement.getBoundingClientRect();
  return [b.left - s.left, b.top - s.top, b.right - s.left, b.bottom - s.top, s.width, s.height, t.textContent]; })"""
PICTURES: dict[str, Callable[[Manner, int], Markup]] = {
    "crowded": lambda manner, width: figures_over_time(crowded(), manner, width=width),
    "one": lambda manner, width: figures_over_time(entry((NAMES[0], ((1, figure(3)),))), manner, width=width),
    "year": lambda manner, width: figures_over_time(
        entry(("هدى", tuple((700.0 * n, figure(2e6 + n * 1e5)) for n in range(12)))), manner, width=width
    ),
    "flows": lambda manner, width: who_carries_whom(many(), manner, width=width),
    "few": lambda manner, width: who_carries_whom(many()[:2], manner, width=width),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        message = "needs a chromium in PATH, which is not here"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("width", [350, 900])
@pytest.mark.parametrize("name", PICTURES)
def test_labels_stand_apart_and_inside(browser: Browser, name: str, width: int, language: str) -> None:
    page = browser.new_page(viewport={"width": width + 40, "height": 900})
    page.set_content(f"<style>{stylesheet()}</style>{PICTURES[name](Manner(language), width)}")
    boxes = page.evaluate(BOXES)
    page.close()
    assert len(boxes) >= 4
    for at, (left, top, right, bottom, wide, high, words) in enumerate(boxes):
        inside = left >= -0.5 and right <= wide + 0.5 and top >= -2 and bottom <= high + 2
        assert inside, (words, left, top, right - wide, bottom - high)
        for other in boxes[:at]:
            apart = right <= other[0] or other[2] <= left or bottom - 5 <= other[1] or other[3] - 5 <= top
            assert apart, (words, other[6])  # the box of a line has some 5 points of air under and over its letters


def test_a_picture_keeps_the_page_s_policy(browser: Browser) -> None:
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"
    page.set_content(
        f"<html><head>{policy}</head><body>{who_carries_whom(many())}{figures_over_time(crowded())}</body></html>"
    )
    page.close()
    assert told == []
