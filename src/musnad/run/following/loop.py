"""The loop: take what is due, fetch several hosts at a time, read and keep what came, one after another."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from musnad.errors import InputError, RecordError
from musnad.run.following.looked import Plan, Seen, looked_at, unkept
from musnad.run.following.work import utc_now
from musnad.run.path import FAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from musnad.fetch.robots import Known
    from musnad.fetch.web import Fetcher, Reply
    from musnad.record import Added
    from musnad.record.following import Followed
    from musnad.run.following.work import Work
    from musnad.settings import Settings

LONGEST_WAIT = 10.0
"""Seconds that a run that looks once waits for a host that asks for a pause; what needs longer is left to the next run."""
_GRACE = 10.0
_LOOK_AGAIN = 20.0
_BEAT = 0.2
_Answer = tuple["Followed", "Reply | InputError"]


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened: with what is followed, and what became of it.

    `added` is what became of a page; `new` is how many articles a feed brought that were not known; `error` why there is
    neither, also a RecordError where the record could not be written to and the task is put off; `notes` are matters that a
    person should hear of, in words.
    """

    task: Followed | None
    added: Added | None = None
    new: int = 0
    error: InputError | RecordError | None = None
    notes: tuple[str, ...] = ()
    headline: str = ""


class Follower:
    """Several requests at a time, each to another host, in threads; all else happens where `follow` is called."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self.settings, self.jobs = settings, jobs
        self._tasks: SimpleQueue[Followed | None] = SimpleQueue()
        self.answers: SimpleQueue[_Answer] = SimpleQueue()
        self.out: dict[int, Followed] = {}
        known: Known = {}
        for _ in range(self.jobs):
            threading.Thread(target=self._work, args=(known,), daemon=True).start()

    def start(self, task: Followed) -> None:
        """Let one of the threads ask."""
        self.out[task.id] = task
        self._tasks.put(task)

    def answer(self, seconds: float) -> _Answer | None:
        """The next answer, None when none comes in so many seconds."""
        try:
            task, reply = self.answers.get(timeout=seconds)
        except Empty:
            return None
        del self.out[task.id]
        return task, reply

    def close(self) -> None:
        """Let the threads end with what they have in hand; it is nobody's loss, for it is still due."""
        for _ in range(self.jobs):
            self._tasks.put(None)

    def _work(self, known: Known) -> None:
        from musnad.fetch.web import Fetcher  # here, because httpx takes longer to import than all else together

        with Fetcher(self.settings, known=known) as fetcher:
            while (task := self._tasks.get()) is not None:
                self.answers.put((task, _asked(fetcher, task)))


def _asked(fetcher: Fetcher, task: Followed) -> Reply | InputError:
    try:
        return fetcher.ask(task.address, etag=task.etag, last_modified=task.last_modified)
    except InputError as error:
        return error
    except Exception as error:  # one odd address must not cost the rest
        return InputError(f"could not be fetched ({type(error).__name__}: {error})", where=task.address, advice=FAULT)


def follow(
    work: Work,
    *,
    settings: Settings,
    plan: Plan | None = None,
    once: bool = False,
    jobs: int = 4,
    stop: threading.Event | None = None,
    now: Callable[[], datetime] = utc_now,
) -> Iterator[Happened | None]:
    """What happens, as soon as it is on the disk; None now and then when nothing does, so that who listens can show it.

    With `once` it ends when nothing more is due, or only what would have to be waited for; else when `stop` is set. Then the
    requests that are under way are given some seconds, and what they bring is kept. A record that is busy or full ends a run
    that looks once with its error (RecordError); another tells it, waits and goes on.
    """
    plan, stop = plan or Plan(), stop or threading.Event()
    follower = Follower(settings, jobs)
    patience = 1.0
    try:
        while not stop.is_set():
            try:
                _fill(work, follower)
                if not follower.out and not _wait(work, stop, once=once):
                    return
                happened = _next(work, follower, settings, plan, now, _BEAT)
            except RecordError as error:
                if once:
                    raise
                yield Happened(None, error=error)
                stop.wait(patience)
                patience = min(patience * 2, 60.0)
                continue
            patience = 1.0 if happened else patience
            yield happened
        yield from _last(work, follower, settings, plan, now)
    finally:
        for task in follower.out.values():
            work.give_back(task)
        follower.close()


def _fill(work: Work, follower: Follower) -> None:
    while len(follower.out) < follower.jobs:
        task = work.take()
        if task is None:
            return
        follower.start(task)


def _wait(work: Work, stop: threading.Event, *, once: bool) -> bool:
    """Wait until something may be due; False when nothing will be in this run. A clock that jumps costs one look more."""
    rest = work.rest()
    if once and (rest is None or rest > LONGEST_WAIT):
        return False
    stop.wait(_LOOK_AGAIN if rest is None else min(rest, 1.0 if once else _BEAT * 5, _LOOK_AGAIN))
    return True


def _next(
    work: Work, follower: Follower, settings: Settings, plan: Plan, now: Callable[[], datetime], seconds: float
) -> Happened | None:
    answer = follower.answer(seconds) if follower.out else None
    if answer is None:
        return None
    task, reply = answer
    try:
        at = now()
        seen = Seen(reply, at, work.failures(task.host))
        looked = looked_at(task, seen, plan, settings)
        try:
            settled = work.done(looked.outcome)
        except UnicodeEncodeError as error:
            what = f"holds half of a character, which nothing can keep ({error.reason})"
            looked = unkept(task, InputError(what, where=task.address, advice="tell the outlet"), seen, plan)
            settled = work.done(looked.outcome)
    except BaseException:
        work.give_back(task)
        raise
    named = looked.outcome.article.headline if looked.outcome.article else None
    headline = named.value if named else ""
    return Happened(looked.outcome.after, settled.added, settled.new, looked.error, looked.notes, headline)


def _last(
    work: Work, follower: Follower, settings: Settings, plan: Plan, now: Callable[[], datetime]
) -> Iterator[Happened | None]:
    """What is in hand when a stop is asked for."""
    end = time.monotonic() + _GRACE
    while follower.out and time.monotonic() < end:
        yield _next(work, follower, settings, plan, now, _BEAT)
