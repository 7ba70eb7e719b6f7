"""From what a person names (a file, a folder, an archive, an address, ``-``) to a stream of pages.

>>> import io
>>> from musnad.settings import Settings
>>> [page] = open_inputs(["-"], settings=Settings(), stdin=io.BytesIO("<p>قال الوزير</p>".encode()))
>>> page.origin, page.body.decode()
('-', '<p>قال الوزير</p>')
"""

from musnad.fetch.inputs import open_inputs
from musnad.fetch.web import Fetcher, fetch

__all__ = ["Fetcher", "fetch", "open_inputs"]
