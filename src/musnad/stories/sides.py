"""Whose account it is: the state or body that somebody speaks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from musnad.lang import table
from musnad.record.words import forms
from musnad.stories.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from musnad.model import Article, Attribution, Link, Span
    from musnad.stories.phrases import Hit
    from musnad.stories.types import Telling

_LANGUAGE = "ar"
_CARRIERS = ("outlet", "agency")
_ACTS = ("leader", "office")


@dataclass(frozen=True, slots=True)
class Naming:
    """What a word names: a side, and as what (state, capital, people, office, leader)."""

    side: str
    kind: str

    @property
    def acts(self) -> bool:
        """Whether it names somebody who acts for the side, and not only the side."""
        return self.kind in _ACTS


def named(words: str, stretch: Span | None = None) -> Iterator[Hit[Naming]]:
    """The words of a text that name a side, in order.

    >>> [(hit.meaning.side, hit.meaning.kind) for hit in named("قال الكرملين إن الجانب الفرنسي بادر")]
    [('RU', 'office'), ('FR', 'people')]
    """
    return _namings().within(words, stretch)


def side_of(words: str) -> str | None:
    """The side that who is named by these words speaks for; None for nobody's, and where they do not tell.

    A state's name makes an office its own («الجيش الروسي»), and stands for its government alone («موسكو»), but not for
    everybody from there («خبير روسي»). Of several the first counts: «سفير روسيا لدى فرنسا».

    >>> side_of("نائبة وزير الدفاع الأوكراني"), side_of("موسكو"), side_of("خبير روسي"), side_of("سفير روسيا لدى فرنسا")
    ('UA', 'RU', None, 'RU')
    """
    hits = list(named(words))
    if not hits:
        return None
    first = hits[0].meaning
    alone = first.kind in ("state", "capital") and len(forms(hits[0].span.of(words))) == len(forms(words))
    if first.acts or alone or _official(words):
        return first.side
    return next((hit.meaning.side for hit in hits if hit.meaning.acts), None)


def side_name(side: str) -> str:
    """What a side is called in the language of the pages; the code itself for one that the table does not have."""
    return _names().get(side, side)


class Sides:
    """The sides of those who speak in the articles of a story.

    A person who is named with an office in one place («المتحدث باسم الكرملين دميتري بيسكوف») has its side wherever only
    the name stands.
    """

    def __init__(self, told: Iterable[Telling]) -> None:
        self._learned: dict[str, set[str]] = {}
        for one in told:
            for attribution in one.article.attributions:
                side = attribution.source and side_of(attribution.source.of(one.article.text.words))
                if side and attribution.speaker.kind == "person":
                    self._learned.setdefault(_key(attribution.speaker.name), set()).add(side)

    def of_link(self, article: Article, link: Link) -> str | None:
        """The side of a hop: by the words that are printed there, else by its name, else by what other places tell."""
        printed = side_of(link.span.of(article.text.words)) if link.span else None
        if printed or link.name is None or link.kind == "unnamed":
            return printed or (side_of(link.name) if link.name else None)
        known = self._learned.get(_key(link.name), set())
        return side_of(link.name) or (next(iter(known)) if len(known) == 1 else None)

    def of_account(self, article: Article, attribution: Attribution) -> str | None:
        """The side whose account it is: that of the first hop which neither published nor carried it."""
        teller = teller_of(attribution)
        return self.of_link(article, teller) if teller else None


def teller_of(attribution: Attribution) -> Link | None:
    """The hop that tells: the first that is no outlet and no agency; None where there is none."""
    return next((link for link in attribution.chain if link.kind not in _CARRIERS), None)


def _key(name: str) -> str:
    return " ".join(forms(name))


def _official(words: str) -> bool:
    return next(_officials().within(words), None) is not None


@cache
def _namings() -> Phrases[Naming]:
    rows = table(_LANGUAGE, "sides")
    return Phrases((word, Naming(row["side"], row["kind"])) for row in rows for word in row["words"].split("|"))


@cache
def _officials() -> Phrases[bool]:
    return Phrases((row["word"], True) for row in table(_LANGUAGE, "officials"))


@cache
def _names() -> dict[str, str]:
    out: dict[str, str] = {}
    for row in table(_LANGUAGE, "sides"):
        out.setdefault(row["side"], row["words"].split("|")[0])
    return out
