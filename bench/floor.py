"""The floor of quality: ``python -m bench.floor`` shows it beside what is measured, ``--raise`` raises it.

The floor is quality/floor.json. It only rises: a number is lowered by hand, with a line under "Floors" in the change log
that names it and its new value. tests/quality holds both rules.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import data, quality, stories
from musnad.evaluate import compare, total
from musnad.evaluate.counts import measure
from musnad.publish import marks_value
from musnad.run import read_document

FLOOR = data.ROOT / "quality" / "floor.json"
SLACK = 3.0
"""Points by which what is measured may exceed the floor before the floor has to be raised."""

_MARGIN = (
    1.0  # a raised floor stands this far under what was measured: small losses for a larger gain are no regression
)
_COUNT = re.compile(r"(\w+)\s+(\d+)/(\d+) right, (\d+) wrong")


def measured() -> dict[str, float]:
    """Each figure of the floor as it is now, in per cent; higher is better."""
    gold = data.GOLD
    found = _attributions("dev", gold / "dev.docs.jsonl", gold / "dev.gold.jsonl")
    found |= _attributions("live", gold / "live.docs.jsonl", gold / "live.gold.jsonl")
    found |= _attributions("held-out", data.STREAM, data.HELD_OUT / "snn-1.gold.jsonl")
    with TemporaryDirectory() as folder:
        dev = quality.dev_figures(Path(folder))
        found["figures dev: found and right"] = float(dev[2].split()[-1])
        found["figures dev: claimant"] = float(re.findall(r"claimant ([\d.]+)", dev[3])[0])
    return found | _pages() | stories.measured()


def floors() -> dict[str, float]:
    """The floor that is kept; empty where there is none yet."""
    return dict(json.loads(FLOOR.read_text(encoding="utf-8"))["floors"]) if FLOOR.is_file() else {}


def raised(old: dict[str, float], now: dict[str, float]) -> dict[str, float]:
    """A floor just under what is measured, and never under the old one.

    >>> raised({"dev: found": 90.0}, {"dev: found": 89.2, "live: found": 95.24})
    {'dev: found': 90.0, 'live: found': 94.2}
    """
    return {name: max(old.get(name, 0.0), math.floor(10 * (value - _MARGIN)) / 10) for name, value in now.items()}


def _attributions(name: str, documents: Path, marked: Path) -> dict[str, float]:
    gold = {row["id"]: row for row in data.records(marked)}
    texts = {row["id"]: row for row in data.records(documents) if row["id"] in gold}
    ours = {key: marks_value(key, read_document(row)) for key, row in texts.items()}
    counts = total(compare(texts, gold, ours).counts.values())
    return {f"{name}: {what}": measure(counts, what)[2] for what in ("who said what", "found")}


def _pages() -> dict[str, float]:
    """Of each part of the saved pages the share that is right; of times and of the body also that none is wrong."""
    printed = list(quality.saved_pages())
    counted = {m[1]: tuple(map(int, m.groups()[1:])) for m in map(_COUNT.match, printed) if m}
    found = {f"pages: {name}": 100 * right / of for name, (right, of, _) in counted.items()}
    times = [counted[name] for name in ("day", "minute", "zone")]
    wrong = sum(wrong for _, _, wrong in times)
    found["pages: times that are not wrong"] = 100 * (1 - wrong / sum(of for _, of, _ in times))
    extra = next(int(line.split()[1]) for line in printed if line.startswith("furniture"))
    paragraphs = counted["paragraphs"][0]
    found["pages: paragraphs that are no furniture"] = 100 * paragraphs / (paragraphs + extra)
    return found


def main(arguments: list[str]) -> None:
    """Show the floor, or raise it."""
    parser = argparse.ArgumentParser(prog="python -m bench.floor", description=__doc__)
    parser.add_argument("--raise", action="store_true", dest="up", help="raise quality/floor.json to what is measured")
    up = parser.parse_args(arguments).up
    old, now = floors(), measured()
    new = raised(old, now)
    for name, value in now.items():
        told = f"  -> {new[name]:.1f}" if up and new[name] != old.get(name) else ""
        print(f"{name:42s} {value:6.1f}   floor {old.get(name, 0.0):6.1f}{told}")
    if up:
        kept = {"raised": datetime.now(UTC).date().isoformat(), "floors": new}
        FLOOR.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
