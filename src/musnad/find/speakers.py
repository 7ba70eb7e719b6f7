"""Speakers: who communicates, by the fullest name that the document gives."""

from __future__ import annotations

from musnad.find.antecedents import (
    MEMORY,
    Known,
    Mention,
    definite,
    headline,
    match_features,
    mentions,
    reading_order,
    self_features,
    stem,
)
from musnad.find.drafts import Draft
from musnad.find.lines import MARKS, Line
from musnad.find.model import Models
from musnad.find.source_features import name_features
from musnad.find.subjects import Subject, Subjects, dropped_features
from musnad.lang.word import Word

_NOUN_KINDS = frozenset(("title", "body", "agency", "outlet", "unnamed", "document", "medium"))
_LONGEST_NAME = 5
SURE_NAME = 0.5
"""Below this, a source is its own name: a title too many does less harm than half a name."""


class Named:
    """The speakers that a document names, by the words of their names and by those that their descriptions begin with."""

    def __init__(self, named: list[Known]) -> None:
        self.by_name: dict[str, list[Known]] = {}
        self.by_word: dict[str, list[Known]] = {}
        seen: set[tuple[str, ...]] = set()
        for known in named:
            key = tuple(w.form for w in known.described)
            if key in seen:
                continue
            seen.add(key)
            for word in dict.fromkeys(known.name):
                self._add(self.by_name, word, known)
            for word in dict.fromkeys(stem(w) for w in known.described[:HEADS]):
                self._add(self.by_word, word, known)

    @staticmethod
    def _add(index: dict[str, list[Known]], word: str, known: Known) -> None:
        held = index.setdefault(word, [])
        if len(held) < HOLDERS:
            held.append(known)


HEADS, HOLDERS = 6, 40
"""Words of a description by which it is looked up, and speakers remembered for one word."""


