"""Collections of documents: one JSON object a line, read and marked as a stream."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections import deque
from contextlib import contextmanager
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, cast

from musnad.errors import BadRecord, InputError
from musnad.run.path import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from musnad.model import Article

LONGEST_LINE = 64_000_000  # bytes; a longer one is no document but a file that is not JSONL
_BATCH = 16
_written = json.JSONEncoder(ensure_ascii=False).encode
_GO_ON = "the other lines are read; correct or remove this one"

Document = dict[str, Any]
Broken = BadRecord


def read_documents(path: str) -> Iterator[Document | Broken]:
    """The documents of a JSONL file (``.gz`` too, ``-`` for standard input) in order, one at a time.

    A line that is no object with the strings ``id`` and ``text`` is yielded as a BadRecord with its number, and the rest
    is read; empty lines are passed over. Raises InputError when the file itself cannot be read.
    """
    return read_records(path, {"id": str, "text": str})


def read_records(path: str, keys: Mapping[str, type]) -> Iterator[Document | Broken]:
    """As :func:`read_documents`, for objects that must have these keys with values of these types."""
    with opened(path) as stream:
        number = 0
        while line := _next(stream, path, number):
            number += 1
            if line.isspace():
                continue
            yield record_of(line, f"{path}:{number}", keys)


def marked(path: str, value: Callable[[str, Article], Any], *, jobs: int = 1) -> Iterator[str | Broken]:
    """For each document of the file at `path` a line of JSON, ``value(id, article)``, in the order of the file.

    With `jobs` above 1 that many processes share the work; `value` is then called in them and must be a function of a
    module. A line that cannot be read comes as a BadRecord in its place.
    """
    documents = read_documents(path)
    if jobs <= 1:
        for document in documents:
            yield _line(document, value)
    else:
        yield from _shared_out(documents, value, jobs)


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """The bytes of a file, unzipped when its name ends in ``.gz``. Raises InputError when it cannot be opened."""
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = cast("IO[bytes]", gzip.open(path) if path.lower().endswith(".gz") else open(path, "rb"))  # noqa: SIM115
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror or error}", where=path, advice="check the name") from error
    with stream:
        yield stream


def _next(stream: IO[bytes], path: str, number: int) -> bytes:
    where = f"{path}:{number + 1}"
    try:
        line = stream.readline(LONGEST_LINE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"cannot be read on: {error}", where=where, advice="copy the file again") from error
    if len(line) > LONGEST_LINE:
        raise InputError(
            f"a line of more than {LONGEST_LINE:,} bytes", where=where, advice="give a file with a document a line"
        )
    return line


def record_of(line: bytes, where: str, keys: Mapping[str, type]) -> Document | Broken:
    """The object in a line, or the BadRecord that says why it is none with these keys."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BadRecord(f"no JSON: {error}", where=where, advice=_GO_ON)
    if not isinstance(record, dict):
        return BadRecord("no JSON object", where=where, advice=_GO_ON)
    for key, kind in keys.items():
        if not isinstance(record.get(key), kind):
            return BadRecord(f"no {kind.__name__} {key!r} in this object", where=where, advice=_GO_ON)
    if "text" in keys:
        record["text"] = _mend(record["text"])
    return record


def _mend(words: str) -> str:
    """The words with lone surrogates (half an escaped pair) as question marks, one for one: no output could hold them."""
    return words.encode("utf-8", "replace").decode()


def _line(document: Document | Broken, value: Callable[[str, Article], Any]) -> str | Broken:
    if isinstance(document, InputError):
        return document
    try:
        result = value(document["id"], read_document(document))
    except Exception as error:  # one odd document must not cost the rest
        what = f"could not be read ({type(error).__name__}: {error})"
        return BadRecord(what, where=str(document["id"]), advice="this is a fault of musnad: report it, please")
    return _written(result)


def _lines(batch: list[Document | Broken], value: Callable[[str, Article], Any]) -> list[str | Broken]:
    return [_line(document, value) for document in batch]


def _shared_out(
    documents: Iterator[Document | Broken], value: Callable[[str, Article], Any], jobs: int
) -> Iterator[str | Broken]:
    """A few batches ahead of what is asked for, so that memory stays bounded whatever the length of the file."""
    from concurrent.futures import Future, ProcessPoolExecutor

    waiting: deque[Future[list[str | Broken]]] = deque()
    with ProcessPoolExecutor(jobs, initializer=leave_interruptions_to_the_parent) as pool:
        try:
            for batch in _batches(documents):
                waiting.append(pool.submit(_lines, batch, value))
                if len(waiting) > 2 * jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def leave_interruptions_to_the_parent() -> None:
    """Ctrl-C reaches every process of a terminal: the first ends the others, and one line tells of it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _batches(documents: Iterator[Document | Broken]) -> Iterator[list[Document | Broken]]:
    while batch := list(islice(documents, _BATCH)):
        yield batch
