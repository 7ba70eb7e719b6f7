"""From what a person names (a file, a folder, an archive, an address, ``-``) to a stream of pages.

>>> import io
>>> from musnad.settings import Settings
>>> [page] = open_inputs(["-"], settings=Settings(), stdin=io.BytesIO("<p>قال الوزير</p>".encode()))
>>> page.origin, page.body.decode()
('-', '<p>قال الوزير</p>')
"""

from musnad.fetch.inputs import open_inputs
from musnad.model import Page
from musnad.settings import Settings


def fetch(address: str, *, settings: Settings) -> Page:
    """The page at `address`: `origin` is the address as given, `address` where redirects led, `fetched_at` now.

    Raises Refused (a scheme that is not http(s), a private address unless `settings.allow_private`, robots.txt),
    UnreadablePage (larger than `settings.max_page_bytes`, also once decompressed) and FetchError (everything else:
    unknown host, no answer in time, a ring of redirects, an answer that is not 200, not HTML or empty).
    """
    from musnad.fetch.web import Fetcher  # here, because httpx takes longer to import than all else together

    with Fetcher(settings) as fetcher:
        return fetcher.fetch(address)


__all__ = ["fetch", "open_inputs"]
