"""Speakers: who communicates, by the fullest name that the document gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from musnad.find.drafts import Draft
from musnad.find.features import name_features, namely
from musnad.find.lines import MARKS, Line
from musnad.find.model import Models
from musnad.lang.word import Word

_NOUN_KINDS = frozenset(("title", "body", "agency", "outlet", "unnamed", "document", "medium"))
_LONGEST_NAME = 5


@dataclass(slots=True)
class Known:
    """A speaker known so far: tokens of the place that names it, the words of its description, gender and number."""

    line: Line
    first: int
    last: int
    described: list[Word]
    person: str = ""
    name: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The class of the head of the description."""
        return self.described[0].kind if self.described else ""


class Resolver:
    """Resolves the sources of one document, in the order of the text."""

    def __init__(self, lines: list[Line], models: Models) -> None:
        self.lines = lines
        self.models = models
        self.places: dict[str, list[tuple[Line, int]]] = {}
        for line in lines:
            for i, word in enumerate(line.words):
                self.places.setdefault(_bare(word), []).append((line, i))

    def resolve(self, found: list[Draft], parents: list[int | None]) -> list[Known | None]:
        """The speaker of each draft; None where the document does not say."""
        own = [self._own(d) for d in found]
        out: list[Known | None] = []
        for index, known in enumerate(own):
            if known is None:
                resolved = self._dropped(index, found, parents, out)
            else:
                resolved = self._full(known, index, [k for k in own if k is not None], out)
            out.append(resolved)
        for index, resolved in enumerate(out):
            if resolved is None:
                out[index] = self._later(index, found, own)
        return out

    def _own(self, draft: Draft) -> Known | None:
        if draft.source is None:
            return None
        first, last = draft.source
        words = draft.line.words[first : last + 1]
        while len(words) > 1 and words[0].form in MARKS:
            first, words = first + 1, words[1:]
        start = self._name(words)
        person = draft.cue.line.words[draft.cue.first].cue
        known = Known(draft.line, first + start, last, words, person.person if person is not None else "")
        known.name = [w.form for w in words[start:] if w.form not in MARKS]
        return known

    def _name(self, words: list[Word]) -> int:
        places = [k for k, w in enumerate(words) if w.form not in MARKS or k == 0]
        if len(places) < 2:
            return 0
        return places[self.models.name.best([name_features(words, k) for k in places])[0]]

    # --- sources that are named -----------------------------------------------------------------------------------

    def _full(self, known: Known, index: int, others: list[Known], before: list[Known | None]) -> Known:
        earlier = [k for k in before if k is not None]
        words = [w for w in known.described if w.form not in MARKS]
        if not words:
            return known
        kind = words[0].kind
        if kind == "document" or (kind == "medium" and len(words) <= 2):
            return self._issuer(known, words, earlier)
        if len(words) <= 2 and _definite(words[0]) and (kind in _NOUN_KINDS or words[-1].kind == "same"):
            found = self._described(words[0], [*reversed(earlier), *others], known)
            if found is not None:
                return found
        if kind == "title" and len(known.name) == len(words):
            longer = self._titled(words, others, known)
            if longer is not None:
                return longer
        return self._longest(known, others)

    def _longest(self, known: Known, others: list[Known]) -> Known:
        """The longest name among the speakers, or in the text, that this name is the end or a part of."""
        best = known
        mine = known.name
        if not mine or len(mine) > 3:
            return known
        for other in others:
            theirs = other.name
            if len(best.name) < len(theirs) <= 6 and _part_of(mine, theirs) and other.kind not in ("document",):
                best = other
        if best is known and len(mine) <= 2 and not known.described[0].kind:
            best = self._in_text(known) or known
        return best

    def _in_text(self, known: Known) -> Known | None:
        """A fuller name in the text that ends with this one: after a title, an adjective or a comma."""
        best: Known | None = None
        for line, at in self.places.get(_bare(known.described[-1]), [])[:40]:
            n = len(known.name)
            if [w.form for w in line.words[at - n + 1 : at]] != known.name[:-1]:
                continue
            start = at - n + 1
            while start > 0 and at - start < _LONGEST_NAME and _namelike(line.words[start - 1]):
                start -= 1
            while start <= at - n and not self._opens(line, start):
                start += 1
            if start <= at - n and (best is None or at - start > best.last - best.first):
                best = Known(line, start, at, line.words[start : at + 1], known.person)
                best.name = [w.form for w in best.described]
        return best

    def _opens(self, line: Line, start: int) -> bool:
        before = line.words[start - 1] if start else None
        return before is not None and (
            before.kind == "title" or before.form in "،," or before.form[:2] == "ال" or before.form[:3] == "وال"
        )

    def _titled(self, words: list[Word], others: list[Known], known: Known) -> Known | None:
        """The named holder of an office that is given without a name here."""
        forms = [_stem(w) for w in words]
        for other in others:
            theirs = [_stem(w) for w in other.described if w.form not in MARKS]
            if (
                len(theirs) > len(forms)
                and theirs[: len(forms)] == forms
                and other.name
                and len(other.name) < len(theirs)
            ):
                return other
        return None

    def _described(self, head: Word, candidates: list[Known], known: Known) -> Known | None:
        """An earlier speaker whose description has this head («the minister» → the minister of … so-and-so)."""
        stem = _stem(head)
        for other in candidates:
            if other is known or (len(other.described) == 1 and other.described[0].form == head.form):
                continue
            if any(_stem(w) == stem for w in other.described[:6]) and not _definite_only(other, stem):
                return other
        for line, at in self.places.get(stem, []):
            if line.words[at].form == stem and not (line is known.line and at >= known.first):
                return self._phrase(line, at)
        return None

    def _phrase(self, line: Line, at: int) -> Known:
        """A description in the text from its head on: to the next mark, preposition, verb or relative."""
        last = at
        for i in range(at + 1, min(at + 6, len(line.words))):
            word = line.words[i]
            if (
                word.form in MARKS
                or word.kind in ("prep", "rel", "opener", "conj", "neg", "time", "day")
                or word.cue is not None
                or word.joined
            ):
                break
            last = i
        known = Known(line, at, last, line.words[at : last + 1])
        start = self._name(known.described)
        known.first += start
        known.name = [w.form for w in known.described[start:]]
        return known

    def _issuer(self, known: Known, words: list[Word], earlier: list[Known]) -> Known:
        """Who issued a document: «a statement issued by X»; of «the statement»: who spoke before."""
        for i, word in enumerate(words[:-1]):
            if i and word.kind == "prep" and i + 1 < len(words):
                return self._cut(known, words[i + 1])
        if len(words) > 1 and words[1].form[:1] == "ل" and len(words[1].form) > 3:
            return self._cut(known, words[1])
        if len(words) > 1 and words[1].kind in ("body", "agency", "outlet"):
            return self._cut(known, words[1])
        if len(words) <= 2 and _definite(words[0]):
            for other in reversed(earlier):
                if other.kind != "unnamed" or words[0].form == other.described[0].form:
                    return other
        return known

    def _cut(self, known: Known, word: Word) -> Known:
        offset = next(i for i, w in enumerate(known.described) if w is word)
        first = known.last - len(known.described) + 1 + offset
        cut = Known(known.line, first, known.last, known.described[offset:], known.person)
        cut.name = [w.form for w in cut.described if w.form not in MARKS]
        return cut

    # --- subjects that are only in the verb -----------------------------------------------------------------------

    def _dropped(
        self, index: int, found: list[Draft], parents: list[int | None], before: list[Known | None]
    ) -> Known | None:
        draft = found[index]
        parent = parents[index]
        word = draft.line.words[draft.cue.first]
        wanted = _agreement(draft, word)
        if parent is not None and parent < index:
            opener = draft.line.words[draft.cue.first - 1] if draft.cue.first else None
            if (
                opener is not None
                and opener.kind == "opener"
                and before[parent] is not None
                and _agrees(wanted, before[parent])
            ):
                return before[parent]
        fallback = None
        for i in range(index - 1, -1, -1):
            known = before[i]
            if known is None or i == parent:
                continue
            if parents[i] != parent and parents[i] is not None:
                continue
            if fallback is None:
                fallback = known
            if _agrees(wanted, known):
                return known
        if parent is not None and parent < index and before[parent] is not None:
            return before[parent]
        return fallback

    def _later(self, index: int, found: list[Draft], own: list[Known | None]) -> Known | None:
        """A headline may speak before its speaker is named: then the first that the text names."""
        wanted = _agreement(found[index], found[index].line.words[found[index].cue.first])
        for known in own[index + 1 :]:
            if known is not None and _agrees(wanted, known):
                return self._full(known, index, [k for k in own if k is not None], [])
        return None


