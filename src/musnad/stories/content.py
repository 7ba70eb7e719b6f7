"""The words of a stretch of text as they are compared: those that carry what is said, in one key for forms of one word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from musnad.lang import language, table
from musnad.model import Span
from musnad.record.words import plain, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from musnad.lang import Word

_LANGUAGE = "ar"
_FUNCTION = frozenset(
    {"prep", "opener", "conj", "pron", "rel", "kana", "qad", "dem", "what", "byit", "hal", "future", "neg", "side"}
)
_LEAST = 3
_VERBAL = ("V", "M")  # parts of speech of forms.tsv: past verb, verbal noun


@dataclass(frozen=True, slots=True)
class Term:
    """A word as it is compared: its `form` as it is searched for, the `key` that forms of one word and its synonyms
    share, and its place. `carries` is False for one that only joins others («من», «الذي»)."""

    form: str
    key: str
    span: Span
    carries: bool


def terms(words: str, within: Span) -> list[Term]:
    """The words of a stretch of a text in order.

    >>> [(term.key, term.carries) for term in terms("وقف الهجمات على المدنيين", Span(0, 24))] == [
    ...     (term.key, term.carries) for term in terms("وقف هجوم على مدنيين", Span(0, 19))]
    True
    """
    out: list[Term] = []
    denied = False
    for token in tokens(within.of(words)):
        span = Span(within.start + token.span.start, within.start + token.span.end)
        # After a negation stands a verb in the present («لم تدخل»), also one that is written like a noun.
        verb = denied and len(token.form) > _LEAST and token.form[0] in _affixes("person")
        key = key_of(token.form[1:]) if verb else key_of(token.form)
        out.append(Term(token.form, key, span, _carries(span.of(words))))
        denied = language(_LANGUAGE).word(token.form).kind == "neg"
    return out


@lru_cache(maxsize=50_000)
def key_of(form: str) -> str:
    """What the forms of one word have in common, and words that are listed as synonyms.

    >>> key_of("مدنيين") == key_of("مدنيه"), key_of("سلامه") == key_of("تامين"), key_of("حلب") == key_of("حمص")
    (True, True, False)
    """
    same = _synonyms()
    return same.get(form) or same.get(stem := _stem(form)) or stem


def alike(one: Iterable[str], other: Iterable[str]) -> float:
    """The share of keys that two have in common (Dice), 0 where either has none."""
    mine, theirs = set(one), set(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def _stem(form: str) -> str:
    if form[0].isdigit():
        return form
    word = language(_LANGUAGE).word
    if is_future(form):
        form = form[1:]
    if _is_verb(word(form)) and len(form) > _LEAST and form[0] in _affixes("person"):
        form = form[1:]
    for ending in _affixes("ending"):
        if form.endswith(ending) and len(form) - len(ending) >= _LEAST:
            return form[: -len(ending)]
    return form


def is_future(form: str) -> bool:
    """Whether a folded word is a verb with the sign of the future written with it.

    >>> is_future("سيفتح"), is_future("سلام")
    (True, False)
    """
    if form[0] not in _affixes("future") or len(form) <= _LEAST + 1:
        return False
    word, verb = language(_LANGUAGE).word, form[1:]
    if word(form).attached == "future" or word(verb).part == "P":
        return True
    return verb[0] in _affixes("person") and len(verb) > _LEAST and word(verb[1:]).part in _VERBAL


def _is_verb(word: Word) -> bool:
    return word.part in "PV" or (word.cue is not None and word.cue.shape in ("past", "present"))


def _carries(raw: str) -> bool:
    word = language(_LANGUAGE).word(language(_LANGUAGE).fold(raw).words)
    return word.kind not in _FUNCTION and not (word.part == "F" and not word.kind)


@cache
def _synonyms() -> dict[str, str]:
    """From every spelling of a listed word, and its stem, to the stem of the first of its row."""
    out: dict[str, str] = {}
    for row in table(_LANGUAGE, "synonyms"):
        members = [plain(language(_LANGUAGE).fold(word).words) for word in row["words"].split("|")]
        for member in members:
            out.setdefault(member, _stem(members[0]))
            out.setdefault(_stem(member), _stem(members[0]))
    return out


@cache
def _affixes(kind: str) -> tuple[str, ...]:
    return tuple(row["affix"] for row in table(_LANGUAGE, "affixes") if row["kind"] == kind)
