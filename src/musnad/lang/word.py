"""Word and Cue: what a lexicon knows of one written word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

MARKS = frozenset('.,،؛;:!?؟…()[]-–—/|*•"“”„«»')
"""Tokens that are punctuation."""

CueShape = Literal["past", "present", "participle", "noun"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a reporting verb: its lemma (past, third person), the shape, the person (``3fs``, ``3mp``; ``n`` for a
    noun) and the act it performs (a :data:`musnad.model.Act`).

    `telling` is how far the verb is one of telling ("always", "often", "seldom"), `takes` the particles that what is told
    follows, `bare` whether it may also follow without one. All are of the verb, so that a verb that was never marked is
    known by them."""

    lemma: str
    shape: str
    person: str
    act: str
    telling: str = ""
    takes: frozenset[str] = frozenset()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and what the lexicon knows of it.

    `kind` is its class among function words and heads of noun phrases ("" for none), `cue` the reporting form it may be,
    `attached` what is attached to that form ("", "pronoun", "future", "article", "preposition"), `joined` the conjunction
    or preposition written with it. `habit` is how often the reporting form governs a clause or a quotation (tenths;
    "rare"), `name` how much the word looks like a name (0 never, 9 always; -1 not seen), `part` its most usual part of
    speech (see forms.tsv), `led` the preposition written with it. `shape`, `tag`, `role` and `look` are labels for
    counting: how it is written, and the one label that stands for it where its form is too rare to count. `seen` is the
    form of a mark or a function word and the tag of any other, `namely` a mark as itself and any other word by its role: a
    word is read a hundred times for every time that it is made.
    """

    form: str
    kind: str
    cue: Cue | None
    attached: str
    joined: str
    shape: str
    tag: str
    habit: str = ""
    name: int = -1
    part: str = "?"
    role: str = ""
    look: str = ""
    definite: bool = False
    led: str = ""
    bare: str = field(init=False, default="")
    """The form without what is `joined` to it."""
    seen: str = field(init=False, default="")
    namely: str = field(init=False, default="")

    def __post_init__(self) -> None:
        mark = self.form in MARKS
        object.__setattr__(self, "bare", self.form[len(self.joined) :])
        object.__setattr__(self, "seen", self.form if mark or self.kind else self.tag)
        object.__setattr__(self, "namely", self.form if mark else self.role)
