"""Names of pages and statements on the web of data."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from musnad.model import Article, Attribution
    from musnad.stories import Telling, Utterance

    Sightings = Mapping[tuple[str, str], tuple[datetime, int]]


def page_iri(article: Article) -> str:
    """The address of the page; without one, a name from the digest of its bytes or, for a text alone, of its words.

    >>> from musnad.model import Article, Text
    >>> page_iri(Article(Text(""), address="https://example.com/a"))
    'https://example.com/a'
    """
    if article.address:
        return article.address
    if article.page_id:
        return f"urn:sha256:{article.page_id}"
    return f"urn:sha256:{sha256(article.text.words.encode('utf-8', 'replace')).hexdigest()}"


def statement_iri(article: Article, attribution: Attribution) -> str:
    """The name of a statement: the page's, with the id of the attribution."""
    return f"{page_iri(article)}#{attribution.id}"


def first_carrier(one: Utterance, seen: Sightings) -> tuple[Telling, Attribution]:
    """Where an utterance was first seen: it stays so while others come to carry it, and while pages are edited around it.

    `seen` are the :func:`musnad.stories.sightings` of its story.
    """

    def when(held: tuple[Telling, Attribution]) -> tuple[datetime, int]:
        telling, attribution = held
        return seen.get((telling.address, attribution.id), (telling.seen_at, telling.article_id))

    return min(one.carriers, key=when)


def card_key(address: str, attribution: Attribution) -> str:
    """What a statement is known by on the page of a story, by the address of its article."""
    return sha256(f"{address}#{attribution.id}".encode()).hexdigest()[:12]


def permanent_id(address: str, part: str) -> str:
    """A name for a part of a page that is the same in every record and for ever (RFC 4122, version 5).

    >>> permanent_id("https://example.com/a", "story")
    'urn:uuid:bb21fbe5-ffe9-5ac0-9878-219e2376eb56'
    """
    return uuid5(NAMESPACE_URL, f"{address}#{part}").urn
