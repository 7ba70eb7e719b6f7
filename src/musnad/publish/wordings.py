"""Two wordings beside one another, for people: which words went and which came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

How = Literal["same", "gone", "new"]
_WORDS = re.compile(r"\S+|\s+")
_AROUND = 1  # lines that stayed are shown next to those that changed, to say where these stand


@dataclass(frozen=True, slots=True)
class Part:
    """Words that both wordings have, or only the first (gone), or only the second (new)."""

    how: How
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of two texts: its parts; `left_out` counts the lines that stayed and stand here unprinted."""

    parts: tuple[Part, ...] = ()
    left_out: int = 0

    @property
    def changed(self) -> bool:
        """Whether it differs."""
        return any(part.how != "same" for part in self.parts)


def reworded(before: str, after: str) -> tuple[Part, ...]:
    """What became of a wording, word by word; two that are equal are one part, two of no words none.

    >>> [(part.how, part.words) for part in reworded("أصيب ثلاثة ركاب", "أصيب أربعة ركاب")]
    [('same', 'أصيب '), ('gone', 'ثلاثة'), ('new', 'أربعة'), ('same', ' ركاب')]
    """
    first, second = _WORDS.findall(before), _WORDS.findall(after)
    out: list[Part] = []
    gone, new = "", ""
    for how, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        stayed = "".join(first[a:b])
        if how != "equal" or ((gone or new) and stayed.isspace() and b < len(first) and d < len(second)):
            gone, new = (
                gone + stayed,
                new + "".join(second[c:d]),
            )  # words that were replaced in a row are one replacement
            continue
        out += [*_replaced(gone, new), Part("same", stayed)]
        gone, new = "", ""
    return tuple([*out, *_replaced(gone, new)])


def _replaced(gone: str, new: str) -> Iterator[Part]:
    """What went and what came, with the space behind both left outside."""
    tails = {words[len(words.rstrip()) :] for words in (gone, new)}
    last = tails.pop() if len(tails) == 1 and gone.strip() and new.strip() else ""
    gone, new = (gone[: -len(last)], new[: -len(last)]) if last else (gone, new)
    for part in (Part("gone", gone), Part("new", new), Part("same", last)):
        if part.words:
            yield part


def rewritten(before: str, after: str) -> tuple[Line, ...]:
    """What became of a text, line by line; lines that stayed are counted, but for those next to a change.

    Two texts that are equal are no lines.
    """
    first, second = before.split("\n"), after.split("\n")
    out: list[Line] = []
    for how, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if how == "equal":
            out += _stayed(first[a:b], opens=a == 0, closes=b == len(first))
        else:
            out += _changed(first[a:b], second[c:d])
    return tuple(out) if any(line.changed for line in out) else ()


def _stayed(lines: list[str], *, opens: bool, closes: bool) -> Iterator[Line]:
    head = 0 if opens else _AROUND
    tail = 0 if closes else _AROUND
    if len(lines) <= head + tail:
        yield from (Line((Part("same", line),)) for line in lines)
        return
    yield from (Line((Part("same", line),)) for line in lines[:head])
    yield Line(left_out=len(lines) - head - tail)
    yield from (Line((Part("same", line),)) for line in lines[len(lines) - tail :])


def _changed(gone: list[str], new: list[str]) -> Iterator[Line]:
    """Lines are compared word by word with the one that takes their place, where enough of their words are the same."""
    left = list(new)
    for line in gone:
        like = next((one for one in left if SequenceMatcher(None, line.split(), one.split()).ratio() >= 0.5), None)
        if like is None:
            yield Line((Part("gone", line),))
            continue
        at = left.index(like)
        yield from (Line((Part("new", one),)) for one in left[:at])
        yield Line(reworded(line, like))
        left = left[at + 1 :]
    yield from (Line((Part("new", line),)) for line in left)
