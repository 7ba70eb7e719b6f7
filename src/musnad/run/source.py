"""One article from whatever a program holds: bytes, a string, a path, an address."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from musnad.errors import InputError, UsageError
from musnad.fetch import open_inputs
from musnad.model import Article, Page
from musnad.run.path import read
from musnad.settings import Settings, load

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_LONGEST_PATH = 4096
_SEVERAL = "holds more than one page"
_USE_MANY = "use musnad.read_many, which gives one article after another"


def read_any(source: str | bytes | os.PathLike[str] | Page, *, settings: Settings | None = None) -> Article:
    """As :func:`musnad.read`."""
    settings = settings or load()
    if isinstance(source, Page):
        return read(source, settings=settings)
    if isinstance(source, bytes | bytearray | memoryview):
        return read(Page(bytes(source), "bytes"), settings=settings)
    if not isinstance(source, str):
        return _read_input(os.fspath(source), settings)
    if _names_an_input(source):
        return _read_input(source.strip(), settings)
    body = source.encode("utf-8", "replace")
    return read(Page(body, "text", charset="utf-8"), settings=settings)


def _names_an_input(words: str) -> bool:
    """Whether a string is an address or a path rather than the words of a page.

    >>> [_names_an_input(words) for words in ("https://example.com/a", "a.html", "قال الوزير إن", "<p>قال</p>")]
    [True, True, False, False]
    """
    words = words.strip()
    if not words or "\n" in words or "<" in words or "\0" in words or len(words) > _LONGEST_PATH:
        return False
    if _ADDRESS.fullmatch(words):
        return True
    try:
        there = os.path.exists(words)
    except OSError:  # too long a name for this file system: then it is no file
        return False
    return there or not any(map(str.isspace, words)) or words.lower().endswith((".html", ".htm", ".txt", ".warc"))


def _read_input(name: str, settings: Settings) -> Article:
    page = _only(open_inputs([name], settings=settings), name)
    return read(page, settings=settings)


def _only(outcomes: Iterator[Page | InputError], name: str) -> Page:
    first = next(outcomes)
    if isinstance(first, InputError):
        raise first
    if next(outcomes, None) is not None:
        raise UsageError(_SEVERAL, where=name, advice=_USE_MANY)
    return first
