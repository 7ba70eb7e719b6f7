"""Articles from HTML: one parse, one walk, then every line named in page order."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from musnad.model import Article, Doubt, Named, Text
from musnad.pages.depth import flatten
from musnad.pages.lines import name_lines
from musnad.pages.region import find_headline, find_region, words_of
from musnad.pages.shapes import direction_of, guess_language
from musnad.pages.tree import walk
from musnad.pages.witness import Witness, read_witness
from musnad.pages.words import is_furniture, squash, vocabulary

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from musnad.pages.region import Region
    from musnad.pages.tree import Tree

_SUFFIX = re.compile(r"[\s\u00a0]+(?:[-–—|]|::)[\s\u00a0]+|\|")
_KEPT = "h1,[itemprop=articleBody]"
_MENU = "[class*=nav-on],[class*=active],[class*=current],[class*=selected]"
_IN_MENU = re.compile(r"\b(?:nav|menu|navbar|main-?menu)|-(?:nav|menu)\b")
_ENOUGH = 200.0


def read_utf8(utf8: bytes, *, origin: str = "", address: str | None = None) -> Article:
    """The article of an HTML page in UTF-8. See :func:`musnad.pages.read_html`."""
    utf8, flattened = flatten(utf8)
    parser = LexborHTMLParser(utf8)
    witness = read_witness(parser)
    claims = [c for c in (witness.meta.get("og:title", ""), witness.title, witness.headline) if c]
    root = parser.body or parser.root
    doubts: list[Doubt] = []
    if flattened:
        doubts.append(Doubt("elements nested deeper than a page's can be were read as one level", "html: depth"))
    if witness.broken:
        doubts.append(Doubt("JSON-LD that no parser takes; only its plain fields were read", "json-ld: broken"))
    tree, region = _look(root, claims, _kept(parser)) if root is not None else (None, None)
    language, direction = _language(parser, tree, region)
    headline = tree.lines[region.headline].words if tree and region and region.headline >= 0 else witness.headline
    outlet = _outlet(witness, address, headline)
    canonical = witness.canonical or witness.first("og:url", "twitter:url")[1] or None
    if address is None and canonical and canonical.startswith(("http://", "https://")):
        address = canonical
    if tree is None or region is None:
        doubts.append(Doubt("no sentences stand together on this page: it may not be an article", "html: no body"))
        return Article(Text(""), origin, None, address, outlet, language, direction, doubts=tuple(doubts))
    article = name_lines(tree, region, witness, outlet, language, direction, origin, address, doubts)
    if article.section is None:
        return replace(article, section=_menu_section(parser))
    return article


def _menu_section(parser: LexborHTMLParser) -> Named | None:
    """The item of the menu that is marked as the one the page is under."""
    for node in parser.css(_MENU)[:12]:
        words = " ".join(node.text().split())
        if (
            not 0 < len(words.split()) <= 4
            or len(words) > 40
            or squash(words) in vocabulary().homes
            or is_furniture(words)
        ):
            continue
        above = node.parent
        for _ in range(5):
            if above is None:
                break
            attributes = above.attributes
            if above.tag == "nav" or _IN_MENU.search(f"{attributes.get('class')} {attributes.get('id')}"):
                return Named(words, None, f"element:{node.tag}")
            above = above.parent
    return None


def _kept(parser: LexborHTMLParser) -> frozenset[int]:
    """The memory addresses of every h1 and announced body and of what they stand in: none of it is furniture."""
    kept: set[int] = set()
    for node in parser.css(_KEPT)[:12]:
        above: LexborNode | None = node
        while above is not None and above.mem_id not in kept:
            kept.add(above.mem_id)
            above = above.parent
    return frozenset(kept)


def _look(root: LexborNode, claims: list[str], kept: frozenset[int]) -> tuple[Tree, Region | None]:
    """Walk, and walk again through what was announced as furniture when nothing much was found without it."""
    tree = walk(root, kept)
    headline = find_headline(tree, claims)
    region = find_region(tree, headline)
    if tree.skipped and (region is None or region.mass < _ENOUGH or (headline < 0 and claims)):
        second = walk(root, thorough=True)
        second_headline = find_headline(second, claims)
        second_region = find_region(second, second_headline)
        if second_region is not None and (region is None or second_region.mass > 3 * region.mass + _ENOUGH):
            return second, second_region
    return tree, region


def _language(
    parser: LexborHTMLParser, tree: Tree | None, region: Region | None
) -> tuple[str | None, Literal["rtl", "ltr"]]:
    root = parser.css_first("html")
    attributes = root.attributes if root is not None else {}
    declared = (attributes.get("lang") or attributes.get("xml:lang") or "").split("-")[0].split("_")[0].strip().lower()
    words = ""
    if tree is not None and region is not None:
        words = " ".join(line.words for line in tree.lines[region.first : region.first + 12])
    elif tree is not None:
        words = " ".join(line.words for line in tree.lines[:200])[:3000]
    guessed = guess_language(words)
    rtl = ("ar", "fa", "ur")
    if (
        declared
        and len(declared) <= 3
        and declared.isalpha()
        and (guessed is None or (declared in rtl) == (guessed in rtl))
    ):
        guessed = guessed if guessed in rtl else declared
    return guessed, direction_of(guessed)


def _outlet(witness: Witness, address: str | None, headline: str) -> Named | None:
    """Who publishes: as the page says it in Arabic before other letters; then the title's end; then the host."""
    claims = []
    name, value = witness.first("og:site_name", "application-name", "twitter:app:name:iphone", "al:ios:app_name")
    if value:
        claims.append(Named(value, None, f"meta:{name}"))
    if witness.publisher:
        claims.append(Named(witness.publisher, None, "json-ld:publisher"))
    ending = _title_end(witness, headline)
    if ending:
        claims.append(Named(ending, None, "element:title"))
    name, value = witness.first("publisher", "dc.publisher")
    if value:
        claims.append(Named(value, None, f"meta:{name}"))
    claims = [replace(c, value=_arabic_part(c.value)) for c in claims]
    for claim in claims:
        if any("\u0600" <= c <= "\u06ff" for c in claim.value):
            return claim
    if claims:
        return claims[0]
    for url, evidence in (
        (address, "address"),
        (witness.canonical, "link:canonical"),
        (witness.meta.get("og:url"), "meta:og:url"),
    ):
        host = urlsplit(url).hostname if url and "//" in url else None
        if host:
            return Named(host.removeprefix("www."), None, evidence)
    return None


def _arabic_part(name: str) -> str:
    """Of a name given in two scripts («الضفة / The Bank») the Arabic one."""
    parts = [p.strip() for p in re.split(r"\s+[/|-]\s+", name)]
    arabic = [p for p in parts if any("\u0600" <= c <= "\u06ff" for c in p)]
    return arabic[0] if len(parts) == 2 and len(arabic) == 1 else name


def _title_end(witness: Witness, headline: str) -> str:
    """What a title holds beside the headline, at its end or at its head: the name of the outlet, of five words at most."""
    parts = [p.strip() for p in _SUFFIX.split(witness.title) if p and p.strip()]
    have = words_of(headline)
    if len(parts) < 2 or not have:
        return ""
    for part in (parts[-1], parts[0]):
        words = words_of(part)
        if words and len(part.split()) <= 5 and len(words & have) < 0.5 * len(words):
            return part
    return ""
