"""``musnad story ID --picture``, as a person runs it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from musnad.cli import main
from tests.compared.told import EXAMPLES


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictures") / "record.db"
    pages = [str(EXAMPLES / name) for name in ("call-kremlin.html", "call-elysee.html", "call-both.html")]
    assert main(["add", *pages, "--record", str(path)]) == 0
    return path


@pytest.mark.parametrize("what", ["pace", "carried"])
def test_a_picture_is_a_file_of_its_own(record: Path, tmp_path: Path, what: str) -> None:
    path = tmp_path / "picture.svg"
    assert main(["story", "1", "--picture", what, "--output", str(path), "--record", str(record)]) == 0
    root = ElementTree.parse(path).getroot()
    assert root.get("class") == f"pic pic-{what}"
    assert root.findtext("{*}title")


def test_another_word_or_no_story_is_wrong_usage(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["story", "1", "--picture", "cake", "--record", str(record)]) == 2
    assert main(["story", "--picture", "pace", "--record", str(record)]) == 2
    assert "pace" in capsys.readouterr().err
