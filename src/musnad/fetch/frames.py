"""Where the records of a WARC file begin and end, also after damage.

FastWARC parses a record well, but it stops at the first broken one, gives a record that is cut short as an empty one, and
lets a false length swallow the records that follow. So the framing is done here, with each length checked against what
follows it, and FastWARC is given one whole record at a time. See docs/decisions/0011-warc.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

_MAX_HEADER = 1 << 16
_STEP = 1 << 16
_TAIL = 16  # more than the two line ends that close a record
_VERSION = b"WARC/"
_NEXT = re.compile(rb"\nWARC/\d")
_BLANK = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"\ncontent-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?\n", re.IGNORECASE)
_TYPE = re.compile(rb"\nwarc-type[ \t]*:[ \t]*([a-z]+)", re.IGNORECASE)


class Source(Protocol):
    """Bytes that follow each other without a tear: a file, or gzip members up to the first damaged one."""

    fault: str | None

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; empty at the end or at a tear, and then `fault` says which."""
        ...

    def locate(self, position: int) -> str:
        """How a person finds the byte at `position` of this source in the file."""
        ...


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole record: its offset as written after the ``@``, its type and, of a ``response``, its bytes."""

    offset: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that cannot be read, or the head of one (`head`) whose block is larger than the limit."""

    offset: str
    what: str
    head: bytes | None = None


class _Window:
    """A moving view of a source: `buffer` is what is held, `at` the position of its first byte."""

    def __init__(self, source: Source) -> None:
        self.source, self.buffer, self.at, self.ended = source, bytearray(), 0, False

    def fill(self, size: int) -> int:
        """Hold `size` bytes if there are as many; how many of them are held."""
        while len(self.buffer) < size and not self.ended:
            chunk = self.source.read(max(_STEP, size - len(self.buffer)))
            self.buffer += chunk
            self.ended = not chunk
        return min(size, len(self.buffer))

    def drop(self, size: int) -> None:
        del self.buffer[:size]
        self.at += size

    def skip_line_ends(self) -> bool:
        """Stand on the next byte that ends no line; False at the end."""
        while self.fill(_TAIL):
            rest = self.buffer[:_TAIL].lstrip(b"\r\n")
            if rest:
                self.drop(min(_TAIL, len(self.buffer)) - len(rest))
                return True
            self.drop(min(_TAIL, len(self.buffer)))
        return False

    def to_next(self, skip: int) -> bool:
        """Stand on the next line after `skip` bytes that begins a record; False, at the end, when there is none."""
        while True:
            found = _NEXT.search(self.buffer, skip)
            if found:
                self.drop(found.start() + 1)
                return True
            kept = len(_VERSION) + 1  # a beginning may lie across two steps
            self.drop(max(0, len(self.buffer) - kept))
            skip = 0
            held = len(self.buffer)
            if self.fill(held + _STEP) == held:
                self.drop(held)
                return False


def frames(source: Source, limit: int) -> Iterator[Frame | Broken]:
    """The records of `source` in order; where one is broken a Broken, and on with the next that can be found.

    A block of more than `limit` bytes is never held: it becomes a Broken with its head (headers and the beginning of
    the block) when its length is true, without one when it is false. Time is linear in the bytes.
    """
    window = _Window(source)
    while window.skip_line_ends():
        offset = source.locate(window.at)
        header = _header(window)
        if isinstance(header, str):
            yield Broken(offset, header)
            window.to_next(1)
            continue
        length = int(_LENGTH.search(header)[1])  # type: ignore[index]  # _header found it
        end = len(header) + length
        if length > limit:
            yield from _oversize(window, offset, len(header), end)
            continue
        flaw = _flaw(window, len(header), end)
        if flaw is None:
            found = _TYPE.search(header)
            kind = found[1].decode().lower() if found else ""
            yield Frame(offset, kind, bytes(window.buffer[:end]) if kind == "response" else b"")
            window.drop(end)
        else:
            yield Broken(offset, flaw)
            window.to_next(len(header) - 1)


def _header(window: _Window) -> bytes | str:
    """The header of the record that begins here with its blank line, or what is wrong with it."""
    window.fill(_MAX_HEADER)
    if not window.buffer.startswith(_VERSION):
        return "there is no WARC record where one should begin"
    blank = _BLANK.search(window.buffer, 0, _MAX_HEADER)
    if not blank:
        return "the header of a WARC record is cut short" + _because(window)
    header = bytes(window.buffer[: blank.end()])
    if _NEXT.search(header):
        return "the header of a WARC record is cut short by the next record"
    if not _LENGTH.search(header):
        return "a WARC record does not say its length"
    return header


def _flaw(window: _Window, start: int, end: int) -> str | None:
    """What is wrong with a block that is said to lie at [start, end) of the window; None when nothing is."""
    length = end - start
    held = window.fill(end + _TAIL)
    if held < end:
        return f"a WARC record of {length:,} bytes is cut short, or its length is false" + _because(window)
    tail = window.buffer[end : end + _TAIL]
    rest = tail.lstrip(b"\r\n")
    if not rest or rest.startswith(_VERSION[: len(rest)]):
        return None
    # What follows is no record. If the block is closed as it should be and no record begins in it, the length was true
    # and the rubbish is told of by itself.
    if tail.startswith(b"\r\n\r\n") and not _NEXT.search(window.buffer, start, end):
        return None
    return f"the length of a WARC record, {length:,} bytes, is false"


def _oversize(window: _Window, offset: str, start: int, end: int) -> Iterator[Broken]:
    """Pass over a block that is too large to hold, by looking for the next record."""
    window.fill(start + _MAX_HEADER)
    head = bytes(window.buffer[: start + _MAX_HEADER])
    end_position = window.at + end
    window.to_next(start - 1)
    if not end_position <= window.at <= end_position + _TAIL:
        found = f"the length of a WARC record, {end - start:,} bytes, is false or it is cut short"
        yield Broken(offset, found + _because(window))
    else:
        yield Broken(offset, "", head)


def _because(window: _Window) -> str:
    return f": {window.source.fault}" if window.ended and window.source.fault else ""
