"""Tokens: one line of folded text cut into words, each with what it may be."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from musnad.times.vocabulary import WORD, Entry, Vocabulary

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

_NOTHING: Mapping[str, str] = MappingProxyType({})
_OTHER = Entry(_NOTHING)


class Token(NamedTuple):
    """A word, a numeral, one other character, or a phrase of the vocabulary; offsets are those of the folded line."""

    text: str
    start: int
    end: int
    readings: Mapping[str, str]
    joined: bool = False

    @property
    def digits(self) -> bool:
        """True for a numeral."""
        return self.text[:1].isdigit()


END = Token("", 0, 0, _NOTHING)


def tokens(line: str, words: Vocabulary) -> list[Token]:
    """The tokens of a line in order, with a few empty ones behind so that looking ahead needs no test.

    Every word is looked at a bounded number of times (phrases have at most six words), so time is linear.
    """
    found: list[re.Match[str]] = list(WORD.finditer(line))
    texts = [match[0] for match in found]
    if line != line.lower():
        texts = [text.lower() if text.isascii() else text for text in texts]
    out: list[Token] = []
    i, count = 0, len(found)
    while i < count:
        text = texts[i]
        entry, length = words.words.get(text, _OTHER), 1
        rest = words.phrases.get(text)
        if rest is not None:
            entry, length = _phrase(rest, texts, i, entry, words)
        start = found[i].start()
        if length > 1:
            text = line[start : found[i + length - 1].end()]
        out.append(Token(text, start + entry.clitic, found[i + length - 1].end(), entry.readings, entry.joined))
        i += length
    out.extend([END] * 6)
    return out


def _phrase(
    rest: Sequence[tuple[tuple[str, ...], Entry]], texts: list[str], i: int, alone: Entry, words: Vocabulary
) -> tuple[Entry, int]:
    for following, entry in rest:
        after = i + 1 + len(following)
        if tuple(texts[i + 1 : after]) != following:
            continue
        if "not" in entry.readings and after < len(texts):
            beside = words.words.get(texts[after])
            if beside is not None and "weekday" in beside.readings:
                continue  # «روسيا اليوم الإثنين» is a day, «روسيا اليوم» a channel
        return entry, 1 + len(following)
    return alone, 1
