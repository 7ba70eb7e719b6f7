"""robots.txt: what it forbids, and what its silence means (RFC 9309 §2.3.1)."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from protego import Protego

from musnad.errors import FetchError, Refused
from musnad.fetch import fetch
from musnad.fetch.robots import ours
from musnad.fetch.web import Fetcher
from musnad.settings import Settings
from tests.fetch.conftest import PAGE, Reply, Site


def rules(text: str) -> Reply:
    return Reply(text.encode(), headers={"Content-Type": "text/plain"})


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: musnad\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: mus\nDisallow: /", "/a", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: Musnad/0.1 # us\nDisallow: /", "/a", False),
        ("User-agent: Musnad\nDisallow: /private", "/private/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: musnad\nAllow: /", "/a", True),
        ("User-agent: other\nUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /أخبار", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1", False),
        ("User-agent: *\nDisallow: /\nAllow: /a$", "/a", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("<html>not rules at all</html>", "/a", True),
    ],
)
def test_rules(site: Site, settings: Settings, text: str, path: str, allowed: bool) -> None:
    site.replies |= {"/robots.txt": rules(text), path: Reply()}
    if allowed:
        assert fetch(site.url + path, settings=settings).body == PAGE
    else:
        with pytest.raises(Refused, match=r"robots\.txt of 127\.0\.0\.1 forbids it to musnad"):
            fetch(site.url + path, settings=settings)
        assert path not in site.asked


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(404, True), (401, True), (403, True), (410, True), (429, False), (500, False), (503, False)],
)
def test_no_rules(site: Site, settings: Settings, status: int, allowed: bool) -> None:
    site.replies |= {"/robots.txt": Reply(b"", status), "/a": Reply()}
    if allowed:
        assert fetch(f"{site.url}/a", settings=settings).body == PAGE
    else:
        with pytest.raises(Refused, match=f"answered {status}, when asked for the robots.*RFC 9309"):
            fetch(f"{site.url}/a", settings=settings)


def test_rules_that_do_not_come(site: Site, settings: Settings) -> None:
    site.replies |= {"/robots.txt": Reply([b"", b"x"], pause=1.5), "/a": Reply()}
    with pytest.raises(FetchError, match="no answer within"):
        fetch(f"{site.url}/a", settings=replace(settings, fetch_timeout=0.3))


def test_redirected_rules(site: Site, settings: Settings) -> None:
    site.replies |= {f"/{n}": Reply(b"", 301, {"Location": f"/{n + 1}"}) for n in range(5)}
    site.replies |= {"/robots.txt": Reply(b"", 301, {"Location": "/1"}), "/a": Reply()}
    site.replies["/5"] = rules("User-agent: *\nDisallow: /")
    with pytest.raises(Refused, match="forbids"):
        fetch(f"{site.url}/a", settings=settings)
    site.replies["/robots.txt"] = Reply(b"", 301, {"Location": "/0"})  # six hops: taken as if there were none
    assert fetch(f"{site.url}/a", settings=settings).body == PAGE
    site.replies["/robots.txt"] = Reply(b"", 301, {"Location": "ftp://x.example/"})
    with pytest.raises(Refused, match="only http and https"):
        fetch(f"{site.url}/a", settings=settings)


def test_rules_hold_for_every_hop(site: Site, settings: Settings) -> None:
    site.replies |= {
        "/robots.txt": rules("User-agent: *\nDisallow: /kept"),
        "/a": Reply(b"", 302, {"Location": "/kept/b"}),
        "/kept/b": Reply(),
    }
    with pytest.raises(Refused, match="forbids"):
        fetch(f"{site.url}/a", settings=settings)
    assert "/kept/b" not in site.asked


def test_read_once_a_site_and_run(site: Site, settings: Settings) -> None:
    site.replies |= {"/a": Reply(), "/b": Reply()}
    with Fetcher(settings, resolve=lambda host, port: ["127.0.0.1"]) as fetcher:
        for host in ("one.example", "two.example"):
            for path in ("/a", "/b"):
                fetcher.fetch(f"http://{host}:{site.port}{path}")
    assert site.asked.count("/robots.txt") == 2


def test_enormous_rules_are_cut(site: Site, settings: Settings) -> None:
    text = "User-agent: *\nDisallow: /no\n" + "# filler\n" * 1_000_000
    site.replies |= {"/robots.txt": rules(text), "/no": Reply(), "/yes": Reply()}
    assert fetch(f"{site.url}/yes", settings=settings).body == PAGE
    with pytest.raises(Refused):
        fetch(f"{site.url}/no", settings=settings)


def test_rules_of_many_agents_take_no_time() -> None:
    text = "".join(f"User-agent: bot{n}\n" for n in range(12_000)) + "Disallow: /x\n" * 12_000
    begun = time.perf_counter()
    assert Protego.parse(ours(text, "musnad")).can_fetch("http://a.example/x", "musnad")
    assert time.perf_counter() - begun < 5
