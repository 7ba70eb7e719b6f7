"""How text is shown: width, colours, direction, and a bar for long work."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from musnad.cli.choose import choose
from musnad.publish.terminal import Painter, detect, wants_color

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from musnad.model import Article
    from musnad.publish.terminal import Bidi

BIDI_NAMES = ("auto", "plain", "isolate", "direct", "visual")
_WIDEST = 110
_PIPED = 100


def painter_of(*, color: bool | None, bidi: str, to_file: bool, rtl: bool = True) -> Painter:
    """The painter for this terminal, or for what is piped or written to a file."""
    name: Bidi | str = choose("--bidi", bidi, BIDI_NAMES)
    terminal = not to_file and sys.stdout.isatty()
    how: Bidi = detect(os.environ, terminal=terminal) if name == "auto" else name  # type: ignore[assignment]
    colors = wants_color(os.environ, terminal=terminal) if color is None else color
    columns = shutil.get_terminal_size((_PIPED, 24)).columns if terminal or os.environ.get("COLUMNS") else _PIPED
    room = max(20, min(columns, _WIDEST) - (1 if terminal else 0))
    return Painter(room, colors, how, rtl)


def painters(*, color: bool | None, bidi: str, to_file: bool) -> Callable[[Article], Painter]:
    """What gives the painter for an article: its direction is the article's, the rest is the terminal's."""
    painter = painter_of(color=color, bidi=bidi, to_file=to_file)
    return lambda article: replace(painter, rtl=article.direction == "rtl")


@contextmanager
def progress(inputs: Sequence[str], *, quiet: bool, word: str = "read") -> Iterator[Callable[[], None]]:
    """A bar on standard error that a call moves on; nothing where nobody would see it or one input is read."""
    many = len(inputs) > 1 or any(os.path.isdir(name) or ".warc" in name or ".jsonl" in name for name in inputs)
    if quiet or not many or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} pages " + word), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda: bar.advance(task)


@contextmanager
def bar(word: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error for so many of so many (0: nobody knows of how many); nothing where nobody would see it."""
    if quiet or not sys.stderr.isatty():
        yield lambda at, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.completed} " + word), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None)
        yield lambda at, of: shown.update(task, completed=at, total=of or None)
