"""What the shape of a line says of it: a paragraph, a heading; and of its letters: a language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from musnad.pages import clock

if TYPE_CHECKING:
    from musnad.model import Moment

_END = re.compile(r"[.؟?!…:][\s\u00a0»\"”'’)\]]*$|[.؟?!…»\"”)\]][\s\u00a0]*$")
_SENTENCE = re.compile(r"[.؟?!…][\s\u00a0»\"”'’)\]\d]*$")
_ARABIC = re.compile("[\u0621-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z]")
_PERSIAN = re.compile("[پچژگکی]")
_URDU = re.compile("[ٹڈڑںےہ]")
_RTL = frozenset({"ar", "fa", "ur", "he", "ps", "ckb"})
_ENOUGH = 300
HEADING_WORDS = 14
PARAGRAPH_WORDS = 14


def ends_sentence(words: str) -> bool:
    """True when the line ends as a sentence or a quotation does."""
    return _END.search(words, max(0, len(words) - 8)) is not None


def is_paragraph(words: str) -> bool:
    """True for a line that is long, or that is a finished sentence of some length.

    >>> is_paragraph("التصعيد في المدينة"), is_paragraph("وقال الناطق إن العمل بدأ فعلا منذ الصباح.")
    (False, True)
    """
    count = words.count(" ") + 1
    if count >= PARAGRAPH_WORDS and "،" in words:
        return True
    return count >= PARAGRAPH_WORDS + 8 or (count >= 6 and _SENTENCE.search(words, max(0, len(words) - 8)) is not None)


def is_heading(words: str) -> bool:
    """True for a line that may be a sub-heading: short, and no finished sentence (a question may be one)."""
    if words.count(" ") + 1 > HEADING_WORDS or len(words) > 110:
        return False
    tail = words.rstrip(' \u00a0»"”)')[-1:]
    return tail not in ".:،,؛…!-" and len(words) > 2


def guess_language(words: str) -> str | None:
    """The ISO 639-1 code that the letters suggest: "ar", "fa", "ur", or "en" for Latin letters; None without letters.

    Latin letters alone do not tell English from French: a page's own lang attribute is the better witness for those.
    """
    words = words[:_ENOUGH]
    plain = words.encode("ascii", "ignore").decode("ascii")
    latin = len(_LATIN.findall(plain)) if len(plain) * 2 > len(words) else 0
    arabic = len(words) - len(plain)
    if latin <= arabic and _ARABIC.search(words) is None:
        return "en" if _LATIN.search(words) else None
    if latin > arabic:
        return "en"
    if len(_URDU.findall(words)) * 50 > arabic:
        return "ur"
    return "fa" if len(_PERSIAN.findall(words)) * 25 > arabic else "ar"


def direction_of(language: str | None) -> Literal["rtl", "ltr"]:
    """The direction in which a language is written; right to left where it is unknown."""
    return "rtl" if language is None or language in _RTL else "ltr"


def caption_date(words: str, start: int, language: str | None) -> Moment | None:
    """The date that a caption prints, with its span in the text in which the caption begins at `start`."""
    for moment in clock.find(words, language or "ar"):
        if moment.precision in ("day", "minute", "second", "hour"):
            return clock.shift(moment, start)
    return None
