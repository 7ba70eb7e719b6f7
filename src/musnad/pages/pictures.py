"""Pictures of the article, with what is printed under them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from musnad.model import Image, Named, Span
from musnad.pages.photos import split_caption
from musnad.pages.region import words_of
from musnad.pages.shapes import caption_date
from musnad.pages.words import label

if TYPE_CHECKING:
    from musnad.model import Moment
    from musnad.pages.compose import Composer
    from musnad.pages.region import Region
    from musnad.pages.tree import Line, Picture, Tree
    from musnad.pages.witness import Witness

_ICON = re.compile(
    r"icon|logo|avatar|pixel|spacer|1x1|blank|sprite|emoji|gravatar|/ads?/|banner|\.svg|rss|/themes?/", re.IGNORECASE
)
_LONGEST = 400
_NEAR_LONGEST = 260


class Album:
    """Collects the pictures of an article and the captions that belong to them."""

    def __init__(self, tree: Tree, region: Region, language: str | None) -> None:
        self._tree = tree
        self._language = language
        first = region.headline if region.headline >= 0 else region.first - 8
        self._pictures = [
            (n, p)
            for n, p in enumerate(tree.pictures)
            if first <= p.line <= region.last + 1 and p.src and not _ICON.search(p.src)
        ]
        self._boxes = self._picture_boxes(region)
        self._captions: dict[int, tuple[Named | None, Named | None, Moment | None]] = {}
        self._order: list[int] = []
        self._seen: set[str] = set()

    def _picture_boxes(self, region: Region) -> set[int]:
        """Boxes that hold a picture and neither the headline nor the body: what is printed in them is about it."""
        tree = self._tree
        above = set()
        for number in (region.headline, region.first):
            box = tree.lines[number].box if number >= 0 else -1
            while box >= 0:
                above.add(box)
                box = tree.parents[box]
        boxes = set()
        for _, picture in self._pictures:
            box = picture.box
            for _ in range(4):
                if box < 0 or box in above or box == region.box or tree.tags[box] in ("p", "article", "main", "body"):
                    break
                boxes.add(box)
                box = tree.parents[box]
        return boxes

    def is_caption(self, line: Line) -> bool:
        """True for a line that an element announces as a caption or credit, or that stands in a picture's box."""
        if len(line.words) > _LONGEST:
            return False
        if line.sign in ("caption", "credit") or line.tag == "figcaption" or line.words.startswith("©"):
            return True
        if line.tag in ("h1", "h2", "h3") or line.sign != "none" or line.links * 2 > len(line.words):
            return False
        parents, box = self._tree.parents, line.box
        near = (box, parents[box], parents[parents[box]] if box else -1)
        return len(line.words) <= _NEAR_LONGEST and any(b in self._boxes for b in near)

    @property
    def has_pictures(self) -> bool:
        """Whether the article has a picture at all."""
        return bool(self._pictures)

    def add(self, line: Line, composer: Composer) -> None:
        """Add a caption or credit line to the text and keep what it says; a label alone is dropped, so is a repetition."""
        name, after = label(line.words)
        if (name is not None and after >= len(line.words)) or line.words in self._seen:
            return
        self._seen.add(line.words)
        span = composer.add("caption", line.words)
        shown, taken = split_caption(line.words)
        if taken is None and line.sign == "credit":
            shown, taken = None, (0, len(line.words))
        caption, credit = (_named(line, place, span.start) for place in (shown, taken))
        date = caption_date(line.words, span.start, self._language)
        number = max(0, line.image - 1)
        old = self._captions.get(number)
        if old is None:
            self._order.append(number)
            self._captions[number] = (caption, credit, date)
        else:
            self._captions[number] = (old[0] or caption, old[1] or credit, old[2] or date)

    def images(self, witness: Witness, headline: str) -> tuple[Image, ...]:
        """The pictures with a caption or credit in page order, the lead picture first even where it has neither."""
        made = []
        by_number = dict(self._pictures)
        lead = witness.first("og:image", "twitter:image", "twitter:image:src")[1] or None
        for i, number in enumerate(self._order):
            caption, credit, date = self._captions[number]
            picture = by_number.get(number)
            src = picture.src if picture else lead if i == 0 else None
            made.append(Image(src, caption, credit, date))
        if not made and (self._pictures or lead):
            picture = self._pictures[0][1] if self._pictures else None
            made.append(Image((picture.src if picture else None) or lead, _unprinted(picture, witness, headline)))
        return tuple(made)


def _named(line: Line, place: tuple[int, int] | None, start: int) -> Named | None:
    if place is None:
        return None
    return Named(line.words[slice(*place)], Span(start + place[0], start + place[1]), f"element:{line.tag}")


def _unprinted(picture: Picture | None, witness: Witness, headline: str) -> Named | None:
    """What metadata or an attribute says of the lead picture, when it says more than the headline again."""
    given = [
        ("json-ld:image.caption", witness.caption),
        ("meta:og:image:alt", witness.first("og:image:alt", "twitter:image:alt")[1]),
    ]
    if picture is not None:
        given = [("attribute:title", picture.title), ("attribute:alt", picture.alt), *given]
    have = words_of(headline)
    lead = words_of(witness.first("og:description", "description")[1])
    for evidence, words in given:
        said = words_of(words)
        if len(said) >= 3 and max(len(said & have), len(said & lead)) < 0.7 * len(said) and len(words) <= _LONGEST:
            return Named(" ".join(words.split()), None, evidence)
    return None