def _stem(word: Word) -> str:
    form = word.form[len(word.joined) :] if word.joined else word.form
    return form[2:] if form[:2] == "ال" and len(form) > 4 else form


def _bare(word: Word) -> str:
    return word.form[len(word.joined) :] if word.joined else word.form


def _definite(word: Word) -> bool:
    return word.form[len(word.joined) :][:2] == "ال"


def _definite_only(other: Known, stem: str) -> bool:
    words = [w for w in other.described if w.form not in MARKS]
    return len(words) == 1 and _definite(words[0]) and _stem(words[0]) == stem


def _namelike(word: Word) -> bool:
    return namely(word) in ("N+", "N?") and not word.joined


def _part_of(mine: list[str], theirs: list[str]) -> bool:
    n = len(mine)
    return any(theirs[i : i + n] == mine for i in range(len(theirs) - n + 1))


def _agreement(draft: Draft, word: Word) -> str:
    """Gender and number that a dropped subject must have: "3fs", "3ms", "3mp" or "" for any."""
    if word.cue is None:
        return ""
    if word.cue.shape == "noun":
        form = word.form
        return "3fs" if form.endswith("ها") else "3mp" if form.endswith("هم") else "3ms" if form.endswith("ه") else ""
    return word.cue.person


def _agrees(wanted: str, known: Known | None) -> bool:
    if known is None:
        return False
    have = known.person
    if not wanted or not have or have == "n" or wanted[0] != "3" or have[0] != "3":
        return True
    feminine = wanted[1] == "f", have[1] == "f"
    if wanted[2] == "p":
        return have[2] == "p" or known.kind in ("unnamed", "body", "")
    return feminine[0] == feminine[1]
