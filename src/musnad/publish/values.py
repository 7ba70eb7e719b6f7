"""An article as plain values: the two forms that other programs read and that stay stable."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from musnad.model import (
        Article,
        Attribution,
        Block,
        Conflict,
        Dateline,
        Doubt,
        Figure,
        Image,
        Link,
        Moment,
        Named,
        Span,
    )

Value = dict[str, Any]


def article_value(article: Article) -> Value:
    """The object that ``musnad read --format json`` prints for a page.

    Offsets are pairs [start, end) of code points of ``text``; what the page does not say is None or an empty list. Keys
    may be added from one release to the next; those that are there keep their meaning.

    >>> from musnad.pages import read_text
    >>> words = "الجسر يفتح غدا\\n\\nقال المهندس سالم الكعبي إن الجسر سيفتح غدا أمام السيارات."
    >>> value = article_value(read_text(words))
    >>> value["headline"], value["direction"], value["published"]
    ('الجسر يفتح غدا', 'rtl', None)
    """
    return {
        "headline": _value(article.headline),
        "section": _value(article.section),
        "outlet": _value(article.outlet),
        "address": article.address,
        "language": article.language,
        "direction": article.direction,
        "published": moment_value(article.published),
        "modified": moment_value(article.modified),
        "conflicts": [_conflict(conflict) for conflict in article.conflicts],
        "byline": [name.value for name in article.byline],
        "dateline": _dateline(article.dateline),
        "images": [_image(image) for image in article.images],
        "text": article.text.words,
        "blocks": [_block(block) for block in article.blocks],
        "attributions": [attribution_value(attribution) for attribution in article.attributions],
        "figures": [figure_value(figure) for figure in article.figures],
        "doubts": [_doubt(doubt) for doubt in article.doubts],
        "origin": article.origin,
        "page_id": article.page_id,
    }


def marks_value(key: str, article: Article) -> Value:
    """The object that ``musnad mark`` prints for the document with the id `key`: attributions and figures."""
    return {
        "id": key,
        "attributions": [_marked(attribution) for attribution in article.attributions],
        "figures": [_counted(figure) for figure in article.figures],
    }


def moment_value(moment: Moment | None) -> Value | None:
    """A time as ``{"text", "iso", "zone", "precision", …}``; None stays None."""
    if moment is None:
        return None
    instant = moment.instant
    return {
        "text": moment.text,
        "iso": moment.iso,
        "zone": moment.zone,
        "precision": moment.precision,
        "utc": instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None,
        "inferred": moment.inferred,
        "span": pair(moment.span),
    }


def attribution_value(attribution: Attribution) -> Value:
    """An attribution as the full form has it; one that a person put right says who, when, and what was read."""
    value = _attribution_value(attribution)
    told = attribution.corrected
    if told is not None:
        made_at = told.made_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        value["corrected"] = {"by": told.by, "made_at": made_at, "note": told.note} | {
            "speaker": {"name": told.speaker.name, "kind": told.speaker.kind},
            "chain": [_link(link) for link in told.chain],
        }
    return value


def _attribution_value(attribution: Attribution) -> Value:
    return {
        "id": attribution.id,
        "cue": pairs(attribution.cue),
        "source": pair(attribution.source),
        "content": pairs(attribution.content),
        "type": attribution.type,
        "speaker": {"name": attribution.speaker.name, "kind": attribution.speaker.kind},
        "addressee": pair(attribution.addressee),
        "medium": pair(attribution.medium),
        "within": attribution.within,
        "said_at": moment_value(attribution.said_at),
        "act": attribution.act,
        "polarity": attribution.polarity,
        "chain": [_link(link) for link in attribution.chain],
        "rule": attribution.rule,
        "score": attribution.score,
    }


def figure_value(figure: Figure) -> Value:
    """A figure as the full form has it."""
    return _counted(figure) | {
        "number": pair(figure.number),
        "as_of": moment_value(figure.as_of),
        "rule": figure.rule,
    }


def pair(span: Span | None) -> list[int] | None:
    """A span as [start, end]."""
    return None if span is None else [span.start, span.end]


def pairs(spans: Sequence[Span]) -> list[list[int]]:
    """Spans as a list of [start, end]."""
    return [[span.start, span.end] for span in spans]


def _marked(attribution: Attribution) -> Value:
    return {
        "cue": pairs(attribution.cue),
        "source": pair(attribution.source),
        "content": pairs(attribution.content),
        "type": attribution.type,
        "speaker": attribution.speaker.name,
        "anonymous": attribution.speaker.anonymous,
        "addressee": pair(attribution.addressee),
        "medium": pair(attribution.medium),
        "within": attribution.within,
    }


def _counted(figure: Figure) -> Value:
    return {
        "span": pair(figure.span),
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "hedge": figure.hedge,
        "unit": figure.unit,
        "of": figure.of,
        "claimant": figure.claimant,
    }


def _link(link: Link) -> Value:
    return {
        "name": link.name,
        "kind": link.kind,
        "through": link.through,
        "span": pair(link.span),
        "inferred": link.inferred,
    }


def _value(named: Named | None) -> str | None:
    return None if named is None else named.value


def _conflict(conflict: Conflict) -> Mapping[str, Any]:
    return {"field": conflict.field, "values": list(conflict.values), "evidence": list(conflict.evidence)}


def _dateline(dateline: Dateline | None) -> Value | None:
    if dateline is None:
        return None
    return {"place": dateline.place, "agencies": list(dateline.agencies)}


def _image(image: Image) -> Value:
    return {
        "src": image.src,
        "caption": _value(image.caption),
        "credit": _value(image.credit),
        "date": image.date.iso if image.date else None,
    }


def _block(block: Block) -> Value:
    return {"kind": block.kind, "span": pair(block.span), "at": moment_value(block.at)}


def _doubt(doubt: Doubt) -> Value:
    return {"what": doubt.what, "rule": doubt.rule, "span": pair(doubt.span)}
