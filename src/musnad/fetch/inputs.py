"""What a person names on the command line, one page after another; what cannot be read is told and passed over."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from musnad.errors import InputError, UnreadablePage
from musnad.fetch.declared import ADDRESS, too_large
from musnad.fetch.unpack import GZIP_MAGIC, Damaged, TooMuch, gunzip
from musnad.fetch.warc import is_warc, read_warc
from musnad.model import Page
from musnad.settings import Settings

if TYPE_CHECKING:
    from musnad.fetch.web import Fetcher

_PAGES = (".html", ".htm", ".xhtml", ".txt")
PAGE_SUFFIXES = (*_PAGES, *(s + ".gz" for s in _PAGES), ".warc", ".warc.gz")
_HEAD = 4096
_NOT_PAGES = {  # beginnings of files that are often named by mistake
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip or office file",
    b"\x89PNG\r\n": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "a database",
}
_REASONS = {
    errno.ENOENT: ("there is no such file", "check the name; an address begins with https://"),
    errno.EACCES: ("permission denied", "make the file readable"),
    errno.EPERM: ("permission denied", "make the file readable"),
    errno.ELOOP: ("a symbolic link that leads round in a ring", "name the file itself"),
    errno.ENAMETOOLONG: ("the name is too long for a file", "check the name; a text is read through -"),
}

Outcome = Page | InputError


def open_inputs(
    inputs: Sequence[str], *, settings: Settings, stdin: BinaryIO | None = None
) -> Iterator[Page | InputError]:
    """The pages of all `inputs` in order, read one at a time as they are asked for.

    An input is an HTML or text file (also ``.gz``), a folder (its pages, recursively, sorted, nothing hidden, links to
    folders not followed), a WARC file (``.warc``, ``.warc.gz``, or known by its beginning), an http(s) address, or ``-``
    for standard input (`stdin`, or the process's own). What goes wrong with one is yielded in its place as an InputError
    that names what, where and what to do, and the rest goes on. No inputs give nothing.
    """
    run = _Run(settings, stdin)
    try:
        for name in inputs:
            yield from run.open(name)
    finally:
        run.close()


def pages_in(stream: BinaryIO, origin: str, *, settings: Settings) -> Iterator[Page | InputError]:
    """The pages of an opened file, as :func:`open_inputs` gives those of a named one. Raises OSError of the stream."""
    try:
        yield from _Run(settings, None)._stream(stream, origin)
    except InputError as error:
        yield error


class _Run:
    def __init__(self, settings: Settings, stdin: BinaryIO | None) -> None:
        self._settings, self._stdin = settings, stdin
        self._fetcher: Fetcher | None = None
        self._stdin_read = False

    def open(self, name: str) -> Iterator[Outcome]:
        """The pages of one input; never raises an InputError or OSError."""
        shown = _shown(name)
        try:
            if "\0" in name:
                raise InputError("no file has such a name", where=shown, advice="check the name")
            if name == "-":
                yield from self._standard_input()
            elif ADDRESS.match(name.lstrip()):
                yield self._fetch(name)
            elif os.path.isdir(name):
                yield from self._folder(name)
            else:
                yield from self._file(name)
        except InputError as error:
            yield error
        except OSError as error:
            yield _reason(error, shown)

    def _fetch(self, address: str) -> Page:
        from musnad.fetch.web import Fetcher  # only now: httpx takes longer to import than all else together

        self._fetcher = self._fetcher or Fetcher(self._settings)
        return self._fetcher.fetch(address)

    def _standard_input(self) -> Iterator[Outcome]:
        if self._stdin_read:
            raise InputError("standard input can be read only once", where="-", advice="name - once")
        self._stdin_read = True
        yield from self._stream(self._stdin or sys.stdin.buffer, "-")

    def _folder(self, folder: str) -> Iterator[Outcome]:
        empty = True
        for found in walk(folder):
            empty = False
            if isinstance(found, InputError):
                yield found
            else:
                yield from self.open(found)
        if empty:
            advice = f"pages in a folder are known by their names: {' '.join(PAGE_SUFFIXES)}"
            raise InputError("no page in this folder", where=_shown(folder), advice=advice)

    def _file(self, path: str) -> Iterator[Outcome]:
        if path.lower().endswith((".docs.jsonl", ".docs.jsonl.gz")):
            what = "holds documents, not a page"
            raise UnreadablePage(what, where=_shown(path), advice="it is read by `musnad mark` and `musnad add`")
        with open(path, "rb") as stream:
            yield from self._stream(stream, _shown(path))

    def _stream(self, stream: BinaryIO, origin: str) -> Iterator[Outcome]:
        head, limit = _read(stream, _HEAD), self._settings.max_page_bytes
        if is_warc(head) or origin.lower().endswith((".warc", ".warc.gz")):
            yield from read_warc(head, stream, origin=origin, limit=limit)
            return
        try:
            if head.startswith(GZIP_MAGIC):
                body = gunzip(_Rest(head, stream).read, limit)
            else:
                body = head + _read(stream, limit + 1 - len(head))
        except TooMuch:
            raise too_large(origin, limit) from None
        except Damaged as error:
            raise UnreadablePage(str(error), where=origin, advice="copy or compress the file again") from error
        if len(body) > limit:
            raise too_large(origin, limit)
        yield _page(body, origin)

    def close(self) -> None:
        if self._fetcher:
            self._fetcher.close()


class _Rest:
    """A stream with the bytes that were already read from it put back."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def read(self, size: int) -> bytes:
        head, self._head = self._head, b""
        return head or self._stream.read(size)


def _read(stream: BinaryIO, size: int) -> bytes:
    """Exactly `size` bytes unless the stream ends: a pipe may give less at a time."""
    out = io.BytesIO()
    while size > 0 and (chunk := stream.read(min(size, 1 << 20))):
        out.write(chunk)
        size -= len(chunk)
    return out.getvalue()


def _page(body: bytes, origin: str) -> Page:
    if not body.strip():
        raise UnreadablePage("the page is empty", where=origin, advice="save it again")
    for beginning, what in _NOT_PAGES.items():
        if body.startswith(beginning):
            raise UnreadablePage(f"is {what}, not a page", where=origin, advice="save the page as HTML or text")
    return Page(body, origin)


def walk(folder: str, *, more: tuple[str, ...] = ()) -> Iterator[str | InputError]:
    """Files with the name of a page or an archive, or one that ends as `more` say, depth first and sorted by name;
    folders that cannot be listed as errors."""
    waiting = [folder]
    suffixes = PAGE_SUFFIXES + more
    while waiting:
        path = waiting.pop()
        if path != folder and not os.path.isdir(path):
            yield path
            continue
        try:
            with os.scandir(path) as entries:
                kept = sorted(entry.path for entry in entries if _is_wanted(entry, suffixes))
        except OSError as error:
            yield _reason(error, _shown(path))
            continue
        waiting.extend(reversed(kept))


def _is_wanted(entry: os.DirEntry[str], suffixes: tuple[str, ...]) -> bool:
    if entry.name.startswith("."):
        return False
    if entry.is_dir(follow_symlinks=False):
        return True
    if not entry.name.lower().endswith(suffixes):
        return False
    try:
        mode = entry.stat().st_mode
    except OSError:
        return True  # named like a page and not to be had: opening it will say why
    return stat.S_ISREG(mode)


def _reason(error: OSError, where: str) -> InputError:
    what, advice = _REASONS.get(error.errno or 0, ("", ""))
    if not what:
        what = f"cannot be read: {error.strerror or error}"
        advice = "check the name and the file"
    return InputError(what, where=where, advice=advice)


def _shown(name: str) -> str:
    """A name that can be printed: bytes that are no UTF-8 are escaped."""
    return os.fsencode(name).decode("utf-8", "backslashreplace") if not name.isprintable() else name
