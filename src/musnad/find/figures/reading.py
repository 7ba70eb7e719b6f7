"""Reading one hit: what number stands there, what it counts, and whether it is a figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from musnad.find.figures.contexts import Around
from musnad.find.figures.nouns import Noun, counted
from musnad.find.figures.numbers import Number, Reader, tidy

if TYPE_CHECKING:
    from musnad.find.figures.line import Window
    from musnad.lang.ar.quantities import Quantities

_NEAR = 90
"""Characters within which a figure with «and» takes up the one before it («66 مخالفة و17 متعلقة بـ»)."""
_AGREES = 24
"""Characters after a dual within which another may be its adjective («عمليتي تهريب سابقتين»)."""
_PART_OF = frozenset({"time", "measure", "money"})


@dataclass(frozen=True, slots=True)
class Found:
    """A figure in offsets of the folded text, with the place to go on from."""

    start: int
    end: int
    number: Number
    noun: Noun | None = None
    unit: str | None = None
    hedge: tuple[int, int] | None = None
    of: tuple[int, int] | None = None
    rule: str = "counted"


class Reading:
    """Reads one hit: what number it is, what it counts, and whether it is a figure."""

    def __init__(self, view: Window, hit: int, words: Quantities, last: Found | None) -> None:
        self.view = view
        self.hit = hit
        self.words = words
        self.last = last
        self.reader = Reader(view, words)
        self.around = Around(view, words)
        self.read = 0

    def figure(self) -> Found | None:
        """The figure at the hit; None when there is none. `read` is then where the next may begin."""
        i = self.hit
        number = self.reader.number(i)
        if number is None:
            return self._dual(i) or self._adjective(i) or self._single(i)
        self.read = number.end
        if number.numeral == "one" and number.last == i + 1:
            percent = counted(self.view, self.words, number)
            if percent is None or percent.unit != "percent":
                return self._one(number)
        if number.kind == "part" and number.joined and number.last == i + 1:
            return self._and_part(number)
        ranged = self._range(number)
        if ranged is not None:
            self.read = ranged.end
            number = ranged
        noun = counted(self.view, self.words, number)
        if self.around.rejects(number, noun):
            return None
        if self.view.text(i) in self.words.doubtful and not (noun and noun.unit):
            return None
        if number.definite and not number.scaled:
            return self._definite(number, noun)
        return self._counted(number, noun)

    def _counted(self, number: Number, noun: Noun | None) -> Found | None:
        licensed, unit = self.around.licence(number)
        hedge = self.around.hedge_before(number.first)
        if noun is None or not noun.sure:
            if number.kind == "part" and (noun is None or self._no_part(number)):
                return None
            noun = noun if noun and (licensed or hedge) else None
            if noun is None and not (licensed or hedge or self._stands_alone(number)):
                return None
        elif number.kind == "part" and self._no_part(number):
            return None
        number, noun = self._and_half(number, noun)
        if noun and noun.unit not in (None, "people", "others"):
            unit = noun.unit
        elif noun and noun.unit:
            unit = unit if unit in ("dead", "injured") else "people"
        elif noun:
            unit = None
        if number.kind == "part":
            unit = noun.unit if noun and noun.kind in _PART_OF else "share"
        return self._build(number, noun, unit, "counted" if noun else "bare")

    def _stands_alone(self, number: Number) -> bool:
        """Whether a number with neither noun, hedge nor licence is still a quantity."""
        if number.kind == "vague" or number.decimal or (number.scaled and number.last > number.first + 1):
            return True
        if self.view.text(number.last) == self.words.partitive and self.reader.number(number.last + 1):
            return number.kind == "words"
        if number.low is not None:
            return False
        if number.kind == "words":
            plain = self.words.stands_alone(self.view.text(number.first)) or number.last > number.first + 1
            return plain and not number.definite and number.numeral in ("unit", "ten", "teen")
        conjunction = self.view.text(number.first - 1)
        joined = conjunction == self.words.conjunction or conjunction.startswith(self.words.conjunction)
        near = self.last is not None and number.start - self.last.end < _NEAR
        return joined and near and number.value != 0

    def _no_part(self, number: Number) -> bool:
        after = self.view.text(number.last)
        return number.definite or self.around.has(number.last, "after", "not part") or after in self.words.numerals

    def _build(self, number: Number, noun: Noun | None, unit: str | None, rule: str, first: int | None = None) -> Found:
        view = self.view
        last = noun.last if noun else number.last
        start, end = number.start, max(number.end, view.ends[last - 1])
        if first is not None:
            start = view.starts[first]
        hedge = None
        before = self.around.hedge_before(number.first if first is None else first)
        after = self.around.hedge_after(last)
        if before:
            start = view.starts[before.first] + before.gap
            hedge = (start, view.ends[before.last - 1])
        if after:
            end = view.ends[after.last - 1]
            hedge = hedge or (view.starts[after.first], end)
        of = (view.starts[noun.first], view.ends[noun.last - 1]) if noun and noun.last > noun.first else None
        if of is None and first is not None:
            of = (view.starts[first], view.ends[number.first - 1])
        return Found(start, end, number, noun, unit, hedge, of, rule)

    def _range(self, number: Number) -> Number | None:
        """«بين A وB», «A إلى B», «A-B», «A أو B»: a number with two ends; None when `number` opens no range."""
        view, words, last = self.view, self.words, number.last
        if number.value is None:
            return None
        between = self.around.has(number.first - 1, "before", "between")
        noun = counted(view, words, number) if between else None
        if noun and noun.sure and noun.unit:
            last = noun.last
        link = view.text(last)
        second: Number | None = None
        if between and (link in (words.conjunction, words.until) or link.startswith(words.conjunction)):
            second = self._second(last, link)
        elif link == words.until and self._until(number):
            second = self.reader.number(last + 1)
        elif link == words.alternative or (link in ("-", "–") and number.kind == "digits" and view.digits(last + 1)):
            second = self.reader.number(last + 1)
            if link != words.alternative and second and not counted(view, words, second):
                return None
        if second is None or second.value is None or second.numeral == "one":
            return None
        return self._ends(number, second)

    def _second(self, at: int, link: str) -> Number | None:
        joined = link in (self.words.conjunction, self.words.until)
        if not joined and link not in self.words.numerals:
            return None
        return self.reader.number(at + 1 if joined else at)

    def _until(self, number: Number) -> bool:
        """Whether «إلى» after `number` makes a range: not where something moves from one figure to the other."""
        return not self.around.moves(number.first - 1)

    def _ends(self, first: Number, second: Number) -> Number | None:
        low, high = first.value, second.value
        if low is None or high is None:
            return None
        if second.scaled and not first.scaled and low * second.scale < high and second.numeral != "scale":
            low = tidy(Decimal(str(low)) * second.scale)
        if low >= high:
            return None
        kind = "part" if first.kind == "part" else second.kind
        plain = first.plain and second.plain and high in range(1800, 2101)
        return replace(second, first=first.first, start=first.start, value=None, low=low, high=high, kind=kind,
                       plain=plain, definite=False, decimal=False)  # fmt: skip

    def _and_half(self, number: Number, noun: Noun | None) -> tuple[Number, Noun | None]:
        """«ثلاث سنوات ونصف»: the half that follows the noun."""
        if noun is None or noun.kind not in _PART_OF | {"times"} or number.value is None:
            return number, noun
        part = self.words.numerals.get(self.view.text(noun.last))
        if part is None or part.kind != "part" or not part.joined or part.cut != 1:
            return number, noun
        after = self.words.noun(self.view.text(noun.last + 1))
        if after is not None and after.unit != noun.unit:
            return number, noun
        last = noun.last + (2 if after is not None else 1)
        value = tidy(Decimal(str(number.value)) + Decimal(str(part.value)))
        return replace(number, value=value), Noun(noun.first, last, noun.unit, noun.kind)

    def _and_part(self, part: Number) -> Found | None:
        """«ساعة ونصف»: one of the noun before, and a part of it."""
        noun = self.words.noun(self.view.text(part.first - 1))
        if noun is None or noun.form != "singular" or noun.kind not in _PART_OF or part.value is None:
            return None
        if part.definite or self.words.has_article(self.view.text(part.first - 1)):
            return None
        first = part.first - 1
        number = replace(part, value=tidy(Decimal(1) + Decimal(str(part.value))), start=self.view.starts[first])
        found = self._build(number, None, noun.unit, "and a part")
        if self.last and found.start < self.last.end:
            return None
        return found

    def _one(self, number: Number) -> Found | None:
        """«نائب واحد»: one of a noun that news counts, indefinite, before it."""
        word = self.view.text(number.first - 1)
        noun = self.words.nouns.get(word) or self.words.nouns.get(word[1:])
        if any(self.words.effect(form, "before", "not one") for form in (word, word[1:])):
            return None
        if noun is None or noun.form != "singular" or number.definite or number.start != self.view.starts[number.first]:
            return None
        return self._build(number, None, noun.unit, "one", first=number.first - 1)

    def _definite(self, number: Number, noun: Noun | None) -> Found | None:
        """«الدول الثلاث», «أقماره الخمسة», «العشر سنوات», «الإرهابيون الـ800»."""
        view, before = self.view, number.first - 1
        digits = number.kind == "digits"
        before -= digits
        word = view.text(before)
        small = number.value is not None and 3 <= number.value < 20 and not digits
        if number.value == 2 or number.kind == "part" or self._name(number):
            return None
        if digits and self.words.definite_plural(word):
            known = self.words.noun(word)
            return self._build(number, None, known.unit if known else None, "definite", first=before)
        if small and self.words.definite_noun(word):
            known = self.words.noun(word)
            return self._build(number, None, known.unit if known else None, "definite", first=before)
        if noun and noun.sure and (noun.unit or small or digits):
            return self._build(number, noun, noun.unit, "counted")
        licensed, unit = self.around.licence(number)
        if licensed or self.around.hedge_before(number.first):
            return self._build(number, noun, unit or (noun.unit if noun else None), "bare")
        return None

    def _adjoins(self, i: int) -> bool:
        """Whether an unknown dual may be an adjective of the dual before it («عمليتي تهريب سابقتين»)."""
        near = self.last is not None and self.view.starts[i] - self.last.end < _AGREES
        return (
            near and self.last is not None and self.last.rule == "dual" and not self.around.has(i - 1, "after", "stop")
        )

    def _name(self, number: Number) -> bool:
        """«مجموعة السبع», «الدول السبع الكبار»: a name that a definite numeral is part of."""
        before = number.first - 1
        return self.around.has(before, "before", "rank", "place", "day") or self.around.has(
            number.last, "after", "club"
        )

    def _adjective(self, i: int) -> Found | None:
        """«صندوقين كبيرين»: the adjective tells the dual from the plural of the same spelling."""
        view, words = self.view, self.words
        word, before = view.text(i), view.text(i - 1)
        if word not in words.adjectives or not words.dual_ending(before) or before in words.numerals:
            return None
        number = Number(i - 1, i, view.starts[i - 1], view.ends[i - 1], 2)
        self.read = view.ends[i]
        found = self._build(number, None, None, "dual")
        if self.last and found.start < self.last.end:
            return None
        return replace(found, end=max(found.end, self.read), of=(found.start, self.read))

    def _dual(self, i: int) -> Found | None:
        """«يومين», «شخصان», and before a noun that it governs «جثتي خبيرين»."""
        view, words = self.view, self.words
        dual = words.dual(view.text(i))
        if dual is None:
            return None
        after = view.text(i + 1)
        if dual.form == "construct" and (
            not after.isalpha() or len(after) < 3 or words.has_article(after) or words.effect(after, "after", "stop")
        ):
            return None
        if self.around.has(i - 1, "before", "rank", "year"):
            return None
        if dual.unit is None and (self._adjoins(i) or words.predicate(view.text(i - 1))):
            return None
        last = i + 1
        two = words.numerals.get(after)
        if two and two.value == 2 and not two.cut and two.kind == "unit":
            last += 1
        end = last
        if dual.form == "dual" and words.dual_ending(view.text(last)) and view.text(last) not in words.numerals:
            end += 1
        start = view.starts[i] + dual.cut
        number = Number(i, last, start, view.ends[last - 1], 2)
        self.read = view.ends[end - 1]
        noun = Noun(i, end, dual.unit, dual.kind)
        if self.around.rejects(number, noun):
            return None
        found = self._build(number, None, dual.unit, "dual")
        return replace(found, end=max(found.end, self.read), of=(start, self.read))

    def _single(self, i: int) -> Found | None:
        """«أكثر من سنة»: a hedged unit of time or measure, alone, is one of it."""
        noun = self.words.noun(self.view.text(i))
        if noun is None or self.view.text(i) not in self.words.units or self.view.digits(i + 1):
            return None
        if noun.unit == "point" or not self.around.hedge_before(i):
            return None
        number = Number(i, i + 1, self.view.starts[i], self.view.ends[i], 2 if noun.form == "dual" else 1)
        part, noun_ = self._and_half(number, Noun(i, i + 1, noun.unit, noun.kind))
        return self._build(part, noun_, noun.unit, "single")
