"""Find: attributions with their speakers and chains, and the figures that they claim."""

from __future__ import annotations

from dataclasses import replace

from musnad.find.assemble import attributions
from musnad.find.figures import claimed, find_figures
from musnad.lang import language
from musnad.model import Article

__all__ = ["attributions", "find"]


def find(article: Article) -> Article:
    """The article with its attributions (in the order of their cues), its figures and what was left undecided.

    An article in a language that musnad has no models for comes back with a doubt that says so.
    """
    folded = language("ar").fold(article.text.words)
    found, doubts = attributions(article, folded)
    figures = claimed(find_figures(article.text.words, article.text.blocks, folded), found)
    return replace(article, attributions=found, figures=figures, doubts=article.doubts + doubts)
