"""A process that is killed at any moment: the record opens, holds all that was acknowledged, and nothing by halves."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from musnad.record import Record
from tests.record.texts import ADDED, DENIED, OTHER, SAID

MOMENTS = 36
LONGEST = 40.0  # seconds for all of it, whatever the machine does beside
DOCUMENTS = 400


def collection(path: Path) -> Path:
    """A collection of documents, each other words at another address."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(DOCUMENTS):
            words = [f"خبر الجسر رقم {number}", SAID.replace("380", str(number + 2)), DENIED, ADDED, OTHER]
            document = {"id": str(number), "url": f"https://madar.example/{number}", "text": "\n".join(words)}
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
    return path


def added_until_killed(documents: Path, record: Path, after: float, lines: int) -> list[dict[str, str]]:
    """Add until `lines` were acknowledged and `after` seconds more, then kill; what was acknowledged."""
    command = [sys.executable, "-m", "musnad", "add", str(documents), "--record", str(record), "--format", "jsonl"]
    told = b""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout
        for _ in range(lines):
            told += child.stdout.readline()
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
        told += child.stdout.read()
        child.wait(30)
    whole = told[: told.rfind(b"\n") + 1]
    return [json.loads(line) for line in whole.splitlines()]


def test_killed_at_any_moment_nothing_is_lost(tmp_path: Path) -> None:
    chance = random.Random(int(os.environ.get("MUSNAD_SEED", "20220228")))
    documents, path = collection(tmp_path / "news.docs.jsonl"), tmp_path / "record.sqlite"
    acknowledged: dict[str, str] = {}
    began = time.monotonic()
    moments = 0
    while moments < MOMENTS and time.monotonic() - began < LONGEST:
        # Some while the program starts or the record is made, the others while it is written to.
        lines, after = (0, chance.uniform(0, 1.2)) if moments % 6 == 0 else (1, chance.uniform(0, 0.25))
        for added in added_until_killed(documents, path, after, lines):
            acknowledged[added["address"]] = added["digest"]
        moments += 1
        if not path.exists():
            assert not acknowledged
            continue
        with Record.open(path, create=True) as record:
            kept = set(record.addresses())
            assert set(acknowledged) <= kept
            if moments % 6 == 0:
                checked = record.verify()
                assert checked.problems == ()
                assert checked.versions == checked.pages == checked.articles == len(kept)
    assert moments >= MOMENTS // 3, "the machine is too busy to try often enough"
    with Record.open(path, create=True) as record:
        assert record.verify().problems == ()
        for address, digest in acknowledged.items():
            [version] = record.versions(address)
            assert version.digest == digest
            assert len(version.article.attributions) >= 2
    assert acknowledged
