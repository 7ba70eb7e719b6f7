"""A chain as steps to draw, from the outlet to the origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.publish.labels import link_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from musnad.model import Article, Attribution, Link, Span, SpeakerKind

SOLID, DOTTED = "←", "⇠"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing in the drawing: a hop (somebody) or the vehicle through which a hop spoke or received it.

    `inferred` is True when the text tells it elsewhere than beside the statement: the arrow that leads to it is dotted.
    """

    name: str
    kind: SpeakerKind | None  # None: a vehicle
    inferred: bool
    known: bool = True
    span: Span | None = None

    @property
    def arrow(self) -> str:
        """The arrow that leads to this step when the chain is drawn from right to left."""
        return DOTTED if self.inferred else SOLID


def steps(chain: Sequence[Link], words: Mapping[str, str]) -> Iterator[Step]:
    """The hops of a chain in their order, each with the vehicle that it came by before it.

    >>> from musnad.model import Link
    >>> chain = [Link("المدار", "outlet"), Link("سالم الكعبي", "person", through="اتصال هاتفي", inferred=True)]
    >>> [(step.name, step.arrow) for step in steps(chain, {})]
    [('المدار', '←'), ('اتصال هاتفي', '⇠'), ('سالم الكعبي', '⇠')]
    """
    for link in chain:
        if link.through:
            yield Step(link.through, None, link.inferred)
        yield Step(link_name(words, link), link.kind, link.inferred, link.name is not None, link.span)


def drawn(chain: Sequence[Link], words: Mapping[str, str]) -> str:
    """A chain on one line, as it is read from right to left; an empty chain is an empty string."""
    parts: list[str] = []
    for step in steps(chain, words):
        parts += [step.arrow, step.name] if parts else [step.name]
    return " ".join(parts)


def said(article: Article, attribution: Attribution) -> str:
    """The words of the content, its pieces joined by an ellipsis."""
    return " … ".join(span.of(article.text.words).replace("\n", " ") for span in attribution.content)


def said_pieces(article: Article, attribution: Attribution, found: Sequence[Span]) -> tuple[tuple[str, bool], ...]:
    """The words of the content cut at the edges of the places `found`, each with whether it is one of those.

    Places outside the content are left out; joined, the pieces are what :func:`said` gives.
    """
    out: list[tuple[str, bool]] = []
    for span in attribution.content:
        if out:
            out.append((" … ", False))
        at = span.start
        for hit in sorted(found):
            start, end = max(hit.start, at), min(hit.end, span.end)
            if start < end:
                out += [(article.text.words[at:start], False), (article.text.words[start:end], True)]
                at = end
        out.append((article.text.words[at : span.end], False))
    return tuple((words.replace("\n", " "), hit) for words, hit in out if words)
