"""Arabic words of quantity: every written form of the numerals, of the nouns news counts by, and of what stands beside."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from musnad.lang.ar.spelling import fold
from musnad.lang.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك")
_ARTICLE = "ال"
_FOR_THE = "لل"
_NOT_NUMERALS = frozenset({"فالف", "كالف", "فست", "كست", "كميه", "كميات", "وكميه", "وكميات", "لميه", "فميه"})
"""Forms that are nearly always another word («كمية» is a quantity)."""

_GLUED = frozenset({c + p + a for c in _CONJUNCTIONS for p in _PREPOSITIONS for a in ("", _ARTICLE)} | {"لل", "ولل"})
_POSSESSIVE = ("ه", "ها", "هم", "هن", "نا", "كم", "هما")
_FEMININE_DUAL = ("تين", "تان")
_COUNTRY = "ستان"
_VERBAL_DUAL = re.compile(r"[وف]?[بل]?(?:ا\w{2,4}ا\w|ت\w\wي\w)(?:ين|ان)")
"""The dual of a verbal noun of form II or VII to X («تفجيرين», «اتجاهين»): things, whose plural never ends so."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A written form of a number word: `cut` letters of particles stand before it (its article is its own)."""

    value: float | int
    kind: str
    cut: int
    joined: bool
    definite: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A written form of a noun that news counts by; `form` is singular, plural, dual or construct (a dual that governs)."""

    unit: str | None
    kind: str
    form: str
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge as a run of folded words, and what it does to the number (about, more, at least, less, at most)."""

    words: tuple[str, ...]
    sense: str


