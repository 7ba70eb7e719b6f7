"""The live page in a real Chromium."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from bench import coverage
from bench.readers import whole
from musnad.serve.shown import PART
from tests.serve.conftest import BEGINS, CAPTAIN, CHROMIUM, ENDS, HARBOUR, LEAD, Desk, add

if CHROMIUM is None and "CI" not in os.environ:
    pytest.skip("needs a chromium in PATH, which is not here", allow_module_level=True)

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
VIEWS = [(width, theme, language) for width in (1440, 390) for theme in THEMES for language in ("ar", "en")]

PATHS = (
    "/", "/story/1", "/article/1", "/search?q=العبارة", "/speaker/سالم الكعبي", "/reading?back=/", "/article/3/compared",
    "/article/1/correct?statement=1", "/corrections",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


def test_what_comes_in_what_is_edited_and_what_was_missed(desk: Desk, browser: Browser) -> None:
    page = browser.new_page(locale="ar")
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{desk.url}/story/1")
    page.locator("#state", has_text="مباشر").wait_for()
    cards = page.locator("#feed > [data-key]")
    had = cards.count()
    assert had >= 1
    desk.write("second", "الضفاف", HARBOUR, CAPTAIN, LEAD)
    page.locator("#feed .name", has_text="هدى منصور").wait_for()
    desk.write("second", "الضفاف", HARBOUR, CAPTAIN.replace("لم يصب أحد", "أصيب اثنان"), LEAD)
    page.locator("#feed").get_by_text("أصيب اثنان").wait_for()
    assert page.locator("#feed").get_by_text("لم يصب أحد").count() == 0
    page.locator("#around-changes ins", has_text="أصيب اثنان").wait_for()
    page.context.set_offline(True)
    desk.write("third", "الساحل", HARBOUR, LEAD, "قالت الوزيرة ليلى العامري إن تحقيقا سيبدأ غدا في الميناء.")
    page.context.set_offline(False)
    page.locator("#feed .name", has_text="ليلى العامري").wait_for(timeout=30_000)
    keys = [card.get_attribute("data-key") for card in cards.all()]
    assert len(keys) == len(set(keys))
    assert keys == desk.client.get("/story/1/news").json()["order"]
    assert [line for line in told if "Content Security" in line or "Uncaught" in line] == []
    page.close()


CLAIMS = "أعلن مدير الميناء سالم الكعبي أن 12 راكبا أصيبوا في الحادث."


def test_what_stands_beside_is_renewed_when_news_come(desk: Desk, browser: Browser) -> None:
    page = browser.new_page(locale="ar")
    page.add_init_script(
        "const wait = setTimeout; window.setTimeout = (what, ms) => wait(what, Math.min(ms ?? 0, 500));"
    )
    page.goto(f"{desk.url}/story/1")
    page.locator("#state", has_text="مباشر").wait_for()
    page.locator("#told a").first.focus()
    desk.write("second", "الضفاف", HARBOUR, CLAIMS, LEAD, headline="إصابات في جنوح العبارة قبالة السند")
    row = page.locator("#figures .claims tr", has_text="12 راكبا")
    row.wait_for()
    assert "سالم الكعبي" in row.inner_text()
    assert "الضفاف" in row.inner_text()
    assert page.locator("h1").inner_text() == "إصابات في جنوح العبارة قبالة السند"
    assert page.locator("#told", has_text="إصابات في جنوح").count() == 0  # the reader is in it
    page.locator("#told a").first.blur()
    page.locator("#told", has_text="إصابات في جنوح").wait_for()
    page.close()


def test_the_coverage_is_renewed_while_its_top_is_in_view(desk: Desk, browser: Browser) -> None:
    page = browser.new_page(locale="ar", viewport={"width": 390, "height": 300})
    page.add_init_script(
        "const wait = setTimeout; window.setTimeout = (what, ms) => wait(what, Math.min(ms ?? 0, 200));"
    )
    page.goto(desk.url)
    page.evaluate("window.scrollTo(0, 200)")
    desk.write("third", "الساحل", "قال الوزير كريم الراضي إن الجسر سيفتح غدا أمام السيارات.", headline="الجسر يفتح غدا")
    page.wait_for_timeout(1500)
    assert page.locator(".story", has_text="الجسر يفتح غدا").count() == 0
    page.evaluate("window.scrollTo(0, 0)")
    page.locator(".story", has_text="الجسر يفتح غدا").wait_for()
    page.close()


def test_nothing_jumps_under_the_eye(desk: Desk, browser: Browser) -> None:
    page = browser.new_page(locale="ar", viewport={"width": 390, "height": 300})
    page.goto(f"{desk.url}/story/1")
    page.locator("#state", has_text="مباشر").wait_for()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    had = page.locator("#feed > [data-key]").count()
    desk.write("second", "الضفاف", HARBOUR, CAPTAIN, LEAD)
    page.locator("#more").wait_for()
    assert "جديدة" in page.locator("#more").inner_text()
    assert page.locator("#feed > [data-key]").count() == had
    page.locator("#more").click()
    assert page.locator("#feed > [data-key]").count() > had
    page.close()


def test_earlier_statements_are_added_below_and_news_still_come_above(desk: Desk, browser: Browser) -> None:
    add(str(desk.record), 27, 8)
    heads = desk.client.get("/api/v1/stories").json()
    number = next(head["story"] for head in heads if head["headline"] == coverage.HEADLINE)
    page = browser.new_page(locale="ar")
    page.goto(f"{desk.url}/story/{number}")
    page.locator("#state", has_text="مباشر").wait_for()
    cards = page.locator("#feed > [data-key]")
    assert cards.count() == PART
    page.locator("#earlier").click()
    page.locator(f"#feed > :nth-child({PART + 1})").wait_for()
    page.evaluate("window.scrollTo(0, 0)")
    add(str(desk.record), 1, 1, 400)
    page.locator("#feed", has_text=str(coverage.FIRST + 400)).wait_for()
    page.locator("#earlier").click()
    page.locator("#earlier").wait_for(state="detached")
    with ThreadPoolExecutor() as beside:  # this thread has a loop of the browser's
        stands = beside.submit(asyncio.run, whole(desk.url, number)).result()
    assert [card.get_attribute("data-key") for card in cards.all()] == stands
    page.close()
    plain = browser.new_context(java_script_enabled=False, locale="ar").new_page()
    plain.goto(f"{desk.url}/story/{number}")
    plain.locator("#earlier").click()
    assert plain.locator("#feed > [data-key]").count() == PART
    plain.get_by_text("إلى الأحدث").click()
    assert plain.locator("#feed", has_text=str(coverage.FIRST + 400)).count() == 1
    plain.context.close()


def test_without_a_script(desk: Desk, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{desk.url}/story/1")
    assert page.locator("#feed .name", has_text="سالم الكعبي").count() == 1
    page.locator("#feed .facts a").first.click()
    assert page.locator(".body .m").count() >= 1
    page.context.close()


def test_everybody_can_read_it(desk: Desk, browser: Browser) -> None:
    desk.write("second", "الضفاف", BEGINS, HARBOUR, CAPTAIN, ENDS)
    desk.write("first", "المدار", BEGINS, HARBOUR.replace("بحاجز رملي", "بصخرة"), ENDS)
    for width, theme, language in VIEWS:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if theme == "dark" else "light"
        )
        page = context.new_page()
        for path in (
            "/",
            "/story/1",
            "/article/1",
            "/search?q=العبارة",
            "/speaker/سالم الكعبي",
            "/reading?back=/",
            "/article/3/compared",
        ):
            page.goto(f"{desk.url}{path}{'&' if '?' in path else '?'}lang={language}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            found = Axe().run(page).response["violations"]
            serious = [one["id"] for one in found if one["impact"] in ("serious", "critical")]
            assert serious == [], (path, width, theme, language, [node["html"] for node in found[0]["nodes"]])
        context.close()


def test_a_correction_reaches_a_page_that_is_open(desk: Desk, browser: Browser) -> None:
    context = browser.new_context(locale="ar")
    reader, other = context.new_page(), context.new_page()
    reader.goto(f"{desk.url}/story/1")
    reader.locator("#state", has_text="مباشر").wait_for()
    other.goto(f"{desk.url}/story/1")
    other.locator("#feed .card a", has_text="تصحيح").first.click()
    other.get_by_label("من قاله").fill("نادر عزام")
    other.get_by_label("اسمك").fill("هدى")
    other.get_by_role("button", name="حفظ").click()
    reader.locator("#feed .name", has_text="نادر عزام").wait_for(timeout=10_000)
    assert reader.locator("#feed .corrected", has_text="سالم الكعبي").count() == 1  # who was read stays visible
    other.goto(f"{desk.url}/statement/1/correct")
    other.get_by_label("لم يقله أحد").check()
    other.get_by_label("اسمك").fill("هدى")
    other.get_by_role("button", name="حفظ").click()
    reader.locator("#feed > [data-key]").wait_for(state="detached", timeout=10_000)
    context.close()
