"""What is measured on: the measuring data beside the checkout, or else the pages of examples/."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SHARED", ROOT.parent / "shared"))
HELD_OUT = ROOT / "training" / "held-out"
CORPUS = SHARED / "corpus" / "ant.docs.jsonl.gz"
STREAM = SHARED / "stream" / "2015-07-25--27.docs.jsonl.gz"
GOLD = SHARED / "gold"

Record = dict[str, Any]


def here() -> bool:
    """Whether the measuring data is there."""
    return SHARED.is_dir()


def records(path: Path) -> Iterator[Record]:
    """The objects of a JSONL file, zipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def write(path: Path, rows: Iterable[Record]) -> Path:
    """Write objects as JSONL; the path."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


@cache
def saved_pages() -> dict[str, bytes]:
    """HTML pages by name: those saved of real outlets, or else the examples."""
    if here():
        files = sorted((SHARED / "pages" / "html").glob("*.html.gz"))
        return {file.name.removesuffix(".html.gz"): gzip.decompress(file.read_bytes()) for file in files}
    return {file.stem: file.read_bytes() for file in sorted((ROOT / "examples").glob("*.html"))}


@cache
def documents() -> tuple[Record, ...]:
    """News articles as text: the corpus, or else the articles of the examples a hundred times."""
    if here():
        return tuple(records(CORPUS))
    from musnad import read

    texts = [read(body).text.words for body in saved_pages().values()]
    return tuple({"id": f"{turn}-{at}", "text": text} for turn in range(100) for at, text in enumerate(texts))


@cache
def document_file() -> tuple[Path, int]:
    """A file of `documents` for the command line, and their length in bytes of UTF-8."""
    size = sum(len(row["text"].encode()) for row in documents())
    if here():
        return CORPUS, size
    folder = ROOT / "out" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return write(folder / "examples.docs.jsonl", documents()), size


def large_page(size: int) -> bytes:
    """One HTML page of about `size` bytes: different paragraphs of news, numbered where there are not enough."""
    texts = [row["text"] for row in (records(STREAM) if here() else documents())]
    lines = [line for text in texts for line in text.split("\n") if len(line) > 60]
    head, tail = "<!doctype html><html lang=ar><body><article><h1>", "</article></body></html>"
    parts = [f"{head}{lines[0][:60]}</h1>"]
    for number in range(10 * len(lines)):
        turn = "" if number < len(lines) else f" ({number})"
        parts.append(f"<p>{lines[number % len(lines)]}{turn}</p>")
        size -= len(parts[-1].encode())
        if size < 0:
            break
    return "".join([*parts, tail]).encode()
