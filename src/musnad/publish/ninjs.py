"""IPTC ninjs 3.1, News in JSON: the form in which editorial systems take articles from one another.

The article is an item; each statement is an item associated with it, with the relation ``statement``, its speaker under
`people` or `organisations` with the relation ``speaker``, and its chain, from the outlet on, under `infoSources`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from musnad.publish.answers import instant
from musnad.publish.chains import said
from musnad.publish.identity import page_iri, statement_iri
from musnad.publish.values import Value

if TYPE_CHECKING:
    from datetime import datetime

    from musnad.model import Article, Attribution, Link, Moment, Speaker

_PLAIN = "text/plain"
_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
_PERSONS = ("person", "office", "unnamed")
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)


def ninjs_value(article: Article, *, seen_at: datetime, version: int, asked: frozenset[int] | None = None) -> Value:
    """The article as an item, with the statements whose numbers are in `asked` (None: all); what is not known is left out.

    `seen_at` is when this version of the page was seen, `version` which it is.
    """
    words = article.text.words
    numbers = range(len(article.attributions)) if asked is None else sorted(asked)
    return _bare(
        {
            "uri": page_iri(article),
            "type": "text",
            "standard": _STANDARD,
            "version": str(version),
            "versionCreated": instant(seen_at),
            "contentCreated": _instant(article.published),
            "language": article.language,
            "title": _value(article.headline),
            "headlines": [{"role": "main", "contentType": _PLAIN, "value": article.headline.value}]
            if article.headline
            else [],
            "bodies": [{"role": "main", "contentType": _PLAIN, "charCount": len(words), "value": words}]
            if words
            else [],
            "by": "; ".join(name.value for name in article.byline),
            "located": article.dateline.place if article.dateline else None,
            "copyrightHolder": _value(article.outlet),
            "infoSources": _sources(article),
            "subjects": [{"name": article.section.value, "rel": "section"}] if article.section else [],
            "altIds": [{"role": "sha256", "value": article.page_id}] if article.page_id else [],
            "associations": [*_pictures(article), *(_statement(article, number) for number in numbers)],
        }
    )


def _statement(article: Article, number: int) -> Value:
    one = article.attributions[number]
    return _bare(
        {
            "name": f"statement-{number + 1}",
            "rel": "statement",
            "uri": statement_iri(article, one),
            "type": "text",
            "contentCreated": _instant(one.said_at),
            "language": article.language,
            "bodies": [{"role": one.type, "contentType": _PLAIN, "value": said(article, one)}] if one.content else [],
            _group(one.speaker): [_bare({"name": one.speaker.name, "rel": "speaker", "literal": one.speaker.kind})],
            "infoSources": [_hop(link) for link in one.chain],
            "subjects": [
                {"name": one.act, "rel": "act"},
                {"name": one.polarity, "rel": "polarity"},
                *_within(article, one),
            ],
        }
    )


def _within(article: Article, one: Attribution) -> list[Value]:
    """The statement in whose words this one stands."""
    if one.within is None:
        return []
    return [{"uri": statement_iri(article, article.attributions[one.within]), "rel": "within"}]


def _sources(article: Article) -> list[Value]:
    outlet = [{"name": article.outlet.value, "role": "outlet"}] if article.outlet else []
    agencies = article.dateline.agencies if article.dateline else ()
    return outlet + [{"name": name, "role": "agency"} for name in agencies]


def _hop(link: Link) -> Value:
    return _bare({"name": link.name, "role": link.kind, "literal": link.through})


def _pictures(article: Article) -> list[Value]:
    """The pictures whose address is one of the web."""
    out: list[Value] = []
    for number, image in enumerate(article.images, 1):
        if not image.src or not _WEB.fullmatch(image.src):
            continue
        caption = _value(image.caption)
        out.append(
            _bare(
                {
                    "name": f"picture-{number}",
                    "rel": "picture",
                    "uri": image.src,
                    "type": "picture",
                    "descriptions": [{"role": "caption", "contentType": _PLAIN, "value": caption}] if caption else [],
                    "copyrightHolder": _value(image.credit),
                    "renditions": [{"name": "main", "href": image.src}],
                }
            )
        )
    return out


def _group(speaker: Speaker) -> str:
    return "people" if speaker.kind in _PERSONS else "organisations"


def _instant(moment: Moment | None) -> str | None:
    """The moment, where its clock and its zone are known: ninjs has no coarser times."""
    known = moment.instant if moment and moment.precision in ("minute", "second") else None
    return instant(known) if known else None


def _value(named: Any) -> str | None:
    return named.value if named else None


def _bare(value: dict[str, Any]) -> Value:
    return {key: held for key, held in value.items() if held not in (None, [], "")}
