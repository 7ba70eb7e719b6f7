"""What a month and ten years of archives cost on a thousand workers, by what one worker was measured to take."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass

WORKERS = 1000
READ, PARSED = 20.4, 0.4
"""Milliseconds of a processor for a page that is read whole, and for one that is passed over: `make bench ONLY=batch`."""

FILES, PAGES, PIECES = 400, 30_000, 16
"""Of a month of Common Crawl's news archive: files of 1 GB, pages in each (both assumed), pieces of 64 MB in each."""

ARABIC = 0.05  # of its pages; assumed
PRICE = 0.04  # USD for an hour of a core, as clouds ask for one that they may take away
START = 120.0  # seconds until a machine that was lost is there again

SLOW, SLOWER = 0.02, 3.0
"""Share of the workers that are slow, and how many times as long they take."""

SPREAD = 0.25  # of the time of a piece, as the standard deviation of its logarithm
HOURS = 12.0  # that a worker lives on average before it is lost, with what it was at
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took: hours from beginning to end, hours of cores that worked, those that were lost with workers, and
    how many were lost."""

    hours: float
    worked: float
    wasted: float
    lost: int


_ASKED = (
    ("a month, all languages read", 1, 1.0),
    ("a month, Arabic alone", 1, ARABIC),
    ("ten years, Arabic alone", 120, ARABIC),
    ("ten years, all languages read", 120, 1.0),
)


def report() -> Iterator[str]:
    """The table of the costs."""
    yield f"{WORKERS:,} workers; {SLOW:.0%} take {SLOWER:g} times as long; each lives {HOURS:g} hours; medians of {_ROUNDS}"
    heads = zip(("core-hours", "wasted", "lost", "end to end", "ideal", "USD"), (11, 8, 6, 11, 8, 8), strict=True)
    yield f"{'':32s}" + "".join(f" {head:>{width}s}" for head, width in heads)
    for name, months, whole in _ASKED:
        seconds = PAGES / PIECES * (whole * READ + (1 - whole) * PARSED) / 1000
        pieces = months * FILES * PIECES
        runs = sorted((simulated(pieces, seconds, seed) for seed in range(_ROUNDS)), key=lambda run: run.hours)
        run = runs[_ROUNDS // 2]
        ideal = _time(pieces * seconds / 3600 / WORKERS)
        cost = (run.worked + run.wasted) * PRICE
        hours = f"{run.worked:11,.1f} {run.wasted:8.2f} {run.lost:6d}"
        yield f"{name:32s} {hours} {_time(run.hours):>11s} {ideal:>8s} {cost:8,.2f}"


def simulated(pieces: int, seconds: float, seed: int, *, workers: int = WORKERS) -> Run:
    """A run of so many pieces that take so long on average, with workers that are slow and workers that are lost.

    A worker takes the next piece when it is free; a piece whose worker is lost goes back and is done anew.
    """
    chance = random.Random(seed)
    pace = [SLOWER if chance.random() < SLOW else 1.0 for _ in range(workers)]
    dies = [chance.expovariate(1 / (HOURS * 3600)) for _ in range(workers)]
    free = [(0.0, number) for number in range(workers)]
    worked = wasted = end = 0.0
    lost, left = 0, pieces
    while left:
        now, number = heapq.heappop(free)
        takes = seconds * chance.lognormvariate(-(SPREAD**2) / 2, SPREAD) * pace[number]
        if now + takes > dies[number]:
            gone = max(dies[number], now)
            wasted += gone - now
            lost += 1
            dies[number] = gone + START + chance.expovariate(1 / (HOURS * 3600))
            heapq.heappush(free, (gone + START, number))
            continue
        worked += takes
        left -= 1
        end = max(end, now + takes)
        heapq.heappush(free, (now + takes, number))
    return Run(end / 3600, worked / 3600, wasted / 3600, lost)


def _time(hours: float) -> str:
    return f"{hours * 60:.1f} min" if hours < 1 else f"{hours:.2f} h"
