"""Taking off compression without ever holding more than a page: what grows past the limit is given up."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from fastwarc.stream_io import BrotliReader, ZstdReader

GZIP_MAGIC = b"\x1f\x8b\x08"
CHUNK = 1 << 16
_GZIP, _ZLIB, _RAW = 31, 15, -15


class Damaged(Exception):  # noqa: N818 - said of the bytes, and always caught inside this package
    """Compressed bytes that are cut short or are not what they are declared to be; the message says which."""


class TooMuch(Exception):  # noqa: N818
    """More bytes came out than were asked for."""


def gunzip(read: Callable[[int], bytes], limit: int) -> bytes:
    """What the gzip members in `read` hold, at most `limit` bytes; bytes after them that are no member are ignored.

    Raises TooMuch when there is more and Damaged when a member is cut short or wrong. Memory stays within the limit
    whatever the members claim (a gzip bomb grows a thousandfold).
    """
    out = bytearray()
    raw = read(CHUNK)
    while raw[: len(GZIP_MAGIC)] == GZIP_MAGIC:
        member = zlib.decompressobj(_GZIP)
        while not member.eof:
            if not raw:
                raise Damaged("the gzip data is cut short")
            try:
                out += member.decompress(raw, limit + 1 - len(out))
            except zlib.error as error:
                raise Damaged("the gzip data is damaged") from error
            if len(out) > limit:
                raise TooMuch
            raw = member.unconsumed_tail or (b"" if member.eof else read(CHUNK))
        raw = member.unused_data
        if len(raw) < len(GZIP_MAGIC):
            raw += read(CHUNK)
    return bytes(out)


def decode(body: bytes, codings: str, limit: int) -> bytes:
    """A body without its Content-Encoding, at most `limit` bytes.

    A body that does not begin as gzip does though gzip is declared is returned as it is: archives often keep the header
    and not the coding. Raises TooMuch, and Damaged, also for a coding that is not known.

    >>> decode(zlib.compress("وفق البيان".encode()), "deflate", 100).decode()
    'وفق البيان'
    """
    for coding in reversed([c.strip().lower() for c in codings.split(",")]):
        if coding in ("", "identity") or not body:
            continue
        if coding in ("gzip", "x-gzip"):
            body = gunzip(io.BytesIO(body).read, limit) if body.startswith(b"\x1f\x8b") else body
        elif coding == "deflate":
            body = _inflate(body, limit)
        elif coding == "br":
            body = _drain(BrotliReader(io.BytesIO(body)).read, limit, coding)
        elif coding == "zstd":
            body = _drain(ZstdReader(io.BytesIO(body)).read, limit, coding)
        else:
            raise Damaged(f"its coding {coding!r} is not known")
    if len(body) > limit:
        raise TooMuch
    return body


def _inflate(body: bytes, limit: int) -> bytes:
    """`deflate` means zlib's wrapping (RFC 9110 §8.4.1.2), but some servers send the bare stream."""
    for form in (_ZLIB, _RAW):
        stream = zlib.decompressobj(form)
        try:
            out = stream.decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(out) > limit:
            raise TooMuch
        if not stream.eof:
            raise Damaged("the deflate data is cut short")
        return out
    raise Damaged("the deflate data is damaged")


def _drain(read: Callable[[int], bytes], limit: int, coding: str) -> bytes:
    out = bytearray()
    try:
        while chunk := read(CHUNK):
            out += chunk
            if len(out) > limit:
                raise TooMuch
    except (OSError, ValueError) as error:
        raise Damaged(f"the {coding} data is damaged") from error
    return bytes(out)
