"""The counted noun: what stands after a number and says of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musnad.find.figures.line import Window
    from musnad.find.figures.numbers import Number
    from musnad.lang.ar.quantities import Quantities

_OPENING, _CLOSING = frozenset('(«“"[”'), frozenset(')»”"]“')
_LAST_DAY = 31
_QUOTES = frozenset("\"'«“”„")


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun: tokens [first, last), its unit where known; `sure` is False for a word that only may be one."""

    first: int
    last: int
    unit: str | None
    kind: str
    sure: bool = True


def counted(window: Window, words: Quantities, number: Number) -> Noun | None:
    """The noun that `number` counts or measures by; None when there is none beside it."""
    i = number.last
    if window.text(i) in _CLOSING and window.text(number.first - 1) in _OPENING:
        i += 1
    sign = _sign(window, words, number, i)
    if sign:
        return sign
    if window.text(i) in _QUOTES and not window.glued(i):
        i += 1
    word = window.text(i)
    if word == words.partitive:
        return _partitive(window, words, i)
    if word in (words.metre, words.kilometre) and number.kind == "digits":
        squared = window.text(i + 1) == "2" and window.glued(i + 1)
        metres = "m" if word == words.metre else "km"
        return Noun(i, i + 1 + squared, metres + "2" * squared, "measure")
    if number.kind == "vague" and number.definite:
        return None
    noun = words.noun(word)
    if noun and not words.has_article(word):
        return _extended(window, words, Noun(i, i + 1, noun.unit, noun.kind), word)
    if len(word) < 3 or not word[0].isalpha() or word.isascii() or words.effect(word, "after", "stop"):
        return None
    if words.effect(word, "either", "month") or words.joined(word) or word in words.numerals:
        return None
    if words.governed(word):
        return None
    if words.has_article(word) and not (number.kind in ("vague", "part") or number.scaled or number.definite):
        return None
    unit, kind = (noun.unit, noun.kind) if noun else (None, "thing")
    found = Noun(i, i + 1, unit, kind, sure=noun is not None or _fits(words, number, word))
    return _extended(window, words, found, word)


def _fits(words: Quantities, number: Number, word: str) -> bool:
    """Whether `word` has the form that grammar wants after the number: accusative singular after 11 to 99.

    Newspapers drop the ending; beyond the days of a month a word that is no verb will do.
    """
    if number.value is None or number.scaled or number.kind in ("vague", "part"):
        return True
    if not 11 <= number.value % 100 <= 99 or word.endswith(("ا", "ه")):
        return True
    return number.value > _LAST_DAY and not words.verbal(word)


def _sign(window: Window, words: Quantities, number: Number, i: int) -> Noun | None:
    """Percent in its spellings and signs of currency, behind the number or before it."""
    for length in (1, 2):
        phrase = " ".join(window.texts[i : i + length])
        effects = words.contexts.get((phrase, "after"))
        if effects and "percent" in effects:
            return Noun(i, i + length, "percent", "measure")
        if effects and "million" in effects:
            return Noun(i, i + length, effects["million"], "money")
    for at, place in ((i, i), (number.first - 1, number.last)):
        word = window.text(at)
        effects = words.contexts.get((word, "either"))
        if effects and "sign" in effects:
            return Noun(place, place + (at == i), effects["sign"], "money")
        if word == "%" and at < i and number.kind == "digits" and not window.digits(at - 1):
            return Noun(place, place, "percent", "measure")
    return None


def _partitive(window: Window, words: Quantities, i: int) -> Noun | None:
    """«من العناصر القيادية»: definite, or a plural that governs; never a month or another number."""
    word = window.text(i + 1)
    noun = words.noun(word)
    if words.effect(word, "either", "month") or not word[:1].isalpha() or word in words.numerals:
        return None
    if noun is not None and noun.kind == "time":
        return None
    if words.effect(word, "after", "stop") or not (noun or words.definite_noun(word)):
        return None
    found = Noun(i, i + 2, noun.unit if noun else None, noun.kind if noun else "thing")
    return _extended(window, words, found, word)


def _extended(window: Window, words: Quantities, noun: Noun, word: str) -> Noun:
    """`noun` with the adjective that agrees with it, or its other gender, or the country of a currency."""
    after = window.text(noun.last)
    kin = words.agrees(word, after) or words.pairs(word, after)
    if not kin and noun.kind == "money" and after.endswith("ي") and len(after) > 4:
        kin = not words.effect(after, "after", "stop")
    if kin and after not in words.numerals:
        return Noun(noun.first, noun.last + 1, noun.unit, noun.kind, noun.sure)
    return noun
