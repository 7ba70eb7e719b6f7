"""The report in a browser: marks are seen, letters join, nothing is wider than a phone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from musnad.publish.report import report_text
from tests.publish.build import article

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


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


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report_text([article(), article()]), encoding="utf-8")
    return path


def opened(browser: Browser, saved: Path, width: int, *, script: bool = True) -> tuple[Page, list[str]]:
    page = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script).new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(saved.as_uri())
    return page, told


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_is_wider_than_the_screen(browser: Browser, saved: Path, width: int) -> None:
    page, told = opened(browser, saved, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert told == []
    page.context.close()


def test_letters_keep_joining_across_marks(browser: Browser, saved: Path) -> None:
    page, _ = opened(browser, saved, 1440)
    marks = page.locator(".body .m")
    assert marks.count() >= 6
    styles = page.eval_on_selector_all(
        ".body .m",
        """marks => marks.map(mark => { const s = getComputedStyle(mark);
        return [s.display, s.paddingLeft, s.paddingRight, s.marginLeft, s.marginRight, s.letterSpacing,
                s.borderLeftWidth, s.borderRightWidth].join(' ') })""",
    )
    assert set(styles) == {"inline 0px 0px 0px 0px normal 0px 0px"}
    # Measured: a word cut by a mark in its middle is as wide as the same word whole.
    widths = page.evaluate(
        """() => { const p = document.querySelector('.body p'); const measure = html => {
        const line = document.createElement('span'); line.innerHTML = html; p.append(line);
        const width = line.getBoundingClientRect().width; line.remove(); return width };
        return [measure('مستقبلها'), measure('مست<span class="m r-content h1">قبلها</span>'), measure('مست قبلها')] }"""
    )
    assert abs(widths[0] - widths[1]) < 0.5 < abs(widths[0] - widths[2])
    page.context.close()


@pytest.mark.parametrize("way", ["hover", "click", "focus"])
def test_a_mark_shows_its_card(browser: Browser, saved: Path, way: str) -> None:
    page, told = opened(browser, saved, 1440)
    mark = page.locator(".body .m.r-content.in").first
    if way == "focus":
        page.locator("#m-p1-2").focus()
    elif way == "click":
        mark.click()
    else:
        mark.hover()
    tip = page.locator("#tip")
    assert tip.is_visible()
    assert "هدى منصور" in tip.inner_text()
    assert tip.locator(".chain li").count() == 4
    assert tip.locator(".chain .inferred").count() == 2
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    assert told == []
    page.context.close()


def test_one_speaker_can_be_chosen_without_a_script(browser: Browser, saved: Path) -> None:
    page, _ = opened(browser, saved, 1440, script=False)
    cards = page.locator("#p1 .cards .card")
    assert [cards.nth(n).is_visible() for n in range(2)] == [True, True]
    page.locator("#p1 .filter .f1").check(force=True)
    assert [cards.nth(n).is_visible() for n in range(2)] == [False, True]
    assert page.locator("#p2 .cards .card").first.is_visible()
    page.context.close()


def test_the_list_stands_beside_the_text_or_below_it(browser: Browser, saved: Path) -> None:
    for width, beside in ((1440, True), (390, False)):
        page, _ = opened(browser, saved, width)
        text, cards = page.locator("#p1 .reading").bounding_box(), page.locator("#p1 aside").bounding_box()
        assert text
        assert cards
        assert (cards["x"] + cards["width"] <= text["x"]) is beside
        assert (cards["y"] >= text["y"] + text["height"]) is not beside
        page.context.close()
