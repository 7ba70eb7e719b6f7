"""One piece, from its bytes to its files: what a worker does, wherever it is."""

from __future__ import annotations

import signal
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from musnad.batch.asked import moment_of
from musnad.batch.reading import asked_for, pages_of
from musnad.batch.tables import error_row, rows_of
from musnad.batch.writing import UNKNOWN_DAY, Writer
from musnad.errors import InputError, Stopped
from musnad.run.path import FAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from types import FrameType

    from musnad.batch.job import Job, Piece, Receipt
    from musnad.model import Article, Page

ADVICE = "the rest was read; look at the page by itself"


class _TimeIsUp(BaseException):
    """Not an Exception: whoever tries again after a fault must not go on after this."""


def do(piece: Piece, job: Job, *, without: Mapping[str, str], tell: Callable[[str], None]) -> Receipt:
    """Read a piece and write its files; its receipt, which is on the disk too.

    `tell` hears the origin of each page before it is read, and an empty string after. `without` are origins of pages that
    are not to be read again, with what is to be said of them. The same piece and job always give the same files. Raises
    OSError where the input cannot be read, Unwritable where the output cannot be written.
    """
    began, pages = time.process_time(), 0
    passed: Counter[str] = Counter()
    writer = Writer(job, piece)
    try:
        for part in piece.ranges:
            for page in pages_of(part, job.settings):
                pages += 1
                found = page if isinstance(page, InputError) else _read(page, job, without, tell)
                if isinstance(found, InputError):
                    writer.add("", "errors", error_row(found))
                elif isinstance(found, str):
                    passed[found] += 1
                else:
                    day, rows = found
                    for name, row in rows:
                        writer.add(day, name, row)
        return writer.close(pages=pages, passed=passed, seconds=time.process_time() - began)
    finally:
        writer.drop()


def _read(
    page: Page, job: Job, without: Mapping[str, str], tell: Callable[[str], None]
) -> tuple[str, list[tuple[str, tuple[object, ...]]]] | str | InputError:
    """The day and the rows of a page, or why it is passed over, or what is wrong with it."""
    if page.origin in without:
        return Stopped(without[page.origin], where=page.origin, advice=ADVICE)
    tell(page.origin)
    try:
        with _limited(job.longest):
            article = asked_for(page, job.asked, job.settings)
            if isinstance(article, str):
                return article
            return _day(page, article), list(rows_of(page, article, keep_pages=job.keep_pages))
    except _TimeIsUp:
        what = f"took more than {job.longest:g} s of a processor and was stopped"
        return Stopped(what, where=page.origin, advice=ADVICE)
    except InputError as error:
        return error
    except UnicodeEncodeError as error:
        what = f"holds half of a character, which nothing can keep ({error.reason})"
        return InputError(what, where=page.origin, advice="mend the page")
    except Exception as error:  # one odd page must not cost a year
        return InputError(f"could not be read ({type(error).__name__}: {error})", where=page.origin, advice=FAULT)
    finally:
        tell("")


def _day(page: Page, article: Article) -> str:
    moment: datetime | None = moment_of(page, article)
    return moment.date().isoformat() if moment else UNKNOWN_DAY


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raises _TimeIsUp in what takes longer. Of the processor, so that a busy machine gives the same rows as an idle one."""
    armed = True

    def ring(number: int, frame: FrameType | None) -> None:
        if armed:
            raise _TimeIsUp

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
