"""Drafts: attributions as tokens of a line, before their speakers, nesting and chains are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from musnad.find import choices
from musnad.find.cue_features import accept_features, cue_features
from musnad.find.cues import Candidate, candidates, unsaid
from musnad.find.features import direction_features
from musnad.find.lines import MARKS, Line
from musnad.find.model import Models
from musnad.find.readings import best_reading

RIGHT, LEFT, AROUND = 0, 1, 2
WORTH_BUILDING = 0.2
"""A candidate this likely is built upon; what was built is then accepted or not."""
CERTAIN, DOUBTFUL = 0.45, 0.22
"""What is this likely is taken; what is only this likely is a doubt."""


@dataclass(slots=True)
class Draft:
    """One attribution: tokens (first, last) of its parts in its line, and how sure the finder is of it."""

    cue: Candidate
    direction: int
    content: list[tuple[int, int]]
    source: tuple[int, int] | None
    score: float
    trailing: list[tuple[int, int]] = field(default_factory=list)

    @property
    def line(self) -> Line:
        """The line that the cue stands in."""
        return self.cue.line


def drafts(line: Line, models: Models) -> tuple[list[Draft], list[tuple[int, int]]]:
    """The attributions of one line in the order of their cues, and the cues that were left undecided."""
    out: list[Draft] = []
    doubtful: list[tuple[int, int]] = []
    for draft in built(line, models):
        cue = draft.cue
        if cue.own:
            _trail(cue, out)
            continue
        if cue.kind != "accord" and unsaid(line, cue.first):
            continue
        draft.score = models.accept.probability(accept_features(cue, draft.score, draft.source, draft.content))
        if draft.score >= CERTAIN:
            out.append(draft)
        elif draft.score >= DOUBTFUL:
            doubtful.append((cue.first, cue.last))
    return out, doubtful


def built(line: Line, models: Models) -> Iterator[Draft]:
    """What can be built on the candidates of a line, accepted or not; `score` is how likely the cue alone makes it.

    A cue that only repeats its speaker comes as a draft without content of its own.
    """
    for cue in candidates(line):
        if cue.own:
            yield Draft(cue, RIGHT, [(cue.first, cue.last)], None, 0.0)
            continue
        sure = models.cue.probability(cue_features(cue))
        if sure >= WORTH_BUILDING:
            draft = _draft(cue, sure, models)
            if draft is not None:
                yield draft


def _draft(cue: Candidate, sure: float, models: Models) -> Draft | None:
    line = cue.line
    direction = direction_of(cue, models)
    reading = best_reading(cue, direction, models)
    if reading is None:
        return None
    source = reading.source
    if direction == RIGHT:
        content = [_right(cue, reading.start, models)]
    else:
        left = _left(cue, models)
        if left is None:
            return None
        content = [left]
        if direction == AROUND:
            after = max(cue.last, source[1] if source else 0) + 1
            if after <= line.sentence_end(cue.last):
                first, last = choices.trim(line, after, line.sentence_end(cue.last))
                if first < last or line.words[first].form.isalnum():
                    content.append(_right(cue, first, models))
    if not any(line.words[i].form not in MARKS for first, last in content for i in range(first, last + 1)):
        return None
    return Draft(cue, direction, content, source, sure)


def direction_of(cue: Candidate, models: Models) -> int:
    """Whether the content follows the cue, precedes it or stands around it; a verb soon followed by an opener needs no
    weighing."""
    line = cue.line
    if cue.first == 0:
        return RIGHT
    if cue.kind in ("verb", "participle"):
        for j in range(cue.last + 1, min(cue.last + SOON, len(line.words))):
            if line.words[j].kind == "opener" and not line.words[j].joined:
                return RIGHT
            if line.words[j].form in MARKS:
                break
    return models.direction.best(direction_features(cue))[0]


SOON = 5
"""Words after a verb within which an opener, with no mark before it, is taken for the verb's own."""


def _right(cue: Candidate, start: int, models: Models) -> tuple[int, int]:
    return choices.trim(cue.line, start, models.end.first(choices.ends(cue, start))[0])


def _left(cue: Candidate, models: Models) -> tuple[int, int] | None:
    places, seen = choices.lefts(cue)
    if not places:
        return None
    start = places[models.left.best(seen)[0]]
    return choices.trim(cue.line, start, cue.first - 1)


def _trail(cue: Candidate, out: list[Draft]) -> None:
    """A cue that only repeats its speaker joins the attribution whose content ends before it."""
    for draft in reversed(out):
        if draft.content[-1][0] < cue.first:
            first, last = draft.content[-1]
            if last >= cue.first - 1:
                draft.content[-1] = choices.trim(cue.line, first, cue.first - 1)
            draft.trailing.append((cue.first, cue.last))
            return
