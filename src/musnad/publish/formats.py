"""The formats of ``musnad read``, by name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.publish.annotations import annotations_text
from musnad.publish.linked import linked_text
from musnad.publish.report import page_text, report_text
from musnad.publish.rows import csv_head, csv_text
from musnad.publish.values import article_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from musnad.errors import InputError
    from musnad.model import Article


@dataclass(frozen=True, slots=True)
class Format:
    """A form of output for one article.

    `write` gives it whole, with its line end. Where `many` is true, several may follow one another in one file, after
    `head`; where there is a `together`, it puts several, and what could not be read, into one file; otherwise each needs
    a file of its own, its name ending in `suffix`. `bom` asks for a byte-order mark when it is written to a file.
    """

    name: str
    suffix: str
    write: Callable[[Article], str]
    many: bool = False
    head: str = ""
    together: Callable[[Sequence[Article], Sequence[InputError]], str] | None = None
    bom: bool = False


def json_text(article: Article) -> str:
    """The article as one indented JSON object (see :func:`musnad.publish.article_value`)."""
    return json.dumps(article_value(article), ensure_ascii=False, indent=2) + "\n"


def json_line(article: Article) -> str:
    """The article as one line of JSON."""
    return json.dumps(article_value(article), ensure_ascii=False) + "\n"


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("json", ".json", json_text),
        Format("jsonl", ".jsonl", json_line, many=True),
        Format("jsonld", ".jsonld", linked_text),
        Format("annotations", ".annotations.jsonld", annotations_text),
        Format("csv", ".csv", csv_text, many=True, head=csv_head(), bom=True),
        Format("html", ".html", page_text, together=report_text),
    )
}
