"""Forms of the web of data and of news: an article after another, each in its standard, of what stands now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from musnad.publish.annotations import annotations_value
from musnad.publish.identity import statement_iri
from musnad.publish.linked import linked_value
from musnad.publish.ninjs import ninjs_value
from musnad.sets.line import line_of

if TYPE_CHECKING:
    from typing import IO

    from musnad.record.kept import Kept


class Lines:
    """Versions, a line of JSON each, with all that another record needs to keep them."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, one: Kept) -> None:
        """A line."""
        self._stream.write(line_of(one))

    def close(self) -> None:
        """Nothing is held back."""


class Annotations(Lines):
    """W3C Web Annotations: a line for each article, an AnnotationPage."""

    def write(self, one: Kept) -> None:
        """The annotations of the statements that were asked for."""
        value = annotations_value(one.whole)
        if one.asked is not None:
            wanted = {statement_iri(one.whole, one.whole.attributions[number]) for number in one.asked}
            value["items"] = [item for item in value["items"] if _statement_of(item) in wanted]
        self._stream.write(_json(value) + "\n")


class Linked(Lines):
    """schema.org: one JSON-LD document, a line for each NewsArticle of its graph."""

    def __init__(self, stream: IO[str]) -> None:
        super().__init__(stream)
        self._between = '{"@context":"https://schema.org","@graph":[\n'

    def write(self, one: Kept) -> None:
        """An article with the statements that were asked for."""
        value = linked_value(one.whole)
        del value["@context"]
        if one.asked is not None:
            parts = value.pop("hasPart", [])
            value["hasPart"] = [part for number, part in enumerate(parts) if number in one.asked]
        self._stream.write(self._between + _json(value))
        self._between = ",\n"

    def close(self) -> None:
        """The end of the document."""
        self._stream.write((self._between if self._between.startswith("{") else "\n") + "]}\n")


class Ninjs(Lines):
    """IPTC ninjs 3.1: a line for each article."""

    def write(self, one: Kept) -> None:
        """An article with the statements that were asked for as its associations."""
        value = ninjs_value(one.whole, seen_at=one.seen_at, version=one.number, asked=one.asked)
        self._stream.write(_json(value) + "\n")


def _statement_of(item: Any) -> str:
    return str(item["id"]).rsplit("/", 2)[0]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
