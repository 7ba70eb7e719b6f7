"""WARC files, whole and broken: every page that is whole is given, every record that is not is named."""

from __future__ import annotations

import gzip
import io
import random
import time
import tracemalloc
import zlib
from datetime import UTC, datetime

import pytest
from fastwarc.stream_io import BrotliWriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musnad.errors import BadRecord, InputError, UnreadablePage
from musnad.fetch import open_inputs
from musnad.fetch.frames import Broken, frames
from musnad.fetch.members import Plain
from musnad.model import Page
from musnad.settings import Settings
from tests.fetch.records import HTML, WORDS, by_fastwarc, http, pages, record, zipped

LIMIT = 100_000


def read(data: bytes, stream: io.BufferedIOBase | None = None) -> list[Page | InputError]:
    return list(open_inputs(["-"], settings=Settings(max_page_bytes=LIMIT), stdin=stream or io.BytesIO(data)))  # type: ignore[arg-type]


def numbers(outcomes: list[Page | InputError]) -> list[int | str]:
    """The number of each page, the class of each error."""
    return [int((o.address or "").rpartition("/")[2]) if isinstance(o, Page) else type(o).__name__ for o in outcomes]


@pytest.mark.parametrize("compressed", [False, True])
def test_what_fastwarc_writes(compressed: bool) -> None:
    data = by_fastwarc(3, compressed=compressed)
    outcomes = read(data)
    assert numbers(outcomes) == [0, 1, 2]
    page = outcomes[1]
    assert isinstance(page, Page)
    assert page.body == b"<p>" + WORDS + b" 1</p>"
    assert (page.address, page.charset, page.content_type) == ("http://news.example/1", "windows-1256", "text/html")
    assert page.fetched_at == datetime(2022, 2, 28, 19, 2, tzinfo=UTC)
    offset = int(page.origin.removeprefix("-@"))
    assert numbers(read(data[offset:])) == [1, 2]  # the offset is where the record can be read again


def test_offsets_in_one_member() -> None:
    first, second = pages(2)
    origins = [o.origin for o in read(gzip.compress(first + second)) if isinstance(o, Page)]
    assert origins == ["-@0", f"-@0+{len(first)}"]


def test_members_that_part_records_anywhere() -> None:
    whole = b"".join(pages(5))
    data = b"".join(gzip.compress(whole[i : i + 97]) for i in range(0, len(whole), 97))
    assert numbers(read(data)) == [0, 1, 2, 3, 4]


def test_padding_after_the_last_member() -> None:
    assert numbers(read(b"".join(zipped(pages(2))) + bytes(5000))) == [0, 1]


def broken() -> dict[str, tuple[bytes, list[int | str]]]:
    r = pages(4)
    z = zipped(r)
    block = http(WORDS)
    longer, shorter = record(block, 1, length=len(block) + 500), record(block, 1, length=20)
    huge = record(block, 1, length=10**15)
    return {
        "cut in a block": (r[0] + r[1][:-40], [0, "BadRecord"]),
        "cut in a header": (r[0] + r[1][:60], [0, "BadRecord"]),
        "cut in a header, then others": (r[0] + r[1][:60] + b"\r\n" + r[2] + r[3], [0, "BadRecord", 2, 3]),
        "cut in a block, then others": (r[0] + r[1][:-40] + b"\r\n" + r[2] + r[3], [0, "BadRecord", 2, 3]),
        "length too long": (r[0] + longer + r[2] + r[3], [0, "BadRecord", 2, 3]),
        "length too short": (r[0] + shorter + r[2] + r[3], [0, "BadRecord", 2, 3]),
        "length beyond everything": (r[0] + huge + r[2] + r[3], [0, "BadRecord", 2, 3]),
        "no length": (r[0] + r[1].replace(b"Content-Length", b"Content-Width") + r[2], [0, "BadRecord", 2]),
        "length is no number": (r[0] + r[1].replace(b"h: ", b"h: x") + r[2], [0, "BadRecord", 2]),
        "rubbish between": (r[0] + b"rubbish\r\n\r\n" + r[1], [0, "BadRecord", 1]),
        "rubbish first": (b"WARC/1.0 rubbish\n" + r[1], ["BadRecord", 1]),
        "false length of what is no page": (
            r[0] + record(b"GET / HTTP/1.1\r\n\r\n", 9, kind="request", length=900) + r[1] + r[2],
            [0, "BadRecord", 1, 2],
        ),
        "member cut at the end": (z[0] + z[1] + z[2][:100], [0, 1, "BadRecord"]),
        "member cut in the middle": (z[0] + z[1][:100] + z[2] + z[3], [0, "BadRecord", 2, 3]),
        "member with wrong bits": (z[0] + z[1][:80] + b"\xff\x00\xff" + z[1][83:] + z[2], [0, "BadRecord", 2]),
        "member with a wrong checksum": (z[0] + z[1][:-8] + b"12345678" + z[2], [0, "BadRecord", 2]),
        "rubbish between members": (z[0] + b"rubbish" + z[1], [0, "BadRecord", 1]),
        "length too long in a member": (z[0] + gzip.compress(longer) + z[2] + z[3], [0, "BadRecord", 2, 3]),
        "length too short in a member": (z[0] + gzip.compress(shorter) + z[2], [0, "BadRecord", 2]),
    }


