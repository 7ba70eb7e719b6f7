"""A timeline in a page of somebody else, in a real Chromium; and addresses that open without the token."""

from __future__ import annotations

import functools
import http.server
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from musnad.serve.guard import HEADERS
from tests.serve.conftest import BEGINS, CAPTAIN, CHROMIUM, ENDS, Desk

if CHROMIUM is None and "CI" not in os.environ:
    pytest.skip("needs a chromium in PATH, which is not here", allow_module_level=True)


THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture
def framing(tmp_path: Path) -> Iterator[str]:
    """Pages of another origin."""
    folder = tmp_path / "news"
    folder.mkdir()
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield f"http://localhost:{httpd.server_port}"
        httpd.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


def test_a_timeline_in_another_page(tmp_path: Path, framing: str, browser: Browser) -> None:
    for allowed, shown in (((framing,), 1), (("https://else.example",), 0), ((), 0)):
        desk = Desk(tmp_path, token="a-long-token", embed=allowed)
        try:
            login = {"Authorization": "Bearer a-long-token"}
            page_ = desk.client.get("/story/1", headers=login).text
            frame = re.search(r"/story/1/embed\?key=[0-9a-f]+", page_)
            assert bool(frame) is bool(allowed)
            address = frame[0] if frame else "/story/1/embed"
            (tmp_path / "news" / "page.html").write_text(
                f'<!doctype html><title>x</title><iframe src="{desk.url}{address}" width="380" height="400"></iframe>'
            )
            context = browser.new_context(java_script_enabled=False, locale="ar")
            page = context.new_page()
            page.goto(f"{framing}/page.html")
            page.wait_for_load_state("networkidle")
            inside = page.frames[-1].locator("body")
            found = inside.get_by_text("سالم الكعبي").count() if shown else 0
            assert (found > 0) == bool(shown)
            assert page.frames[-1].get_by_text("سالم الكعبي").count() == found
            if shown:
                assert page.frames[-1].locator("ol.chain").first.evaluate("e => getComputedStyle(e).display") == "flex"
            context.close()
        finally:
            desk.close()


def test_a_key_opens_one_address_and_no_more(tmp_path: Path) -> None:
    desk = Desk(tmp_path, token="a-long-token", embed=("https://news.example",))
    try:
        login = {"Authorization": "Bearer a-long-token"}
        page = desk.client.get("/search?q=العبارة", headers=login).text
        link = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]+)"', page)
        assert link
        address = link[1].replace("&amp;", "&")
        assert desk.client.get(address).status_code == 200
        assert desk.client.get(address + "&lang=en").status_code == 200
        key = address.rpartition("key=")[2]
        for other in ("/search/feed.atom?q=x", "/story/1/feed.atom?", "/feed.json?", "/story/1?", "/api/v1/stories?"):
            assert desk.client.get(f"{other}&key={key}").status_code == 401, other
        assert desk.client.get(address[:-1] + "x").status_code == 401
        assert desk.client.get("/static/embed.css").status_code == 200
        embed = desk.client.get("/story/1/embed", headers=login)
        assert "frame-ancestors https://news.example" in embed.headers["content-security-policy"]
        assert embed.text.count("<script") == 1
        assert len(embed.content) < 30_000
        for path in ("/", "/story/1", "/search", "/api/v1/stories"):
            answer = desk.client.get(path, headers=login)
            assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    finally:
        desk.close()


def test_a_frame_is_renewed(tmp_path: Path, framing: str, browser: Browser) -> None:
    desk = Desk(tmp_path, token="a-long-token", embed=(framing,))
    try:
        story = desk.client.get("/story/1", headers={"Authorization": "Bearer a-long-token"}).text
        frame = re.search(r"/story/1/embed\?key=[0-9a-f]+", story)
        assert frame
        (tmp_path / "news" / "page.html").write_text(f'<!doctype html><iframe src="{desk.url}{frame[0]}"></iframe>')
        page = browser.new_page(locale="ar")
        page.add_init_script(
            "const wait = setTimeout; window.setTimeout = (what, ms) => wait(what, Math.min(ms ?? 0, 200));"
        )
        page.goto(f"{framing}/page.html")
        page.frames[-1].get_by_text("سالم الكعبي").first.wait_for()
        desk.write("second", "الضفاف", BEGINS, CAPTAIN, ENDS)
        page.frames[-1].get_by_text("هدى منصور").first.wait_for()
        page.close()
    finally:
        desk.close()


def test_data_in_a_page_is_not_run_and_not_refused(desk: Desk, browser: Browser) -> None:
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    for path in ("/story/1", "/article/1"):
        page.goto(desk.url + path)
        value = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
        assert value["@context"] == "https://schema.org"
    assert [line for line in told if "Content Security" in line] == []
    page.close()


def test_everybody_can_read_a_frame(desk: Desk, browser: Browser) -> None:
    for theme in THEMES:
        page = browser.new_page(color_scheme=theme, viewport={"width": 320, "height": 480})
        for language in ("ar", "en"):
            page.goto(f"{desk.url}/story/1/embed?lang={language}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            found = Axe().run(page).response["violations"]
            assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        page.goto(f"{desk.url}/story/1")
        page.locator(".take summary").click()
        assert page.locator(".take a", has_text="Atom").is_visible()
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        page.close()
