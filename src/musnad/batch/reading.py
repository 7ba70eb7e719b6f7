"""The pages of a part of a file, one at a time; what is broken in it as an InputError in its place."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from musnad.batch.files import opened
from musnad.batch.plan import kind_of
from musnad.errors import BadRecord, InputError
from musnad.fetch.inputs import pages_in
from musnad.fetch.warc import read_part
from musnad.find import find
from musnad.model import Page
from musnad.pages import read_document, read_page
from musnad.run.documents import LONGEST_LINE, record_of
from musnad.run.keep import DOCUMENT, document_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.batch.asked import Asked
    from musnad.batch.job import Range
    from musnad.model import Article
    from musnad.settings import Settings

_GO_ON = "the other lines are read; correct or remove this one"
_COPY = "copy the file again"


def pages_of(part: Range, settings: Settings) -> Iterator[Page | InputError]:
    """The pages of a part of a file. Neighbouring parts have all of it together, each page once.

    Raises OSError where the file cannot be read: that is no fault of what is in it, and a later run may have more luck. Of
    files of one page, one that is not there or not ours to read is an InputError, because there may be a million beside it.
    """
    kind = kind_of(part.file)
    try:
        with opened(part.file) as stream:
            binary = cast("BinaryIO", stream)
            if kind == "documents":
                yield from _documents(stream, part)
            elif kind == "archive":
                limit = settings.max_page_bytes
                yield from read_part(binary, part.start, part.stop, origin=part.file, limit=limit)
            else:
                yield from pages_in(binary, part.file, settings=settings)
    except (FileNotFoundError, PermissionError) as error:
        if kind != "page":
            raise
        yield InputError(f"cannot be read: {error.strerror}", where=part.file, advice="check the file")


def furnished(page: Page, settings: Settings) -> Article:
    """The article of a page before anything is looked for in it. Raises InputError where the page holds none."""
    if page.content_type == DOCUMENT:
        return read_document(json.loads(page.body))
    return read_page(page, limit=settings.max_page_bytes)


def _documents(stream: IO[bytes], part: Range) -> Iterator[Page | InputError]:
    raw = gzip.GzipFile(fileobj=stream) if part.file.lower().endswith(".gz") else stream
    lines = cast("IO[bytes]", raw)
    at = part.start
    try:
        if at:
            lines.seek(at - 1)
            at += _rest_of_line(lines) - 1
        while part.stop is None or at < part.stop:
            line = lines.readline(LONGEST_LINE + 1)
            if not line:
                return
            where, at = f"{part.file}@{at}", at + len(line)
            if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
                at += _rest_of_line(lines)
                yield BadRecord(f"a line of more than {LONGEST_LINE:,} bytes", where=where, advice=_GO_ON)
            elif not line.isspace():
                found = record_of(line, where, {"id": str, "text": str})
                yield found if isinstance(found, InputError) else document_page(found, where)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield BadRecord(f"cannot be read on: {error}", where=f"{part.file}@{at}", advice=_COPY)


def _rest_of_line(lines: IO[bytes]) -> int:
    """Pass over what is left of a line, however long; how many bytes that was."""
    passed = 0
    while piece := lines.readline(LONGEST_LINE):
        passed += len(piece)
        if piece.endswith(b"\n"):
            break
    return passed


def asked_for(page: Page, asked: Asked, settings: Settings) -> Article | str:
    """The whole article of a page, or why it is passed over. Raises InputError where the page cannot be read."""
    passed = asked.passes_page(page)
    if passed:
        return passed
    article = furnished(page, settings)
    return asked.passes_article(page, article) or find(article)


def warm(settings: Settings) -> None:
    """Load what reading needs, so that its time is no page's."""
    find(furnished(Page(b"<p lang=ar>1</p>", "-"), settings))
