"""From whatever a program holds to an article."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import musnad
from musnad import run
from musnad.errors import InputError, UnreadablePage, UsageError
from musnad.model import Article, Page
from musnad.settings import Settings

WORDS = "افتتاح الجسر\n\nقالت المهندسة سلمى حداد إن الجسر سيفتح غدا أمام السيارات والحافلات الكبيرة."
HTML = f"<html><body><article><h1>افتتاح الجسر</h1><p>{WORDS.splitlines()[2]}</p></article></body></html>"


def speakers(article: Article) -> list[str]:
    return [attribution.speaker.name for attribution in article.attributions]


def test_every_way_to_name_a_page_gives_the_same(tmp_path: Path) -> None:
    saved = tmp_path / "a page.html"
    saved.write_text(HTML, encoding="utf-8")
    ways: list[str | bytes | Path | Page] = [HTML, HTML.encode(), saved, str(saved), Page(HTML.encode(), "x"), WORDS]
    assert {tuple(speakers(musnad.read(way))) for way in ways} == {("سلمى حداد",)}


def test_one_line_with_spaces_is_words() -> None:
    assert "الجسر" in musnad.read("قال المهندس سالم حداد إن الجسر سيفتح غدا.").text.words


@pytest.mark.parametrize("name", ["no-such.html", "no such page.html", "/no/such/place"])
def test_a_missing_file_is_said_to_be_missing(name: str) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        musnad.read(name)


def test_several_pages_are_for_read_many(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.html").write_text(HTML, encoding="utf-8")
    with pytest.raises(UsageError, match="read_many"):
        musnad.read(tmp_path)
    assert len(list(musnad.read_many([str(tmp_path)]))) == 2


def test_what_is_no_page_is_refused() -> None:
    with pytest.raises(UnreadablePage):
        musnad.read(b"\x89PNG\r\n\x1a\n0000")
    with pytest.raises(UnreadablePage):
        musnad.read(b"  ")


def test_a_fault_costs_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        (tmp_path / f"{name}.html").write_text(HTML, encoding="utf-8")

    def find(article: Article) -> Article:
        if article.origin.endswith("a.html"):
            raise RecursionError("odd page")
        return article

    monkeypatch.setattr("musnad.run.path.find", find)
    one, two = run.read_many([str(tmp_path)], settings=Settings())
    assert isinstance(one, InputError)
    assert "RecursionError: odd page" in str(one)
    assert isinstance(two, Article)


def test_importing_costs_nothing() -> None:
    program = (
        "import sys, musnad; print(sorted(m for m in sys.modules if m.startswith('musnad')), 'json' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert out.strip().startswith("['musnad']")


def test_types_are_there_when_asked_for() -> None:
    assert musnad.Article is Article
    with pytest.raises(AttributeError, match="no attribute 'articel'"):
        getattr(musnad, "articel")  # noqa: B009
