"""What stands around a number: whether it is a quantity at all, and how it is loosened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musnad.find.figures.line import Window
    from musnad.find.figures.nouns import Noun
    from musnad.find.figures.numbers import Number
    from musnad.lang.ar.quantities import Quantities

_LINKS = frozenset("-/:+×*_#@=–—\\")
_YEARS = (range(1800, 2101), range(1300, 1451))
_MOTION = 9
"""Words before a number in which a change («ارتفع») makes «من 20 إلى 30» two figures and licenses a bare number."""


@dataclass(frozen=True, slots=True)
class Loose:
    """A hedge found: tokens [first, last); `gap` letters of particles stand before its first word."""

    first: int
    last: int
    gap: int = 0


class Around:
    """Judges the surroundings of the numbers of one window."""

    def __init__(self, window: Window, words: Quantities) -> None:
        self.window = window
        self.words = words

    def has(self, i: int, side: str, *effects: str) -> bool:
        """True when token `i` has one of these effects on a number on that side of it, or on either."""
        word = self.window.text(i)
        if word not in self.words.telling:
            return False
        for name in (side, "either"):
            found = self.words.contexts.get((word, name))
            if found and not found.keys().isdisjoint(effects):
                return True
        return False

    def hedge_before(self, i: int) -> Loose | None:
        """The hedge that ends right before token `i`; its first word may carry a particle."""
        window = self.window
        while i > 0 and window.text(i - 1) == "(":
            i -= 1
        last = window.text(i - 1)
        if self._particle(i - 1):
            i -= 1
            last = window.text(i - 1)
        for hedge in self.words.before.get(last, ()):
            first = i - len(hedge.words)
            if (
                first >= 0
                and tuple(window.texts[first + 1 : i]) == hedge.words[1:]
                and self._ends(first, hedge.words[0])
            ):
                return Loose(first, i, len(window.text(first)) - len(hedge.words[0]))
        for hedge in self.words.before.get(last[1:], ()):
            if len(hedge.words) == 1 and last[:1] in self.words.glued:
                return Loose(i - 1, i, 1)
        return None

    def _particle(self, i: int) -> bool:
        return self.window.text(i) in self.words.glued and self.window.glued(i + 1) and i > 0

    def _ends(self, i: int, word: str) -> bool:
        text = self.window.text(i)
        return text == word or (text.endswith(word) and text[: -len(word)] in self.words.glued)

    def hedge_after(self, i: int) -> Loose | None:
        """The hedge that begins at token `i` («على الأقل»)."""
        for hedge in self.words.after.get(self.window.text(i), ()):
            if tuple(self.window.texts[i : i + len(hedge.words)]) == hedge.words:
                return Loose(i, i + len(hedge.words))
        return None

    def rejects(self, number: Number, noun: Noun | None) -> bool:
        """True for what is no quantity: a date, a clock time, an age, a name or code, a rank, a score."""
        if number.kind == "digits" and (self._part_of_code(number) or self._dated(number, noun)):
            return True
        return self._ranked(number, noun) or self._aged(number, noun)

    def _part_of_code(self, number: Number) -> bool:
        """Digits tied to letters or signs: «إف-16», «2-1», «9:30», «مارس2017», «1- »."""
        window, before, after = self.window, number.first - 1, number.last
        if window.glued(number.first):
            word = window.text(before)
            if word == "+":
                return window.digits(before - 1)
            if word in _LINKS or word in ".,":
                return not (word in "-–" and window.text(before - 1) in self.words.glued)
            short = len(word) < 3 and not self.has(before, "after", "stop")
            if word[-1:].isalpha() and word not in self.words.glued and (word.isascii() or short):
                return True
            if self.has(before, "before", "month"):
                return True
        if window.glued(after):
            word = window.text(after)
            if word in _LINKS and (window.digits(after + 1) or before < 0 or word in "-–"):
                return True
            if word.isascii() and word.isalpha():
                return True
        if before < 0 and window.opens and window.text(after) in ("-", "–", ")", ".", "/"):
            return True
        sign, back = window.text(after), window.text(before)
        tied_after = sign in _LINKS and window.digits(after + 1)
        return tied_after or (back in _LINKS and window.digits(before - 1) and len(back) == 1)

    def _dated(self, number: Number, noun: Noun | None) -> bool:
        """A day, a year, a clock time."""
        before, after = number.first - 1, number.last
        if self._particle(before):
            before -= 1
        if self.window.text(before) in "()" and self.window.text(before):
            before -= 1
        if self.window.text(after) == self.words.partitive and self.has(after + 1, "after", "month"):
            return True
        if self.has(after, "after", "month", "clock") or (
            self.has(after, "after", "era") and number.plain and any((number.value or 0) in y for y in _YEARS)
        ):
            return True
        known = noun is not None and noun.sure and noun.unit is not None
        if noun and noun.unit == "minute" and any(self.has(i, "before", "hour") for i in range(before - 4, before)):
            return True
        if self.window.text(number.first)[:1] == "0" and number.plain and number.value and not known:
            return True
        if number.plain and isinstance(number.value, int):
            if any(number.value in years for years in _YEARS):
                return not known or any(self.has(at, "before", "year", "month") for at in (before, before - 1))
            if self.has(before, "before", "month") and not known:
                return True
            if self.has(before, "before", "day") and number.value <= 31 and not known:
                return True
        return False

    def _ranked(self, number: Number, noun: Noun | None) -> bool:
        """A place in a row («المادة 14», «الثاني عشر», «القمة الـ35») or a name («مجموعة العشرين»)."""
        before = number.first - 1
        if self._particle(before):
            before -= 1
        if self.window.text(before) == "(":
            before -= 1
        if self.has(before, "before", "nth") and number.kind != "digits":
            return True
        if self.has(before, "before", "rank") or self.has(number.last, "after", "law"):
            return True
        if self.has(before, "before", "place"):
            partitive = noun is not None and self.window.text(noun.first) == self.words.partitive
            return noun is None or not noun.sure or partitive or number.definite
        return False

    def _aged(self, number: Number, noun: Noun | None) -> bool:
        """Somebody's age: after «عمره», before «من العمر», or years alone between brackets or strokes."""
        before, after = number.first - 1, noun.last if noun else number.last
        hedge = self.hedge_before(number.first)
        if hedge:
            before = hedge.first - 1
        if self._particle(before):
            before -= 1
        years = noun is not None and noun.unit in ("year", "month", "day")
        if self.has(before, "before", "age"):
            return True
        if years and any(self.has(at, "before", "age") for at in range(before - 3, before)):
            return True
        for at in (after, number.last):
            if self.window.text(at) == self.words.partitive and self.has(at + 1, "after", "age"):
                return True
        if not years:
            return False
        if self.has(before, "before", "aged"):
            return True
        opening = self.window.text(before)
        return opening in ("(", "/", "[") and self.window.text(after) in (")", "/", "]", "،", ",")

    def licence(self, number: Number) -> tuple[bool, str | None]:
        """Whether the words before a number with no noun make it a quantity, and of what («مقتل 29»)."""
        before = number.first - 1
        if self._particle(before):
            before -= 1
        if self.has(number.last, "after", "of them"):
            return True, None
        if self.window.text(number.last) == self.words.partitive and self.has(number.last + 1, "after", "out of"):
            return True, None
        for at in (before, before - 1):
            effects = self.words.contexts.get((self.window.text(at), "before"))
            if effects and "licence" in effects:
                return True, effects["licence"] or None
        if self.window.text(before) == self.words.until or self.window.text(before) == self.words.partitive:
            return self.moves(before), None
        return False, None

    def moves(self, i: int) -> bool:
        """True when a word of change stands among the few before token `i`."""
        return any(self.has(at, "before", "motion") for at in range(max(0, i - _MOTION), i))
