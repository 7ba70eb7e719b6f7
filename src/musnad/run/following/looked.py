"""What follows from an answer: what is kept, what is found, and when to look again. Nothing here waits, asks or writes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from musnad.errors import FetchError, InputError, UnreadablePage
from musnad.feeds import LISTS, canonical, declared_canonical, host_of, key_of, look
from musnad.feeds.section import read_section
from musnad.fetch.declared import is_html
from musnad.fetch.web import meaning
from musnad.model import Page
from musnad.record.following import Followed, Found, Outcome
from musnad.run.path import FAULT, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from musnad.feeds import Feed
    from musnad.fetch.web import Reply
    from musnad.model import Article
    from musnad.settings import Settings

_VISITS = (2, 6, 24, 72, 288, 864)
"""After how many times `every` an article is looked at again that did not change (ten minutes, half an hour, … three days):
corrections come in the first hours, if they come."""
_LONGEST_LIVE, _LIVE_STILL = timedelta(hours=1), 12
"""The most between two looks at a live page, and how many without a change make it an article like others."""
_LONGEST_BACKOFF, _HOST_BACKOFF = timedelta(days=1), timedelta(hours=1)
LONGEST_HELD = timedelta(days=1)
"""The most that a Retry-After or a Crawl-delay holds a host, whatever it says."""
_LONGEST_PAUSE = timedelta(seconds=60)
_GONE, _BUSY = frozenset({404, 410}), frozenset({429, 503})
_MISSES = 3
"""So often an article is not found before it counts as gone; 410 says so at once."""
_DAYS = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Plan:
    """How often is looked: `every` for feeds and live pages; `chance` gives numbers of 0 to 1, that not all ask at once."""

    every: timedelta = timedelta(minutes=5)
    chance: Callable[[], float] = field(default=random.random)


@dataclass(frozen=True, slots=True)
class Looked:
    """An outcome, and what a person should hear: errors, and in words what else happened."""

    outcome: Outcome
    error: InputError | None = None
    notes: tuple[str, ...] = ()
    feed: Feed | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The answer to a request, or why there is none, and when it came."""

    reply: Reply | InputError
    at: datetime
    host_failures: int = 0


def looked_at(task: Followed, seen: Seen, plan: Plan, settings: Settings) -> Looked:
    """What comes of looking at what is followed, whatever the answer. Never raises for what was answered."""
    at, reply = seen.at, seen.reply
    tried = replace(task, tried_at=at)
    if isinstance(reply, InputError):
        # The network or the host failed; what may not be fetched and what is too large is the fault of the address.
        of_host = type(reply) is FetchError
        return _failed(tried, reply, seen, plan, _backoff(seen.host_failures, _HOST_BACKOFF, plan) if of_host else None)
    held = _polite(reply, settings)
    if reply.status in _BUSY or reply.status >= 500:
        busy = _error(reply, task)
        asked = _held(reply.retry_after) if reply.retry_after is not None else None
        return _failed(tried, busy, seen, plan, max(asked or _backoff(seen.host_failures, _HOST_BACKOFF, plan), held))
    if reply.status in _GONE:
        return _missing(tried, reply, seen, plan, held)
    tried, notes = _moved(tried, reply)
    if reply.status == 304:
        return _unchanged(tried, at, plan, held, notes)
    if reply.status != 200:
        return _failed(tried, _error(reply, task), seen, plan, None, held)
    tried = replace(
        tried, failures=0, said="", seen_at=_after(task, at), etag=reply.etag, last_modified=reply.last_modified
    )
    digest = sha256(reply.body).hexdigest()
    if digest == task.digest and task.kind:
        return _unchanged(tried, at, plan, held, notes)
    try:
        return _new_bytes(replace(tried, digest=digest), reply, at, plan, held, notes, settings)
    except InputError as error:
        again = replace(tried, digest=None, etag=None, last_modified=None, failures=task.failures)
        return _failed(again, error, seen, plan, None, held)
    except Exception as fault:
        odd = InputError(f"could not be read ({type(fault).__name__}: {fault})", where=task.address, advice=FAULT)
        return _failed(replace(tried, failures=task.failures), odd, seen, plan, None, held)


def _new_bytes(
    task: Followed, reply: Reply, at: datetime, plan: Plan, held: timedelta, notes: tuple[str, ...], settings: Settings
) -> Looked:
    page = Page(
        reply.body, task.address, canonical(reply.url) or reply.url, task.seen_at, reply.content_type, reply.charset
    )
    if task.kind in LISTS or not task.kind:
        feed = look(page, now=at, limit=settings.max_page_bytes)
        task = replace(
            task, kind=feed.kind, name=task.name or feed.title, language=task.language or feed.language or ""
        )
        if feed.kind in LISTS:
            kind = "sitemap" if feed.kind == "index" else "article"
            found = tuple(Found(i.address, key_of(i.address), host_of(i.address), kind, i.mark) for i in feed.items)
            after = replace(task, changed_at=at, due_at=at + _jitter(plan.every, plan))
            return Looked(Outcome(after, at, held, found=found), None, (*notes, *feed.doubts), feed)
    return _article(task, page, at, plan, held, notes, settings)


