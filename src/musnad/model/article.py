"""Article: a page as read, its furniture named, its attributions and figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from musnad.model.attribution import Attribution
from musnad.model.doubt import Doubt
from musnad.model.figure import Figure
from musnad.model.moment import Moment
from musnad.model.span import Span
from musnad.model.text import Block, Text


@dataclass(frozen=True, slots=True)
class Named:
    """A named piece of the page: its value, its span in the text where it is printed there, and what says so.

    `evidence` is a short path: ``text`` (line shape), ``element:h1``, ``json-ld:author``, ``meta:og:title``, ``address``.
    """

    value: str
    span: Span | None = None
    evidence: str = "text"


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where the piece was written and the agencies it rests on, in the words of the page; either may be missing."""

    place: str | None
    agencies: tuple[str, ...] = ()
    span: Span | None = None
    evidence: str = "text"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the article: its address (as written on the page), caption, credit and the date its caption prints."""

    src: str | None
    caption: Named | None = None
    credit: Named | None = None
    date: Moment | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more printed values of one field that disagree; none is thrown away."""

    field: str
    values: tuple[str, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """What a page publishes. Offsets everywhere are code points of ``text.words``.

    A page with no article has an empty text, no headline and a Doubt that says so; it is not an error.
    """

    text: Text
    origin: str = ""
    page_id: str | None = None
    address: str | None = None
    outlet: Named | None = None
    language: str | None = None
    direction: Literal["rtl", "ltr"] = "rtl"
    headline: Named | None = None
    section: Named | None = None
    published: Moment | None = None
    modified: Moment | None = None
    byline: tuple[Named, ...] = ()
    dateline: Dateline | None = None
    images: tuple[Image, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[Figure, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the text, in order."""
        return self.text.blocks
