"""Subjects: who is named by the verb of a clause that reports nothing («the minister received …, stressing that»)."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.find import choices
from musnad.find.antecedents import Known, Mention, agreement, pair_features
from musnad.find.cues import Candidate
from musnad.find.drafts import Draft
from musnad.find.features import bucket
from musnad.find.lines import MARKS, WHO_MAY_SPEAK, Line
from musnad.find.model import Models

BACK = 1
"""Sentences before that of a cue in which its subject may have been named; with two or three as many were right."""
REACH = 120
"""Words before a cue among which they are looked for: a sentence without stops is as long as its text."""
MOST = 2
"""Subjects that come into question, the nearest first; two or six did as well."""
AHEAD = 4
"""Words after a verb within which its subject begins."""
LONGEST = 10
"""Words that a subject may have after its first."""
NEAR = 12
"""Attributions before one among which those of its sentence and the one before are looked for."""
_BARE = frozenset("NMHO")
"""Nouns that, without the article, begin another phrase after a word that has it or a name: the object of the verb."""
_CLAUSE = frozenset(("qad", "kana", "opener", "hal"))


@dataclass(slots=True)
class Subject:
    """The noun phrase that follows a verb: the tokens of both in their line."""

    line: Line
    verb: int
    first: int
    last: int


class Subjects:
    """The subjects of the verbs of one document; each is looked for once."""

    def __init__(self, models: Models) -> None:
        self.models = models
        self._of: dict[tuple[int, int], Subject | None] = {}

    def before(self, draft: Draft) -> list[Subject]:
        """What stands after the verbs of the sentence before the draft's cue and of the sentence before that, the nearest
        first; what a quotation that the cue stands outside of holds is left out. Empty where there is no such verb."""
        line, cue = draft.line, draft.cue.first
        lowest = max(line.first[max(0, line.sentence[cue] - BACK)], cue - REACH)
        out: list[Subject] = []
        for i in range(cue - 1, lowest - 1, -1):
            if not _verb(line, i) or (line.quote[i] and line.quote[i] != line.quote[cue]):
                continue
            key = id(line), i
            if key not in self._of:
                self._of[key] = self._subject(line, i)
            subject = self._of[key]
            if subject is not None and subject.last < cue:
                out.append(subject)
                if len(out) == MOST:
                    break
        return out

    def _subject(self, line: Line, verb: int) -> Subject | None:
        first = _head(line, verb)
        if first is None:
            return None
        cue = Candidate(line, verb, first - 1, "verb", "")
        last, _ = self.models.source_end.first(choices.source_ends(cue, first, _limit(line, first) + 1, 0))
        return Subject(line, verb, first, last)


def _verb(line: Line, i: int) -> bool:
    """Whether a word is a verb, or an unknown one that opens its sentence."""
    word = line.words[i]
    if word.cue is not None:
        return word.cue.shape in ("past", "present")
    opens = i == line.first[line.sentence[i]] and word.part == "?" and not word.kind and word.form not in MARKS
    return word.part in "VP" or word.kind == "kana" or opens


def _head(line: Line, verb: int) -> int | None:
    """The token after a verb at which its subject begins: a title, a body, a name; times and days are passed over."""
    for j in range(verb + 1, min(verb + 1 + AHEAD, line.sentence_end(verb) + 1)):
        word = line.words[j]
        if word.kind in ("time", "day", "adverb", "qad") or word.part in "TD":
            continue
        if word.kind in WHO_MAY_SPEAK or (not word.kind and word.part in "RHOL?" and word.form not in MARKS):
            return None if word.joined or word.cue is not None else j
        return None
    return None


def _limit(line: Line, first: int) -> int:
    """The last token that a subject may take which begins at `first`: none from the next clause on."""
    end = min(line.sentence_end(first), first + LONGEST)
    for j in range(first + 1, end + 1):
        word = line.words[j]
        joins = word.cue is not None and word.cue.shape in ("past", "present") and word.joined
        tells = word.part in "VP" and not word.kind and line.words[j - 1].kind != "rel"
        before = line.words[j - 1]
        bare = word.part in _BARE and not (word.definite or word.joined or word.kind)
        if joins or tells or (bare and (before.definite or before.part == "R")) or word.kind in _CLAUSE:
            return j - 1
    return end


def dropped_features(
    index: int,
    found: list[Draft],
    parents: list[int | None],
    heard: list[Mention],
    named: list[tuple[Subject, Known]],
) -> list[list[str]]:
    """For: whom does the dropped subject of draft `index` mean, of the speakers `heard`, then of the subjects `named`?"""
    draft = found[index]
    near = [f for f in found[max(0, index - NEAR) : index] if f.line is draft.line]
    out = [pair_features(index, found, parents, m) for m in heard]
    for subject, _ in named:
        since = [f for f in near if f.cue.first > subject.verb]
        last = "none" if not heard else "after" if any(f is heard[0].draft for f in since) else "before"
        inside = any(first <= subject.verb <= end for f in near for first, end in f.content)
        reports = any(f.cue.first == subject.verb for f in near)
        out.append([f"sub/r={reports}", *_subject_features(draft, subject, min(len(since), 2), inside, last)])
    return out


def _subject_features(draft: Draft, subject: Subject, between: int, inside: bool, heard: str) -> list[str]:
    """Features of a subject: `between` attributions stand between it and the draft, `inside` whether it stands in the
    content of one, `heard` where the last speaker was heard of: after it, before it, never ("none")."""
    line, word, verb = draft.line, draft.line.words[draft.cue.first], draft.line.words[subject.verb]
    form = f"{draft.cue.kind}{word.cue.shape if word.cue is not None else ''}"
    wanted = agreement(draft)
    back = line.sentence[draft.cue.first] - line.sentence[subject.verb]
    place = f"{back}|{_opening(line, subject.verb)}"
    commas = sum(w.form in MARKS for w in line.words[subject.last + 1 : draft.cue.first])
    head = line.words[subject.first]
    return [
        "sub",
        f"sub/{form}|{place}",
        f"sub/{form}|{word.joined}|{back}|{between}",
        f"sub/{heard}|{back}|{between}",
        f"sub/{heard}|{form}|{inside}",
        f"sub/in={inside}|{place}",
        f"sub/h={head.namely}",
        f"sub/h={head.namely}|{form}",
        f"sub/g={wanted}|{verb.bare[-1:]}",
        f"sub/g1={wanted}|{verb.bare[:1]}",
        f"sub/gh={wanted}|{head.seen}",
        f"sub/p={verb.part}|{verb.kind}|{verb.cue is not None}",
        f"sub/c={min(commas, 4)}|{back}|{form}",
        f"sub/d={bucket(draft.cue.first - subject.last)}|{back}",
        f"sub/l={draft.cue.lemma}|{back}",
        f"sub/n={bucket(subject.last - subject.first)}",
    ]


def _opening(line: Line, verb: int) -> str:
    """What a verb stands after: "first" of its sentence, "joined" by a conjunction, a kind of word, a mark, another word."""
    if verb == line.first[line.sentence[verb]]:
        return "first"
    if line.words[verb].joined:
        return "joined"
    before = line.words[verb - 1]
    return before.kind or ("mark" if before.form in MARKS else "other")
