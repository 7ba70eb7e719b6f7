"""Reading a number: digits, words, digits with words, vague plurals and parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musnad.find.figures.line import Window
    from musnad.lang.ar.quantities import Numeral, Quantities

_LONGEST = 15
"""Digits of the longest number that can be a quantity of news: beyond it is a code or an account."""
_ROUNDED = 6
_OPENING, _CLOSING = frozenset('(«“"[”'), frozenset(')»”"]“')
_STEPS = 12
"""Groups joined to one number at most («مليون ومئتا ألف وثلاثون» has three)."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read: tokens [first, last), characters [start, end) of the folded text, and what it says.

    `kind` is digits, words, vague or part; `scaled` True when a thousand or more is said by a word; `plain` True for an
    integer in digits with no separator (which may be a year or a code).
    """

    first: int
    last: int
    start: int
    end: int
    value: float | int | None
    low: float | int | None = None
    high: float | int | None = None
    kind: str = "words"
    scaled: bool = False
    definite: bool = False
    joined: bool = False
    plain: bool = False
    decimal: bool = False
    scale: int = 1
    numeral: str = ""


def tidy(value: Decimal | float) -> float | int:
    """A number without the noise of binary fractions: an int where it is whole.

    >>> tidy(Decimal("2.30") * 1000000), tidy(1.5)
    (2300000, 1.5)
    """
    if isinstance(value, int):
        return value
    number = Decimal(str(value)) if not isinstance(value, Decimal) else value
    rounded = round(number, _ROUNDED)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def read_digits(text: str, *, thousands: bool) -> Decimal | None:
    """The value of digits with separators; `thousands` decides for one separator with three digits behind it.

    None for what is no quantity: too long, or led by a zero.

    >>> read_digits("5,949,212", thousands=True), read_digits("2.5", thousands=True), read_digits("007", thousands=True)
    (Decimal('5949212'), Decimal('2.5'), None)
    """
    groups = text.replace(",", ".").replace("،", ".").split(".")
    if len(text) > _LONGEST + len(groups) or (len(groups[0]) > 1 and groups[0][0] == "0" and len(text) != 2):
        return None
    if len(groups) == 1:
        return Decimal(text)
    triple = all(len(g) == 3 for g in groups[1:]) and len(groups[0]) <= 3 and groups[0] != "0"
    if len(groups) > 2:
        if triple:
            return Decimal("".join(groups))
        if all(len(g) == 3 for g in groups[1:-1]) and len(set(text) - set("0123456789")) == 2:
            return Decimal("".join(groups[:-1]) + "." + groups[-1])
        return None
    if triple and thousands:
        return Decimal("".join(groups))
    return Decimal(groups[0] + "." + groups[1])


class Reader:
    """Reads the number that begins at a token of a window."""

    def __init__(self, window: Window, words: Quantities) -> None:
        self.window = window
        self.words = words

    def number(self, i: int) -> Number | None:
        """The number whose first word is token `i`; None when there is none."""
        if self.window.digits(i):
            head = self._digits(i)
        else:
            numeral = self._numeral(i)
            if numeral is None:
                return None
            if numeral.kind == "vague" or (numeral.kind == "plural scale"):
                return self._vague(i, numeral)
            if numeral.kind == "part":
                return self._part(i, numeral)
            head = self._group(i)
        return self._scaled(head) if head else None

    def _numeral(self, i: int) -> Numeral | None:
        return self.words.numerals.get(self.window.text(i))

    def _next(self, i: int) -> Numeral | None:
        """The numeral at token `i` when it goes on the number before it: no particle but the article."""
        numeral = self._numeral(i)
        return numeral if numeral and not numeral.joined and numeral.cut == 0 else None

    def _joined(self, i: int) -> tuple[int, Numeral | None] | None:
        """Where the number after «and» begins (token, its numeral or None for digits); None when no «and» stands at `i`."""
        text = self.window.text(i)
        if text == self.words.conjunction:
            if self.window.digits(i + 1):
                return i + 1, None
            numeral = self._numeral(i + 1)
            return (i + 1, numeral) if numeral and not numeral.joined else None
        numeral = self._numeral(i)
        return (i, numeral) if numeral and numeral.joined and numeral.cut <= 3 else None

    def _make(
        self, first: int, last: int, value: Decimal | float, *, kind: str = "words", scale: int = 0, plain: bool = False,
        decimal: bool = False,
    ) -> Number:  # fmt: skip
        """The number of tokens [first, last); `scale` is that of a lone scale word, 0 for another."""
        numeral = self._numeral(first)
        return Number(
            first,
            last,
            self.window.starts[first] + (numeral.cut if numeral else 0),
            self.window.ends[last - 1],
            tidy(value),
            kind=kind,
            scaled=scale > 0,
            definite=numeral.definite if numeral else self.words.articled(self.window.text(first - 1)),
            joined=numeral.joined if numeral else False,
            plain=plain,
            decimal=decimal,
            scale=scale or 1,
            numeral=numeral.kind if numeral else "",
        )

    def _digits(self, i: int) -> Number | None:
        window, text = self.window, self.window.texts[i]
        if window.text(i + 1) == self.words.decimal_letter and window.glued(i + 1) and window.glued(i + 2):
            whole = window.text(i + 2)
            if whole.isdecimal() and text.isdecimal() and len(text + whole) <= _LONGEST:
                # Written right to left: the letter parts the fraction, which comes first, from the whole number.
                return self._make(i, i + 3, Decimal(f"{whole}.{text}"), kind="digits", decimal=True)
        last, thousands = i + 1, self._thousands(i + 1, text=text)
        if text.isdecimal() and len(text) <= 3 and text[0] != "0":
            while len(window.text(last)) == 3 and window.text(last).isdecimal() and last - i < 4:
                text += window.texts[last]
                last += 1
        value = read_digits(text, thousands=thousands)
        if value is None:
            return None
        decimal = value != value.to_integral_value() or (not text.isdecimal() and not self._whole(text, value))
        plain = text.isdecimal() and last == i + 1
        return self._make(i, last, value, kind="digits", plain=plain, decimal=decimal)

    @staticmethod
    def _whole(text: str, value: Decimal) -> bool:
        return str(value) == text.replace(",", "").replace("،", "").replace(".", "")

    def _thousands(self, i: int, *, text: str) -> bool:
        """Whether three digits behind a separator are thousands, by the word at `i`: things come in thousands.

        A comma is more often one of thousands, a point of decimals: with a point there must be something to count.
        """
        word = self.window.text(i)
        if self._next(i) or word in (self.words.particle_in, "%") or self.words.effect(word, "after", "percent"):
            return False
        noun = self.words.noun(word)
        if noun is None:
            counts = word[:1].isalpha() and not self.words.effect(word, "after", "stop") and not self.words.joined(word)
            return counts or "." not in text
        if noun.unit == "dinar":
            return text.endswith("000")  # a dinar has a thousand millimes: 1.250 is one dinar and a quarter
        return noun.kind != "measure" or text.endswith("0")

    def _group(self, i: int) -> Number | None:
        """A number below a thousand, or a lone scale word («ألف»)."""
        numeral = self._numeral(i)
        if numeral is None or numeral.kind in ("vague", "part", "parts", "point"):
            return None
        value: float | int = numeral.value
        after = self._next(i + 1)
        if numeral.kind == "teen":
            return self._make(i, i + 2, value + 10) if after and after.kind == "ten" else None
        if numeral.kind in ("scale", "dual scale"):
            return self._make(i, i + 1, value, scale=int(value) if numeral.kind == "scale" else int(value) // 2)
        last = i + 1
        if numeral.kind == "unit" and after and after.kind == "ten":
            return self._make(i, i + 2, value + 10)
        if numeral.kind == "unit" and after and after.kind == "parts":
            return self._make(i, i + 2, value * after.value, kind="part")
        if numeral.kind == "unit" and after and after.kind == "hundred":
            return self._tail(self._make(i, i + 2, value * 100))
        if numeral.kind in ("hundred", "hundreds"):
            return self._tail(self._make(i, last, value))
        if numeral.kind in ("unit", "one"):
            tens = self._joined(last)
            if tens and tens[1] and tens[1].kind == "tens":
                return self._point(self._make(i, tens[0] + 1, value + tens[1].value))
        return self._point(self._make(i, last, value))

    def _tail(self, hundreds: Number) -> Number:
        """The tens and units after hundreds («مئة وخمسة وعشرون»)."""
        joined = self._joined(hundreds.last)
        if joined is None:
            return hundreds
        if joined[1] is not None and joined[1].kind in ("unit", "one", "ten", "tens", "teen"):
            rest = self._group(joined[0])
            if rest and rest.value and rest.value < 100 and rest.kind == "words" and hundreds.value:
                return self._grown(hundreds, rest.last, Decimal(hundreds.value) + Decimal(rest.value))
        return hundreds

    def _point(self, whole: Number) -> Number:
        """A decimal part said in words («سبعة فاصلة خمسة»)."""
        point = self._numeral(whole.last)
        if point is None or point.kind != "point" or point.cut or whole.value is None:
            return whole
        part = self._group(whole.last + 1)
        if part is None or part.scaled or not isinstance(part.value, int):
            return whole
        value = Decimal(whole.value) + Decimal(part.value) / 10 ** len(str(part.value))
        return replace(self._grown(whole, part.last, value), decimal=True)

    def _grown(self, number: Number, last: int, value: Decimal) -> Number:
        return replace(number, last=last, end=self.window.ends[last - 1], value=tidy(value))

    def _scaled(self, head: Number) -> Number:
        """`head` with the thousands and millions that follow it, and the smaller numbers joined to them."""
        if head.kind == "part":
            return head
        number, limit = self._scale(head)
        for _ in range(_STEPS):
            if not number.scaled:
                break
            joined = self._joined(number.last)
            if joined is None:
                break
            at, numeral = joined
            if numeral is not None and numeral.kind == "part" and numeral.cut <= 1:
                return self._and_part(number, at, numeral)
            rest = self._digits(at) if numeral is None else self._group(at)
            if rest is None or rest.kind == "part":
                break
            rest, smaller = self._scale(rest)
            if rest.value is None or number.value is None or rest.value >= limit or rest.decimal:
                break
            number = self._grown(number, rest.last, Decimal(str(number.value)) + Decimal(str(rest.value)))
            if not rest.scaled:
                break
            limit = smaller
        return number

    def _scale(self, head: Number) -> tuple[Number, int]:
        """`head` times the scale words that follow it, and the smallest of them."""
        number, limit = head, head.scale
        for _ in range(2):
            last = number.last
            if self.window.text(last) in _CLOSING and self.window.text(head.first - 1) in _OPENING:
                last += 1
            scale = self._next(last)
            if scale is None and self._million(last) and not number.scaled:
                return replace(number, value=tidy(Decimal(str(number.value)) * 10**6), scaled=True, plain=False), 1
            if scale is None or scale.kind not in ("scale", "plural scale") or number.value is None:
                break
            if number.scaled and scale.value <= number.scale:
                break
            value = Decimal(str(number.value)) * int(scale.value)
            number = replace(self._grown(number, last + 1, value), scaled=True, scale=int(scale.value), plain=False)
            limit = int(scale.value)
        return number, limit

    def _million(self, i: int) -> bool:
        """True for a letter or two that stand for a million of a currency («20 م د»)."""
        window = self.window
        pair = window.text(i) + " " + window.text(i + 1)
        return self.words.effect(pair, "after", "million")

    def _and_part(self, number: Number, at: int, part: Numeral) -> Number:
        """«مليون ونصف», with the scale word repeated after it or not («مليون ونصف المليون»)."""
        again = self._next(at + 1)
        last = at + 2 if again and again.kind == "scale" and again.value == number.scale else at + 1
        value = Decimal(str(number.value)) + Decimal(str(part.value)) * number.scale
        return self._grown(number, last, value)

    def _vague(self, i: int, numeral: Numeral) -> Number | None:
        """«عشرات», «مئات الآلاف», «ملايين»: from twice the base up to ten times it, open above from a million on."""
        base, last = int(numeral.value), i + 1
        scale = self._next(last)
        if scale and scale.kind in ("plural scale", "scale") and scale.value > base:
            base, last = base * int(scale.value), last + 1
        open_above = numeral.kind == "plural scale" and numeral.value >= 10**6
        made = self._make(i, last, 0, kind="vague", scale=base)
        return replace(made, value=None, low=2 * base, high=None if open_above else 10 * base - 1)

    def _part(self, i: int, part: Numeral) -> Number | None:
        """A fraction: of a scale («نصف مليون»), or by itself («ثلث»)."""
        scale = self._next(i + 1)
        if scale and scale.kind == "scale":
            value = Decimal(str(part.value)) * int(scale.value)
            return self._make(i, i + 2, value, scale=int(scale.value))
        return self._make(i, i + 1, Decimal(str(part.value)), kind="part")
