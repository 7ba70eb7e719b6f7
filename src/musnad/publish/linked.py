"""schema.org: the page as a NewsArticle, its statements as Quotations and Claims (``--format jsonld``).

Words in quotation marks are a Quotation with `spokenByCharacter`; reported ones a Claim with `author`, because schema.org
gives `spokenByCharacter` to quotations alone. A statement that comes through others is `isBasedOn` theirs: the statement
that it stands within, or a work of each agency and office between the outlet and the origin.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from musnad.publish.chains import said
from musnad.publish.identity import page_iri, statement_iri
from musnad.publish.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.model import Article, Attribution, Image, Link, Moment, Speaker, SpeakerKind

_DATED = ("day", "hour", "minute", "second")
_TYPES: dict[SpeakerKind, str] = {
    "person": "Person",
    "office": "Person",
    "unnamed": "Person",
    "body": "Organization",
    "agency": "NewsMediaOrganization",
    "outlet": "NewsMediaOrganization",
}


def linked_text(article: Article) -> str:
    """The article as one indented JSON-LD object; what the page does not say is left out."""
    return json.dumps(linked_value(article), ensure_ascii=False, indent=2) + "\n"


def linked_value(article: Article) -> Value:
    """The NewsArticle of a page with its statements under `hasPart`."""
    return {"@context": "https://schema.org"} | _bare(
        {
            "@type": "NewsArticle",
            "@id": page_iri(article),
            "url": article.address,
            "headline": article.headline.value if article.headline else None,
            "articleSection": article.section.value if article.section else None,
            "inLanguage": article.language,
            "datePublished": _date(article.published),
            "dateModified": _date(article.modified),
            "dateline": _dateline(article),
            "author": [{"@type": "Person", "name": name.value} for name in article.byline],
            "publisher": _organization(article.outlet.value) if article.outlet else None,
            "image": [_image(image) for image in article.images],
            "articleBody": article.text.words,
            "hasPart": [_statement(article, attribution) for attribution in article.attributions],
        }
    )


def collected_value(name: str, said: Sequence[tuple[Article, Attribution]]) -> Value:
    """Statements of several pages as a Collection; each says which page it is part of."""
    parts = [_statement(article, attribution) for article, attribution in said]
    return {"@context": "https://schema.org"} | _bare({"@type": "Collection", "name": name, "hasPart": parts})


def _statement(article: Article, attribution: Attribution) -> Value:
    quoted = attribution.type != "indirect"
    speaker = _speaker(attribution.speaker)
    return _bare(
        {
            "@type": "Quotation" if quoted else "Claim",
            "@id": statement_iri(article, attribution),
            "text": said(article, attribution),
            "inLanguage": article.language,
            "spokenByCharacter" if quoted else "author": speaker,
            "dateCreated": _date(attribution.said_at),
            "audience": _audience(article, attribution),
            "isPartOf" if quoted else "appearance": {"@id": page_iri(article)},
            "isBasedOn": _based_on(article, attribution),
        }
    )


def _based_on(article: Article, attribution: Attribution) -> list[Value]:
    """The statement around this one, and a work of every hop between that and this that the text does not quote."""
    found: list[Value] = []
    around = article.attributions[attribution.within] if attribution.within is not None else None
    if around is not None:
        found.append({"@id": statement_iri(article, around)})
    told = {link.name for link in around.chain} if around is not None else set()
    between = attribution.chain[1:-1]
    return found + [_work(link) for link in between if link.name is None or link.name not in told]


def _work(link: Link) -> Value:
    maker = _maker(link.name, link.kind)
    return _bare({"@type": "CreativeWork", "name": link.through, "creator": maker})


def _speaker(speaker: Speaker) -> Value:
    """A person or organization; one who is not named has a description and no name."""
    return _maker(speaker.name or None, speaker.kind)


def _maker(name: str | None, kind: SpeakerKind) -> Value:
    key = "description" if kind == "unnamed" else "jobTitle" if kind == "office" else "name"
    return _bare({"@type": _TYPES[kind], key: name})


def _audience(article: Article, attribution: Attribution) -> Value | None:
    if attribution.addressee is None:
        return None
    return {"@type": "Audience", "name": article.text.of(attribution.addressee)}


def _dateline(article: Article) -> str | None:
    if article.dateline is None:
        return None
    place = [article.dateline.place] if article.dateline.place else []
    return " - ".join([*place, *article.dateline.agencies]) or None


def _image(image: Image) -> Value:
    return _bare(
        {
            "@type": "ImageObject",
            "contentUrl": image.src,
            "caption": image.caption.value if image.caption else None,
            "creditText": image.credit.value if image.credit else None,
            "dateCreated": _date(image.date),
        }
    )


def _organization(name: str) -> Value:
    return {"@type": "NewsMediaOrganization", "name": name}


def _date(moment: Moment | None) -> str | None:
    """ISO 8601 for what is known to the day at least: schema.org has no coarser dates."""
    return moment.iso if moment and moment.precision in _DATED else None


def _bare(value: dict[str, Any]) -> Value:
    return {key: item for key, item in value.items() if item not in (None, [], "")}