def _article(
    task: Followed, page: Page, at: datetime, plan: Plan, held: timedelta, notes: tuple[str, ...], settings: Settings
) -> Looked:
    if not page.body.strip():
        raise UnreadablePage("the answer is empty", where=task.address, advice="look at it in a browser")
    if not is_html(page.content_type, page.body):
        what = f"is {page.content_type or 'of no declared type'}, not an HTML page"
        raise UnreadablePage(what, where=task.address, advice="it is tried again; follow another feed of the outlet")
    looks = read_section(page.body, page.address or task.address)
    own = declared_canonical(looks.canonical, page.address or task.address)
    page = replace(page, address=own or page.address)
    article = read(page, settings=settings)
    live = looks.live or _entries(article) > 2
    kind = "live" if live else "page" if task.named else "article"
    after = _again(replace(task, kind=kind, changed_at=at, step=0, misled=False), at, plan)
    keys = tuple(dict.fromkeys(key_of(a) for a in (task.address, page.address) if a))
    return Looked(Outcome(after, at, held, keys=keys, page=page, article=article), None, notes)


def _entries(article: Article) -> int:
    return sum(block.kind == "entry" for block in article.blocks)


def _again(task: Followed, at: datetime, plan: Plan) -> Followed:
    """When an article is looked at next: a live one soon, as long as it changes; another at growing intervals."""
    if task.kind == "live":
        if task.step < _LIVE_STILL:
            after = min(plan.every * 2 ** max(0, task.step - 1), _LONGEST_LIVE)
            return replace(task, due_at=at + _jitter(after, plan))
        task = replace(task, step=max(2, task.step - _LIVE_STILL))
    if task.step >= len(_VISITS):
        last = at + _VISITS[-1] * plan.every
        return replace(task, due_at=last) if task.named else replace(task, state="done", due_at=None)
    return replace(task, due_at=at + _jitter(_VISITS[task.step] * plan.every, plan))


def _unchanged(task: Followed, at: datetime, plan: Plan, held: timedelta, notes: tuple[str, ...]) -> Looked:
    task = replace(task, failures=0, said="", seen_at=_after(task, at))
    if task.kind in LISTS:
        return Looked(Outcome(replace(task, due_at=at + _jitter(plan.every, plan)), at, held), None, notes)
    # Looked at before its time because the feed said that it changed: a feed that says so in vain is not heard again.
    early = bool(task.mark) and task.changed_at is not None and at < task.changed_at + _VISITS[0] * plan.every
    after = replace(task, step=task.step + 1, misled=task.misled or early)
    return Looked(Outcome(_again(after, at, plan), at, held), None, notes)


def _after(task: Followed, at: datetime) -> datetime:
    """When it was seen: now, or right after what was seen last where the clock went back."""
    return at if task.seen_at is None or at >= task.seen_at else task.seen_at + timedelta(microseconds=1)


def _moved(task: Followed, reply: Reply) -> tuple[Followed, tuple[str, ...]]:
    """The task at its new address, where it moved for good."""
    target = canonical(reply.moved) if reply.moved else None
    if target is None or target == task.address:
        return task, ()
    note = f"moved for good to {target}"
    return replace(task, address=target, host=host_of(target)), (note,) if task.named else ()


def _missing(task: Followed, reply: Reply, seen: Seen, plan: Plan, held: timedelta) -> Looked:
    """404 and 410: gone, at once or after some tries; a feed is asked again for long, but for 410."""
    failures = task.failures + 1
    article = not task.named and task.kind not in LISTS
    gone = reply.status == 410 or (article and failures >= _MISSES)
    if not gone:
        return _failed(task, _error(reply, task), seen, plan, None, held)
    after = replace(task, state="gone", due_at=None, failures=failures, said=meaning(reply.status))
    if not article:
        advice = "it is followed no more; find its new address, and name that"
        error = FetchError(meaning(reply.status), where=task.address, advice=advice)
        return Looked(Outcome(after, seen.at, held), error)
    return Looked(Outcome(after, seen.at, held), None, ("withdrawn; its versions stay",) if task.seen_at else ())


def unkept(task: Followed, error: InputError, seen: Seen, plan: Plan) -> Looked:
    """What comes of a page that cannot be kept: nothing but that it failed."""
    return _failed(replace(task, tried_at=seen.at), error, seen, plan, None)


def _failed(
    task: Followed,
    error: InputError,
    seen: Seen,
    plan: Plan,
    host_held: timedelta | None,
    held: timedelta = timedelta(0),
) -> Looked:
    """It did not come: later again, and later each time. Where the host is at fault, all of it waits."""
    failures = task.failures + 1
    wait = max(_backoff(task.failures, _LONGEST_BACKOFF, plan), host_held or held)
    after = replace(task, failures=failures, said=error.what[:500], due_at=seen.at + wait)
    host_failures = seen.host_failures + 1 if host_held is not None else 0
    return Looked(Outcome(after, seen.at, host_held or held, host_failures), error)


def _error(reply: Reply, task: Followed) -> FetchError:
    return FetchError(meaning(reply.status), where=task.address, advice="it is tried again, later each time")


def _polite(reply: Reply, settings: Settings) -> timedelta:
    """How long the host is left alone after an answer: what its robots.txt asks for, at least our pause."""
    return max(timedelta(seconds=settings.fetch_pause), min(_held(reply.pause), _LONGEST_PAUSE))


def _held(seconds: float) -> timedelta:
    """So many seconds, but no more than a day: whoever asks for a year is not understood."""
    return min(timedelta(seconds=min(max(0.0, seconds), _DAYS.total_seconds())), LONGEST_HELD)


def _backoff(failures: int, most: timedelta, plan: Plan) -> timedelta:
    """Twice as long after each failure, half to all of it by chance, so that those who failed together part."""
    wait: timedelta = min(timedelta(seconds=30) * 2 ** min(failures, 20), most)
    return wait * (0.5 + plan.chance() / 2)


def _jitter(time: timedelta, plan: Plan) -> timedelta:
    """A time with a tenth more or less."""
    return time * (0.9 + plan.chance() / 5)
