"""What the record gives back; frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from musnad.model import Act, Article, Attribution, Moment, Polarity, Span, SpeakerKind

Outcome = Literal["new", "changed", "refreshed", "unchanged"]
"""new: the first version of its address · changed: another article than before · refreshed: other bytes, the same
article · unchanged: the record had it."""


Taken = Literal["added", "decided", "known"]
"""added: this record has the version now · decided: it has the decision now · known: it had this page of this address, seen
at that moment, or this decision, before."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a page that was added. `seen_at` is the moment from which the record knows it."""

    outcome: Outcome
    address: str
    digest: str
    origin: str
    seen_at: datetime
    attributions: int


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an address: its page, when that was first seen, and when the next one was (None: it stands)."""

    id: int
    address: str
    digest: str
    origin: str
    seen_at: datetime
    added_at: datetime
    superseded_at: datetime | None
    article_id: int
    article: Article


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution out of the record, with the article and the version that it stands in.

    Of `article` there are the text and the furniture; of what was found in it, only this `attribution`. `moment` is when it
    was said, else the time of its entry in a live blog, else when it was published; `at` the instant by which statements
    are put in order: that of the moment, or when the article was first seen. `found` are the places of the article's
    text that a search found. `speaker_entity` and `link_entities`, one for each hop of the chain, are the
    ids of who they are; None for somebody unnamed.
    """

    id: int
    article: Article
    attribution: Attribution
    address: str
    seen_at: datetime
    at: datetime
    moment: Moment | None = None
    found: tuple[Span, ...] = ()
    speaker_entity: str | None = None
    link_entities: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """An article that a search found by words outside its statements, and the places of those words in its text.

    There are its text and its furniture, not what was found in it.
    """

    article: Article
    address: str
    seen_at: datetime
    at: datetime
    found: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the best first: statements, then articles whose other words match. `more` is True when there
    is more of either than was asked for."""

    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Only:
    """Which statements are wanted; None or an empty string is all. Names match by their words, in any spelling.

    `since` and `until` bound the moment of the saying (see :class:`Statement`, `at`), the first within, the second not.
    `story` is the number of one. With `known_at` the record answers as it would have at that moment. A speaker whom the
    registry or a decision knows is meant under all names; with `exact`, or when unknown, whoever is called by these words.
    """

    speaker: str = ""
    outlet: str = ""
    agency: str = ""
    act: Act | None = None
    kind: SpeakerKind | None = None
    polarity: Polarity | None = None
    story: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    known_at: datetime | None = None
    exact: bool = False

    @property
    def of_statements(self) -> bool:
        """Whether it asks for what only a statement has."""
        return bool(self.speaker or self.agency or self.act or self.kind or self.polarity)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the record that is not as it was stored: where, and what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the record went through, and what is wrong in it; nothing wrong is an empty tuple."""

    pages: int
    versions: int
    articles: int
    attributions: int
    places: int
    problems: tuple[Problem, ...] = ()
