"""Lines by which a page says itself that it corrects or updates what it published before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from musnad.lang import language, table
from musnad.model import SPOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from musnad.model import Article, Span

_LANGUAGES = ("ar", "en")


@dataclass(frozen=True, slots=True)
class Notice:
    """A line that begins with such a label: whether it corrects or updates, and where it stands."""

    kind: Literal["correction", "update"]
    span: Span


def notices(article: Article, lines: Sequence[Span]) -> tuple[Notice, ...]:
    """Which of these lines of an article are labelled, in their order; none is an empty tuple."""
    spoken = {block.span for block in article.blocks if block.kind in SPOKEN}
    return tuple(
        Notice(kind, span) for span in lines if span in spoken and (kind := label_of(span.of(article.text.words)))
    )


def label_of(line: str) -> Literal["correction", "update"] | None:
    """Whether a line is labelled as a correction or as an update; None where it is neither.

    The label stands at the beginning, before a colon or dash, alone, or in brackets.

    >>> label_of("تصحيح: عدد الجرحى عشرة"), label_of("(تحديث) الجسر يفتح غدا"), label_of("تصحيح الامتحانات بدأ")
    ('correction', 'update', None)
    """
    for code in _LANGUAGES:
        found = _pattern(code).match(language(code).fold(line[:80]).words.strip())
        if found:
            return _kinds(code)[found["free"] or found["held"]]
    return None


@cache
def _pattern(code: str) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _kinds(code)), key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"[*•\-–—\s]*(?:(?P<free>{words})\s*(?:[:：\-–—|]|$)|[(\[]\s*(?P<held>{words})\b[^)\]]*[)\]])")


@cache
def _kinds(code: str) -> dict[str, Literal["correction", "update"]]:
    return dict(_rows(code))


def _rows(code: str) -> Iterator[tuple[str, Literal["correction", "update"]]]:
    for row in table(code, "corrections"):
        yield language(code).fold(row["words"]).words, "correction" if row["kind"] == "correction" else "update"
