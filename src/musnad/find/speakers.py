"""Speakers: who communicates, by the fullest name that the document gives."""

from __future__ import annotations

from musnad.find.antecedents import Known, headline, mentions, reading_order
from musnad.find.cast import Cast
from musnad.find.drafts import Draft
from musnad.find.lines import MARKS, Line
from musnad.find.meant import Named, Option, option_features, options
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
        named = Named(own)
        out: list[Known | None] = [None] * len(found)
        above = next((k for k, d in zip(own, found, strict=True) if k is not None and headline(d)), None)
        for index in reading_order(found):
            heard = mentions(index, found, out)
            known = own[index]
            if known is not None:
                out[index] = self._meant(known, options(known, index, own, found, out, heard, named, self.cast), named)
                continue
            near = self.near(found[index])
            seen = dropped_features(index, found, parents, heard, near)
            best = self.models.dropped.best(seen)[0] if seen else 0
            if best < len(heard):
                out[index] = heard[best].known
            else:
                meant = near[best - len(heard)][1] if near else above
                out[index] = self._longest(meant, named) if meant is not None else None
        return out

    def near(self, draft: Draft) -> list[tuple[Subject, Known]]:
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

    def _meant(self, known: Known, among: list[Option], named: Named) -> Known:
        if len(among) == 1:
            return known
        best, _ = self.models.antecedent.best([option_features(known, o) for o in among])
        chosen = among[best].known
        return self._longest(chosen, named) if best else chosen

    def _longest(self, known: Known, named: Named) -> Known:
        """The longest name among the sources, or in the text, that this short name is the end or a part of."""
        if not known.name or len(known.name) > 2 or known.described[0].kind:
            return known
        longer = named.longer(known) or list(self.cast.fuller(known))
        return max(longer, key=lambda k: len(k.name), default=known)
