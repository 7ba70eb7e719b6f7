"""Addresses that are nobody's business but the machine's own are refused, however they are written or reached."""

from __future__ import annotations

import socket
from dataclasses import replace
from ipaddress import ip_address

import pytest

from musnad.errors import FetchError, Refused
from musnad.fetch import fetch
from musnad.fetch.addresses import parse, private_kind, refuse_private
from musnad.fetch.web import Fetcher
from musnad.settings import Settings
from tests.fetch.conftest import Reply, Site

CAREFUL = Settings(fetch_timeout=2.0, fetch_deadline=4.0)


@pytest.mark.parametrize(
    ("ip", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.0.9", "loopback"),
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "private"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("100.64.0.1", "private"),
        ("169.254.169.254", "link-local"),
        ("192.0.2.1", "private"),
        ("192.88.99.1", "reserved"),
        ("198.18.0.1", "private"),
        ("224.0.0.1", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::127.0.0.1", "reserved"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:a00:1", "private"),
        ("64:ff9b::7f00:1", "loopback"),
        ("64:ff9b:1::1", "reserved"),
        ("2002:7f00:1::1", "loopback"),
        ("2001::1", "private"),
        ("2001:db8::1", "private"),
        ("fc00::1", "private"),
        ("fe80::1", "link-local"),
        ("fec0::1", "reserved"),
        ("ff02::1", "multicast"),
        ("193.0.6.139", None),
        ("172.32.0.1", None),
        ("2001:67c:2e8:22::c100:68b", None),
        ("64:ff9b::c100:68b", None),
        ("::ffff:193.0.6.139", None),
    ],
)
def test_kinds(ip: str, kind: str | None) -> None:
    assert private_kind(ip_address(ip)) == kind


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "printer.local",
        "metadata.google.internal",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "127.1",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "[fe80::1]",
        "[fd00::1]",
        "169.254.169.254",
        "127。0。0。1",
    ],
)
def test_written_in_any_way(site: Site, host: str) -> None:
    with pytest.raises((Refused, FetchError)) as raised:
        fetch(f"http://{host}:{site.port}/", settings=CAREFUL)
    assert isinstance(raised.value, Refused)
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("ftp://news.example/", Refused),
        ("file:///etc/passwd", Refused),
        ("gopher://x/", Refused),
        ("http://user:secret@news.example/", Refused),
        ("http://user@news.example/", Refused),
        ("http://", FetchError),
        ("https:///path", FetchError),
        ("http://[::1", FetchError),
        ("http://a:99999999/", FetchError),
        ("http://" + "a" * 70_000, FetchError),
        ("http://-.-/", FetchError),
        ("http://xn--.example/", FetchError),
        ("http://a\0b/", FetchError),
    ],
)
def test_what_is_no_address(address: str, kind: type[Exception]) -> None:
    with pytest.raises(kind) as raised:
        fetch(address, settings=CAREFUL)
    assert "secret" not in getattr(raised.value, "what", "")


def test_an_answer_of_the_resolver_that_is_no_address(site: Site) -> None:
    with Fetcher(CAREFUL, resolve=lambda host, port: ["elsewhere"]) as fetcher, pytest.raises(Refused):
        fetcher.fetch(f"http://news.example:{site.port}/")


def test_the_advice_leads_on() -> None:
    with pytest.raises(Refused) as raised:
        parse("http://localhost/")
    assert raised.value.where == "http://localhost/"
    assert "allow private addresses" in raised.value.advice


@pytest.mark.parametrize("found", [["127.0.0.1"], ["::1"], ["193.0.6.139", "127.0.0.1"], ["::ffff:127.0.0.1"]])
def test_names_that_lead_to_private_addresses(site: Site, found: list[str]) -> None:
    with Fetcher(CAREFUL, resolve=lambda host, port: found) as fetcher, pytest.raises(Refused, match="leads to"):
        fetcher.fetch(f"http://news.example:{site.port}/")
    assert site.asked == []


def test_no_second_answer(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the name is asked for once a connection, and the connection goes to what was judged."""
    answers = [["193.0.6.139"], ["127.0.0.1"]]
    gone_to = []

    def connect(address: tuple[str, int], *args: object, **options: object) -> socket.socket:
        gone_to.append(address[0])
        raise ConnectionRefusedError("not in a test")

    monkeypatch.setattr(socket, "create_connection", connect)
    fetcher = Fetcher(CAREFUL, resolve=lambda host, port: answers.pop(0))
    with fetcher, pytest.raises(FetchError, match="no connection"):
        fetcher.fetch(f"http://news.example:{site.port}/")
    assert gone_to == ["193.0.6.139"]
    assert answers == [["127.0.0.1"]]
    assert site.asked == []


def test_redirects_to_private_addresses(site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public page that sends us to a private one: the first hop is let through here, the second judged."""

    def judge(ip: str, where: str, host: str) -> None:
        if host != "news.example":
            refuse_private(ip, where, host=host)

    monkeypatch.setattr("musnad.fetch.connect.refuse_private", judge)
    places = {"news.example": ["127.0.0.1"], "inside.example": ["127.0.0.1"]}
    site.replies |= {
        "/name": Reply(b"", 302, {"Location": f"http://inside.example:{site.port}/secret"}),
        "/number": Reply(b"", 302, {"Location": f"http://127.0.0.1:{site.port}/secret"}),
        "/mapped": Reply(b"", 302, {"Location": f"http://[::ffff:127.0.0.1]:{site.port}/secret"}),
        "/local": Reply(b"", 302, {"Location": f"http://localhost:{site.port}/secret"}),
    }
    with Fetcher(
        replace(settings, allow_private=False), resolve=lambda host, port: places.get(host, [host])
    ) as fetcher:
        for path in ("/name", "/number", "/mapped", "/local"):
            with pytest.raises(Refused):
                fetcher.fetch(f"http://news.example:{site.port}{path}")
    assert "/secret" not in site.asked


def test_no_proxy_from_the_environment(site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    site.replies["/"] = Reply()
    assert fetch(f"{site.url}/", settings=settings).body
