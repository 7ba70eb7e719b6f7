"""Speakers: who communicates, by the fullest name that the document gives."""

from __future__ import annotations

from collections.abc import Sequence

from musnad.find.antecedents import Known, Mention, headline, mentions, reading_order
from musnad.find.cast import Cast
from musnad.find.drafts import Draft
from musnad.find.lines import MARKS, Line
from musnad.find.meant import Option, option_features, options, part_of
from musnad.find.model import Models
from musnad.find.subjects import Subject, Subjects, dropped_features


class Resolver:
    """Resolves the sources of one document, in the order of the text."""

    def __init__(self, lines: list[Line], models: Models) -> None:
        self.models = models
        self.cast = Cast(lines, models)
        self.subjects = Subjects(models)

    def resolve(self, found: list[Draft], parents: list[int | None]) -> list[Known | None]:
        """The speaker of each draft; None where the document does not say."""
        own = [self.own(d) for d in found]
        out: list[Known | None] = [None] * len(found)
        above = next((k for k, d in zip(own, found, strict=True) if k is not None and headline(d)), None)
        for index in reading_order(found):
            heard = mentions(index, found, out)
            known = own[index]
            if known is not None:
                out[index] = self._meant(known, self.options(index, own, found, out, heard), own)
                continue
            named = self.named(found[index])
            seen = dropped_features(index, found, parents, heard, named)
            best = self.models.dropped.best(seen)[0] if seen else 0
            if best < len(heard):
                out[index] = heard[best].known
            else:
                meant = named[best - len(heard)][1] if named else above
                out[index] = self._longest(meant, own) if meant is not None else None
        return out

    def named(self, draft: Draft) -> list[tuple[Subject, Known]]:
        """The subjects that the dropped one of a draft may mean, the nearest first, each name once."""
        out: list[tuple[Subject, Known]] = []
        for subject in self.subjects.before(draft):
            known = self.own(Draft(draft.cue, 0, [], (subject.first, subject.last), 0.0))
            if known is not None and all(other.name != known.name for _, other in out):
                out.append((subject, known))
        return out

    def own(self, draft: Draft) -> Known | None:
        """The speaker as the draft's own source names it; None where the subject is only in the verb."""
        if draft.source is None:
            return None
        first, last = draft.source
        if all(w.form in MARKS for w in draft.line.words[first : last + 1]):
            return None
        person = draft.cue.line.words[draft.cue.first].cue
        return self.cast.known(draft.line, first, last, person.person if person is not None else "")

    def options(
        self,
        index: int,
        own: Sequence[Known | None],
        found: list[Draft],
        out: Sequence[Known | None],
        heard: list[Mention],
    ) -> list[Option]:
        """Whom the source of draft `index` may mean, the source itself first."""
        return options(index, own, found, out, heard, self.cast)

    def _meant(self, known: Known, among: list[Option], own: Sequence[Known | None]) -> Known:
        if len(among) == 1:
            return known
        best, _ = self.models.antecedent.best([option_features(known, o) for o in among])
        chosen = among[best].known
        return self._longest(chosen, own) if best else chosen

    def _longest(self, known: Known, own: Sequence[Known | None]) -> Known:
        """The longest name among the sources, or in the text, that this name is the end or a part of."""
        best, mine = known, known.name
        if not mine or len(mine) > 2 or known.described[0].kind:
            return known
        for other in own:
            if other is not None and len(best.name) < len(other.name) <= 6 and part_of(mine, other.name):
                best = other
        if best is known:
            best = max(self.cast.fuller(known), key=lambda k: len(k.name), default=known)
        return best
