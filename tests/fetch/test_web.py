"""Fetching from a real server on the loopback address: what comes, what does not, and how it is said."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from musnad.errors import FetchError, UnreadablePage
from musnad.fetch import fetch
from musnad.fetch.web import Fetcher
from musnad.settings import Settings
from tests.fetch.conftest import PAGE, Reply, Site

HTML = {"Content-Type": "text/html"}


def to(location: str, status: int = 302) -> Reply:
    return Reply(b"", status, {"Location": location})


def said(site: Site, path: str, settings: Settings, kind: type[Exception] = FetchError) -> str:
    """The message of the error that fetching `path` raises."""
    with pytest.raises(kind) as raised:
        fetch(site.url + path, settings=settings)
    return str(raised.value)


def test_a_page(site: Site, settings: Settings) -> None:
    site.replies["/a?b=1"] = Reply(headers={"Content-Type": "Text/HTML; Charset=Windows-1256"})
    page = fetch(f"{site.url}/a?b=1#part", settings=settings)
    assert page.body == PAGE
    assert (page.origin, page.address) == (f"{site.url}/a?b=1#part", f"{site.url}/a?b=1")
    assert (page.content_type, page.charset) == ("text/html", "Windows-1256")
    assert page.fetched_at is not None
    assert abs(page.fetched_at - datetime.now(UTC)) < timedelta(seconds=10)
    assert site.asked == ["/robots.txt", "/a?b=1"]
    assert set(site.agents) == {settings.user_agent}


@pytest.mark.parametrize("address", ["/أخبار/اليوم?قسم=محلي", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/اليوم?قسم=محلي", "/a b"])
def test_arabic_paths(site: Site, settings: Settings, address: str) -> None:
    site.replies[
        "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%A7%D9%84%D9%8A%D9%88%D9%85?%D9%82%D8%B3%D9%85=%D9%85%D8%AD%D9%84%D9%8A"
    ] = Reply()
    site.replies["/a%20b"] = Reply()
    assert fetch(f"  \u200e{site.url}{address}\u200f ", settings=settings).body == PAGE


def test_names_in_any_script(site: Site, settings: Settings) -> None:
    site.replies["/"] = Reply()
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with Fetcher(settings, resolve=resolve) as fetcher:
        page = fetcher.fetch(f"http://أخبار.example:{site.port}/")
        fetcher.fetch(f"http://News.Example:{site.port}")
    encoded = "أخبار.example".encode("idna").decode()
    assert page.address == f"http://{encoded}:{site.port}/"
    assert asked == [encoded, "news.example"]
    assert site.hosts[-1] == f"news.example:{site.port}"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(b"", 404), "404: there is no such page"),
        (Reply(b"", 403), "403"),
        (Reply(b"", 500), "500"),
        (Reply(b"", 204), "204"),
        (Reply(b"%PDF", headers={"Content-Type": "application/pdf"}), "is application/pdf, not an HTML page"),
        (Reply(b"{}", headers={}), "of no declared type"),
        (Reply(b" \n"), "empty"),
        (Reply(b"", 302, {}), "302"),
        (Reply(b"abc", headers={**HTML, "Content-Length": "9", "Connection": "close"}), "broke off"),
        (Reply(PAGE, headers={**HTML, "Content-Encoding": "rot13"}), "coding"),
        (Reply(gzip.compress(PAGE)[:-9], headers={**HTML, "Content-Encoding": "gzip"}), "cut short"),
    ],
)
def test_what_is_no_page(site: Site, settings: Settings, reply: Reply, expected: str) -> None:
    site.replies["/x"] = reply
    if reply.headers.get("Content-Length") == "9":
        site.replies["/x"] = Reply([b"abc"], 200, reply.headers)
    message = said(site, "/x", settings)
    assert expected in message
    assert f"{site.url}/x" in message


def test_a_page_of_no_declared_type(site: Site, settings: Settings) -> None:
    site.replies["/x"] = Reply(headers={})
    assert fetch(f"{site.url}/x", settings=settings).content_type is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects(site: Site, settings: Settings, status: int) -> None:
    site.replies |= {"/1": to("2", status), "/2": to(f"//127.0.0.1:{site.port}/ثلاثة#x", status)}
    site.replies["/%D8%AB%D9%84%D8%A7%D8%AB%D8%A9"] = Reply()
    page = fetch(f"{site.url}/1", settings=settings)
    assert (page.origin, page.address) == (f"{site.url}/1", f"{site.url}/%D8%AB%D9%84%D8%A7%D8%AB%D8%A9")


def test_redirects_without_end(site: Site, settings: Settings) -> None:
    site.replies |= {"/1": to("/2"), "/2": to("/3"), "/3": to("/1"), "/me": to("/me")}
    site.replies |= {f"/{n}": to(f"/{n + 1}") for n in range(10, 20)}
    assert "in a ring" in said(site, "/1", settings)
    assert site.asked == ["/robots.txt", "/1", "/2", "/3"]
    assert "in a ring" in said(site, "/me", settings)
    assert "more than 4 times" in said(site, "/10", settings)


def test_a_cookie_and_back_is_no_ring(site: Site, settings: Settings) -> None:
    def wants_cookie(handler: BaseHTTPRequestHandler) -> Reply:
        if "seen=1" in handler.headers.get("Cookie", ""):
            return Reply()
        return Reply(b"", 302, {"Location": "/x", "Set-Cookie": "seen=1"})

    site.replies["/x"] = wants_cookie
    assert fetch(f"{site.url}/x", settings=settings).body == PAGE


@pytest.mark.parametrize(
    "location", ["ftp://x.example/", "file:///etc/passwd", "http://u:p@x.example/", "http://[::bad/"]
)
def test_redirects_to_elsewhere(site: Site, settings: Settings, location: str) -> None:
    site.replies["/x"] = to(location)
    assert site.url in said(site, "/x", settings)


def test_too_large(site: Site, settings: Settings) -> None:
    site.replies |= {
        "/declared": Reply(b"x" * 200_001),
        "/streamed": Reply([b"x" * 50_000] * 100),
        "/bomb": Reply(gzip.compress(bytes(50_000_000)), headers={**HTML, "Content-Encoding": "gzip"}),
        "/most": Reply(b"x" * 200_000),
    }
    for path in ("/declared", "/streamed", "/bomb"):
        message = said(site, path, settings, UnreadablePage)
        assert "200,000 bytes" in message
        assert "MUSNAD_MAX_PAGE_BYTES" in message
    assert len(fetch(f"{site.url}/most", settings=settings).body) == 200_000


def test_too_slow(site: Site, settings: Settings) -> None:
    site.replies |= {
        "/silent": Reply([b"", b"x"], pause=2),
        "/drops": Reply([b"x"] * 50, pause=0.2),
    }
    site.replies["/robots.txt"] = Reply(b"")
    hasty = replace(settings, fetch_timeout=0.4, fetch_deadline=1.0)
    begun = time.monotonic()
    assert "no answer within 0.4 seconds" in said(site, "/silent", hasty)
    assert "not done within 1 seconds" in said(site, "/drops", hasty)
    assert time.monotonic() - begun < 3


def test_slow_names(settings: Settings) -> None:
    def resolve(host: str, port: int) -> list[str]:
        time.sleep(1.5)
        return []

    hasty = replace(settings, fetch_timeout=0.2)
    with Fetcher(hasty, resolve=resolve) as fetcher, pytest.raises(FetchError, match="no answer within"):
        fetcher.fetch("http://slow.example/")


def test_unknown_and_closed(settings: Settings) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with Fetcher(settings, resolve=unknown) as fetcher, pytest.raises(FetchError, match="is not known"):
        fetcher.fetch("http://nowhere.example/a")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(FetchError, match="no connection"):
            fetch(f"http://127.0.0.1:{port}/", settings=settings)


@pytest.mark.parametrize("again", [Reply(), Reply(b"", 503)])
@pytest.mark.parametrize("status", [429, 503])
def test_busy_sites(site: Site, settings: Settings, status: int, again: Reply) -> None:
    replies = [again, Reply(b"", status, {"Retry-After": "0"})]
    site.replies["/x"] = lambda handler: replies.pop()
    if again.status == 200:
        assert fetch(f"{site.url}/x", settings=settings).body == PAGE
    else:
        assert "503" in said(site, "/x", settings)
    assert site.asked.count("/x") == 2


@pytest.mark.parametrize(
    "wait",
    ["3600", "9" * 400, "soon", "²", format_datetime(datetime.now(UTC) + timedelta(hours=1))],
    ids=["an hour", "for ever", "a word", "no digit", "a date"],
)
def test_long_waits_are_not_waited(site: Site, settings: Settings, wait: str) -> None:
    site.replies["/x"] = Reply(b"", 503, {"Retry-After": wait})
    assert "503" in said(site, "/x", settings)
    assert site.asked.count("/x") == 1


@contextmanager
def tls_site(folder: Path, name: str) -> Iterator[tuple[Site, ssl.SSLContext]]:
    """A site under TLS whose certificate is for `name` only, and a context that trusts it."""
    key, certificate = str(folder / "key.pem"), str(folder / "certificate.pem")
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    made += [
        "-keyout",
        key,
        "-out",
        certificate,
        "-days",
        "2",
        "-subj",
        "/CN=x",
        "-addext",
        f"subjectAltName=DNS:{name}",
    ]
    try:
        subprocess.run(made, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs openssl to make a certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    site = Site()
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    yield site, ssl.create_default_context(cafile=certificate)
    site.server.shutdown()
    site.server.server_close()


def test_tls_is_checked_against_the_name(tmp_path: Path, settings: Settings) -> None:
    with tls_site(tmp_path, "news.example") as (site, trusting):
        site.replies["/"] = Reply()
        with Fetcher(settings, resolve=lambda host, port: ["127.0.0.1"], tls=trusting) as fetcher:
            assert fetcher.fetch(f"https://news.example:{site.port}/").body == PAGE
            with pytest.raises(FetchError, match="certificate is not trusted"):
                fetcher.fetch(f"https://other.example:{site.port}/")