class Resolver:
    """Resolves the sources of one document, in the order of the text."""

    issued_by = "\u0639\u0646"
    of = "\u0644"

    def __init__(self, lines: list[Line], models: Models) -> None:
        self.lines = lines
        self.models = models
        self.subjects = Subjects(models)
        self._places: dict[str, list[tuple[Line, int]]] = {}

    @property
    def places(self) -> dict[str, list[tuple[Line, int]]]:
        """Where each word of the document stands; made when it is first asked for."""
        if not self._places:
            for line in self.lines:
                for i, word in enumerate(line.words):
                    self._places.setdefault(word.bare, []).append((line, i))
        return self._places

    def resolve(self, found: list[Draft], parents: list[int | None]) -> list[Known | None]:
        """The speaker of each draft; None where the document does not say."""
        own = [self.own(d) for d in found]
        others = Named([k for k in own if k is not None])
        out: list[Known | None] = [None] * len(found)
        above = next((k for k, d in zip(own, found, strict=True) if k is not None and headline(d)), None)
        for index in reading_order(found):
            known = own[index]
            heard = mentions(index, found, out)
            if known is not None:
                earlier = range(index - 1, max(-1, index - 1 - MEMORY), -1)
                said = [(k, found[i]) for i in earlier if (k := out[i]) is not None]
                out[index] = self._full(known, heard, others, said)
            else:
                named = self.named(found[index])
                seen = dropped_features(index, found, parents, heard, named)
                best = self.models.dropped.best(seen)[0] if seen else 0
                if best < len(heard):
                    out[index] = heard[best].known
                else:
                    meant = named[best - len(heard)][1] if named else above
                    out[index] = self._longest(meant, others) if meant is not None else None
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
        if draft.source is None or all(
            w.form in MARKS for w in draft.line.words[draft.source[0] : draft.source[1] + 1]
        ):
            return None
        first, last = draft.source
        words = draft.line.words[first : last + 1]
        while len(words) > 1 and words[0].form in MARKS:
            first, words = first + 1, words[1:]
        start = self._name(words)
        person = draft.cue.line.words[draft.cue.first].cue
        last = first + _name_end(words, start)
        known = Known(draft.line, first + start, last, words, person.person if person is not None else "", begin=first)
        known.name = [w.form for w in words[start : last - first + 1] if w.form not in MARKS]
        return known

    def _name(self, words: list[Word]) -> int:
        places = [k for k, w in enumerate(words) if k == 0 or _may_begin(words, k)]
        if len(places) < 2:
            return 0
        best, sure = self.models.name.best([name_features(words, k) for k in places])
        return places[best] if sure > SURE_NAME else 0

    # --- sources that are named -----------------------------------------------------------------------------------

    def _full(self, known: Known, heard: list[Mention], others: Named, said: list[tuple[Known, Draft]]) -> Known:
        words = [w for w in known.described if w.form not in MARKS]
        if not words:
            return known
        if words[0].kind in ("document", "medium"):
            issuer = self._issuer(known, words)
            if issuer is not None:
                return self._longest(issuer, others)
            issuer = _named_before(words[0], said)
            if issuer is not None and definite(words[0]):
                return issuer
        if any(w.kind == "same" for w in words[:2]) and len(words) <= 3:
            head = words[1] if words[0].kind == "same" and len(words) > 1 else words[0]
            same = next((k for k, _ in said if any(stem(w) == stem(head) for w in k.described[:HEADS])), None)
            if same is not None or said:
                return same or said[0][0]
        longer = self._longest(known, others)
        if longer is not known:
            return longer
        heard = [m for m in heard if _may_mean(known, m.known)]
        if heard and short(known) and _points_back(words):
            best, _ = self.models.antecedent.best([self_features(known), *(match_features(known, m) for m in heard)])
            if best:
                return heard[best - 1].known
        if words[0].kind == "title" and len(known.name) == len(words):
            longer = self._titled(words, others, known) or known
        elif definite(words[0]) and len(words) <= 2 and words[0].kind in _NOUN_KINDS:
            longer = self._described(words[0], others, known) or known
        return longer

    def _longest(self, known: Known, others: Named) -> Known:
        """The longest name among the speakers, or in the text, that this name is the end or a part of."""
        best = known
        mine = known.name
        if not mine or len(mine) > 3:
            return known
        for other in others.by_name.get(mine[-1], ()):
            theirs = other.name
            if (
                len(best.name) < len(theirs) <= 6
                and _part_of(mine, theirs)
                and other.kind not in ("document", "medium")
            ):
                best = other
        if best is known and len(mine) <= 2 and not known.described[0].kind:
            best = self._in_text(known) or known
        return best

    def _in_text(self, known: Known) -> Known | None:
        """A fuller name in the text that ends with this one: after a title, an adjective or a comma."""
        best: Known | None = None
        for line, at in self.places.get(known.described[-1].bare, [])[:40]:
            n = len(known.name)
            if [w.form for w in line.words[at - n + 1 : at]] != known.name[:-1]:
                continue
            start = at - n + 1
            while start > 0 and at - start < _LONGEST_NAME and _namelike(line.words[start - 1]):
                start -= 1
            while start <= at - n and not self._opens(line, start):
                start += 1
            if start <= at - n and (best is None or at - start > best.last - best.first):
                best = Known(line, start, at, line.words[start : at + 1], known.person, begin=start)
                best.name = [w.form for w in best.described]
        return best

    def _opens(self, line: Line, start: int) -> bool:
        before = line.words[start - 1] if start else None
        return before is not None and (
            before.kind == "title" or before.form in "،," or before.form[:2] == "ال" or before.form[:3] == "وال"
        )

    def _titled(self, words: list[Word], others: Named, known: Known) -> Known | None:
        """The named holder of an office that is given without a name here."""
        forms = [stem(w) for w in words]
        for other in others.by_word.get(forms[0], ()):
            theirs = [stem(w) for w in other.described if w.form not in MARKS]
            if (
                len(theirs) > len(forms)
                and theirs[: len(forms)] == forms
                and other.name
                and len(other.name) < len(theirs)
            ):
                return other
        return None

    def _described(self, head: Word, others: Named, known: Known) -> Known | None:
        """An earlier speaker whose description has this head («the minister» → the minister of … so-and-so)."""
        wanted = stem(head)
        for other in others.by_word.get(wanted, ()):
            if other is known or (len(other.described) == 1 and other.described[0].form == head.form):
                continue
            if any(stem(w) == wanted for w in other.described[:6]) and not _definite_only(other, wanted):
                return other
        for line, at in self.places.get(wanted, []):
            if line.words[at].form == wanted and not (line is known.line and at >= known.first):
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
        known = Known(line, at, last, line.words[at : last + 1], begin=at)
        start = self._name(known.described)
        known.first += start
        known.name = [w.form for w in known.described[start:]]
        return known

    def _issuer(self, known: Known, words: list[Word]) -> Known | None:
        """Who issued a document: «a statement issued by X», «a statement of the ministry»; None where it does not say."""
        for i, word in enumerate(words[:-1]):
            if i and word.kind == "prep" and word.form == self.issued_by:
                return self._cut(known, words[i + 1])
        if len(words) > 2 and words[1].form == self.of:
            return self._cut(known, words[2])
        if len(words) > 1 and (words[1].kind in ("body", "agency", "outlet") or words[1].joined == self.of):
            return self._cut(known, words[1])
        return None

    def _cut(self, known: Known, word: Word) -> Known:
        offset = next(i for i, w in enumerate(known.described) if w is word)
        first = known.begin + offset
        last = known.begin + len(known.described) - 1
        cut = Known(known.line, first, last, known.described[offset:], known.person, begin=first)
        cut.name = [w.form for w in cut.described if w.form not in MARKS]
        return cut


