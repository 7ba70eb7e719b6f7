"""Where a data set is written: under another name until it is whole, with a digest of every file."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING

from musnad.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

SUMS = "SHA256SUMS"
_PIECE = 1 << 20


class Folder:
    """The folder of a data set while it is written; `digests` are those of the files that are closed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.digests: dict[str, tuple[str, int]] = {}
        self._open: dict[str, IO[str]] = {}

    def text(self, name: str, *, bom: bool = False) -> IO[str]:
        """A file of text, from its beginning."""
        stream = io.open(self.path / name, "w", encoding="utf-8-sig" if bom else "utf-8", newline="")  # noqa: SIM115, UP020
        self._open[name] = stream
        return stream

    def put(self, name: str, words: str) -> None:
        """A file of text, whole."""
        self.text(name).write(words)
        self.settle()

    def settle(self) -> None:
        """Close what is open, and know its digest."""
        for name, stream in self._open.items():
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            self.digests[name] = digest_of_file(self.path / name)
        self._open.clear()

    def add(self, name: str) -> None:
        """A file that somebody else wrote here."""
        self.digests[name] = digest_of_file(self.path / name)

    def close(self) -> None:
        """Let go of everything, whole or not."""
        for stream in self._open.values():
            stream.close()
        self._open.clear()


@contextmanager
def making(path: Path) -> Iterator[Folder]:
    """A folder that gets its name when all went well, and is removed when anything did not.

    Raises UsageError where something is there already, or nothing can be written.
    """
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise UsageError("is there already", where=str(path), advice="name a folder that is not there yet")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{path.name}.part-", dir=path.parent))
    except OSError as error:
        raise UsageError(f"cannot be made: {error.strerror}", where=str(path), advice="name another place") from error
    folder = Folder(beside)
    try:
        yield folder
        folder.settle()
        sums = "".join(f"{digest}  {name}\n" for name, (digest, _) in sorted(folder.digests.items()))
        folder.put(SUMS, sums)
        beside.chmod(0o777 & ~_umask())
        beside.rename(path)
    except BaseException:
        folder.close()
        shutil.rmtree(beside, ignore_errors=True)
        raise


@contextmanager
def making_file(path: Path) -> Iterator[IO[str]]:
    """The same for one file, which takes the place of one of that name."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=f".{path.name}.part-", dir=path.parent)
    except OSError as error:
        raise UsageError(
            f"cannot be written: {error.strerror}", where=str(path), advice="name another place"
        ) from error
    try:
        with open(number, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def digest_of_file(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file and its size."""
    digest, size = sha256(), 0
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
