"""The floor on saved pages: what the scorer of the measuring data prints may not sink."""

from __future__ import annotations

import gzip
import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from musnad.model import Article, Named, Page
from musnad.pages import read_page

FLOOR = {
    "headline": (8, 0), "day": (8, 0), "minute": (7, 0), "zone": (5, 0), "section": (6, 0), "author": (8, 0),
    "caption": (4, 0), "credit": (3, 0), "paragraphs": (89, 0), "headings": (13, 0),
}  # fmt: skip
"""Of each: how many at least are right and how many at most wrong."""


def as_printed(article: Article) -> dict[str, Any]:
    """The keys that the scorer reads, in the form that `musnad read --format json` prints."""

    def value(named: Named | None) -> str | None:
        return None if named is None else named.value

    published, dateline = article.published, article.dateline
    return {
        "headline": value(article.headline),
        "section": value(article.section),
        "published": {"iso": published.iso, "precision": published.precision} if published else None,
        "byline": [name.value for name in article.byline],
        "dateline": {"place": dateline.place, "agencies": dateline.agencies} if dateline else None,
        "images": [{"caption": value(i.caption), "credit": value(i.credit)} for i in article.images],
        "text": article.text.words,
        "blocks": [{"kind": b.kind, "span": [b.span.start, b.span.end]} for b in article.blocks],
    }


@pytest.mark.filterwarnings("ignore")  # the scorer leaves closing its files to the interpreter
def test_saved_pages(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in sorted((shared / "pages" / "html").glob("*.html.gz")):
        article = read_page(Page(gzip.decompress(file.read_bytes()), file.name))
        answer = json.dumps(as_printed(article), ensure_ascii=False)
        (tmp_path / file.name.replace(".html.gz", ".json")).write_text(answer, encoding="utf-8")
    scorer = runpy.run_path(str(shared / "pages" / "score_pages.py"))
    scorer["main"](str(shared / "pages" / "html.gold.json"), str(tmp_path))
    printed = capsys.readouterr().out
    for name, (right, wrong) in FLOOR.items():
        found = re.search(rf"^{name}\s+(\d+)/\d+ right, (\d+) wrong", printed, re.MULTILINE)
        assert found is not None
        assert int(found[1]) >= right, printed
        assert int(found[2]) <= wrong, printed
    assert "furniture   0 lines" in printed, printed
