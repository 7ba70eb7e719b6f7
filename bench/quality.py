"""How much is right: printed by `musnad evaluate` and by the scorers of the measuring data."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import data
from musnad import run
from musnad.model import Page
from musnad.publish import article_value, marks_value

HELD_OUT_FIGURES = sorted(data.HELD_OUT.glob("*.figures.jsonl"))
_ABSENT = f"needs {data.SHARED}"
_YARDSTICKS = (
    "yardsticks on this scheme (who said what / found): forty lines of patterns 23 / 63, two readers 93.6 / 98.9"
)


def attributions() -> Iterator[str]:
    """`dev`, `live` and the held-out documents, the last two by outlet."""
    if not data.here():
        yield _ABSENT
        return
    yield _YARDSTICKS
    gold, held_out = data.GOLD, data.HELD_OUT / "snn-1.gold.jsonl"
    sets = (
        (gold / "live.docs.jsonl", gold / "live.gold.jsonl"),
        (gold / "dev.docs.jsonl", gold / "dev.gold.jsonl"),
        (data.STREAM, held_out),
    )
    for documents, marked in sets:
        yield ""
        yield f"$ musnad evaluate {_short(documents)} {_short(marked)} --by outlet"
        yield from _run("-m", "musnad", "evaluate", str(documents), str(marked), "--by", "outlet")


def figures() -> Iterator[str]:
    """Stated quantities: `dev` with claimants, and the held-out files, where only place and value are marked."""
    if not data.here():
        yield _ABSENT
        return
    with TemporaryDirectory() as folder:
        yield f"{_short(data.GOLD / 'dev.figures.jsonl')}: precision, recall, F1"
        yield from dev_figures(Path(folder))
        for marked in HELD_OUT_FIGURES:
            yield ""
            yield _short(marked)
            yield from held_out_figures(marked, Path(folder))


def dev_figures(folder: Path) -> list[str]:
    """What score_figures.py prints on `dev`."""
    documents, system = data.GOLD / "dev.docs.jsonl", folder / "dev.system.jsonl"
    data.write(system, (_marks(row) for row in data.records(documents)))
    gold = data.GOLD / "dev.gold.jsonl"
    return _score_figures(documents, data.GOLD / "dev.figures.jsonl", gold, system)


def held_out_figures(marked: Path, folder: Path) -> list[str]:
    """What score_figures.py prints on a file of figures without attributions: the lines that do not need those."""
    wanted = {row["id"] for row in data.records(marked)}
    rows = [row for file in (data.CORPUS, data.STREAM) for row in data.records(file) if row["id"] in wanted]
    documents = data.write(folder / "held-out.docs.jsonl", rows)
    system = data.write(folder / "held-out.system.jsonl", map(_marks, rows))
    nobody = data.write(folder / "held-out.gold.jsonl", ({"id": key, "attributions": []} for key in wanted))
    return _score_figures(documents, marked, nobody, system)[:3]


def saved_pages() -> Iterator[str]:
    """What score_pages.py prints on the saved pages."""
    if not data.here():
        yield _ABSENT
        return
    with TemporaryDirectory() as folder:
        for name, body in data.saved_pages().items():
            answer = json.dumps(article_value(run.read(Page(body, name))), ensure_ascii=False)
            (Path(folder) / f"{name}.json").write_text(answer, encoding="utf-8")
        yield from _run(
            str(data.SHARED / "pages" / "score_pages.py"), str(data.SHARED / "pages" / "html.gold.json"), folder
        )


def _marks(document: data.Record) -> data.Record:
    return marks_value(document["id"], run.read_document(document))


def _score_figures(*files: Path) -> list[str]:
    return _run(str(data.GOLD / "score_figures.py"), *map(str, files))


def _run(*arguments: str) -> list[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", cwd=data.ROOT).stdout.splitlines()


def _short(path: Path) -> str:
    for root, name in ((data.ROOT, ""), (data.SHARED, "../shared/")):
        if path.is_relative_to(root):
            return f"{name}{path.relative_to(root).as_posix()}"
    return str(path)
