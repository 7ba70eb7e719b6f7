"""From what a person names into the record: each page read and kept, one after another."""

from __future__ import annotations

import json
from collections import deque
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from musnad.errors import InputError
from musnad.fetch import open_inputs
from musnad.model import Article, Page
from musnad.run.documents import leave_interruptions_to_the_parent, read_documents
from musnad.run.path import FAULT, read, read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from musnad.record import Added, Record
    from musnad.run.documents import Document
    from musnad.settings import Settings

DOCUMENT = "application/x-musnad-document+json"
"""The type of a page that is a document of a collection: its bytes are the document as JSON, its keys in order."""

_DOCUMENTS = (".docs.jsonl", ".docs.jsonl.gz")
_AHEAD = 8


def keep_many(
    record: Record, inputs: Sequence[str], *, settings: Settings, stdin: BinaryIO | None = None, jobs: int = 1
) -> Iterator[Added | InputError]:
    """What became of each page of all `inputs`, in order, as soon as it is on the disk; bad input as its InputError.

    Inputs are what :func:`musnad.fetch.open_inputs` takes, and collections of documents (``*.docs.jsonl``, ``.gz`` too). A
    page that the record has is not read again. With `jobs` above 1 that many processes read, and this one writes. Raises
    RecordError where the record itself cannot go on.
    """
    yield from keep_pages(record, pages_in(inputs, settings, stdin), settings=settings, jobs=jobs)


def keep_pages(
    record: Record, pages: Iterator[Page | InputError], *, settings: Settings, jobs: int = 1
) -> Iterator[Added | InputError]:
    """As :func:`keep_many`, of pages that are at hand."""
    from musnad.stories import Keeper  # here: whoever only reads pages does not load the database

    with record.keeping_up(Keeper()):
        if jobs > 1:
            yield from _shared_out(record, pages, settings, jobs)
            return
        for page in pages:
            known = None if isinstance(page, InputError) else record.known(page)
            yield known or _kept(record, page, None if isinstance(page, InputError) else _attempt(page, settings))


def read_kept(page: Page, settings: Settings) -> Article:
    """The article of a page of the record: of a document as of a document. Raises InputError where it holds none."""
    if page.content_type == DOCUMENT:
        return read_document(json.loads(page.body))
    return read(page, settings=settings)


def pages_in(inputs: Sequence[str], settings: Settings, stdin: BinaryIO | None) -> Iterator[Page | InputError]:
    """The pages of all inputs of :func:`keep_many`, in order; bad input as its InputError."""
    for documents, names in groupby(inputs, lambda name: name.lower().endswith(_DOCUMENTS)):
        if not documents:
            yield from open_inputs(list(names), settings=settings, stdin=stdin)
            continue
        for name in names:
            try:
                yield from _documents(name)
            except InputError as error:
                yield error


def _documents(path: str) -> Iterator[Page | InputError]:
    for document in read_documents(path):
        if isinstance(document, InputError):
            yield document
            continue
        yield document_page(document, f"{path}#{document['id']}")


def document_page(document: Document, origin: str) -> Page:
    """A document of a collection as the page that it is kept as."""
    body = json.dumps(document, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    return Page(body, origin, str(document.get("url") or "") or None, content_type=DOCUMENT)


def _attempt(page: Page, settings: Settings) -> Article | InputError:
    """The article, or why there is none: one odd page must not cost a night's work."""
    try:
        return read_kept(page, settings)
    except InputError as error:
        return error
    except Exception as error:
        return InputError(f"could not be read ({type(error).__name__}: {error})", where=page.origin, advice=FAULT)


def _kept(record: Record, page: Page | InputError, article: Article | InputError | None) -> Added | InputError:
    if isinstance(page, InputError):
        return page
    if isinstance(article, InputError):
        return article
    assert article is not None
    try:
        return record.add(page, article)
    except UnicodeEncodeError as error:
        what = f"holds half of a character, which nothing can keep ({error.reason})"
        return InputError(what, where=page.origin, advice="mend the document")


def _shared_out(
    record: Record, pages: Iterator[Page | InputError], settings: Settings, jobs: int
) -> Iterator[Added | InputError]:
    """A few pages ahead of what is kept, so that memory stays bounded however many there are."""
    from concurrent.futures import ProcessPoolExecutor

    waiting: deque[tuple[Page | InputError, Added | None, Future[Article | InputError] | None]] = deque()
    with ProcessPoolExecutor(jobs, initializer=leave_interruptions_to_the_parent) as pool:
        try:
            for page in pages:
                known = None if isinstance(page, InputError) else record.known(page)
                reads = not (known or isinstance(page, InputError))
                waiting.append((page, known, pool.submit(_attempt, page, settings) if reads else None))  # type: ignore[arg-type]
                if len(waiting) > _AHEAD * jobs:
                    yield _next(record, waiting)
            while waiting:
                yield _next(record, waiting)
        finally:
            pool.shutdown(cancel_futures=True)


def _next(
    record: Record, waiting: deque[tuple[Page | InputError, Added | None, Future[Article | InputError] | None]]
) -> Added | InputError:
    page, known, article = waiting.popleft()
    return known or _kept(record, page, article.result() if article else None)