@pytest.mark.parametrize("name", broken())
def test_broken_records(name: str) -> None:
    data, expected = broken()[name]
    outcomes = read(data)
    assert numbers(outcomes) == expected
    for error in outcomes:
        if isinstance(error, InputError):
            assert error.where.startswith("-@")
            assert error.what
            assert error.advice


def test_a_pipe_gives_what_is_before_the_fault() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    z = zipped(pages(3))
    assert numbers(read(b"", Pipe(b"".join(z)))) == [0, 1, 2]
    assert numbers(read(b"", Pipe(z[0] + z[1][:100] + z[2]))) == [0, "BadRecord"]


def test_what_is_no_page_is_passed_over() -> None:
    data = b"".join(
        [
            record(b"software: x\r\n", kind="warcinfo"),
            record(http(WORDS, status="404 Not Found"), 1),
            record(http(b"\x89PNG", "Content-Type: image/png"), 2),
            record(http(b""), 3),
            record(http(b"<p>" + WORDS, "Server: x"), 4),
            record(http(b"{}", "Server: x"), 5),
            record(http(b"WARC/1.0 in a page\r\n\r\nof its own"), 6),
        ]
    )
    assert numbers(read(data)) == ["UnreadablePage", 4, 6]


def test_an_archive_without_pages_says_so() -> None:
    [error] = read(record(b"software: x\r\n", kind="warcinfo"))
    assert "no page in this archive" in str(error)


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (body[:7], body[7:], b""))


BROTLI = io.BytesIO()
with BrotliWriter(BROTLI) as writer:
    writer.write(WORDS)
    writer.finish()
CHUNKED, GZIP = "Transfer-Encoding: chunked", "Content-Encoding: gzip"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(WORDS), [CHUNKED]),
        (gzip.compress(WORDS, mtime=0), [GZIP]),
        (chunked(gzip.compress(WORDS, mtime=0)), [CHUNKED, GZIP]),
        (zlib.compress(WORDS), ["Content-Encoding: deflate"]),
        (zlib.compress(WORDS, wbits=-15), ["Content-Encoding: deflate"]),
        (BROTLI.getvalue(), ["Content-Encoding: br"]),
        (WORDS, [GZIP]),  # the header kept, the coding taken off: some crawlers do
        (WORDS, [CHUNKED]),
    ],
)
def test_codings(body: bytes, headers: list[str]) -> None:
    [page] = read(record(http(body, HTML, *headers)))
    assert isinstance(page, Page)
    assert page.body == WORDS


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "rot13"])
def test_codings_that_lie(coding: str) -> None:
    damaged = gzip.compress(WORDS)[:40] if coding == "gzip" else b"\xff\xfe" + WORDS
    outcomes = read(record(http(damaged, HTML, f"Content-Encoding: {coding}")) + pages(2)[1])
    assert numbers(outcomes) == ["BadRecord", 1]


