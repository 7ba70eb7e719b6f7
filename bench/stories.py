"""Stories and copies: how fast they are found in the stream, and how right, by the marks of quality/stories."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import data
from musnad.run import grouped

MARKS = data.ROOT / "quality" / "stories"
_SCORER = data.SHARED / "stories" / "score_groups.py"
_MEASURED = re.compile(r"(\w+)\s+precision\s+([\d.]+)\s+recall\s+([\d.]+)\s+F1\s+([\d.]+)")


def report() -> Iterator[str]:
    """The lines: speed, then each part of the marks."""
    if not _SCORER.is_file():
        yield f"needs {data.SHARED}"
        return
    with TemporaryDirectory() as folder:
        groups = Path(folder) / "groups.jsonl"
        began, count = time.process_time(), 0
        with groups.open("w", encoding="utf-8") as file:
            for line in grouped(str(data.STREAM)):
                file.write(f"{line}\n")
                count += 1
        yield f"{count} documents grouped, {count / (time.process_time() - began):.0f} a second of one processor"
        for what, marks in _sets():
            yield from ("", f"$ score_groups.py {what} {marks.relative_to(data.ROOT)}")
            yield from _scored(what, marks, groups)


def measured() -> dict[str, float]:
    """The F1 of each part of the marks, in per cent; nothing where the stream is not there."""
    if not _SCORER.is_file():
        return {}
    found: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        groups = Path(folder) / "groups.jsonl"
        groups.write_text("".join(f"{line}\n" for line in grouped(str(data.STREAM))), encoding="utf-8")
        for what, marks in _sets():
            for line in _scored(what, marks, groups):
                if told := _MEASURED.match(line):
                    found[f"{marks.stem}: {told[1]}"] = float(told[4])
    return found


def _sets() -> Iterator[tuple[str, Path]]:
    for what in ("copies", "stories"):
        for marks in sorted(MARKS.glob(f"{what}-*.json"), reverse=True):
            yield what, marks


def _scored(what: str, marks: Path, groups: Path) -> Iterator[str]:
    command = [sys.executable, str(_SCORER), what, str(marks), str(groups)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    yield from done.stdout.splitlines()
