"""The files that `make train` writes are the ones in the tree: words and marks cannot change without them."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEARNED = ROOT / "src" / "musnad" / "lang" / "ar"
AGAIN = "the words, the marks or the features changed: run `make train` and commit what it writes"


def digest(path: Path) -> str:
    """Of the contents rather than the bytes: not every zlib packs alike."""
    return hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()


def train(shared: Path, *goals: str) -> None:
    """As `make train` does it, with the Python of the tests."""
    environment = os.environ | {"PYTHONHASHSEED": "1"}  # the order of sets must not matter
    subprocess.run(
        ["make", "-s", f"SHARED={shared}", f"PYTHON_TO_TRAIN={sys.executable}", *goals],
        cwd=ROOT, check=True, env=environment, stdout=subprocess.DEVNULL, timeout=300,
    )  # fmt: skip


def test_vocabulary_is_what_training_writes(shared: Path, tmp_path: Path) -> None:
    train(shared, "vocabulary", f"VOCABULARY={tmp_path / 'vocabulary.tsv.gz'}")
    assert digest(tmp_path / "vocabulary.tsv.gz") == digest(LEARNED / "vocabulary.tsv.gz"), AGAIN


def test_model_is_what_training_writes(shared: Path, tmp_path: Path) -> None:
    train(shared, "model", f"MODEL={tmp_path / 'attributions.json.gz'}")
    assert digest(tmp_path / "attributions.json.gz") == digest(LEARNED / "attributions.json.gz"), AGAIN