def test_large_and_grown_pages() -> None:
    bomb = gzip.compress(bytes(3_000_000))
    r = pages(2)
    data = b"".join(
        [
            record(http(b"<p>" + b"a" * (LIMIT + 1)), 7),
            r[0],
            record(http(bomb, HTML, GZIP), 8),
            record(http(random.Random(9).randbytes(900_000), "Content-Type: video/mp4"), 9),
            r[1],
        ]
    )
    outcomes = read(data)
    assert numbers(outcomes) == ["UnreadablePage", 0, "UnreadablePage", 1]
    assert "100,000 bytes" in str(outcomes[0])
    assert "MUSNAD_MAX_PAGE_BYTES" in str(outcomes[0])
    assert numbers(read(gzip.compress(data))) == ["UnreadablePage", 0, "UnreadablePage", 1]


def test_a_bomb_for_a_member_is_given_up() -> None:
    bomb = gzip.compress(record(http(bytes(60_000_000))))
    tracemalloc.start()
    outcomes = read(zipped(pages(1))[0] + bomb + zipped(pages(2))[1])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert numbers(outcomes) == [0, "BadRecord", 1]
    assert "bomb" in str(outcomes[1])
    assert peak < 5_000_000


def test_time_is_linear_in_false_lengths() -> None:
    def seconds(count: int) -> float:
        data = b"".join(record(b"HTTP/1.1 200 OK\r\n\r\n", n, length=50_000) for n in range(count))
        begun = time.perf_counter()
        found = sum(isinstance(f, Broken) for f in frames(Plain(data, io.BytesIO()), LIMIT))
        assert found > count // 2  # some false lengths end by chance where a record begins
        return time.perf_counter() - begun

    seconds(100)
    assert seconds(4000) < 10 * max(seconds(1000), 0.01)


def test_one_page_in_memory() -> None:
    data = b"".join(record(http(b"<p>" + b"x" * 90_000), n) for n in range(200))
    stream = io.BytesIO(data)
    tracemalloc.start()
    count = sum(isinstance(o, Page) for o in open_inputs(["-"], settings=Settings(), stdin=stream))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 200
    assert peak < 2_000_000


MUTABLE = b"".join(pages(3))
MUTABLE_GZ = b"".join(zipped(pages(3)))
mutation = st.tuples(st.integers(0, 10_000), st.integers(0, 40), st.binary(max_size=30))


@pytest.mark.parametrize("data", [MUTABLE, MUTABLE_GZ], ids=["plain", "gzip"])
@settings(max_examples=150, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(mutations=st.lists(mutation, min_size=1, max_size=4))
def test_mutated_archives_never_raise(data: bytes, mutations: list[tuple[int, int, bytes]]) -> None:
    changed = bytearray(data)
    for at, removed, put in mutations:
        at %= len(changed) + 1
        changed[at : at + removed] = put
    head = bytes(changed[:8])
    outcomes = read(bytes(changed))
    if head.startswith((b"WARC/", b"\x1f\x8b\x08")):
        assert all(isinstance(o, Page | BadRecord | UnreadablePage | InputError) for o in outcomes)
        assert len(outcomes) < 40


@settings(max_examples=60, deadline=2000)
@given(at=st.integers(0, len(MUTABLE) - 1), lost=st.integers(1, 60), compressed=st.booleans())
def test_what_is_not_touched_is_not_lost(at: int, lost: int, compressed: bool) -> None:
    """Bytes that go missing within one record cost that record and no other, and are told of."""
    r = pages(5)
    cut = r[2][: at % (len(r[2]) - 80) + 10]  # the second of its line ends is lost with its end
    parts = [r[0], r[1], cut, r[3], r[4]]
    if compressed:
        z = zipped(r)
        parts = [z[0], z[1], z[2][: 10 + at % (len(z[2]) - 11)], z[3], z[4]]
    else:
        parts[2] += b"\r\n"
    found = numbers(read(b"".join(parts)))
    assert [n for n in found if n in (0, 1)] == [0, 1]
    assert 4 in found
    assert 3 in found
    assert "BadRecord" in found
