"""Speakers: who communicates, by the fullest name that the document gives."""

from __future__ import annotations

from musnad.find.antecedents import Known, mentions, pair_features, reading_order
from musnad.find.cast import Cast
from musnad.find.drafts import Draft
from musnad.find.lines import MARKS, Line
from musnad.find.meant import Named, Option, option_features, options
from musnad.find.model import Models


class Resolver:
    """Resolves the sources of one document, in the order of the text."""

    def __init__(self, lines: list[Line], models: Models) -> None:
        self.models = models
        self.cast = Cast(lines, models)

    def resolve(self, found: list[Draft], parents: list[int | None]) -> list[Known | None]:
        """The speaker of each draft; None where the document does not say."""
        own = [self.own(d) for d in found]
        named = Named(own)
        out: list[Known | None] = [None] * len(found)
        for index in reading_order(found):
            heard = mentions(index, found, out)
            known = own[index]
            if known is not None:
                out[index] = self._meant(known, options(known, index, own, found, out, heard, named, self.cast), named)
            elif heard:
                best, _ = self.models.dropped.best([pair_features(index, found, parents, m) for m in heard])
                out[index] = heard[best].known
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
