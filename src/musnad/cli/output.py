"""Where output goes: standard output, a file, or a folder with a file a page."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from musnad.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from musnad.model import Article

_UNSAFE = re.compile(r"[^\w.-]+")
_SUFFIX = re.compile(r"\.(?:x?html?|txt|warc)(?:\.gz)?(?=@|$)", re.IGNORECASE)
_LONGEST_NAME = 100


def is_folder(output: str | None) -> bool:
    """Whether `output` names a folder: one that is there, or a name that ends in a slash."""
    return output is not None and (output.endswith(("/", os.sep)) or os.path.isdir(output))


@contextmanager
def opened_output(output: str | None, *, inputs: Sequence[str], bom: bool = False) -> Iterator[IO[str]]:
    """The stream to write to: standard output for None and ``-``, else the file, from its beginning.

    Raises UsageError when the file is one of the inputs (nobody's pages are overwritten), or cannot be written.
    """
    if output in (None, "-"):
        yield sys.stdout
        return
    assert output is not None
    if is_folder(output):
        raise UsageError("is a folder", where=output, advice="name a file")
    for name in inputs:
        if os.path.exists(name) and os.path.exists(output) and os.path.samefile(name, output):
            raise UsageError("is one of the inputs", where=output, advice="name another file to write to")
    try:
        stream = open(output, "w", encoding="utf-8-sig" if bom else "utf-8", errors="replace", newline="\n")  # noqa: SIM115
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=output, advice="name another place") from error
    with stream:
        yield stream


class Folder:
    """A folder with a file a page, each named after its page; two of one name are numbered."""

    def __init__(self, path: str, suffix: str) -> None:
        self._path, self._suffix = path, suffix
        self._taken: set[str] = set()
        try:
            os.makedirs(path, exist_ok=True)
        except OSError as error:
            raise UsageError(f"cannot be made: {error.strerror}", where=path, advice="name another folder") from error

    def write(self, article: Article, words: str, *, bom: bool = False) -> None:
        """Write `words` as the file of `article`."""
        path = os.path.join(self._path, self._name(article))
        with open(path, "w", encoding="utf-8-sig" if bom else "utf-8", errors="replace", newline="\n") as stream:
            stream.write(words)

    def _name(self, article: Article) -> str:
        stem = name_of(article.origin)
        name, number = stem, 1
        while name.lower() in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name.lower())
        return name + self._suffix


def name_of(origin: str) -> str:
    """A file name for what came from `origin`: letters, digits, points and dashes.

    >>> name_of("saved/a b.html"), name_of("news.warc.gz@1024"), name_of("https://example.com/news/17?x=1"), name_of("-")
    ('a-b', 'news-1024', 'example.com-news-17-x-1', 'page')
    """
    base = origin.split("://", 1)[1] if "://" in origin else os.path.basename(origin)
    base = _UNSAFE.sub("-", _SUFFIX.sub("", base)).strip("-.")
    return base[:_LONGEST_NAME] or "page"