@dataclass(frozen=True, slots=True)
class Quantities:
    """The tables of numerals, counted nouns, hedges and contexts, by folded form.

    `before` finds hedges by their last word, `after` by their first, the longest first. `contexts` maps (word, side) to
    the effects it has there, each with its unit ("" for none), `telling` are the words that it has. `hits` are
    the words at which a figure may stand, `units` those that are a figure after a hedge alone («أكثر من سنة»),
    `doubtful` are numerals only before a noun of the table («لست سنوات», else "I am not").
    """

    numerals: Mapping[str, Numeral]
    nouns: Mapping[str, Counted]
    duals: Mapping[str, Counted]
    before: Mapping[str, tuple[Hedge, ...]]
    after: Mapping[str, tuple[Hedge, ...]]
    contexts: Mapping[tuple[str, str], Mapping[str, str]]
    telling: frozenset[str]
    adjectives: frozenset[str]
    hits: frozenset[str]
    units: frozenset[str]
    dual_endings: tuple[str, ...] = ("ين", "ان")
    glued: frozenset[str] = _GLUED
    doubtful: frozenset[str] = frozenset({"لست"})
    decimal_letter: str = "ر"
    conjunction: str = "و"
    alternative: str = "او"
    until: str = "الي"
    partitive: str = "من"
    particle_in: str = "في"
    metre: str = "م"
    kilometre: str = "كم"

    def noun(self, word: str) -> Counted | None:
        """The noun news counts by that `word` is a form of, with or without the article; None for any other word."""
        found = self.nouns.get(word)
        if found is None and word.startswith(_ARTICLE):
            found = self.nouns.get(word[2:])
        return found

    def effect(self, word: str, side: str, name: str) -> bool:
        """True when `word` has this effect on a number that it stands before or after (`side`)."""
        effects = self.contexts.get((word, side))
        return effects is not None and name in effects

    def articled(self, word: str) -> bool:
        """True for particles alone that end in the article («الـ», «بالـ»)."""
        return word in self.glued and word.endswith(("ال", "لل"))

    def has_article(self, word: str) -> bool:
        """True for a word that begins as one with the article does, behind particles or not."""
        return word.startswith((_ARTICLE, "وال", "بال", "لل", "فال", "كال")) and len(word) > 4

    def definite_noun(self, word: str) -> bool:
        """True for a word that reads as a definite noun: with the article, or with a possessive ending."""
        return self.has_article(word) or (len(word) > 4 and word.endswith(_POSSESSIVE))

    def definite_plural(self, word: str) -> bool:
        """True for a word with the article that is a plural by the table or by its ending."""
        noun = self.noun(word)
        plural = noun.form == "plural" if noun else word.endswith(("ون", "ين", "ات"))
        return self.has_article(word) and plural

    def joined(self, word: str) -> bool:
        """True for a word that begins with the letter of «and» and is not itself a noun of the table."""
        return word.startswith(self.conjunction) and word not in self.nouns

    def governed(self, word: str) -> bool:
        """True for a noun behind a preposition that is written with it («بنسبة», «للسيارات»): it is not counted."""
        if not word.startswith(("ب", "ل", "ك")) or word in self.nouns:
            return False
        rest = word[1:]
        purpose = word.startswith(("لت", "لي"))
        return purpose or rest.startswith((_ARTICLE, "ل")) or rest.endswith("ه") or rest in self.nouns

    def verbal(self, word: str) -> bool:
        """True for a word that may be a verb of the present or future by its first letters."""
        return word.startswith(("ي", "ت", "سي", "ست", "ا"))

    def predicate(self, word: str) -> bool:
        """True for a word after which a dual is said of two already named («أنهما»، «كانتا»)."""
        return word.endswith(("هما", "انا", "انتا", "ليستا", "ليسا"))

    def stands_alone(self, word: str) -> bool:
        """True for a numeral that news uses with no noun beside it: one that counts men («قتل ثلاثة»)."""
        return word.endswith("ه") or "اثن" in word

    def dual(self, word: str) -> Counted | None:
        """The dual that `word` is: by the table, or a feminine or a verbal noun by its form; None for another word."""
        found = self.duals.get(word)
        if found is not None or len(word) < 6 or self.has_article(word):
            return found
        if word.endswith(_FEMININE_DUAL):
            # A stem in alif is in the table or a foreign name («مانهاتان»), one in sin a country or in the table.
            named = (
                word[-4] == "ا"
                or word.endswith(_COUNTRY)
                or any(self.effect(w, "either", "not dual") for w in (word, word[1:]))
            )
            return None if named else Counted(None, "thing", "dual")
        return Counted(None, "thing", "dual") if _VERBAL_DUAL.fullmatch(word) else None

    def dual_ending(self, word: str) -> bool:
        """True for an adjective that may agree with an indefinite dual before it."""
        if len(word) < 5 or self.has_article(word) or word.startswith(self.conjunction):
            return False
        return word.endswith("ين") or (word.endswith("ان") and not word.startswith(("ي", "ت")))

    def agrees(self, noun: str, word: str) -> bool:
        """True when `word` may be an adjective of `noun`: the same ending of an adjective of relation or of a feminine."""
        if len(word) < 4 or self.has_article(word) != self.has_article(noun) or self.joined(word):
            return False
        endings = ("يه",) if not noun.endswith("ا") else ("يا",)
        return word.endswith(endings) and self.noun(word) is None

    def pairs(self, noun: str, word: str) -> bool:
        """True when `word` is «and» with the other gender of `noun` («طالبا وطالبة»)."""
        if not word.startswith(self.conjunction):
            return False
        return word[1:].removesuffix("ه").removesuffix("ا") == noun.removesuffix("ا").removesuffix("ه")


def _fold(word: str) -> str:
    return fold(word).words


def _particles() -> Iterator[tuple[str, int, bool, bool]]:
    """Every run of particles before a word: its letters, how many stand before the article, «and», the article."""
    for conjunction in _CONJUNCTIONS:
        for preposition in _PREPOSITIONS:
            yield conjunction + preposition, len(conjunction + preposition), bool(conjunction), False
            article = _FOR_THE if preposition == "ل" else preposition + _ARTICLE
            yield conjunction + article, len(conjunction + preposition), bool(conjunction), True


def _numerals() -> dict[str, Numeral]:
    forms: dict[str, Numeral] = {}
    words = [(_fold(r["word"]), float(r["value"]), r["kind"]) for r in table("ar", "numerals")]
    for letters, cut, joined, definite in _particles():
        for word, number, kind in words:
            value = int(number) if number.is_integer() else number
            form = letters + word
            if form not in _NOT_NUMERALS:
                forms.setdefault(form, Numeral(value, kind, cut, joined, definite))
    return forms


def _dual_stems(singular: str) -> tuple[str, ...]:
    if singular.endswith("ه"):
        return (singular[:-1] + "ت",)
    if singular.endswith("ء"):
        return tuple(singular[:-1] + seat for seat in ("ء", "ي", "ا"))
    return (singular,)


