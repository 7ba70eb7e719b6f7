"""The live page: the record as a service in the browser, read only.

The way of a request: ``app`` (routes) → ``records`` (a record for each thread) → ``states`` (what was worked out, for all) →
``shown`` (a story as cards) → ``pages`` (templates, in the reader's language). ``news`` carries to open pages what is new.
"""

from musnad.serve.app import service
from musnad.serve.server import server
from musnad.serve.settings import Serving

__all__ = ["Serving", "server", "service"]
