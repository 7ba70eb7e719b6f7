"""W3C Web Annotations: an annotation for each piece of each attribution (``--format annotations``).

A piece is found by its place (TextPositionSelector: code points of the article's ``text``) and, where another program has
cut the page's words in another way, by its words with what stands before and after (TextQuoteSelector).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from musnad.publish.identity import page_iri, statement_iri
from musnad.publish.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.model import Article, Attribution, Span

_AROUND = 32


def annotations_text(article: Article) -> str:
    """The annotations of an article as one indented JSON-LD object."""
    return json.dumps(annotations_value(article), ensure_ascii=False, indent=2) + "\n"


def annotations_value(article: Article) -> Value:
    """An AnnotationPage with the annotations in the order of the attributions; empty items where nothing was found."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{page_iri(article)}#annotations",
        "type": "AnnotationPage",
        "items": [item for attribution in article.attributions for item in _items(article, attribution)],
    }


def _items(article: Article, attribution: Attribution) -> Iterator[Value]:
    statement = statement_iri(article, attribution)
    for role, number, span in _pieces(attribution):
        bodies: list[Value] = [
            {"type": "TextualBody", "purpose": "tagging", "value": role},
            {"type": "SpecificResource", "purpose": "linking", "source": statement},
        ]
        if role == "content":
            bodies += _about(article, attribution)
        yield {
            "id": f"{statement}/{role}/{number}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": bodies,
            "target": {"source": page_iri(article), "selector": _selectors(article, span)},
        }


def _about(article: Article, attribution: Attribution) -> Iterator[Value]:
    speaker = attribution.speaker
    if speaker.name:
        yield {"type": "TextualBody", "purpose": "identifying", "value": speaker.name, "format": "text/plain"}
    for value in (speaker.kind, attribution.type, attribution.act, attribution.polarity):
        yield {"type": "TextualBody", "purpose": "classifying", "value": value}
    if attribution.within is not None:
        around = article.attributions[attribution.within]
        yield {"type": "SpecificResource", "purpose": "linking", "source": statement_iri(article, around)}


def _pieces(attribution: Attribution) -> Iterator[tuple[str, int, Span]]:
    one = (
        ("source", attribution.source),
        ("addressee", attribution.addressee),
        ("medium", attribution.medium),
    )
    for number, span in enumerate(attribution.content, 1):
        yield "content", number, span
    for number, span in enumerate(attribution.cue, 1):
        yield "cue", number, span
    for role, place in one:
        if place is not None:
            yield role, 1, place


def _selectors(article: Article, span: Span) -> list[Value]:
    words = article.text.words
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.of(words),
            "prefix": words[max(0, span.start - _AROUND) : span.start],
            "suffix": words[span.end : span.end + _AROUND],
        },
    ]
