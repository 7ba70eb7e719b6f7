"""What the outputs for people call things, in the language of the page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from musnad.lang import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from musnad.model import Act, Article, Link


@cache
def labels(code: str | None) -> Mapping[str, str]:
    """The labels of language `code`, from the table ``captions`` of its folder; English ones where it has none.

    >>> labels("fr")["speaker"]
    'speaker'
    """
    return _words(code or "ar", "captions")


@cache
def record_labels(code: str) -> Mapping[str, str]:
    """The labels of the answers of the record, beside those of pages; English ones where `code` has none.

    >>> record_labels("ar")["gone"]
    'لم يعد'
    """
    return {**labels(code), **_words(code, "record")}


@cache
def compared_labels(code: str) -> Mapping[str, str]:
    """The labels of the answers over a story, beside those of the record; English ones where `code` has none.

    >>> compared_labels("en")["both"]
    'said by both'
    """
    return {**record_labels(code), **_words(code, "compared")}


@cache
def feed_labels(code: str) -> Mapping[str, str]:
    """The labels of what is followed; English ones where `code` has none.

    >>> feed_labels("ar")["live"]
    'تغطية حية'
    """
    return _words(code, "feeds")


@cache
def alert_labels(code: str) -> Mapping[str, str]:
    """The labels of alerts; English ones where `code` has none.

    >>> alert_labels("en")["link"]
    'on the live page'
    """
    return _words(code, "alerts")


@cache
def picture_labels(code: str) -> Mapping[str, str]:
    """What pictures say of themselves; English where `code` has none.

    >>> picture_labels("ar")["straight"]
    'مباشرة'
    """
    return _words(code, "pictures")


def labels_of(article: Article) -> Mapping[str, str]:
    """The labels in the language of an article; Arabic ones for a page from right to left whose language is not known."""
    return labels(article.language or ("ar" if article.direction == "rtl" else "en"))


def act_label(words: Mapping[str, str], act: Act) -> str:
    """The label of an act («rule», the act of a court, would be taken for the rule of the program)."""
    return words["act_rule" if act == "rule" else act]


def link_name(words: Mapping[str, str], link: Link) -> str:
    """The name of a link; a hop that is unknown is called so."""
    return link.name or words["unknown"]


def _words(code: str, name: str) -> dict[str, str]:
    """A table of labels in the language `code`, else in English."""
    return {row["name"]: row["words"] for row in table(code, name) or table("en", name)}
