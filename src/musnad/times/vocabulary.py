"""The words of time of one language, ready for looking up: read once from its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from musnad.lang import Folded, language, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WORD = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
"""Digits, letters or one other character: «24فبراير» is two words."""

AND, _SO, _BY, _TO, _LIKE = "\u0648\u0641\u0628\u0644\u0643"
_CLITICS = (AND, _SO, _BY, _TO, _LIKE, AND + _BY, AND + _TO, AND + _LIKE, _SO + _BY, _SO + _TO)
_ARTICLE = "\u0627\u0644"
DEFINITE = (_ARTICLE, "\u0644\u0644")
"""How a definite noun of Arabic begins, alone or after the preposition «to»."""
_YEARS = frozenset(map(str, range(1300, 2101)))
"""Numerals that are mostly years, of either calendar: the anchors of dates in digits."""
_FUTURE = {"ar": re.compile("[\u0648\u0641]?(\u0633[\u064a\u062a\u0646]\\w{2,})")}
"""The future of Arabic is a letter written onto the verb, before the letter of its person."""
_BARE = frozenset(
    {"label", "beginning", "lookalike", "era", "join", "opener", "not", "future", "offset", "hoursep", "ago", "now"}
)
"""Kinds whose words are looked up as they stand, without the one-letter words that Arabic writes onto the next."""
_OPENERS = frozenset(
    {
        "weekday", "shortday", "day", "part", "partof", "period", "yearword", "this", "pre", "prep", "lead", "edge", "clock",
        "hour", "ordinal", "number", "month", "monthword", "dayword", "spanunit", "hedge", "unit",
    }
)  # fmt: skip
"""Kinds that an expression of time may begin with."""
_ANCHORS = frozenset(
    {"weekday", "day", "period", "yearword", "unit", "spanunit", "month", "clock", "part", "monthword"}
)
"""Kinds without one of which (or a numeral) a line tells no time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word may be: value by kind; `clitic` is the length of what is written onto it and belongs to no time."""

    readings: Mapping[str, str]
    clitic: int = 0
    joined: bool = False
    """True where the clitic is «and»."""
    opens: bool = False
    """True when an expression of time may begin with it."""
    phrases: tuple[tuple[tuple[str, ...], Entry], ...] = ()
    """The phrases that begin with it, longest first: the words that follow, and what the whole is."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and phrases of time of a language, folded, with their readings."""

    code: str
    words: Mapping[str, Entry]
    anchors: frozenset[str]
    zones: Mapping[str, str]
    """Zone by folded place."""
    printed_zones: Mapping[str, str]
    """Zone by place as the table spells it: marks part what folding makes one."""
    future: re.Pattern[str] | None
    """A verb of the future, its own letters the first group; None where only words of their own tell it."""
    no_future: tuple[str, ...]
    """How words begin that look like one and are none."""
    lookalikes: frozenset[str]
    """Whole words that look like one and are none."""
    ahead: frozenset[str]
    """Words that speak of the future."""

    def fold(self, words: str) -> Folded:
        """The folded view that this vocabulary is written in."""
        return language(self.code).fold(words)


@cache
def vocabulary(code: str) -> Vocabulary:
    """The vocabulary of a language; Arabic pages print English dates too, so Arabic has both.

    Raises LookupError for a language that musnad does not have.
    """
    language(code)
    words: dict[tuple[str, ...], dict[str, str]] = {}
    zones: dict[str, str] = {}
    printed: dict[str, str] = {}
    for source in dict.fromkeys((code, "en")):
        for form, kind, value in _rows(source):
            words.setdefault(tuple(WORD.findall(_folded(code, form))), {}).setdefault(kind, value)
            if kind == "place":
                zones.setdefault(" ".join(WORD.findall(_folded(code, form))), value)
                printed.setdefault(form, value)
    return _built(code, words, zones, printed)


def _folded(code: str, form: str) -> str:
    return language(code).fold(form).words.lower()


def _rows(code: str) -> Iterator[tuple[str, str, str]]:
    for row in table(code, "times"):
        for form in row["forms"].split("|"):
            yield form, row["kind"], row["value"]
    for row in table(code, "months"):
        for form in row["forms"].split("|"):
            yield form, "month", ("h" if row["calendar"] == "hijri" else "") + row["number"]
    for row in table(code, "zones"):
        for form in row["forms"].split("|"):
            yield form, "place", row["zone"]


def _built(
    code: str, words: Mapping[tuple[str, ...], dict[str, str]], zones: dict[str, str], printed: dict[str, str]
) -> Vocabulary:
    single: dict[str, Entry] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    anchors: set[str] = set()
    for key, readings in words.items():
        opens = not _OPENERS.isdisjoint(readings) or readings.get("join") == "article"
        for first, clitic in _surfaces(code, key, readings):
            entry = Entry(MappingProxyType(readings), len(clitic), clitic[:1] == AND, opens)
            if len(key) == 1:
                if clitic == "" or first not in single:
                    single[first] = entry
            else:
                phrases.setdefault(first, []).append((key[1:], entry))
            if not _ANCHORS.isdisjoint(readings):
                anchors.add(first if len(key) == 1 or "month" in readings else key[-1])
    for first, rest in phrases.items():
        alone = single.get(first) or Entry(MappingProxyType({}))
        longest = sorted(rest, key=lambda pair: (-len(pair[0]), pair[1].clitic))
        single[first] = replace(alone, phrases=tuple(longest))
    short = {word for word in anchors if len(word) < 2 and not word.isdigit()}
    return Vocabulary(
        code,
        single,
        frozenset(anchors - short) | _YEARS,
        MappingProxyType(zones),
        MappingProxyType(printed),
        _FUTURE.get(code),
        no_future=tuple(key[0] for key, readings in words.items() if "beginning" in readings),
        lookalikes=frozenset(key[0] for key, readings in words.items() if "lookalike" in readings),
        ahead=frozenset(key[0] for key, readings in words.items() if "future" in readings),
    )


def _surfaces(code: str, key: tuple[str, ...], readings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The first word of a phrase as it may stand in print, and the clitic on it that is no part of the time."""
    first = key[0]
    yield first, ""
    if code != "ar" or len(first) < 2 or first.isascii() or not _BARE.isdisjoint(readings):
        return
    for clitic in _CLITICS:
        yield clitic + first, clitic
    if first.startswith(_ARTICLE):
        for before in ("", AND, _SO):  # the article after the preposition «to» loses its first letter
            yield before + _TO + first[1:], before
