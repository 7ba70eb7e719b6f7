"""One walk over the tree of a page: its lines in reading order, with where each stands. No recursion, however deep."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from musnad.pages.compose import collapse
from musnad.pages.signs import Sign, sign

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SKIP: Final = 0
_BREAK: Final = 1
_IMAGE: Final = 2
_BLOCK: Final = 3
_INLINE: Final = 4
_BOLD: Final = 5
_LINK: Final = 6
_PLAIN: Final = 7
_SKIPPED: Final = """
    script style noscript svg math iframe object embed template head link meta button select option textarea audio video
    canvas map datalist dialog input frameset title base param source track progress meter label legend amp-ad amp-sidebar
    amp-analytics amp-social-share amp-auto-ads amp-embed amp-iframe amp-consent amp-sticky-ad amp-user-notification
    amp-video amp-youtube amp-audio amp-pixel amp-story-player -comment -doctype wbr
"""
_BLOCKS: Final = """
    html body p div section article main header footer aside nav ul ol li dl dt dd h1 h2 h3 h4 h5 h6 blockquote figure
    figcaption table tbody thead tfoot tr td th caption form fieldset center address pre details summary menu dir hgroup
    amp-accordion amp-carousel amp-live-list amp-twitter amp-facebook amp-instagram amp-lightbox
"""
_PLAINS: Final = "i em u font sup sub bdi bdo mark s del abbr q code"
_KINDS: Final[dict[str | None, int]] = {
    None: _SKIP,
    **dict.fromkeys(_SKIPPED.split(), _SKIP),
    **dict.fromkeys(_BLOCKS.split(), _BLOCK),
    **dict.fromkeys(_PLAINS.split(), _PLAIN),
    **dict.fromkeys(("br", "hr"), _BREAK),
    **dict.fromkeys(("img", "amp-img"), _IMAGE),
    **dict.fromkeys(("b", "strong"), _BOLD),
    "a": _LINK,
}
_TAG_SIGNS: Final[dict[str, Sign]] = {
    "figcaption": "caption",
    "time": "date",
    "nav": "furniture",
    "aside": "furniture",
    "amp-twitter": "embed",
    "amp-facebook": "embed",
    "amp-instagram": "embed",
}
_NEVER_FURNITURE: Final = frozenset({"html", "body", "main", "article", "h1", "p", "td", "tr", "tbody", "table"})
_OWN_LINE: Final = frozenset({"byline", "date", "modified", "caption", "credit", "section", "headline"})
_CAPTIONS: Final = frozenset({"caption", "credit"})
_SHORT: Final = 60


@dataclass(slots=True)
class Line:
    """A line of the page: its words, and where and how they stand.

    `links` and `bold` count its characters inside links and bold type; `box` numbers the innermost block element, `tag`
    is that element's; `when` the datetime attribute of a time element; `image` how many pictures stand before it.
    """

    words: str
    box: int
    tag: str
    sign: Sign
    links: int
    bold: int
    when: str | None
    image: int


@dataclass(slots=True)
class Picture:
    """An image element: its address, its words, and between which lines and in which box it stands."""

    src: str | None
    alt: str
    title: str
    line: int
    box: int


@dataclass(slots=True)
class Tree:
    """What one walk saw. Boxes are block elements, numbered in page order: a box's inside follows it."""

    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [-1])
    tags: list[str] = field(default_factory=lambda: ["body"])
    keys: list[str] = field(default_factory=lambda: [""])
    signs: list[Sign] = field(default_factory=lambda: ["none"])
    skipped: int = 0


