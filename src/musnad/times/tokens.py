"""Tokens: one line of folded text cut into words, each with what it may be."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from musnad.times.vocabulary import WORD, Entry, Vocabulary

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Token(NamedTuple):
    """A word, a numeral, one other character, or a phrase of the vocabulary; offsets are those of the folded line."""

    text: str
    start: int
    end: int
    readings: Mapping[str, str] = _NOTHING
    joined: bool = False
    opens: bool = False
    """An expression of time may begin with it."""
    digits: bool = False


END = Token("", 0, 0)


def tokens(line: str, words: Vocabulary) -> list[Token]:
    """The tokens of a line in order, with a few empty ones behind so that looking ahead needs no test.

    Every word is looked at a bounded number of times (phrases have at most six words), so time is linear.
    """
    found: list[re.Match[str]] = list(WORD.finditer(line))
    texts = [match[0] for match in found]
    if line != line.lower():
        texts = [text.lower() if text.isascii() else text for text in texts]
    out: list[Token] = []
    known, phrases = words.words.get, words.phrases.get
    new = tuple.__new__  # half the cost of Token(…), for every word that is read closely
    passed = 0
    for i, text in enumerate(texts):
        if passed:
            passed -= 1
            continue
        start, end = found[i].span()
        entry, rest = known(text), phrases(text)
        if rest is not None:
            entry, passed = _phrase(rest, texts, i, entry, words)
            if passed:
                end = found[i + passed].end()
                text = line[start:end]
        if entry is not None:
            row = (text, start + entry.clitic, end, entry.readings, entry.joined, entry.opens, False)
        elif text.isdecimal():
            row = (text, start, end, _NOTHING, False, True, True)
        else:
            row = (text, start, end, _NOTHING, False, False, False)
        out.append(new(Token, row))
    out.extend([END] * 6)
    return out


def _phrase(
    rest: Sequence[tuple[tuple[str, ...], Entry]], texts: list[str], i: int, alone: Entry | None, words: Vocabulary
) -> tuple[Entry | None, int]:
    """The longest phrase that begins with word `i` and the number of words that follow it there."""
    for following, entry in rest:
        after = i + 1 + len(following)
        if tuple(texts[i + 1 : after]) != following:
            continue
        if "not" in entry.readings and after < len(texts):
            beside = words.words.get(texts[after])
            if beside is not None and "weekday" in beside.readings:
                continue  # «روسيا اليوم الإثنين» is a day, «روسيا اليوم» a channel
        return entry, len(following)
    return alone, 0
