"""Making WARC files: with FastWARC, and by hand where they are to be broken."""

from __future__ import annotations

import gzip
import io

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

HTML = "Content-Type: text/html; charset=windows-1256"
WORDS = "أعلن المتحدث باسم البلدية أن الجسر سيفتح غدا".encode("cp1256")


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An HTTP answer as it went over the wire."""
    lines = [f"HTTP/1.1 {status}", *(headers or (HTML,))]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(block: bytes, number: int = 0, *, kind: str = "response", length: int | None = None) -> bytes:
    """A WARC record by hand; `length` is a false Content-Length."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:032d}>\r\n"
        f"WARC-Target-URI: http://news.example/{number}\r\nWARC-Date: 2022-02-28T19:02:00Z\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def pages(count: int) -> list[bytes]:
    """Records of small pages, each with its number in it."""
    return [record(http(b"<p>" + WORDS + b" %d</p>" % n), n) for n in range(count)]


def zipped(records: list[bytes]) -> list[bytes]:
    return [gzip.compress(r, mtime=0) for r in records]


def by_fastwarc(count: int, *, compressed: bool) -> bytes:
    """An archive as FastWARC writes it: each page with its request before it."""
    out = io.BytesIO()
    for number in range(count):
        for kind, block in (
            (WarcRecordType.request, b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n"),
            (WarcRecordType.response, http(b"<p>" + WORDS + b" %d</p>" % number)),
        ):
            made = WarcRecord()
            made.init_headers(kind)
            made.headers["WARC-Target-URI"] = f"http://news.example/{number}"
            made.headers["WARC-Date"] = "2022-02-28T19:02:00Z"
            made.is_http = True
            made.set_bytes_content(block)
            if compressed:
                member = io.BytesIO()
                writer = GzipWriter(member)
                made.write(writer)
                writer.finish()
                out.write(member.getvalue())
            else:
                made.write(out)
    return out.getvalue()
