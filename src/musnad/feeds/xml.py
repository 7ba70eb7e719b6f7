"""RSS, Atom and sitemaps: one walk with expat, which never expands what a feed declares.

Names are taken as written, with the prefixes that feeds use: a feed with an undeclared prefix is read like any other.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from xml.parsers import expat

from musnad.errors import UnreadablePage

_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#(?:\d{1,7}|x[0-9a-fA-F]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,31});)?")
_NO_XML = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*1?[0-8bcefBCEF]);"
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,500}\?>\s*", re.IGNORECASE)
_ENTRY = re.compile(r"<((?:[\w.-]{1,20}:)?(?:item|entry|url|sitemap))[\s>]")
_ROOTS = {"rss": "rss", "RDF": "rss", "feed": "atom", "urlset": "sitemap", "sitemapindex": "index"}
_ENTRIES = frozenset({"item", "entry", "url", "sitemap"})
_OWN_PREFIXES = frozenset({"dc", "dcterms", "news", "atom", "atom10", "a10", "xml"})
_DEEPEST, _LONGEST = 100, 20_000
MOST_READ = 50_000
"""Entries after which no more are read: what the sitemap protocol lets one file hold."""


@dataclass(slots=True)
class Entry:
    """An entry as it is written: the text of each field, and its links as (rel, type, href)."""

    fields: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Tree:
    """What a document holds: `root` (rss, atom, sitemap, index, opml or another name), its own fields, its entries."""

    root: str = ""
    head: Entry = field(default_factory=Entry)
    entries: list[Entry] = field(default_factory=list)
    outlines: list[dict[str, str]] = field(default_factory=list)
    more: bool = False
    fault: str = ""


class _Enough(Exception):  # noqa: N818
    pass


def read_tree(text: str, where: str) -> Tree:
    """The entries of an XML document. What stands after a fault is read entry by entry; `fault` tells of it.

    Raises UnreadablePage for one that declares entities (a feed has no need of them, a bomb has), or nests too deep.
    """
    text = _NO_XML.sub("", _DECLARATION.sub("", text, count=1))
    text = _NAMED.sub(_entity, text)
    walk = _Walk(where)
    consumed = walk.feed(text)
    if walk.tree.fault and walk.tree.root and not walk.tree.more:
        _entry_by_entry(text, consumed, walk.tree, where)
    return walk.tree


def _entity(found: re.Match[str]) -> str:
    """A named character of HTML as itself; an ampersand that begins nothing as one."""
    if found[1]:
        character = html.unescape(found[0])
        if character != found[0]:
            return character
    return "&amp;" + found[0][1:]


def _entry_by_entry(text: str, start: int, tree: Tree, where: str) -> None:
    """The entries after a fault: each is read by itself, and those that are broken are left out."""
    at = start
    while (found := _ENTRY.search(text, at)) and len(tree.entries) < MOST_READ:
        end = text.find(f"</{found[1]}>", found.end())
        if end < 0:
            break
        at = end + len(found[1]) + 3
        walk = _Walk(where, root=tree.root)
        walk.feed(text[found.start() : at])
        tree.entries += walk.tree.entries


class _Walk:
    def __init__(self, where: str, root: str = "") -> None:
        self.tree, self._where, self._prefix = Tree(root), where, ""
        self._path: list[str] = []
        self._entry: Entry | None = None
        self._words: list[str] = []
        self._size = 0
        self._html = 0

    def feed(self, text: str) -> int:
        """Read it; how many characters in, the last whole entry ended."""
        data = text.encode("utf-8", "replace")
        parser = expat.ParserCreate("utf-8")
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.buffer_text = True
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self._parser, self._last = parser, 0
        try:
            parser.Parse(data, True)
        except _Enough:
            self.tree.more = True
        except expat.ExpatError as error:
            self.tree.fault = f"no well-formed XML at line {error.lineno}: {expat.ErrorString(error.code)}"
        return len(data[: self._last].decode("utf-8", "replace"))

    def _refuse(self, *_: object) -> None:
        what = "declares entities, which no feed needs and a trap does"
        raise UnreadablePage(what, where=self._where, advice="tell the outlet, or follow its section page")

    def _local(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        return local if not prefix or prefix == self._prefix or prefix in _OWN_PREFIXES else name

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path and not self.tree.root:
            prefix, _, local = name.rpartition(":")
            self._prefix = prefix
            self.tree.root = _ROOTS.get(local, local)
            self.tree.head.fields["language"] = attributes.get("xml:lang", "")
        if len(self._path) >= _DEEPEST:
            raise UnreadablePage("nests too deep for a feed", where=self._where, advice="tell the outlet")
        local = self._local(name)
        self._path.append(local)
        if local == "outline" and self.tree.root == "opml":
            self.tree.outlines.append(attributes)
            if len(self.tree.outlines) >= MOST_READ:
                raise _Enough
        elif local in _ENTRIES and self._entry is None:
            if len(self.tree.entries) >= MOST_READ:
                raise _Enough
            self._entry = Entry()
        elif local == "link" and attributes.get("href"):
            held = self._entry or self.tree.head
            if len(held.links) < 50:
                held.links.append((attributes.get("rel", "alternate"), attributes.get("type", ""), attributes["href"]))
        self._words, self._size = [], 0

    def _text(self, words: str) -> None:
        if self._size < _LONGEST:
            self._words.append(words)
            self._size += len(words)

    def _end(self, name: str) -> None:
        local = self._path.pop()
        if local in _ENTRIES and self._entry is not None and not (_ENTRIES & set(self._path)):
            self.tree.entries.append(self._entry)
            self._entry, self._last = None, self._parser.CurrentByteIndex
        else:
            held = self._entry or self.tree.head
            value = "".join(self._words).strip()
            if value and local not in held.fields and len(held.fields) < 60:
                held.fields[local] = value[:_LONGEST]
        self._words, self._size = [], 0
