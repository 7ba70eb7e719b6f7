"""Names as they are compared: folded words, without honorifics."""

from __future__ import annotations

import re
from functools import cache

from musnad.lang import language, table
from musnad.lang.ar.spelling import ARTICLE

_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_APPOSED = re.compile(r"[\u060c,(\[]")  # a comma or a bracket: what follows says more of the one that is named
_LANGUAGES = ("ar", "en")
SEVERAL = "\u060c"
"""What separates the values of one cell of a table."""


def words(name: str) -> tuple[str, ...]:
    """The words of a name in one spelling, those that are also written as one («عبد الله») joined; none is an empty tuple.

    >>> words("عبدالله الثاني") == words("عبد الله الثانى"), words("«رويترز»") == words("رويترز")
    (True, True)
    """
    view = name
    for code in _LANGUAGES:
        view = language(code).fold(view).words
    out: list[str] = []
    joined = False
    for word in _WORD.findall(view):
        if joined:
            out[-1] += word
        else:
            out.append(word)
        joined = not joined and word in _joining()
    return tuple(out)


def parts(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a name without what stands in brackets, and those before the first comma or bracket.

    >>> parts("الاتحاد الدولي (فيفا)") == (words("الاتحاد الدولي"),) * 2
    True
    """
    return words(_BRACKETS.sub(" ", name)), words(_APPOSED.split(name, maxsplit=1)[0])


def key(name: str) -> str:
    """A name by which a record knows an entity that the registry does not: its words without honorifics and titles.

    >>> key("النائب سالم الكعبي") == key("سالم الكعبيّ"), key("  ")
    (True, '')
    """
    return "-".join(bare(words(name)))


def bare(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the honorifics and titles before it, where at least two words are left that can be a name."""
    while True:
        rest = unhonoured(name)
        titled = len(rest) > 2 and rest[0] in titles() and rest[0].startswith(ARTICLE)
        if titled and not (rest[1] in _after_titles() or rest[1] in titles() or rest[1].startswith(ARTICLE)):
            rest = rest[1:]
        if rest == name or not rest:
            return name
        name = rest


def unhonoured(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the honorifics before it; one of nothing else stays as it is."""
    while True:
        size = next((n for n in (4, 3, 2, 1) if len(name) > n and name[:n] in _honorifics()), 0)
        if not size:
            return name
        name = name[size:]


@cache
def titles() -> frozenset[str]:
    """Words that head the name of an office or a profession, folded."""
    return frozenset(w for row in table("ar", "words") if row["class"] == "title" for w in words(row["word"]))


@cache
def unnamed() -> frozenset[str]:
    """Words that head a description of somebody who is not named, folded."""
    return frozenset(w for row in table("ar", "words") if row["class"] == "unnamed" for w in words(row["word"]))


@cache
def _honorifics() -> frozenset[tuple[str, ...]]:
    return frozenset(words(row["words"]) for row in table("ar", "entities/honorifics"))


@cache
def _after_titles() -> frozenset[str]:
    """Words after which a title goes on, so that it is no name that follows."""
    return frozenset(w for row in table("ar", "of_titles") for w in words(row["preposition"]))


@cache
def _joining() -> frozenset[str]:
    fold = language("ar").fold
    return frozenset(fold(row["word"]).words for row in table("ar", "entities/joined-names"))
