"""Our figures are those of the yardstick, and mean what they say."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from musnad.cli import main
from musnad.errors import BadRecord
from musnad.evaluate import MEASURES, compare, intervals, total
from musnad.evaluate.counts import measure
from musnad.evaluate.names import same_speaker

TEXT = "عنوان الخبر\nقال الوزير سالم حداد إن الجسر يفتح غدا. وأضافت المهندسة أن النهر هادئ."


def mark(cue: str, source: str | None, content: str, speaker: str, **more: Any) -> dict[str, Any]:
    def at(words: str) -> list[int]:
        return [TEXT.index(words), TEXT.index(words) + len(words)]

    return {
        "cue": [at(cue)],
        "source": at(source) if source else None,
        "content": [at(content)],
        "type": "indirect",
        "speaker": speaker,
        "anonymous": False,
        "addressee": None,
        "medium": None,
        "within": None,
        **more,
    }


FIRST = mark("قال", "الوزير سالم حداد", "إن الجسر يفتح غدا", "سالم حداد")
SECOND = mark("وأضافت", "المهندسة", "أن النهر هادئ", "سلمى حداد")


def who_said_what(given: list[dict[str, Any]]) -> tuple[float, float, float]:
    documents = {"1": {"id": "1", "text": TEXT}}
    marked = {"1": {"id": "1", "attributions": [FIRST, SECOND]}}
    counts = compare(documents, marked, {"1": {"id": "1", "attributions": given}}).counts
    return measure(total(counts.values()), "who said what")


def test_the_same_marks_are_all_right() -> None:
    assert who_said_what([FIRST, SECOND]) == (100, 100, 100)


def test_another_speaker_is_wrong_and_a_part_of_the_name_right() -> None:
    assert who_said_what([FIRST, {**SECOND, "speaker": "وزارة النقل"}])[0] == 50
    assert who_said_what([{**FIRST, "speaker": "الوزير حداد"}, SECOND])[0] == 100


def test_what_is_missed_and_what_is_too_much() -> None:
    assert who_said_what([FIRST])[:2] == (100, 50)
    assert who_said_what([FIRST])[2] == pytest.approx(200 / 3)
    assert who_said_what([FIRST, SECOND, FIRST])[0] == pytest.approx(200 / 3)
    assert who_said_what([]) == (0, 0, 0)


def test_places_outside_the_text_are_refused() -> None:
    with pytest.raises(BadRecord, match="outside"):
        who_said_what([{**FIRST, "cue": [[5, 5000]]}])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("الرئيس سالم حداد", "سالم حداد", True),
        ("وزارة النقل", "وزاره النقل", True),
        ("سلمى", "سلمي", True),
        ("سالم حداد", "سلمى منصور", False),
        ("", "سالم", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    assert same_speaker(one, other) is same
    assert same_speaker(other, one) is same


def test_intervals_hold_the_figure_and_can_be_repeated() -> None:
    documents = {str(n): {"id": str(n), "text": TEXT} for n in range(12)}
    marked = {key: {"attributions": [FIRST, SECOND]} for key in documents}
    given = {key: {"attributions": [FIRST, SECOND][: 1 + int(key) % 2]} for key in documents}
    counts = list(compare(documents, marked, given).counts.values())
    sure = intervals(counts, seed=3)
    value = measure(total(counts), "who said what")[2]
    assert sure["who said what"].low < value < sure["who said what"].high
    assert sure == intervals(counts, seed=3)


def numbers(printed: str) -> dict[str, list[str]]:
    """The figures of a printed table by their names, intervals left out."""
    printed = re.sub(r" \([\d.]+-[\d.]+\)", "", printed)
    found = {}
    for line in printed.splitlines():
        for name in MEASURES:
            if line.startswith(name + "  "):
                found[name] = line[len(name) :].split()[:3]
        if line.startswith("of the pairs found") or " attributions marked, " in line:
            found[line[:4]] = re.findall(r"[\d.]+", line)
    return found


@pytest.mark.parametrize("given", ["shuffled", "found"])
def test_the_figures_are_those_of_the_yardstick(
    shared: Path, tmp_path: Path, given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = shared / "gold"
    documents, marks = str(gold / "dev.docs.jsonl"), str(gold / "dev.gold.jsonl")
    system = str(tmp_path / "system.jsonl")
    if given == "found":
        assert main(["mark", documents, "--output", system]) == 0
    else:
        Path(system).write_text(spoiled(Path(marks)), encoding="utf-8")
    command = [sys.executable, str(gold / "score.py"), documents, marks, system, "--errors", "5"]
    wanted = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout
    assert main(["evaluate", documents, marks, system, "--errors", "5", "--by", "outlet"]) == 0
    ours = capsys.readouterr().out
    assert len(numbers(wanted)) == len(MEASURES) + 2
    assert numbers(ours) == numbers(wanted)
    heads = re.compile(r"^(?:missed|spurious|speaker|content) in \S+$", re.MULTILINE)
    assert heads.findall(ours) == heads.findall(wanted)


def spoiled(path: Path) -> str:
    """The marks with some left out, moved and given to others."""
    source = random.Random(1)
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        for attribution in document["attributions"]:
            if source.random() < 0.3:
                start, end = attribution["content"][-1]
                attribution["content"][-1] = [start, max(start + 1, end - source.randrange(60))]
            if source.random() < 0.2:
                attribution["speaker"] = "شاهد عيان"
            if source.random() < 0.1:
                attribution["type"], attribution["anonymous"], attribution["medium"] = "mixed", True, None
        if source.random() < 0.9:
            out.append(json.dumps(document, ensure_ascii=False))
    return "\n".join(out)
