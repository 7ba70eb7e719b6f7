"""Timing several ways of doing one thing against one another."""

from __future__ import annotations

import gc
import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median


def interleaved(contenders: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """The median seconds of each (see `seconds`), taken in turn, round after round, so that what disturbs one disturbs all.

    Each is run once before, unmeasured, so that what is loaded once is not counted.
    """
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for work in contenders.values():
        work()
    for _ in range(rounds):
        for name, work in contenders.items():
            gc.collect()
            taken[name].append(seconds(work))
    return {name: median(times) for name, times in taken.items()}


def seconds(work: Callable[[], object]) -> float:
    """How much of one processor it takes once: not the time on the clock, which others on the machine lengthen."""
    began = time.process_time()
    work()
    return time.process_time() - began


def seconds_of_process(command: Sequence[str], folder: Path) -> float:
    """The same of another process, its start included. Raises CalledProcessError when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def verdict(good: bool, wanted: str) -> str:
    """The figure that was aimed at, and whether it is met."""
    return f"{wanted}: {'met' if good else 'NOT MET'}"
