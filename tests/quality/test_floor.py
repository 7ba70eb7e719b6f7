"""Quality does not sink: not below the floor, and the floor not without a word."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from bench import floor

ROOT = Path(__file__).resolve().parents[2]
FILE = "quality/floor.json"
LOG = ROOT / "CHANGELOG.md"
UP = "what is measured has risen: raise the floor with `python -m bench.floor --raise` and commit it"
UNSAID = f"a floor was lowered and no line under “### Floors” in {LOG.name} names it and its new value"

Floors = dict[str, float]


def git(*arguments: str) -> str | None:
    """What git prints; None where there is no git, no repository or no such thing in it."""
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def at(revision: str) -> Floors | None:
    kept = git("show", f"{revision}:{FILE}")
    return None if kept is None else dict(json.loads(kept)["floors"])


def steps() -> list[tuple[Floors, Floors]]:
    """Each change of the floor, from older to newer: as committed, up to what is in the tree; and from the main branch.

    Along first parents: a branch that was merged had begun before floors of others were there, and lowered none of them.
    """
    revisions = reversed((git("log", "--first-parent", "--format=%H", "-50", "--", FILE) or "").split())
    here = floor.floors()
    parted = [git("merge-base", "HEAD", branch) for branch in ("main", "origin/main")]
    from_main = [(kept, here) for kept in map(at, [revision.strip() for revision in parted if revision]) if kept]
    return [*pairwise([*filter(None, map(at, revisions)), here]), *from_main]


def lowered(old: Floors, new: Floors) -> dict[str, float]:
    """Each number that is lower, with its new value; one that is gone has sunk to 0."""
    return {name: new.get(name, 0.0) for name, value in old.items() if new.get(name, 0.0) < value}


def said(name: str, value: float, log: str) -> bool:
    """Whether the change log tells it: a list item under a heading “Floors” that has the name and the new value."""
    sections = re.findall(r"^### Floors\n(.*?)(?=^#|\Z)", log, re.MULTILINE | re.DOTALL)
    items = [item for section in sections for item in re.findall(r"^- .*(?:\n  .*)*", section, re.MULTILINE)]
    return any(name in item and re.search(rf"(?<![\d.]){value:g}(?![\d.]*\d)", item) for item in items)


@pytest.fixture(scope="module")
def measured(shared: Path) -> Floors:
    return floor.measured()


def test_nothing_is_below_the_floor(measured: Floors) -> None:
    below = {name: (measured[name], least) for name, least in floor.floors().items() if measured[name] < least}
    assert below == {}


def test_the_floor_follows(measured: Floors) -> None:
    kept = floor.floors()
    assert {name: value for name, value in measured.items() if value > kept.get(name, 0.0) + floor.SLACK} == {}, UP


def test_the_floor_is_not_lowered_silently() -> None:
    log = LOG.read_text(encoding="utf-8")
    for old, new in steps():
        unsaid = {name: value for name, value in lowered(old, new).items() if not said(name, value, log)}
        assert unsaid == {}, UNSAID


def test_what_counts_as_lowered_and_as_said() -> None:
    assert lowered({"dev: found": 90.0, "live: found": 95.0}, {"dev: found": 89.5}) == {
        "dev: found": 89.5,
        "live: found": 0.0,
    }
    log = "## [0.2.0]\n\n### Floors\n\n- dev: found 90 → 89.5: the marks\n  were corrected\n\n### Fixed\n\n- live: found 0\n"
    assert said("dev: found", 89.5, log)
    assert not said("dev: found", 89.0, log)
    assert not said("live: found", 0.0, log)
