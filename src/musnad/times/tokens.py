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
    mixed = line != line.lower()
    out: list[Token] = []
    known = words.words.get
    new = tuple.__new__  # half the cost of Token(…), for every word that is read closely
    passed = 0
    for i, match in enumerate(found):
        if passed:
            passed -= 1
            continue
        text = match[0].lower() if mixed else match[0]
        start, end = match.span()
        entry = known(text)
        if entry is None:
            number = text.isdecimal()
            out.append(new(Token, (text, start, end, _NOTHING, False, number, number)))
            continue
        if entry.phrases:
            entry, passed = _phrase(entry, found, i, words)
            if passed:
                end = found[i + passed].end()
                text = line[start:end]
        out.append(new(Token, (text, start + entry.clitic, end, entry.readings, entry.joined, entry.opens, False)))
    out.extend([END] * 6)
    return out


def _phrase(alone: Entry, found: Sequence[re.Match[str]], i: int, words: Vocabulary) -> tuple[Entry, int]:
    """The longest phrase that begins with word `i` and the number of words that follow it there."""
    behind = [match[0].lower() for match in found[i + 1 : i + 8]]
    for following, entry in alone.phrases:
        count = len(following)
        if tuple(behind[:count]) != following:
            continue
        if "not" in entry.readings and count < len(behind):
            beside = words.words.get(behind[count])
            if beside is not None and "weekday" in beside.readings:
                continue  # «روسيا اليوم الإثنين» is a day, «روسيا اليوم» a channel
        return entry, count
    return alone, 0
