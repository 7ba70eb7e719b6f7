"""SVG as text: elements, escaped; words that fit a width; and a sheet on which x begins where the language does."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from musnad.publish.pictures.manner import Manner

_NOT_XML = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_ISOLATED = "\u2068{}\u2069"
_WIDE = frozenset("MWmw@%") | frozenset(map(chr, range(0x633, 0x637)))  # the widest letters, sin to dad among them
_NARROW = dict.fromkeys(" .,:()·", 0.36) | dict.fromkeys(map(chr, (0x622, 0x623, 0x625, 0x627)), 0.38)  # alef
_EM = 0.62  # of the size, more than a usual letter of Noto Sans, Noto Sans Arabic and DejaVu Sans is wide


def clean(text: str) -> str:
    """Text on one line without what XML forbids or what would turn the direction of all that follows it."""
    return " ".join(_NOT_XML.sub(" ", text).split())


def tag(name: str, attributes: Mapping[str, str | float | None], *inside: Markup | str) -> Markup:
    """An element; attributes that are None are left out, numbers have at most one decimal.

    >>> tag("text", {"x": 1.04, "class": "a", "y": None}, "<b>")
    Markup('<text x="1" class="a">&lt;b&gt;</text>')
    """
    told = "".join(f' {key}="{_attribute(value)}"' for key, value in attributes.items() if value is not None)
    body = Markup("").join(one if isinstance(one, Markup) else escape(clean(one)) for one in inside)
    return Markup(f"<{name}{told}>{body}</{name}>")


def _attribute(value: str | float) -> str:
    if isinstance(value, str):
        return str(escape(clean(value)))
    return number(value)


def number(value: float) -> str:
    """A coordinate: one decimal, no zeros at the end and no negative zero."""
    told = f"{value:.1f}".removesuffix(".0")
    return "0" if told == "-0" else told


def width_of(text: str, size: float) -> float:
    """About how wide text is when drawn in `size`, rather more than less."""
    return size * sum(map(_em, text))


def _em(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    if unicodedata.east_asian_width(char) in "WF" or unicodedata.category(char) == "So":
        return 1.3
    if char in _WIDE or unicodedata.decomposition(char).startswith("<isolated>"):
        return 0.98
    return _NARROW.get(char, _EM)


def fitted(text: str, size: float, room: float) -> str:
    """Text that is no wider than `room`: cut with an ellipsis where it has to be."""
    text = clean(text)
    if width_of(text, size) <= room:
        return text
    left = room - width_of("…", size)
    kept = ""
    for char in text:
        left -= size * _em(char)
        if left < 0:
            break
        kept += char
    return f"{kept.rstrip()}…"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on: its x runs from 0, where the language begins a line, to `width`."""

    width: float
    height: float
    manner: Manner

    def x(self, x: float) -> float:
        """A place on the sheet as a coordinate of the picture."""
        return self.width - x if self.manner.rtl else x

    def rect(self, x: float, y: float, width: float, height: float, css: str) -> Markup:
        """A box that begins at `x`."""
        left = self.x(x + width) if self.manner.rtl else x
        return tag("rect", {"class": css, "x": left, "y": y, "width": width, "height": height})

    def line(self, start: tuple[float, float], end: tuple[float, float], css: str) -> Markup:
        """A straight line."""
        (x, y), (to, down) = start, end
        return tag("line", {"class": css, "x1": self.x(x), "y1": y, "x2": self.x(to), "y2": down})

    def text(
        self, x: float, y: float, words: str, css: str = "", *, anchor: str = "start", tail: str = "", whole: str = ""
    ) -> Markup:
        """Words whose beginning, middle or end is at `x`, and a `tail` in the direction of the picture; `whole` are those
        that were cut."""
        attributes: dict[str, str | float | None] = {
            "class": f"pic-text {css}".strip(),
            "x": self.x(x),
            "y": y,
            "text-anchor": anchor,
            "direction": "rtl" if self.manner.rtl else "ltr",
        }
        title = tag("title", {}, whole) if whole and clean(whole) != words else Markup("")
        return tag("text", attributes, title, escape(_ISOLATED.format(words) + tail))

    def whole(self, css: str, title: str, desc: str, inside: Iterable[Markup]) -> Markup:
        """The picture, with what it is called and what it says to those who do not see it."""
        attributes: dict[str, str | float | None] = {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"pic {css}",
            "role": "img",
            "width": self.width,
            "height": self.height,
            "viewBox": f"0 0 {number(self.width)} {number(self.height)}",
            "lang": self.manner.language,
        }
        return tag("svg", attributes, tag("title", {}, title), tag("desc", {}, desc), *inside)


@cache
def stylesheet() -> str:
    """The stylesheet of all pictures and of chains."""
    return files("musnad.publish.pictures").joinpath("pictures.css").read_text(encoding="utf-8")


def standalone(picture: Markup) -> str:
    """A picture as a file of its own, with its stylesheet inside; an empty one stays empty."""
    if not picture:
        return ""
    head, end, rest = str(picture).partition(">")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{end}<style>{stylesheet()}</style>{rest}\n'
