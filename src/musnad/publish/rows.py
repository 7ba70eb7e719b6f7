"""A row an attribution (``--format csv``), as spreadsheets read it and without harm to them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from musnad.publish.chains import drawn, said
from musnad.publish.labels import labels_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.model import Article, Attribution, Span

COLUMNS = (
    "page", "address", "outlet", "headline", "published", "number", "id", "speaker", "kind", "said", "type", "act",
    "polarity", "cue", "source", "addressee", "medium", "said_at", "chain", "within", "start", "end", "rule", "score",
)  # fmt: skip
# What makes a cell a formula in a spreadsheet (OWASP, "CSV Injection"), the full-width signs among it.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def csv_head() -> str:
    """The line of column names."""
    return _lines([COLUMNS])


def csv_text(article: Article) -> str:
    """A line for each attribution of an article; none where there is none. RFC 4180: CRLF, cells quoted where needed."""
    return _lines(_rows(article))


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what would begin one, behind marks and spaces.

    >>> safe("=1+1"), safe("قال"), safe("- قال")
    ("'=1+1", 'قال', "'- قال")
    """
    bare = cell.lstrip(" \u00a0\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068\ufeff")
    return f"'{cell}" if bare.startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def _rows(article: Article) -> Iterator[tuple[str, ...]]:
    for number, attribution in enumerate(article.attributions, 1):
        yield tuple(map(safe, attribution_row(article, attribution, number)))


def attribution_row(article: Article, attribution: Attribution, number: int | None) -> tuple[str, ...]:
    """The cells of an attribution, one for each of `COLUMNS`; without its `number` in the article that cell is empty."""

    def words(span: Span | None) -> str:
        return article.text.of(span) if span else ""

    return (
        article.origin,
        article.address or "",
        article.outlet.value if article.outlet else "",
        article.headline.value if article.headline else "",
        article.published.iso if article.published else "",
        "" if number is None else str(number),
        attribution.id,
        attribution.speaker.name,
        attribution.speaker.kind,
        said(article, attribution),
        attribution.type,
        attribution.act,
        attribution.polarity,
        " … ".join(words(span) for span in attribution.cue),
        words(attribution.source),
        words(attribution.addressee),
        words(attribution.medium),
        attribution.said_at.iso if attribution.said_at else "",
        drawn(attribution.chain, labels_of(article)),
        "" if attribution.within is None else str(attribution.within + 1),
        str(min(span.start for span in attribution.content)) if attribution.content else "",
        str(max(span.end for span in attribution.content)) if attribution.content else "",
        attribution.rule,
        f"{attribution.score:.3f}",
    )


def _lines(rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
