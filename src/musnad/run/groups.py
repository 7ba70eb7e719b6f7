"""Stories and copies of a collection of documents, as a stream."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

from musnad.errors import BadRecord, InputError
from musnad.pages import read_document
from musnad.run.documents import Broken, read_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.run.documents import Document
    from musnad.stories.copies import Shape


def grouped(path: str) -> Iterator[str | Broken]:
    """For each document of the file at `path` a line of JSON with its ``id``, ``story`` and ``copy``, in its order.

    A story is called ``s`` and the number of the line of its first document, a copy group ``c`` and that of its first. Each
    line comes as soon as its document was read, so that one that came before is never named anew; memory holds the last
    :data:`musnad.stories.groups.WINDOW` documents. Only words are read, no attributions. A line that cannot be read comes as
    a BadRecord in its place.
    """
    from musnad.record.rows import sortable
    from musnad.stories.copies import shape_of
    from musnad.stories.gist import words_of
    from musnad.stories.groups import WINDOW, Groups

    texts: dict[int, bytes] = {}

    def shape(number: int) -> Shape:
        return shape_of(read_document(json.loads(zlib.decompress(texts[number]))))

    groups = Groups(shape)
    last = 0.0
    for number, document in enumerate(read_documents(path), 1):
        if isinstance(document, InputError):
            yield document
            continue
        try:
            article = read_document(document)
            published = sortable(article.published)
        except Exception as error:  # one odd document must not cost the rest
            what = f"could not be read ({type(error).__name__}: {error})"
            yield BadRecord(what, where=str(document["id"]), advice="this is a fault of musnad: report it, please")
            continue
        last = published.timestamp() if published else last
        texts[number] = _packed(document)
        texts.pop(number - WINDOW - 1, None)
        words = words_of(article)
        placed = groups.place(number, groups.gist(words, last), shape_of(article, words), fresh=number)
        yield json.dumps(
            {"id": document["id"], "story": f"s{placed.story}", "copy": f"c{placed.copy}"}, ensure_ascii=False
        )


def _packed(document: Document) -> bytes:
    held = {key: document[key] for key in ("id", "text", "outlet", "byline") if key in document}
    return zlib.compress(json.dumps(held).encode(), 1)
