"""Subjects of clauses that report nothing: «the minister received …, stressing that»."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.find import choices
from musnad.find.antecedents import Known, Mention, pair_features
from musnad.find.cues import Candidate
from musnad.find.drafts import Draft
from musnad.find.features import bucket, namely, seen
from musnad.find.lines import MARKS, Line
from musnad.find.model import Models
from musnad.lang.word import Word

BACK = 1
"""Sentences before that of a verb in which its subject may have been named."""
MOST = 4
"""Subjects that come into question, the nearest first."""


@dataclass(slots=True)
class Subject:
    """The noun phrase that follows a verb: tokens of both in their line."""

    line: Line
    verb: int
    first: int
    last: int


def subjects(draft: Draft, models: Models) -> list[Subject]:
    """What stands right after a verb in the sentence of the draft's cue, or shortly before it in the paragraph, the
    nearest first; what is named in a quotation that the cue stands outside of is left out."""
    line, cue = draft.line, draft.cue.first
    lowest = line.first[max(0, line.sentence[cue] - BACK)]
    out: list[Subject] = []
    for i in range(cue - 1, lowest - 1, -1):
        if not _verb(line, i) or (line.quote[i] and line.quote[i] != line.quote[cue]):
            continue
        first = _head(line, i, cue)
        if first is None:
            continue
        verb = Candidate(line, i, first - 1, "verb", "")
        ends, seen_ = choices.source_ends(verb, first, 0, 1)
        limit = _limit(line, first, cue)
        within = [k for k, j in enumerate(ends) if j <= limit]
        if not within:
            continue
        last = ends[within[models.source_end.best([seen_[k] for k in within])[0]]]
        if last < cue:
            out.append(Subject(line, i, first, last))
            if len(out) == MOST:
                break
    return out


def _verb(line: Line, i: int) -> bool:
    word = line.words[i]
    if word.cue is not None:
        return word.cue.shape in ("past", "present")
    opens = i == line.first[line.sentence[i]] and word.part == "?" and not word.kind and word.form not in MARKS
    return word.part in "VP" or word.kind == "kana" or opens


_HEADS = frozenset(("title", "body", "agency", "outlet", "unnamed"))


def _head(line: Line, verb: int, cue: int) -> int | None:
    """The token after a verb at which its subject begins: a title, a body, a name; times and days are passed over."""
    for j in range(verb + 1, min(verb + 5, cue)):
        word = line.words[j]
        if word.kind in ("time", "day", "adverb", "qad") or word.part in "TD":
            continue
        if word.kind in _HEADS or (not word.kind and word.part in "RHOL?" and word.form not in MARKS):
            return None if word.joined or word.cue is not None else j
        return None
    return None


def _limit(line: Line, first: int, cue: int) -> int:
    """The last token that a subject beginning at `first` may take: none from the next verb or particle on."""
    for j in range(first + 1, cue):
        word = line.words[j]
        verb = word.cue is not None and word.cue.shape in ("past", "present") and bool(word.joined)
        if verb or word.kind in ("qad", "kana", "opener", "hal") or (word.part in "VP" and not word.kind and not line.words[j-1].kind=="rel"):
            return j - 1
    return cue - 1


def stands_for(subject: Known, known: Known) -> bool:
    """Whether a subject is a speaker already heard: the one's name is a part of the other's, or they share their head."""
    mine, theirs = set(subject.name), set(known.name)
    return mine <= theirs or theirs <= mine


def subject_features(draft: Draft, subject: Subject, between: int, inside: bool, heard: str) -> list[str]:
    """For: does the subject of `draft` mean this subject of a clause that reports nothing?"""
    line, cue = draft.line, draft.line.words[draft.cue.first]
    verb = line.words[subject.verb]
    form = f"{draft.cue.kind}{cue.cue.shape if cue.cue is not None else ''}"
    wanted = cue.cue.person if cue.cue is not None else ""
    start = line.first[line.sentence[subject.verb]]
    opens = "first" if subject.verb == start else _before(line, subject.verb)
    back = line.sentence[draft.cue.first] - line.sentence[subject.verb]
    commas = sum(w.form in MARKS for w in line.words[subject.last + 1 : draft.cue.first])
    head = namely(line.words[subject.first])
    ending = f"{verb.bare[:1]}{verb.bare[-1:]}"
    place = f"{back}|{opens}"
    return [
        "sub",
        f"sub/{form}|{place}",
        f"sub/{form}|{cue.joined}|{back}|{min(between, 2)}",
        f"sub/{heard}|{back}|{min(between, 2)}",
        f"sub/{heard}|{form}|{inside}",
        f"sub/in={inside}|{back}|{opens}",
        f"sub/h={head}",
        f"sub/h={head}|{form}",
        f"sub/g={wanted}|{ending[-1:]}",
        f"sub/g1={wanted}|{ending[:1]}",
        f"sub/gh={wanted}|{seen(line.words[subject.first])}",
        f"sub/p={verb.part}|{verb.kind}|{verb.cue is not None}",
        f"sub/c={min(commas, 4)}|{back}|{form}",
        f"sub/d={bucket(draft.cue.first - subject.last)}|{back}",
        f"sub/l={draft.cue.lemma}|{back}",
        f"sub/n={bucket(subject.last - subject.first)}",
    ]


def _before(line: Line, i: int) -> str:
    word: Word = line.words[i - 1]
    return word.kind or ("mark" if word.form in MARKS else "other") if not line.words[i].joined else "joined"


def dropped_features(
    index: int,
    found: list[Draft],
    parents: list[int | None],
    heard: list[Mention],
    named: list[tuple[Subject, Known]],
) -> list[list[str]]:
    """For: whom of the speakers heard and of the subjects named does the dropped subject of draft `index` mean?"""
    draft = found[index]
    out = [pair_features(index, found, parents, m) for m in heard]
    last = heard[0] if heard else None
    for subject, known in named:
        same = next((k for k, m in enumerate(heard) if stands_for(known, m.known)), None)
        cues = [f for f in found[max(0, index - 12) : index] if f.line is draft.line and f.cue.first > subject.verb]
        inside = any(
            a <= subject.verb <= b
            for f in found[max(0, index - 12) : index]
            if f.line is draft.line
            for a, b in f.content
        )
        reports = any(f.line is draft.line and f.cue.first == subject.verb for f in found[max(0, index - 12) : index])
        near = "none" if last is None else "after" if last.draft in cues else "before"
        out.append(
            [f"sub/same={same if same is None else min(same,2)}|{reports}", *subject_features(draft, subject, len(cues), inside, near)]
        )
    return out

