"""``musnad explain``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from musnad.cli.outcomes import Outcomes
from musnad.cli.output import opened_output
from musnad.cli.view import painters
from musnad.publish.explain import explanation

if TYPE_CHECKING:
    from collections.abc import Sequence


def explain_pages(
    pages: Sequence[str], *, at: int | None, output: str | None, allow_private: bool, color: bool | None, bidi: str
) -> int:
    """Print how the attributions of each page came about; 1 when an input could not be read."""
    painter = painters(color=color, bidi=bidi, to_file=output not in (None, "-"))
    articles = Outcomes(pages, allow_private=allow_private, step=lambda: None)
    with opened_output(output, inputs=pages) as out:
        for article in articles:
            for line in explanation(article, replace(painter(article), rtl=False), at):
                out.write(line + "\n")
    return int(bool(articles.failures))
