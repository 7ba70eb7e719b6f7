"""Phrases of a table found in a text: by their words as they are searched for, so that every spelling and clitic is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from musnad.model import Span
from musnad.record.words import forms, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase that stands in a text: what it means, and where."""

    meaning: T
    span: Span


class Phrases(Generic[T]):
    """Phrases with what each means; of two that begin at one word, the longer is met.

    >>> [hit.span.of("زار البيت الأبيض أمس") for hit in Phrases([("البيت الأبيض", 1)]).within("زار البيت الأبيض أمس")]
    ['البيت الأبيض']
    """

    def __init__(self, rows: Iterable[tuple[str, T]]) -> None:
        self._rows: dict[tuple[str, ...], T] = {}
        for words, meaning in rows:
            self._rows.setdefault(tuple(forms(words)), meaning)
        self._longest: dict[str, int] = {}
        for key in self._rows:
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def within(self, words: str, stretch: Span | None = None) -> Iterator[Hit[T]]:
        """The phrases in a stretch of a text (all of it without one), in order; they do not overlap."""
        start = stretch.start if stretch else 0
        told = tokens(stretch.of(words) if stretch else words)
        at = 0
        while at < len(told):
            for size in range(min(self._longest.get(told[at].form, 0), len(told) - at), 0, -1):
                meaning = self._rows.get(tuple(token.form for token in told[at : at + size]))
                if meaning is not None:
                    last = told[at + size - 1].span.end
                    yield Hit(meaning, Span(start + told[at].span.start, start + last))
                    at += size - 1
                    break
            at += 1
