"""Pages of a WARC file: every response with status 200 and an HTML type."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord

from musnad.errors import BadRecord, InputError, UnreadablePage
from musnad.fetch.declared import is_html, media_type, too_large
from musnad.fetch.frames import Broken, Frame, Source, frames
from musnad.fetch.members import Plain, holds_record, next_member, runs
from musnad.fetch.unpack import GZIP_MAGIC, Damaged, TooMuch, decode
from musnad.model import Page

_MAX_HTTP_HEADER = 1 << 16
_HEAD = 4096
_REST = "reading goes on after it; fetch or copy the archive again to have it whole"


def is_warc(head: bytes) -> bool:
    """Whether bytes that begin a file begin a WARC file, plain or gzipped.

    >>> is_warc(b"WARC/1.1"), is_warc(b"<html>")
    (True, False)
    """
    return head.startswith(b"WARC/") or (head.startswith(GZIP_MAGIC) and holds_record(head))


def read_warc(first: bytes, stream: BinaryIO, *, origin: str, limit: int) -> Iterator[Page | InputError]:
    """The pages of a WARC file in order, one at a time, and a BadRecord or UnreadablePage where one cannot be read.

    `first` are the bytes already read from `stream`. A page has `origin@offset`, with ``+inner`` when a gzip member holds
    more than one record; WARC-Date becomes `fetched_at` (None where it cannot be read). Records that are no pages
    (requests, images, answers other than 200) are passed over; a file without any page gives one InputError at its end.
    """
    sources = runs(first, stream, limit) if first.startswith(GZIP_MAGIC) else iter((Plain(first, stream),))
    something = False
    for source in sources:
        for outcome in _read_run(source, origin, limit):
            something = True
            yield outcome
    if not something:
        what = "no page in this archive: no response with status 200 and an HTML type"
        yield InputError(what, where=origin, advice="name an archive of fetched pages")


def read_part(
    stream: BinaryIO, start: int, stop: int | None, *, origin: str, limit: int
) -> Iterator[Page | InputError]:
    """The pages of the part of a WARC file that begins between two offsets, as :func:`read_warc` gives them.

    The parts of a file have all of it together, each page once, damaged or not. Only gzip members can be parted: of a plain
    archive `start` is 0 and all of it is read. An answer that is an HTTP error (400 and more) with HTML, which
    :func:`read_warc` passes over, is a BadRecord here. A part without a page gives nothing. `stream` can be sought.
    """
    begin = next_member(stream, 0, start) if start else 0
    if begin is None or (stop is not None and begin >= stop):
        return
    stream.seek(begin)
    first = stream.read(_HEAD)
    zipped = first.startswith(GZIP_MAGIC)
    sources = runs(first, stream, limit, start=begin, stop=stop) if zipped else iter((Plain(first, stream),))
    for source in sources:
        yield from _read_run(source, origin, limit, errors=True)


def _read_run(source: Source, origin: str, limit: int, *, errors: bool = False) -> Iterator[Page | InputError]:
    told = False
    for frame in frames(source, limit + _MAX_HTTP_HEADER):
        where = f"{origin}@{frame.offset}"
        if isinstance(frame, Frame):
            told = False
            if frame.kind == "response" and (outcome := _page(frame.data, where, limit, errors)):
                yield outcome
        elif frame.head is None:
            told = source.fault is not None and frame.what.endswith(source.fault)
            yield BadRecord(frame.what, where=where, advice=_REST)
        elif _is_page_head(frame):
            yield too_large(where, limit)
    if source.fault and not told:
        yield BadRecord(source.fault, where=f"{origin}@{_torn_at(source)}", advice=_REST)


def _torn_at(source: Source) -> str:
    return str(getattr(source, "torn_at", 0))


def _page(data: bytes, where: str, limit: int, errors: bool) -> Page | InputError | None:
    """The page in one whole response record, or why it cannot be read; None when it is no page."""
    try:
        record = _parse(data)
        if record is None or not _may_be_page(record):
            return _http_error(record, where) if record is not None and errors else None
        body = decode(_payload(record, data), record.http_headers.get("Content-Encoding") or "", limit)
    except TooMuch:
        return too_large(where, limit)
    except (Damaged, OSError, ValueError) as error:
        return BadRecord(f"the answer in a WARC record cannot be read: {error}", where=where, advice=_REST)
    kind, charset = media_type(record.http_headers.get("Content-Type"))
    if not body.strip():
        return UnreadablePage("the page is empty", where=where, advice="fetch it again")
    if not is_html(kind, body):
        return None
    address = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    return Page(body, where, address or None, _moment(record.headers.get("WARC-Date")), kind, charset)


def _parse(data: bytes, auto_decode: str = "transfer") -> WarcRecord | None:
    for record in ArchiveIterator(io.BytesIO(data), auto_decode=auto_decode, strict_mode=False):  # type: ignore[arg-type]
        return record
    return None


def _payload(record: WarcRecord, data: bytes) -> bytes:
    """The body without its chunks; as it is where chunks are declared and there are none, as some crawlers write it."""
    try:
        return record.reader.read()
    except OSError:
        plain = _parse(data, "none")
        if plain is None:
            raise
        return plain.reader.read()


def _may_be_page(record: WarcRecord) -> bool:
    """Whether the headers are those of a page; where no type is declared the body will tell."""
    headers = record.http_headers if record.is_http_parsed else None
    if headers is None or headers.status_code != 200:
        return False
    kind = media_type(headers.get("Content-Type"))[0]
    return kind is None or is_html(kind, b"")


def _http_error(record: WarcRecord, where: str) -> BadRecord | None:
    headers = record.http_headers if record.is_http_parsed else None
    status = headers.status_code if headers is not None else None
    if headers is None or status is None or status < 400:
        return None
    if not is_html(media_type(headers.get("Content-Type"))[0], b""):
        return None
    return BadRecord(f"the answer is an HTTP error ({status}), not a page", where=where, advice="fetch it again")


def _is_page_head(broken: Broken) -> bool:
    """Whether the head of a record that is too large is that of a page."""
    try:
        record = _parse(broken.head or b"", "none")
        return record is not None and _may_be_page(record)
    except (OSError, ValueError):
        return False


def _moment(date: str | None) -> datetime | None:
    """WARC-Date, which is UTC (WARC 1.1 §5.4), as an aware moment; None where it is missing or no date.

    >>> _moment("2022-02-28T19:02:00Z")
    datetime.datetime(2022, 2, 28, 19, 2, tzinfo=datetime.timezone.utc)
    """
    try:
        read = datetime.fromisoformat((date or "").strip())
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