class _Walker:
    """The state of the walk; the loop itself is :func:`walk`."""

    __slots__ = ("bold", "bolds", "box", "kept", "link", "links", "parts", "sign", "thorough", "tree", "when")

    def __init__(self, thorough: bool, kept: frozenset[int]) -> None:
        self.kept = kept
        self.tree = Tree()
        self.thorough = thorough
        self.parts: list[str] = []
        self.links = self.bolds = 0
        self.link = self.bold = 0
        self.box = 0
        self.sign: Sign = "none"
        self.when: str | None = None

    def flush(self) -> None:
        """End the line under way."""
        if not self.parts:
            return
        words = collapse("".join(self.parts))
        if words:
            tree = self.tree
            tree.lines.append(
                Line(
                    words,
                    self.box,
                    tree.tags[self.box],
                    self.sign,
                    self.links,
                    self.bolds,
                    self.when,
                    len(tree.pictures),
                )
            )
        self.parts.clear()
        self.links = self.bolds = 0

    def image(self, node: LexborNode) -> None:
        """Take a picture."""
        get = node.attributes.get
        src = get("data-src") or get("data-original") or get("data-lazy-src") or get("src")
        if src is not None and src.startswith("data:"):
            src = None
        tree = self.tree
        pending = 1 if self.parts else 0
        tree.pictures.append(Picture(src, get("alt") or "", get("title") or "", len(tree.lines) + pending, self.box))

    def enter(self, tag: str, kind: int, node: LexborNode) -> bool:
        """Open an element; False when nothing in it is to be read."""
        if kind == _BOLD:
            self.bold += 1
            return True
        attributes = node.attributes
        if not attributes and tag not in _TAG_SIGNS:
            if kind == _BLOCK:
                self._open_box(tag, "", "none", None)
            elif kind == _LINK:
                self.link += 1
            return True
        announced: Sign = sign(attributes)
        if announced == "none" and tag in _TAG_SIGNS:
            announced = _TAG_SIGNS[tag]
        if announced == "hidden" or announced == "furniture":
            inside = tag in _NEVER_FURNITURE or kind == _LINK or (kind == _INLINE and self.parts)
            if not (self.thorough or (inside and announced == "furniture") or node.mem_id in self.kept):
                self.tree.skipped += 1
                return False
            announced = "none"
        elif (self.sign in _CAPTIONS and announced not in _CAPTIONS) or (kind == _LINK and announced == "headline"):
            announced = "none"
        if kind == _LINK:
            self.link += 1
            if self.sign == "crumbs":
                self.flush()
        if kind == _BLOCK:
            self._open_box(tag, attributes.get("class") or "", announced, attributes.get("datetime"))
        elif announced is self.sign:
            self.when = attributes.get("datetime") or self.when
        elif announced in _OWN_LINE and self._brief():
            self.flush()
            self.sign = announced
            self.when = attributes.get("datetime")
        return True

    def _brief(self) -> bool:
        """Whether the line under way may end here: it is short, or nothing but a link."""
        length = sum(map(len, self.parts))
        return length < _SHORT or self.links * 10 >= length * 9

    def _open_box(self, tag: str, key: str, announced: Sign, when: str | None) -> None:
        if self.parts:
            self.flush()
        tree = self.tree
        tree.parents.append(self.box)
        tree.tags.append(tag)
        tree.keys.append(key)
        tree.signs.append(announced)
        self.box = len(tree.tags) - 1
        if announced == "body":
            self.sign = "none"
        elif announced != "none":
            self.sign = announced
            self.when = when


def walk(root: LexborNode, kept: frozenset[int] = frozenset(), *, thorough: bool = False) -> Tree:  # noqa: C901
    """The lines of the page under `root`. What is announced as furniture is passed over unless `thorough`, or unless its
    memory address is among `kept`. One loop without recursion, and long for speed: half of what a page costs is here."""
    walker = _Walker(thorough, kept)
    stack: list[tuple[LexborNode, int, int, Sign, str | None]] = []
    push, pop = stack.append, stack.pop
    kind_of, enter, flush, parts = _KINDS.get, walker.enter, walker.flush, walker.parts
    node = root.first_child
    while True:
        if node is None:
            if not stack:
                break
            node, kind, box, announced, when = pop()
            if kind == _BOLD:
                walker.bold -= 1
            elif kind != _PLAIN:
                if kind == _LINK:
                    if walker.sign == "crumbs":
                        flush()
                    walker.link -= 1
                if kind == _BLOCK or announced is not walker.sign or when is not walker.when:
                    if parts:
                        flush()
                    walker.box, walker.sign, walker.when = box, announced, when
            node = node.next
            continue
        tag = node.tag
        if tag == "-text":
            if node.is_empty_text_node:
                if parts:
                    parts.append(" ")
            elif words := node.text_content:
                parts.append(words)
                if walker.link:
                    walker.links += len(words)
                if walker.bold:
                    walker.bolds += len(words)
            node = node.next
            continue
        kind = kind_of(tag, _INLINE)
        if kind < _BLOCK:
            if kind == _IMAGE:
                walker.image(node)
            elif kind == _BREAK:
                flush()
            node = node.next
            continue
        child = node.first_child
        if child is not None:
            saved = (node, kind, walker.box, walker.sign, walker.when)
            if kind == _PLAIN or enter(tag or "", kind, node):
                push(saved)
                node = child
                continue
        if kind == _BLOCK and parts:
            flush()
        node = node.next
    flush()
    return walker.tree
