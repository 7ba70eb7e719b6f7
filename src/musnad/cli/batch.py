"""``musnad batch``: what it does and says."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.batch import Asked, Crew, Failed, Job, Receipt, Step, begin, finish, missing, part_of
from musnad.cli.choose import choose
from musnad.cli.moments import duration, moment
from musnad.cli.say import complain, tell
from musnad.cli.view import bar
from musnad.errors import UsageError
from musnad.publish import printable
from musnad.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

    from musnad.batch import Whole
    from musnad.batch.job import Event, Piece

_SAY_EACH = 60.0
"""Seconds between two lines where no bar can be shown, as in the log of a job."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line, as it was written."""

    inputs: tuple[str, ...]
    output: str
    languages: str = ""
    outlets: str = ""
    since: str | None = None
    until: str | None = None
    sample: float = 1.0
    keep_pages: bool = False
    stories: bool = False
    longest: str = "60s"
    base: str = ""
    piece: int = 64
    part: str = ""

    def job(self) -> Job:
        """The job that is meant. Raises UsageError for a moment or a time that is none."""
        asked = Asked(
            _names(self.languages.lower()),
            _names(self.outlets),
            moment("--since", self.since),
            moment("--until", self.until, end=True),
            self.sample,
        )
        longest = duration("--longest", self.longest).total_seconds()
        return Job(os.path.abspath(self.output), asked, self.keep_pages, self.stories, longest, load())


def run_batch(wishes: Wishes, *, jobs: int, engine: str, address: str) -> int:
    """Do what is missing of a data set and say what is in it; 1 where something is missing still."""
    from musnad.sets.parquet import arrow

    name = choose("--engine", engine, ("local", "ray"))
    arrow()
    job = wishes.job()
    part_of([], wishes.part or "1/1")
    plan, failures = begin(wishes.inputs, job, base=wishes.base, piece=wishes.piece * 1_000_000)
    for failure in failures:
        complain(failure)
    if not plan.pieces:
        raise UsageError("there is nothing to read", where=wishes.output, advice="name archives, pages or folders")
    todo = part_of(missing(plan), wishes.part or "1/1")
    with _heard_when_stopped():
        failed = _watched(_events(name, job, todo, jobs, address), todo)
    with bar("articles placed", quiet=not wishes.stories) as moved:
        whole = finish(plan, _counting(moved))
    print(_told(whole, wishes.output))
    mine = {piece.name for piece in todo}
    left = len([piece for piece in missing(plan) if piece.name in mine]) if whole.missing else 0
    return int(bool(failures or failed or left or (whole.missing and not wishes.part)))


def _counting(moved: Callable[[int, int], None]) -> Callable[[int], None]:
    placed = 0

    def count(more: int) -> None:
        nonlocal placed
        placed += more
        moved(placed, 0)

    return count


def _events(engine: str, job: Job, todo: Sequence[Piece], jobs: int, address: str) -> Iterator[Event]:
    if engine == "ray":
        from musnad.batch.cluster import on_ray

        return on_ray(job, todo, address=address)
    return Crew(job, min(jobs or _cores(), len(todo) or 1)).run(todo)


def _watched(events: Iterator[Event], todo: Sequence[Piece]) -> int:
    """Show what happens; how many pieces failed."""
    failed = 0
    with _shown(sum(piece.size for piece in todo)) as show:
        done = pages = 0
        for event in events:
            if isinstance(event, Step):
                pages += event.pages
            elif isinstance(event, Receipt):
                done += event.size
            elif isinstance(event, Failed):
                failed += 1
                tell(f"piece {event.piece} is missing: {event.what} (run it again)")
            show(done, pages)
    return failed


def _told(whole: Whole, output: str) -> str:
    counts = ", ".join(
        f"{whole.rows.get(name, 0):,} {name}" for name in ("articles", "attributions", "figures", "errors")
    )
    passed = sum(whole.passed.values())
    over = f", {passed:,} pages passed over" if passed else ""
    state = f"; {whole.missing:,} pieces are missing: run it again" if whole.missing else ""
    return f"{counts}{over}: {printable(output)}{state}"


@contextmanager
def _shown(total: int) -> Iterator[Callable[[int, int], None]]:
    """A bar with rate and time left, or a line a minute where there is no terminal."""
    began = said = time.monotonic()
    if not sys.stderr.isatty():

        def line(done: int, pages: int) -> None:
            nonlocal said
            now = time.monotonic()
            if now - said >= _SAY_EACH:
                said = now
                tell(f"{done / max(total, 1):.0%}, {pages:,} pages, {pages / (now - began):.0f} a second")

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), DownloadColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=600) as bar:
        task = bar.add_task("", total=total)

        def move(done: int, pages: int) -> None:
            rate = pages / (time.monotonic() - began + 1e-9)
            bar.update(task, completed=done, description=f"{pages:,} pages, {rate:.0f}/s, left")

        yield move


@contextmanager
def _heard_when_stopped() -> Iterator[None]:
    """SIGTERM, with which schedulers of clusters end jobs, ends it as Ctrl-C does."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _names(words: str) -> tuple[str, ...]:
    return tuple(name for name in map(str.strip, words.split(",")) if name)


def _cores() -> int:
    """The cores that this process may use, which in a job of a cluster are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
