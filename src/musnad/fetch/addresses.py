"""Addresses as people paste them, and which of them are nobody's business but the machine's own."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from musnad.errors import FetchError, Refused
from musnad.fetch.declared import ADDRESS

# Marks that come along when an address is copied out of running text: zero-width, direction, byte order.
_UNSEEN = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_NUMBER_HOST = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}\.?", re.IGNORECASE)
_DOTTED = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
_OWN_NAMES = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "home.arpa",
)  # RFC 6761, 6762, 8375 and ICANN's .internal
_MORE_RESERVED = [  # what `ipaddress` of Python 3.11 takes for public
    ip_network(net) for net in ("192.88.99.0/24", "64:ff9b:1::/48", "5f00::/16", "3fff::/20", "fec0::/10")
]
_NAT64 = ip_network("64:ff9b::/96")
_ALLOW = "allow private addresses if it is yours and meant"


def parse(address: str, *, allow_private: bool = False, where: str = "") -> httpx.URL:
    """The address percent-encoded and with its host in Punycode, without the fragment.

    Raises FetchError where it is no address, Refused where its scheme is not http(s), where it carries a password, and,
    unless `allow_private`, where its host names this machine or is a number in disguise. Whether a name *leads* to a
    private machine is only known when it is resolved: see :mod:`musnad.fetch.connect`.

    >>> str(parse("https://example.com/أخبار#أول"))
    'https://example.com/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1'
    """
    text = address.strip().translate(_UNSEEN).strip()
    where = where or address
    scheme = ADDRESS.match(text)
    if not scheme or scheme[1].lower() not in ("http", "https"):
        raise Refused(
            "only http and https addresses are fetched", where=where, advice="give an http(s) address or a file"
        )
    host = re.sub(r":\d*$", "", re.split(r"[/?#\\]", text[scheme.end() :], maxsplit=1)[0]).rpartition("@")[2]
    if not allow_private:
        _check_host(host, where)
    try:
        url = httpx.URL(text)
        name = url.host
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"this is no address: {error}", where=where, advice="check how it is written") from error
    if not name:
        raise FetchError("the address names no host", where=where, advice="check how it is written")
    if url.userinfo:
        raise Refused(
            "the address carries a name or password", where=where, advice="leave out what stands before the @"
        )
    if not allow_private:
        _check_host(name, where)
    return url.copy_with(fragment=None)


def _check_host(host: str, where: str) -> None:
    """Refuse a host that says by itself that it is this machine, or hides a number."""
    bare = host.lower().rstrip(".")
    if any(bare == own or bare.endswith("." + own) for own in _OWN_NAMES):
        raise Refused(f"{host} is a name of this machine or its network", where=where, advice=_ALLOW)
    if _NUMBER_HOST.fullmatch(bare) and not _DOTTED.fullmatch(bare):
        raise Refused(
            f"the host {host} is a number in disguise", where=where, advice="write it as four decimal numbers"
        )
    literal = host.strip("[]")
    if ":" in literal or _DOTTED.fullmatch(literal):
        refuse_private(literal, where)


def refuse_private(ip: str, where: str, *, host: str = "") -> None:
    """Raise Refused when `ip` is not a public unicast address, v4 or v6, or is no IP address at all."""
    try:
        kind = private_kind(ip_address(ip))
    except ValueError:
        kind = "no IP address"
    if kind:
        leads = f"{host} leads to {ip}, which is {kind}" if host and host != ip else f"{ip} is {kind}"
        raise Refused(f"{leads} and not public", where=where, advice=_ALLOW)


def private_kind(ip: IPv4Address | IPv6Address) -> str | None:
    """Why an address is not public: loopback, private, link-local, multicast, reserved; None when it is public.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) is judged by itself. The registries behind it are IANA's
    special-purpose address registries (RFC 6890) as `ipaddress` has them, with what Python 3.11 lacks of them.

    >>> private_kind(ip_address("::ffff:10.0.0.1")), private_kind(ip_address("193.0.6.139"))
    ('private', None)
    """
    if isinstance(ip, IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour
        if within is None and ip in _NAT64:
            within = IPv4Address(int(ip) & 0xFFFFFFFF)
        if within is not None:
            return private_kind(within)
    kinds = {
        "unspecified": ip.is_unspecified,
        "loopback": ip.is_loopback,
        "link-local": ip.is_link_local,
        "multicast": ip.is_multicast,
        "reserved": ip.is_reserved or any(ip in net for net in _MORE_RESERVED if net.version == ip.version),
        "private": ip.is_private or not ip.is_global,
    }
    return next((kind for kind, holds in kinds.items() if holds), None)
