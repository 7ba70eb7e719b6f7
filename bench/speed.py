"""The speed of text, how it grows with length, memory, and how long the start takes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from statistics import median

from bench import data
from bench.timing import interleaved, seconds, seconds_of_process, verdict
from musnad import run

_WORD = re.compile(r"\w+")
PIECE = 50_000  # characters of the text that is then taken 4 and 16 times


def text() -> Iterator[str]:
    """The command on the whole collection, one process, beside the time in which Python cuts the same text into words."""
    file, size = data.document_file()
    command = [sys.executable, "-m", "musnad", "mark", str(file), "--output", "-"]
    taken = seconds_of_process(command, data.ROOT)
    words = median(seconds(lambda: [_WORD.findall(row["text"]) for row in data.documents()]) for _ in range(3))
    yield f"{len(data.documents())} documents, {size / 1e6:.2f} MB of UTF-8, with the start of the process"
    yield f"{taken:.1f} s, {size / 1e6 / taken:.2f} MB/s; {taken / words:.0f} times re.findall of its words"
    yield verdict(size / 1e6 / taken >= 0.5, "at least 0.5 MB/s")


def linear() -> Iterator[str]:
    """One document of a length, of four and of sixteen times that length; and a page of 5 MB."""
    lines = "\n".join(row["text"] for row in data.documents()[:300])
    piece = lines[: lines.index("\n", PIECE)]
    taken = interleaved({f"{n}x": _document("\n".join([piece] * n)) for n in (1, 4, 16)}, rounds=1)
    mb = len(piece.encode()) / 1e6
    for name, time in taken.items():
        n = int(name[:-1])
        speed, growth = n * mb / time, time / taken["1x"] / n
        yield f"{name:>3s}  {n * mb:6.2f} MB  {time:6.2f} s  {speed:5.2f} MB/s  {growth:5.2f} of the time of 1x a character"
    yield verdict(taken["16x"] <= 1.5 * 16 * taken["1x"], "16 times the length in at most 1.5 times 16 times the time")
    yield from _large_page()


_LARGE = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]), int(sys.argv[1])))
from bench import data
from musnad import run
from musnad.model import Page
page = Page(data.large_page(5_000_000), "5 MB")
run.read(Page(page.body[:20_000], "warm"))
began = time.process_time()
article = run.read(page)
print(f"{len(article.text.words.encode()) / 1e6:.1f} MB of text, {len(article.attributions)} attributions: "
      f"{time.process_time() - began:.1f} s")
"""
_LIMIT = 60  # seconds of a processor


def _large_page() -> Iterator[str]:
    """In a process of its own, which is ended when it takes minutes."""
    command = [sys.executable, "-c", _LARGE, str(_LIMIT)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=data.ROOT, check=False)
    if done.returncode > 0:  # a fault of its own, not the end that the limit makes
        raise subprocess.CalledProcessError(done.returncode, command[:2], done.stdout, done.stderr)
    yield f"a page of 5 MB: {done.stdout.strip() or f'ended after {_LIMIT} s'}"
    yield verdict(done.returncode == 0, f"a page of 5 MB in less than {_LIMIT} s")


def _document(words: str) -> Callable[[], object]:
    return lambda: run.read_document({"id": "-", "text": words})


_IMPORT = "from time import perf_counter as t; b = t(); import {}; print(t() - b)"
_REST = """
import gc, sys, time
began = time.perf_counter()
from musnad import read, publish
article = read(open(sys.argv[1], "rb").read())
for form in publish.FORMATS.values():
    form.write(article)
first = time.perf_counter() - began
gc.collect()
for line in open("/proc/self/status"):
    if line.startswith("VmRSS"):
        print(int(line.split()[1]) * 1024 / 1e6, first)
"""


def at_rest() -> Iterator[str]:
    """In new processes: imports, and the resident memory after a page was read and written in every form."""
    for name in ("musnad", "musnad.cli.app", "musnad.run, musnad.publish"):
        took = median(float(_python(_IMPORT.format(name))) for _ in range(5))
        yield f"import {name}: {took:.3f} s" + (f" ({verdict(took < 0.5, 'under 0.5 s')})")
    if sys.platform == "linux":
        page = str(data.ROOT / "examples" / "call-both.html")
        told = [tuple(map(float, _python(_REST, page).split())) for _ in range(3)]
        memory, first = median(m for m, _ in told), median(f for _, f in told)
        yield f"first page, start of Python left out: {first:.2f} s, everything loaded"
        yield f"resident with everything loaded: {memory:.0f} MB ({verdict(memory <= 200, 'at most 200 MB')})"


def _python(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=data.ROOT).stdout
