"""Attribution, its Speaker, and the Links of its chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from musnad.model.moment import Moment
from musnad.model.span import Span

SpeechType = Literal["direct", "indirect", "mixed"]
SpeakerKind = Literal["person", "office", "body", "agency", "outlet", "unnamed"]
Act = Literal[
    "say", "announce", "confirm", "deny", "demand", "call", "warn", "threaten", "promise", "accuse", "condemn",
    "welcome", "express", "ask", "predict", "report", "propose", "reject", "rule",
]  # fmt: skip
Polarity = Literal["affirms", "denies"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who communicates: by the fullest name that the document gives, and of which kind. One of kind "unnamed" is a
    description («مسؤول دفاعي كبير»), kept as it stands and never merged with another text's."""

    name: str
    kind: SpeakerKind

    @property
    def anonymous(self) -> bool:
        """True for a description with no name of a person or a body."""
        return self.kind == "unnamed"


@dataclass(frozen=True, slots=True)
class Link:
    """One hop of a chain, outlet first and origin last.

    `through` is the vehicle by which this hop received or spoke it (a statement, a call, a tweet), as it stands; `span`
    the place that names the hop, None when it is not in the text (the outlet). `inferred` is True for a link that the
    text tells elsewhere than beside the statement. A hop that is unknown has the name None.
    """

    name: str | None
    kind: SpeakerKind
    through: str | None = None
    span: Span | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Corrected:
    """Who put something right in a statement, and when (UTC); `speaker` and `chain` are as they were read."""

    by: str
    made_at: datetime
    speaker: Speaker
    chain: tuple[Link, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of text presented as communicated by somebody other than the writer.

    `cue` and `content` may have several pieces, in the order of the text; `source` is None when the subject is only in
    the verb; `within` is the index of the attribution in whose content this one stands; within a text attributions nest or
    lie apart, they never cross. `score` is the finder's own confidence between 0 and 1.
    """

    id: str
    cue: tuple[Span, ...]
    source: Span | None
    content: tuple[Span, ...]
    type: SpeechType
    speaker: Speaker
    addressee: Span | None = None
    medium: Span | None = None
    within: int | None = None
    said_at: Moment | None = None
    act: Act = "say"
    polarity: Polarity = "affirms"
    chain: tuple[Link, ...] = ()
    rule: str = ""
    score: float = 1.0
    corrected: Corrected | None = None
