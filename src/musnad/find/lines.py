"""Lines: the blocks of a text as words, with sentences and quotations marked out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import add

from musnad.lang import Folded, Language
from musnad.lang.word import MARKS, Word
from musnad.model import SPOKEN, Block, Span, Text

__all__ = ["LONGEST_PARENTHESIS", "MARKS", "QUOTES", "STOPS", "WHO_MAY_SPEAK", "Line", "lines"]

_TOKEN = re.compile(r"\w+(?:[.,]\d+)*|\.{2,}|[^\w\s]")
STOPS = frozenset(".!?؟…")
QUOTES = frozenset('"“”„«»')
WHO_MAY_SPEAK = frozenset(("title", "body", "agency", "outlet", "unnamed"))
"""Classes of words that head a phrase for somebody who can speak."""
LONGEST_PARENTHESIS = 40
"""Words in a parenthesis; a longer one is taken for a bracket that was never closed."""


@dataclass(slots=True)
class Line:
    """One block as folded words: parallel lists, an entry a token.

    `sentence` numbers the sentences; `quote` the balanced quotations, 0 outside, `paren` likewise the parentheses; a
    stop inside one ends no sentence of the text around it.
    """

    block: Block
    folded: Folded
    words: list[Word] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    quote: list[int] = field(default_factory=list)
    paren: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)  # of each sentence, its first token

    def span(self, first: int, last: int) -> Span:
        """The published words from token `first` to token `last`, both included."""
        back, at = self.folded.back, self.block.span.start
        return Span(back(self.starts[first]) + at, back(self.ends[last]) + at)

    def sentence_end(self, token: int) -> int:
        """The last token of the sentence that `token` stands in."""
        number = self.sentence[token]
        return (self.first[number + 1] if number + 1 < len(self.first) else len(self.words)) - 1


def lines(text: Text, language: Language, folded: Folded | None = None) -> list[Line]:
    """The spoken blocks of `text` as Lines, in order; blocks without a word give none. `folded` is the whole text in one
    spelling, where somebody has it: with nothing taken out, its blocks are where they were."""
    out: list[Line] = []
    for block in text.blocks:
        if block.kind in SPOKEN:
            if folded is None or folded.cuts:
                own = language.fold(text.of(block.span))
            else:
                own = Folded(block.span.of(folded.words))
            line = _line(block, own, language)
            if line.words:
                out.append(line)
    return out


def _line(block: Block, own: Folded, language: Language) -> Line:
    line = Line(block, own)
    folded = own.words
    forms = _TOKEN.findall(folded)
    line.words = list(map(language.word, forms))
    line.starts = [match.start() for match in _TOKEN.finditer(folded)]
    line.ends = list(map(add, line.starts, map(len, forms)))
    line.quote = [0] * len(forms)
    line.paren = [0] * len(forms)
    marks = [i for i, form in enumerate(forms) if form in MARKS or form[0] == "."]
    _quotations(line, folded, marks)
    _parentheses(line, marks)
    _sentences(line, marks)
    return line


def _quotations(line: Line, folded: str, marks: list[int]) -> None:
    """Number the balanced quotations; straight marks open and close by turns, and by the spaces around them.

    A straight mark that can only close, with nothing open before it, is left out: it would turn all that follow around.
    """
    opened, number = -1, 0
    places = [i for i in marks if line.words[i].form in QUOTES]
    looks = [_looks_opening(folded, line.starts[i], line.ends[i]) for i in places]
    for k, i in enumerate(places):
        mark = line.words[i].form
        next_opens = k + 1 == len(places) or folded[line.starts[places[k + 1]] - 1].isspace()
        turned = opened < 0 and not (next_opens and _looks_closing(folded, line.starts[i], line.ends[i]))
        if mark == "«" or (mark != "»" and (looks[k] or turned)):
            opened = i
        elif opened >= 0:
            number += 1
            line.quote[opened : i + 1] = [number] * (i + 1 - opened)
            opened = -1


def _parentheses(line: Line, marks: list[int]) -> None:
    opened, number = -1, 0
    for i in marks:
        form = line.words[i].form
        if form == "(" and (opened < 0 or i - opened > LONGEST_PARENTHESIS):
            opened = i
        elif form == ")" and opened >= 0 and i - opened <= LONGEST_PARENTHESIS:
            number += 1
            line.paren[opened : i + 1] = [number] * (i + 1 - opened)
            opened = -1


def _looks_opening(folded: str, start: int, end: int) -> bool:
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    return before.isspace() and not after.isspace() and after not in MARKS


def _looks_closing(folded: str, start: int, end: int) -> bool:
    after = folded[end] if end < len(folded) else " "
    return start > 0 and not folded[start - 1].isspace() and (after.isspace() or after in MARKS)


def _sentences(line: Line, marks: list[int]) -> None:
    count = len(line.words)
    line.first = [0, *(i + 1 for i in marks if i + 1 < count and _ends(line, i))]
    edges = [*line.first, count]
    line.sentence = [number for number in range(len(line.first)) for _ in range(edges[number + 1] - edges[number])]


def _ends(line: Line, i: int) -> bool:
    """Whether a stop ends a sentence: not inside a quotation, and not after the letter of an abbreviation."""
    if line.words[i].form in QUOTES:
        return (
            line.quote[i] > 0
            and line.quote[i - 1] == line.quote[i] != line.quote[i + 1]
            and line.words[i - 1].form[0] in STOPS
            and line.words[i + 1].form not in MARKS
        )
    if line.words[i].form[0] not in STOPS or line.paren[i]:
        return False
    if line.quote[i] and (i + 1 >= len(line.words) or line.quote[i + 1] == line.quote[i]):
        return False
    return not (
        line.words[i].form == "." and i and len(line.words[i - 1].form) == 1 and line.words[i - 1].form.isalpha()
    )
