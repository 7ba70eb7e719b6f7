"""The words of this repository are its own: no twelve Arabic words in a row stand in the texts it is measured on."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LENGTH = 12
_WORD = re.compile(r"[\u0621-\u063a\u0641-\u064a]+")
_MARKS = re.compile(r"[\u064b-\u0652\u0640]")


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(_MARKS.sub("", text))
    return zip(*(words[at:] for at in range(LENGTH)), strict=False)


def ours() -> dict[tuple[str, ...], str]:
    try:
        listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git and the repository to know which files are ours")
    found: dict[tuple[str, ...], str] = {}
    for name in listed.splitlines():
        file = ROOT / name
        if not file.is_file():
            continue
        body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        for charset in ("utf-8", "windows-1256"):
            found.update(dict.fromkeys(runs(body.decode(charset, "ignore")), name))
    return found


def theirs(shared: Path) -> Iterator[str]:
    for file in sorted(shared.rglob("*.jsonl*")):
        if ".docs." in file.name:
            with (
                gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as rows
            ):
                yield from (json.loads(row)["text"] for row in rows)
    for file in (shared / "pages" / "html").glob("*.html.gz"):
        yield re.sub(r"<[^>]*>", " ", gzip.decompress(file.read_bytes()).decode("utf-8", "ignore"))
    for file in (shared / "pages").glob("*.txt"):
        yield file.read_text(encoding="utf-8")


def test_no_text_is_copied(shared: Path) -> None:
    own = ours()
    copied = {own[run]: " ".join(run) for text in theirs(shared) for run in runs(text) if run in own}
    assert copied == {}
