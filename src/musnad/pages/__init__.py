"""Pages: the bytes of a news page to an :class:`~musnad.model.Article`, every piece of it named, each with its place."""

from musnad.pages.document import read_document
from musnad.pages.plain import read_text
from musnad.pages.reader import read_html, read_page

__all__ = ["read_document", "read_html", "read_page", "read_text"]
