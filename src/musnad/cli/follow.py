"""``musnad follow``: what it prints, how it shows that it is at work, how it is stopped."""

from __future__ import annotations

import signal
import sys
import threading
from collections import Counter
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from musnad.cli.answering import FORMS, indented, line, opened
from musnad.cli.choose import choose
from musnad.cli.moments import duration
from musnad.cli.output import opened_output
from musnad.cli.say import complain, tell
from musnad.cli.sources import named_feeds
from musnad.errors import UsageError
from musnad.publish import printable
from musnad.publish.feeds import happened_value
from musnad.record.following import Due, Following
from musnad.run.following import Happened, Plan, RecordWork, alone, follow
from musnad.run.following.work import utc_now
from musnad.settings import load
from musnad.stories.keeping import Keeper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from musnad.record import Record

INTERRUPTED = 130
_TOLD = ("new", "changed")
_COUNTED = ("new", "changed", "refreshed", "unchanged", "withdrawn", "not had")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for: feeds, a list of them, and how they are followed."""

    feeds: tuple[str, ...] = ()
    listed: str | None = None
    once: bool = False
    every: str = "5m"
    lasting: str | None = None
    jobs: int = 4


def follow_feeds(wanted: Wanted, *, record: str | None, form: str, output: str | None, allow_private: bool) -> int:
    """Follow until the end that was asked for; 1 when something could not be had in a run that looks once."""
    name = choose("--format", form, FORMS)
    plan = Plan(duration("--every", wanted.every))
    lasting = duration("--for", wanted.lasting) if wanted.lasting else None
    settings = replace(load(), allow_private=allow_private)
    with opened(record, create=True) as held, nullcontext() if held.is_shared else alone(held.path):
        began = utc_now()
        due, bad = _due(held, wanted)
        if wanted.once:
            due = replace(due, once_since=began)
        with stopping(lasting) as stop, _status() as show, opened_output(output, inputs=[held.where]) as out:
            told = _Telling(name, out, show)
            told.shown()
            with closing(RecordWork(held, due)) as work, held.keeping_up(Keeper()):
                steps = follow(work, settings=settings, plan=plan, once=wanted.once, jobs=wanted.jobs, stop=stop.event)
                for happened in steps:
                    told.tell(happened)
            told.end(held.where)
    if stop.interrupted:
        return INTERRUPTED
    return int(bad or (wanted.once and told.counts["not had"] > 0))


def _due(record: Record, wanted: Wanted) -> tuple[Due, bool]:
    """The feeds to follow, which are added to the record's where they are not there; whether some could not be named."""
    following = Following(record)
    listed, bad = named_feeds(wanted.feeds, wanted.listed)
    if wanted.feeds or wanted.listed:
        from musnad.cli.sources import kept

        roots = frozenset(kept(following, feed).id for feed in listed)
        if not roots:
            raise UsageError("no feed was named that can be followed", advice="give http(s) addresses")
        return Due(roots), bad
    if not following.feeds():
        advice = "give their addresses, --sources FILE, or add them: musnad sources add ADDRESS"
        raise UsageError("there are no feeds to follow", where=record.where, advice=advice)
    return Due(), bad


class _Telling:
    """What happened, for people or for programs; the counts of it."""

    def __init__(self, form: str, out: IO[str], show: Callable[[str], None]) -> None:
        self._form, self._out, self._show = form, out, show
        self.counts: Counter[str] = Counter()
        self._values: list[Any] = []

    def tell(self, happened: Happened | None) -> None:
        """One thing that happened, or nothing for a while."""
        if happened is not None:
            self._count(happened)
            self._print(happened)
        self.shown()

    def shown(self) -> None:
        """The line that shows that it is at work."""
        self._show(self._summary() or "looking")

    def end(self, path: str) -> None:
        """What came of all of it."""
        if self._form == "json":
            self._out.write(indented(self._values))
        elif self._form == "text":
            self._out.write(f"{self._summary() or 'nothing new'}; the record is {printable(path)}\n")

    def _count(self, happened: Happened) -> None:
        if happened.error is not None:
            self.counts["not had"] += 1
        if happened.added is not None:
            self.counts[happened.added.outcome] += 1
        if happened.task is not None and happened.task.state == "gone" and happened.error is None:
            self.counts["withdrawn"] += 1

    def _print(self, happened: Happened) -> None:
        if happened.error is not None:
            complain(happened.error)
        task, added = happened.task, happened.added
        if task is not None:
            for note in happened.notes:
                tell(f"{task.address}: {note}")
        if self._form != "text":
            if task is None or not (added or happened.new or happened.error or happened.notes):
                return
            value = happened_value(happened)
            if self._form == "json":
                self._values.append(value)
            else:
                self._out.write(line(value))
                self._out.flush()
        elif added is not None and added.outcome in _TOLD:
            said = "1 statement" if added.attributions == 1 else f"{added.attributions} statements"
            headline = f"  {printable(happened.headline)}" if happened.headline else ""
            self._out.write(f"{added.outcome}: {printable(added.address)}  {said}{headline}\n")
            self._out.flush()

    def _summary(self) -> str:
        return ", ".join(f"{self.counts[what]:,} {what}" for what in _COUNTED if self.counts[what])


@contextmanager
def _status() -> Iterator[Callable[[str], None]]:
    """A line at the foot of a terminal; nothing where standard error is none, for there a line is printed as it happens."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.status import Status

    with Status("", console=Console(stderr=True)) as status:
        yield lambda words: status.update(words)


class _Stop:
    def __init__(self) -> None:
        self.event, self.interrupted = threading.Event(), False

    def __call__(self, number: int, _: object) -> None:
        """The first signal asks for the end, another Ctrl-C makes it."""
        if self.event.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.interrupted = self.interrupted or number == signal.SIGINT
        self.event.set()


@contextmanager
def stopping(lasting: timedelta | None) -> Iterator[_Stop]:
    """What is set by Ctrl-C, by SIGTERM, and when the time is over; what is in hand is finished first."""
    stop = _Stop()
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    timer = threading.Timer(lasting.total_seconds(), stop.event.set) if lasting else None
    if timer:
        timer.daemon = True
        timer.start()
    try:
        yield stop
    finally:
        if timer:
            timer.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)
