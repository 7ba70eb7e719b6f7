"""Archives: from WARC to Parquet, on one core and on all, beside a bare read and parse of the same file; memory; kills."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import data
from bench.timing import verdict

RECORDS = int(os.environ.get("MUSNAD_BENCH_RECORDS", "20000"))
_WORD = re.compile(rb"[\xd8-\xdb][\x80-\xbf](?:[\xd8-\xdb][\x80-\xbf]){3,}")
_PART = 64
_KILLS = 10

_BARE = """
import sys, time
from fastwarc.warc import ArchiveIterator, WarcRecordType
from selectolax.lexbor import LexborHTMLParser
began, count = time.process_time(), 0
for record in ArchiveIterator(open(sys.argv[1], "rb"), record_types=WarcRecordType.response):
    LexborHTMLParser(record.reader.read())
    count += 1
print(time.process_time() - began, count)
"""


def archive(path: Path, count: int) -> Path:
    """A WARC file of the examples and the saved pages, again and again, in each some words changed for others of its own."""
    chance = random.Random(20220228)
    bodies = [*data.saved_pages().values()]
    if data.here():
        bodies += [file.read_bytes() for file in sorted((data.ROOT / "examples").glob("*.html"))]
    with path.open("wb") as stream:
        for number in range(count):
            body = _changed(bodies[number % len(bodies)], chance)
            stream.write(gzip.compress(_record(body, number), 6, mtime=0))
    return path


def report() -> Iterator[str]:
    """The lines."""
    with TemporaryDirectory(dir=data.ROOT.parent) as folder:
        path = archive(Path(folder) / "pages.warc.gz", RECORDS)
        small = archive(Path(folder) / "small.warc.gz", RECORDS // 4)
        yield f"{RECORDS:,} records, {path.stat().st_size / 1e6:.0f} MB of gzip members"
        bare, count = map(float, _python(_BARE, str(path)).split())
        yield f"fastwarc and a bare lexbor parse: {1e3 * bare / count:.2f} ms a record"
        quarter = _batch(small, Path(folder) / "quarter", 1)
        one = _batch(path, Path(folder) / "one", 1)
        two = _batch(path, Path(folder) / "two", 2)
        for name, (clock, cpu, memory) in (("one worker", one), ("two workers", two)):
            yield (
                f"{name}: {clock:.0f} s by the clock, {cpu:.0f} s of processors, {RECORDS / clock:.1f} pages a second, "
                f"{memory:.0f} MB at most in a process"
            )
        yield f"one core: {1e3 * one[1] / RECORDS:.1f} ms a page, {one[1] / bare:.1f} times the bare parse"
        yield verdict(one[1] <= 14 * bare, "at most 14 times")
        yield f"two workers over one: {one[0] / two[0]:.2f} times"
        yield verdict(one[0] / two[0] >= 1.8, "at least 1.8 times")
        yield f"memory at a quarter of the records: {quarter[2]:.0f} MB, at all of them {one[2]:.0f} MB"
        yield verdict(one[2] <= 1.1 * quarter[2], "flat: at most a tenth more")
        same = _sums(Path(folder) / "one") == _sums(Path(folder) / "two")
        yield verdict(same, "the same files from one worker and from two")
        yield from _kills(small, Path(folder))


def _kills(path: Path, folder: Path) -> Iterator[str]:
    """Ended with SIGKILL, all of it or only the first process, until it is done; beside the files of a calm run."""
    chance, kills, output = random.Random(5), 0, folder / "killed"
    began = time.monotonic()
    while True:
        child = subprocess.Popen(_command(path, output, 2), start_new_session=True, **_QUIET)  # type: ignore[call-overload]
        try:
            child.wait(chance.uniform(3, 12) if kills < _KILLS else None)
            break
        except subprocess.TimeoutExpired:
            if kills % 2:
                os.killpg(child.pid, signal.SIGKILL)
            else:
                child.kill()
            child.wait()
            kills += 1
    yield f"killed {kills} times, done after {time.monotonic() - began:.0f} s in all"
    yield verdict(_sums(output) == _sums(folder / "quarter"), "the same files as without a kill, nothing twice")


_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def _command(path: Path, output: Path, workers: int) -> list[str]:
    options = ["--output", str(output), "--jobs", str(workers), "--piece", "4"]
    return [sys.executable, "-m", "musnad", "batch", str(path), *options]


_MEASURED = """
import resource, subprocess, sys, time
began = time.monotonic()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6)
"""


def _batch(path: Path, output: Path, workers: int) -> tuple[float, float, float]:
    """Seconds by the clock and of processors, and the most memory of a process in MB."""
    shutil.rmtree(output, ignore_errors=True)
    clock, cpu, memory = map(float, _python(_MEASURED, *_command(path, output, workers)).split())
    return clock, cpu, memory


def _sums(output: Path) -> str:
    return str(json.loads((output / "manifest.json").read_text(encoding="utf-8"))["sha256sums"])


def _python(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=data.ROOT).stdout


def _changed(body: bytes, chance: random.Random) -> bytes:
    """Some words in the place of others, so that no two pages are the same."""
    words = _WORD.findall(body)
    for _ in range(min(_PART, len(words) // 20)):
        one, other = chance.choice(words), chance.choice(words)
        if len(one) == len(other):
            body = body.replace(one, other, 1)
    return body + f"<!-- {chance.random()} -->".encode()


def _record(body: bytes, number: int) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news{number % 50}.example/{number}\r\n"
        f"WARC-Date: 2022-03-{number % 3 + 1:02d}T12:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"
