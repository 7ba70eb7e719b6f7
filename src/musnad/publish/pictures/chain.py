"""A chain link by link, as HTML: the origin first, the outlet last, as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from musnad.publish.chains import steps
from musnad.publish.labels import labels
from musnad.publish.pictures.manner import Manner
from musnad.publish.pictures.svg import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.model import Link


def chain(links: Sequence[Link], manner: Manner | None = None) -> Markup:
    """A list of who said it, by what means, and who carried it; an arrow between each two, dotted where the text tells it
    elsewhere. Of no links an empty string. What each is (person, agency, by way of) is there for those who listen.

    >>> from musnad.model import Link
    >>> str(chain([Link("المدار", "outlet"), Link("سالم", "person")])).count("<li")
    2
    """
    if not links:
        return Markup("")
    manner = manner or Manner()
    words = labels(manner.language)
    solid, dotted = ("←", "⇠") if manner.rtl else ("→", "⇢")
    items: list[Markup] = []
    inferred = False
    for at, step in enumerate(reversed(list(steps(links, words)))):
        arrow = Markup("")
        if at:
            arrow = tag("span", {"class": "chain-arrow", "aria-hidden": "true"}, dotted if inferred else solid)
        note = words["through"] if step.kind is None else words[step.kind]
        if step.inferred:
            note = f"{note} · {words['inferred']}"
        css = "chain-step chain-" + (step.kind or "through") + ("" if step.known else " chain-unknown")
        told = tag("span", {"class": "chain-note"}, f"({note})")
        items.append(tag("li", {"class": css}, arrow, tag("bdi", {}, step.name), Markup(" "), told))
        inferred = step.inferred
    direction = "rtl" if manner.rtl else "ltr"
    return tag("ol", {"class": "chain", "dir": direction, "aria-label": manner.words["chain"]}, *items)
