"""Word and Cue: what a lexicon knows of one written word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CueShape = Literal["past", "present", "participle", "noun"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a reporting verb: its lemma (past, third person), the shape, the person (``3fs``, ``3mp``; ``n`` for a
    noun) and the act it performs (a :data:`musnad.model.Act`)."""

    lemma: str
    shape: str
    person: str
    act: str


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word: its class among function words and heads ("" for none), the reporting form it may be, what is
    attached to that form ("", "pronoun", "future", "article", "preposition"), the conjunction joined to it, its
    shape, and `tag`, the one label that stands for it where its form is too rare to count. `habit` is
    how often the reporting form governs a clause or quotation (tenths; "rare"), `name` how much the word looks like a name
    (0 never, 9 always; -1 not seen), `part` its most usual part of speech (see forms.tsv); `role` and `look` are labels for counting: what it can
    do in a noun phrase, and how it is written."""

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
