"""From a page to its article with everything found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from musnad import pages
from musnad.errors import InputError
from musnad.fetch import open_inputs
from musnad.find import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from musnad.model import Article, Page
    from musnad.settings import Settings

FAULT = "this is a fault of musnad: report it with the page, please"


def read(page: Page, *, settings: Settings | None = None) -> Article:
    """The article of a page with its attributions, figures and doubts.

    Raises UnreadablePage when the bytes hold no page (empty, binary, more than the limit). A page without an article
    gives an Article with an empty text and a doubt that says so.
    """
    if settings is None:
        return find(pages.read_page(page))
    return find(pages.read_page(page, limit=settings.max_page_bytes))


def read_document(document: Mapping[str, Any]) -> Article:
    """The article of a document (``id``, ``text`` and what else is known of it), its text kept to the character.

    Raises KeyError when it has no ``text``.

    >>> read_document({"id": "1", "text": "عنوان\\nقال الطبيب إن المريض بخير."}).text.words[:5]
    'عنوان'
    """
    return find(pages.read_document(document))


def read_many(
    inputs: Sequence[str], *, settings: Settings, stdin: BinaryIO | None = None
) -> Iterator[Article | InputError]:
    """The articles of all `inputs` in order, one at a time; an input that cannot be read is yielded as its InputError.

    Inputs are what :func:`musnad.fetch.open_inputs` takes. An error inside musnad is told for its page and the rest goes
    on, because one odd page must not cost a night's work; the error hangs on it as ``__cause__``.
    """
    for outcome in open_inputs(inputs, settings=settings, stdin=stdin):
        yield outcome if isinstance(outcome, InputError) else _attempt(outcome, settings)


def _attempt(page: Page, settings: Settings) -> Article | InputError:
    try:
        return read(page, settings=settings)
    except InputError as error:
        return error
    except Exception as error:
        told = InputError(f"could not be read ({type(error).__name__}: {error})", where=page.origin, advice=FAULT)
        told.__cause__ = error
        return told
