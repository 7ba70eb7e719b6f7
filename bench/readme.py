"""Refresh what README.md shows: `python -m bench.readme` runs the example and measures; ``--speed`` times too (minutes).

A region stands between ``<!-- begin NAME -->`` and ``<!-- end NAME -->`` and is written anew; the rest is left alone.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterable

from bench import data, floor, machine, offsets, pages, speed

README = data.ROOT / "README.md"
EXAMPLE = "examples/wire-naba.html"

WANTED = {
    "dev: who said what": "85",
    "dev: found": "93",
    "figures dev: found and right": "90",
    "figures dev: claimant": "85",
    "pages: headline": "100",
    "pages: day": "100",
    "pages: times that are not wrong": "100",
    "pages: paragraphs": "98.9",
    "pages: paragraphs that are no furniture": "100",
    "copies-tune: copies": "90",
    "copies-held: copies": "90",
    "stories-2015-07-26-tune: BCubed": "80",
    "stories-2015-07-26-held: BCubed": "80",
}
"""What this version set out to reach, where it did."""


def example() -> str:
    """The example as a terminal of 84 columns shows it, colours left out."""
    command = [sys.executable, "-m", "musnad", "read", EXAMPLE, "--no-color", "--bidi", "plain"]
    environment = os.environ | {"COLUMNS": "84", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=data.ROOT, env=environment, check=True, capture_output=True, encoding="utf-8")
    return fenced(f"$ musnad read {EXAMPLE}", *(line.rstrip() for line in done.stdout.rstrip().splitlines()))


def quality() -> str:
    """What is measured now, beside what was aimed at and the floor."""
    floors = floor.floors()
    rows = ["| what, per cent | measured | aimed at | floor |", "| --- | ---: | ---: | ---: |"]
    for name, value in floor.measured().items():
        rows.append(f"| {name} | {value:.1f} | {WANTED.get(name, '')} | {floors.get(name, 0.0):.1f} |")
    return "\n".join(rows)


def timed() -> str:
    """What `make bench ONLY=speed` prints."""
    parts = (machine.lines, pages.speed, speed.text, speed.linear, speed.at_rest, offsets.report)
    return fenced("$ make bench ONLY=speed", *(line for part in parts for line in ("", *part())))


def fenced(*lines: str) -> str:
    """The lines as a block of text."""
    return "\n".join(["```text", *lines, "```"])


def renewed(words: str, name: str, region: str) -> str:
    """The document with one region written anew. Raises ValueError where it has no such region.

    >>> renewed("a\\n<!-- begin x -->\\nold\\n<!-- end x -->\\nb", "x", "new").split()[5:7]
    ['new', '<!--']
    """
    pattern = re.compile(rf"(<!-- begin {name} -->\n).*?(\n?<!-- end {name} -->)", re.DOTALL)
    if not pattern.search(words):
        raise ValueError(f"no region {name!r}")
    return pattern.sub(lambda found: f"{found[1]}{region}\n<!-- end {name} -->", words)


def main(arguments: Iterable[str]) -> None:
    """Write the regions anew."""
    parser = argparse.ArgumentParser(prog="python -m bench.readme", description=__doc__)
    parser.add_argument("--speed", action="store_true", help="time as well, and write the block of speed")
    given = parser.parse_args([*arguments])
    words = renewed(README.read_text(encoding="utf-8"), "example", example())
    if data.here():
        words = renewed(words, "quality", quality())
    if given.speed:
        words = renewed(words, "speed", timed())
    README.write_text(words, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