def _may_begin(words: list[Word], k: int) -> bool:
    """Whether a name may begin at word `k`: no mark, no function word, not written with a conjunction or preposition."""
    word = words[k]
    return word.form not in MARKS and not word.kind and not word.joined and word.part not in "VPMDFT"


def _name_end(words: list[Word], start: int) -> int:
    """The last word of a name: before a title, a mark or a relative that follows two words of a person's name."""
    if words[start].part == "R" or (
        not words[start].kind and words[start].part == "?" and words[start].role != "\u0627\u0644?"
    ):
        for k in range(start + 1, len(words)):
            if words[k].form[:1] == _TO and words[k].part == "R":
                return k - 1
            if k > start + 1 and (words[k].kind in ("title", "rel") or words[k].form in "،,("):
                return k - 1
    return len(words) - 1


def _points_back(words: list[Word]) -> bool:
    """Whether a short source may mean somebody named before: it is definite, of itself or by what follows its title.

    An unnamed source («a presidential official») and a place stay what they are.
    """
    if words[0].part in ("L", "R") or (words[0].kind == "unnamed" and not definite(words[0])):
        return False
    for word in words:
        if word.kind in ("prep", "rel"):
            return False
        if definite(word):
            return True
    return words[0].kind == "same"


def _runs_over(known: Known) -> bool:
    """Whether a name takes in what does not belong to it: a preposition, or somebody spoken to."""
    words = known.line.words[known.first : known.last + 1]
    return any(w.kind == "prep" or (k and w.form[:1] == _TO and w.part == "R") for k, w in enumerate(words))


_TO = "\u0644"


def _may_mean(known: Known, other: Known) -> bool:
    """Whether one may stand for the other: a body is never its adviser or its minister."""
    bodies = ("body", "agency", "outlet")
    return not (known.kind in bodies and other.kind == "title") and not (known.kind == "title" and other.kind in bodies)


def _named_before(document: Word, said: list[tuple[Known, Draft]]) -> Known | None:
    """Who spoke last in a document of this name: «the statement» is that of whoever spoke «in a statement»."""
    wanted = stem(document)
    for known, draft in said:
        first, content = draft.line.first[draft.line.sentence[draft.cue.first]], draft.content[0][0]
        until = content if content > draft.cue.first else draft.cue.first
        if any(stem(w) == wanted for w in draft.line.words[first:until]):
            return known
    return None


def short(known: Known) -> bool:
    """Whether a source is short enough to stand for somebody named elsewhere: up to four words, no name after a title."""
    words = [w for w in known.described if w.form not in MARKS]
    return len(words) <= 4 and len(known.name) == len(words)


def _definite_only(other: Known, wanted: str) -> bool:
    words = [w for w in other.described if w.form not in MARKS]
    return len(words) == 1 and definite(words[0]) and stem(words[0]) == wanted


def _namelike(word: Word) -> bool:
    if word.form in MARKS or word.joined or word.cue is not None:
        return False
    return word.kind == "bridge" or word.part == "R" or (word.part == "?" and word.name < 0 and not word.kind)


def _nameword(word: Word) -> bool:
    name = word.kind == "bridge" or (word.part == "R" or word.role in ("r", "?"))
    return name and not word.joined and word.cue is None


def _part_of(mine: list[str], theirs: list[str]) -> bool:
    n = len(mine)
    return any(theirs[i : i + n] == mine for i in range(len(theirs) - n + 1))
