"""Files here and elsewhere: what an address means is fsspec's business, a path is opened by this."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from musnad.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_BLOCK = 8 << 20  # bytes that are asked for at once of what lies elsewhere


def is_address(name: str) -> bool:
    """Whether fsspec has to open it.

    >>> is_address("s3://news/2022.warc.gz"), is_address("news/2022.warc.gz")
    (True, False)
    """
    return bool(_ADDRESS.match(name))


@contextmanager
def opened(name: str) -> Iterator[IO[bytes]]:
    """The bytes of a file, which can be sought. Raises OSError where it cannot be read."""
    if not is_address(name):
        with open(name, "rb") as stream:
            yield stream
        return
    system, path = _system(name)
    with system.open(path, "rb", block_size=_BLOCK) as stream:
        yield stream


def size_of(name: str) -> int:
    """How many bytes it has. Raises InputError where it is not there, or nobody knows."""
    try:
        if not is_address(name):
            return os.stat(name).st_size
        system, path = _system(name)
        size = system.info(path).get("size")
    except UsageError:
        raise
    except Exception as error:  # each file system of fsspec has errors of its own
        told = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise InputError(f"cannot be read: {told}", where=name, advice="check the name and the rights") from error
    if not isinstance(size, int):
        raise InputError("does not say how many bytes it has", where=name, advice="copy it here and name the copy")
    return size


def listed(folder: str) -> Iterator[str] | None:
    """The files of a folder elsewhere, at any depth, sorted; None where it is a file."""
    system, path = _system(folder)
    try:
        if not system.isdir(path):
            return None
        found: list[str] = sorted(system.find(path))
    except Exception as error:
        raise InputError(f"cannot be listed: {error}", where=folder, advice="check the name and the rights") from error
    return (system.unstrip_protocol(one) for one in found)


def _system(name: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as error:
        raise UsageError("fsspec is not installed", where=name, advice="pip install 'musnad[batch]'") from error
    try:
        system, path = fsspec.core.url_to_fs(name)
    except (ImportError, ValueError) as error:
        advice = "install what fsspec needs for it (s3fs, gcsfs, aiohttp)"
        raise UsageError(str(error), where=name, advice=advice) from error
    return system, str(path)
