"""Run: the one path (page → article → attributions) that every way of using musnad shares.

>>> from musnad.model import Page
>>> article = read(Page("أعلن الوزير سالم الكعبي أن العمل في الميناء بدأ صباح اليوم.".encode(), "-"))
>>> article.language
'ar'
"""

from musnad.run.documents import Broken, Document, marked, read_documents, read_records
from musnad.run.groups import grouped
from musnad.run.keep import keep_many, keep_pages, pages_in
from musnad.run.path import read, read_document, read_many
from musnad.run.source import read_any

__all__ = [
    "Broken",
    "Document",
    "grouped",
    "keep_many",
    "keep_pages",
    "marked",
    "pages_in",
    "read",
    "read_any",
    "read_document",
    "read_documents",
    "read_many",
    "read_records",
]
