"""The bytes of a WARC file, plain or as gzip members, with the way back to offsets in the file."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterator
from typing import BinaryIO

from musnad.fetch.unpack import GZIP_MAGIC

_GZIP = 31
_CHUNK = 1 << 14  # small, because what follows a member's end is copied once a member
_ENOUGH = 1024  # bytes of a member by which it is seen whether it begins with a record
_RATIO = 200  # HTML shrinks 5- to 30-fold, zeros 1,030-fold


class Plain:
    """A WARC file that is not compressed: `first` are bytes already read from `stream`."""

    def __init__(self, first: bytes, stream: BinaryIO) -> None:
        self.fault: str | None = None
        self._first, self._stream = first, stream

    def read(self, size: int) -> bytes:
        if self._first:
            chunk, self._first = self._first, b""
            return chunk
        return self._stream.read(size)

    def locate(self, position: int) -> str:
        return str(position)


class Members:
    """Gzip members that follow each other up to the end or the first fault.

    `torn_at` is the offset of the member at fault. A member that grows past `limit` bytes and more than 200-fold is a
    fault too: no page does that, and a bomb must not keep the reader busy. With `stop`, the first member from that
    offset on that begins with a record is left to whoever reads on from there.
    """

    def __init__(self, first: bytes, stream: BinaryIO, offset: int, limit: int, stop: int | None = None) -> None:
        self.fault: str | None = None
        self._stop = stop
        self.torn_at = offset
        self._raw, self._stream, self._limit = first, stream, limit
        self._offset, self._written = offset, 0  # of the next raw byte; of the next byte out
        self._member: zlib._Decompress | None = None
        self._fed, self._got = 0, 0  # bytes into and out of this member
        self._starts: list[tuple[int, int]] = []  # (position in what comes out, offset in the file)

    def read(self, size: int) -> bytes:
        while self.fault is None:
            if not self._raw:
                self._raw = self._stream.read(_CHUNK)
            if self._member is None and not self._begin():
                return b""
            out = self._inflate(size)
            if out:
                return out
        return b""

    def locate(self, position: int) -> str:
        """``OFFSET`` of the member that begins at `position`, or ``OFFSET+INNER`` for a byte within a member.

        Positions must be asked for in order: what lies before the last one is forgotten.
        """
        index = bisect_right(self._starts, (position, 1 << 62)) - 1
        del self._starts[:index]
        start, offset = self._starts[0]
        return str(offset) if position == start else f"{offset}+{position - start}"

    def _begin(self) -> bool:
        self._raw = self._raw if len(self._raw) > 2 else self._raw + self._stream.read(_CHUNK)
        if not self._raw.strip(b"\0") and not self._starts_again():
            return False
        if self._stop is not None and self._offset >= self._stop and self._is_anothers():
            return False
        self.torn_at = self._offset
        if not self._raw.startswith(GZIP_MAGIC):
            self.fault = "there is no gzip member where one should begin"
            return False
        self._member, self._fed, self._got = zlib.decompressobj(_GZIP), 0, 0
        self._starts.append((self._written, self._offset))
        return True

    def _is_anothers(self) -> bool:
        """Whether what begins here can be found by whoever looks for the first member from `stop` on."""
        while len(self._raw) < _ENOUGH and (more := self._stream.read(_CHUNK)):
            self._raw += more
        return self._raw.startswith(GZIP_MAGIC) and holds_record(self._raw[:_ENOUGH])

    def _starts_again(self) -> bool:
        """Pass over padding zeros; False at the end of the file."""
        while True:
            rest = self._raw.lstrip(b"\0")
            self._offset += len(self._raw) - len(rest)
            self._raw = rest or self._stream.read(_CHUNK)
            if rest or not self._raw:
                return bool(rest)

    def _inflate(self, size: int) -> bytes:
        member = self._member
        assert member is not None
        if not self._raw:
            self.fault = "the gzip data is cut short"
            return b""
        try:
            out = member.decompress(self._raw, size)
        except zlib.error:
            self.fault = "the gzip data is damaged"
            return b""
        rest = member.unused_data if member.eof else member.unconsumed_tail
        used = len(self._raw) - len(rest)
        self._raw, self._offset, self._fed = rest, self._offset + used, self._fed + used
        self._got, self._written = self._got + len(out), self._written + len(out)
        if member.eof:
            self._member = None
        elif self._got > max(self._limit, _RATIO * self._fed):
            self.fault = f"the gzip data grows more than {_RATIO}-fold, as a gzip bomb does"
        return out


def runs(first: bytes, stream: BinaryIO, limit: int, *, start: int = 0, stop: int | None = None) -> Iterator[Members]:
    """The gzip members of a WARC file, in runs without a fault; after a fault, from the next member that holds a record.

    `first` are the bytes already read from `stream`, which is read on without seeking as long as nothing is wrong. A
    stream that cannot seek ends with its first fault. With `start` and `stop`, those members whose beginning lies between:
    neighbouring parts of a file share all of it out, also where it is damaged.
    """
    base = stream.tell() - len(first) - start if stream.seekable() else None
    offset: int | None = start
    while offset is not None:
        run = Members(first, stream, offset, limit, stop)
        yield run
        if run.fault is None or base is None:
            return
        offset, first = next_member(stream, base, run.torn_at + 1), b""
        if offset is not None and stop is not None and offset >= stop:
            return


def next_member(stream: BinaryIO, base: int, offset: int) -> int | None:
    """The offset of the next member from `offset` on that begins with a WARC record; the stream stands there then."""
    stream.seek(base + offset)
    held = b""
    while True:
        more = stream.read(_CHUNK)
        held += more
        at = held.find(GZIP_MAGIC)
        while at >= 0:
            if len(held) < at + _ENOUGH and more:
                break  # too little behind it to try: read on
            if holds_record(held[at : at + _ENOUGH]):
                stream.seek(base + offset + at)
                return offset + at
            at = held.find(GZIP_MAGIC, at + 1)
        if not more:
            return None
        kept = at if at >= 0 else max(0, len(held) - len(GZIP_MAGIC) + 1)
        held, offset = held[kept:], offset + kept


def holds_record(head: bytes) -> bool:
    """Whether bytes that begin a gzip member hold the beginning of a WARC record."""
    try:
        return zlib.decompressobj(_GZIP).decompress(head, 64).startswith(b"WARC/")
    except zlib.error:
        return False
