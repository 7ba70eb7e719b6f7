"""Archives for the tests: pages in our own words, whole and broken."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from musnad.batch import Asked, Crew, Failed, Job, begin, finish, missing
from musnad.batch.finish import Whole
from musnad.settings import Settings

PIECE = 4_000
"""Bytes: small, so that there are many pieces and boundaries everywhere."""


def page(number: int, *, day: int = 1, language: str = "ar") -> bytes:
    """A page of news, other words for each number."""
    if language == "en":
        said = f"The harbour master said that {number + 2} ships had arrived at the eastern berth on Tuesday morning."
        return f"<html lang=en><title>Ships</title><article><h1>Ships arrive</h1><p>{said}</p></article>".encode()
    names = ["سالم الكعبي", "هدى منصور", "نبيل سعد", "ليلى حداد"]
    said = f"أعلن مدير الميناء {names[number % 4]} أن {number + 2} سفينة وصلت إلى الرصيف الشرقي صباح اليوم."
    filler = " ".join(f"كلمة{random.Random(number * 100 + at).randrange(10**9)}" for at in range(40))
    return (
        f"<html lang=ar dir=rtl><head><title>سفن {number}</title>"
        f"<meta property='article:published_time' content='2022-03-{day:02d}T10:00:00+03:00'></head>"
        f"<article><h1>وصول السفن رقم {number}</h1><p>{said}</p><p>{filler}</p></article>"
    ).encode()


def record(body: bytes, address: str, *, day: int = 1, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """A response as a WARC record."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2022-03-{day:02d}T12:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def pages(count: int) -> list[bytes]:
    """That many records of pages, over three days."""
    return [record(page(n, day=n % 3 + 1), f"https://mina.example/{n}", day=n % 3 + 1) for n in range(count)]


def archive(path: Path, records: Iterable[bytes]) -> Path:
    """A WARC file, a gzip member for each record."""
    path.write_bytes(b"".join(gzip.compress(one, mtime=0) for one in records))
    return path


def job(
    output: Path, *, asked: Asked | None = None, longest: float = 60.0, limit: int = 32_000_000, stories: bool = False
) -> Job:
    """What is to be done, with the defaults of the command."""
    return Job(str(output), asked or Asked(), stories=stories, longest=longest, settings=Settings(max_page_bytes=limit))


def done(
    job: Job,
    inputs: Sequence[Path],
    *,
    workers: int = 1,
    piece: int = PIECE,
    order: Callable[[list[int]], None] | None = None,
) -> Whole:
    """Do it all; what is in it."""
    plan, failures = begin([str(one) for one in inputs], job, piece=piece)
    assert not failures
    todo = missing(plan)
    places = list(range(len(todo)))
    if order:
        order(places)
    failed = [one for one in Crew(job, workers).run([todo[place] for place in places]) if isinstance(one, Failed)]
    assert not failed
    return finish(plan)


def contents(output: Path) -> dict[str, bytes]:
    """Every file of a data set that tells of its rows."""
    return {
        str(path.relative_to(output)): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.relative_to(output).parts[0] not in ("_pieces", "_plan.json", "_whole.json")
    }


def rows(output: Path, table: str) -> list[dict[str, object]]:
    """The rows of a table."""
    import pyarrow.parquet

    return [
        row
        for path in sorted((output / table).rglob("*.parquet"))
        for row in pyarrow.parquet.ParquetFile(str(path)).read().to_pylist()
    ]