def _nouns() -> tuple[dict[str, Counted], dict[str, Counted]]:
    nouns: dict[str, Counted] = {}
    duals: dict[str, Counted] = {}
    for row in table("ar", "counted"):
        unit, kind, dual = row["unit"], row["kind"], row["dual"]
        singular = _fold(row["singular"])
        for form, words in (("singular", [singular]), ("plural", _fold(row["plurals"]).split())):
            for word in words:
                nouns.setdefault(word, Counted(unit, kind, form))
                nouns.setdefault(word + "ا", Counted(unit, kind, form))
                if form == "plural" and word.endswith("ين"):
                    nouns.setdefault(word[:-1], Counted(unit, kind, "plural"))  # before its genitive: «لاعبي الفريق»
        for stem in _dual_stems(singular):
            ends = {"no": (), "nominative": ("ان",), "oblique": ("ين",)}.get(dual, ("ان", "ين"))
            for end in ends:
                duals.setdefault(stem + end, Counted(unit, kind, "dual"))
            if dual.endswith("construct") and stem.endswith("ت"):
                for end in ("ا", "ي"):
                    duals.setdefault(stem + end, Counted(unit, kind, "construct"))
    for form, noun in duals.items():
        nouns.setdefault(form, noun)
    forms = dict(duals)
    for conjunction in _CONJUNCTIONS:
        for preposition in _PREPOSITIONS[:3]:
            letters = conjunction + preposition
            for form, noun in duals.items():
                forms.setdefault(letters + form, Counted(noun.unit, noun.kind, noun.form, len(letters)))
    return nouns, {form: noun for form, noun in forms.items() if form == _fold(form) and form not in _taken()}


@cache
def _taken() -> frozenset[str]:
    """Words that look like a dual of the table and are something else, by the table of contexts."""
    return frozenset(_fold(r["word"]) for r in table("ar", "figure_contexts") if r["effect"] == "not dual")


def _units(nouns: Mapping[str, Counted]) -> frozenset[str]:
    """Singulars of time and measure, and their duals with the article («تجاوز الأسبوعين»)."""
    units = {form: noun for form, noun in nouns.items() if noun.kind in ("time", "measure")}
    duals = {_ARTICLE + form for form, noun in units.items() if noun.form == "dual"}
    return frozenset(form for form, noun in units.items() if noun.form == "singular") | duals


def _hedges(side: str, key: int) -> dict[str, tuple[Hedge, ...]]:
    found: defaultdict[str, list[Hedge]] = defaultdict(list)
    for row in table("ar", "hedges"):
        if row["side"] == side:
            words = tuple(_fold(row["words"]).split())
            found[words[key]].append(Hedge(words, row["sense"]))
    return {word: tuple(sorted(hedges, key=lambda h: -len(h.words))) for word, hedges in found.items()}


def _contexts() -> dict[tuple[str, str], Mapping[str, str]]:
    found: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in table("ar", "figure_contexts"):
        found[(_fold(row["word"]), row["side"])][row["effect"]] = row["unit"]
    for row in table("ar", "months"):
        for form in row["forms"].split("|"):
            found[(_fold(form).split()[0], "either")]["month"] = ""
    return {key: MappingProxyType(effects) for key, effects in found.items()}


@cache
def quantities() -> Quantities:
    """The words of quantity of Arabic, read once.

    >>> words = quantities()
    >>> words.numerals["بخمسين"].value, words.duals["يومين"].unit, words.noun("اللاجيين").unit
    (50, 'day', 'people')
    """
    nouns, duals = _nouns()
    numerals, contexts = _numerals(), _contexts()
    adjectives = frozenset(word for (word, _), effects in contexts.items() if "dual adjective" in effects)
    return Quantities(
        numerals=MappingProxyType(numerals),
        nouns=MappingProxyType(nouns),
        duals=MappingProxyType(duals),
        before=MappingProxyType(_hedges("before", -1)),
        after=MappingProxyType(_hedges("after", 0)),
        contexts=MappingProxyType(contexts),
        telling=frozenset(word for word, _ in contexts),
        adjectives=adjectives,
        hits=frozenset(numerals) | frozenset(duals) | adjectives,
        units=_units(nouns),
    )
