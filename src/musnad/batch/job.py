"""What is handed to those who do the work, and what they hand back. All of it can be sent to another machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from musnad.batch.asked import Asked
from musnad.settings import Settings


@dataclass(frozen=True, slots=True)
class Range:
    """The part of a file that begins between two offsets; `stop` None: to its end."""

    file: str
    start: int = 0
    stop: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What is done at once, and anew when it was not done to its end: its name, what it reads, how many bytes that is."""

    name: str
    ranges: tuple[Range, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with each piece: where its tables go, what is asked for, how long a page may take.

    `longest` is in seconds of a processor; `keep_pages` keeps the bytes of the pages too; `stories` groups the articles when
    all are there.
    """

    output: str
    asked: Asked = field(default_factory=Asked)
    keep_pages: bool = False
    stories: bool = False
    longest: float = 60.0
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of a piece, once all of it is on the disk.

    `files` has digest, size and rows of each; `rows` and `sums` count and sum up the rows of each table, whatever their
    order; `passed` counts the pages that were not asked for, by why; `seconds` are those of the processor.
    """

    piece: str
    size: int
    pages: int
    files: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    passed: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @staticmethod
    def of(value: dict[str, Any]) -> Receipt:
        """The receipt that was kept as JSON."""
        files = {name: (told[0], told[1], told[2]) for name, told in value["files"].items()}
        return Receipt(**{**value, "files": files})


@dataclass(frozen=True, slots=True)
class Failed:
    """A piece that could not be done to its end, and why; a later run tries it again."""

    piece: str
    what: str


@dataclass(frozen=True, slots=True)
class Step:
    """So many pages more were looked at."""

    pages: int


Event = Receipt | Failed | Step
