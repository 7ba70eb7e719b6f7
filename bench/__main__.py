"""Print the figures of what `--only` names, else all but those that take minutes (archives, kills, a million, load)."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable

from bench import batch, cost, data, edit, kill, live, machine, offsets, pages, quality, record, scale, speed, stories

SECTIONS: dict[str, tuple[tuple[str, Callable[[], Iterable[str]]], ...]] = {
    "speed": (
        ("Pages: from bytes", pages.speed),
        ("Text: musnad mark", speed.text),
        ("Text: time grows with length", speed.linear),
        ("Memory and start", speed.at_rest),
        ("Offsets", offsets.report),
    ),
    "quality": (("Who said what", quality.attributions),),
    "pages": (("Saved pages", quality.saved_pages),),
    "figures": (("Figures", quality.figures),),
    "record": (("The record", record.report),),
    "stories": (("Stories and copies", stories.report),),
    "batch": (("Archives", batch.report),),
    "kill": (("Kills", kill.report),),
    "scale": (("A million attributions", scale.report),),
    "cost": (("What archives cost", cost.report),),
    "edit": (("From an edit to the screen", edit.report),),
    "live": (("The live page under load", live.report),),
}
LONG = ("batch", "cost", "edit", "kill", "scale", "live")
"""Minutes each: only when they are asked for."""


def main(arguments: list[str]) -> None:
    """Run the sections that are asked for, in their order."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=list(SECTIONS), help="this section; may be given again")
    only = parser.parse_args(arguments).only or [name for name in SECTIONS if name not in LONG]
    began = time.perf_counter()
    show("Machine", machine.lines())
    if not data.here():
        show("Data", [f"there is no {data.SHARED}: speed is measured on examples/, quality cannot be"])
    for name, parts in SECTIONS.items():
        if name in only:
            for title, measured in parts:
                show(title, measured())
    print(f"\nall in {time.perf_counter() - began:.0f} s")


def show(title: str, lines: Iterable[str]) -> None:
    """Print a title and what is measured, as it comes."""
    print(f"\n{title}\n{'-' * len(title)}")
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
