"""Names of pages and statements on the web of data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musnad.model import Article, Attribution


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
    from hashlib import sha256

    return f"urn:sha256:{sha256(article.text.words.encode('utf-8', 'replace')).hexdigest()}"


def statement_iri(article: Article, attribution: Attribution) -> str:
    """The name of a statement: the page's, with the id of the attribution."""
    return f"{page_iri(article)}#{attribution.id}"
