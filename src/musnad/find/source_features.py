"""Features of sources: where the words that name a speaker begin and end, and the name within them."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.find.cues import Candidate
from musnad.find.features import around, bucket, role_at
from musnad.find.lines import MARKS, Line
from musnad.lang.word import Word


@dataclass(slots=True)
class _Clause:
    """What every place for the source of one cue is weighed against: made once for all of them."""

    cue: Candidate
    key: str
    person: str
    joined: str
    before: str
    after: str
    room: str
    subject: str
    earlier: str


def source_start_features(c: Candidate, places: list[int | None], content: int, direction: int) -> list[list[str]]:
    """For: does the source of `c` begin at this token (None: the cue has no source of its own)? A list for each of
    `places`. `content` is where the content begins, 0 where that is not known or before the cue."""
    line, word = c.line, c.line.words[c.first]
    clause = _Clause(
        c,
        key=f"{c.kind}:{c.lemma}",
        person=word.cue.person + word.attached if word.cue is not None else "",
        joined=word.joined,
        before=around(line, c.first - 1),
        after=around(line, c.last + 1),
        room=bucket(content - c.last - 1) if content > c.last else "L",
        subject=_subject_before(c),
        earlier=_earlier(c),
    )
    return [
        _none(clause, direction) if j is None else _after(clause, j) if j > c.last else _before(clause, j)
        for j in places
    ]


def _none(clause: _Clause, direction: int) -> list[str]:
    c = clause.cue
    line, kind, person, after = c.line, c.kind, clause.person, clause.after
    r1 = role_at(line, c.last + 1)
    return [
        "none",
        f"none|{kind}|{person}",
        f"none|{kind}|{clause.room}",
        f"none|{kind}|{after}",
        f"none|{clause.key}",
        f"none|s|{clause.subject}|{r1}",
        f"none|{kind}|{clause.before}",
        f"none|{line.block.kind[0]}|{kind}",
        f"none|{kind}|{direction}",
        f"none|{kind}|{line.words[c.first].attached}|{after}",
        f"none|nn|{kind}|{r1}|{role_at(line, c.last + 2)}",
        f"none|nb|{kind}|{role_at(line, c.first - 1)}|{r1}",
        f"none|np|{person}|{r1}|{clause.room}",
        f"none|e|{clause.earlier}|{clause.joined}|{kind}",
        f"none|er|{clause.earlier}|{clause.joined}|{clause.before}|{r1}",
    ]


def _after(clause: _Clause, j: int) -> list[str]:
    c = clause.cue
    line, words, person = c.line, c.line.words, clause.person
    this = words[j].namely
    gap = j - c.last - 1
    return [
        f"Rnn={words[j - 1].namely}|{this}|{min(gap, 2)}",
        f"Rs={clause.subject}|{min(gap, 1)}|{c.kind}",
        f"Rf={words[j].form}",
        f"Rna={this}|{c.kind}|{person}|{min(gap, 1)}",
        f"Rt={words[j].seen}",
        f"Rl={clause.key}|{min(gap, 2)}",
        f"Rper={person}|{words[j].shape}",
        f"Rroom={clause.room}|{min(gap, 2)}|{c.kind}",
        f"Rnx={this}|{role_at(line, j + 1)}|{role_at(line, j + 2)}|{min(gap, 1)}",
    ]


def _before(clause: _Clause, j: int) -> list[str]:
    c = clause.cue
    line, words, person = c.line, c.line.words, clause.person
    word = words[j]
    this, prev = word.seen, around(line, j - 1)
    gap = c.first - j
    rel = any(words[i].kind == "rel" for i in range(j, c.first))
    at_start = j == line.first[line.sentence[j]]
    between = _between(c, j)
    return [
        f"Lgap={bucket(gap)}|{c.kind}",
        f"Lnn={words[j - 1].namely if j else '^'}|{word.namely}",
        f"Lsu={clause.subject}|{prev if prev in MARKS or (j and words[j - 1].kind) else ''}",
        f"Lt={this}",
        f"Lp={prev}",
        f"Lpt={prev}|{this}",
        f"Ltn={this}|{around(line, j + 1)}",
        f"Ls={at_start}|{line.block.kind[0]}|{c.kind}",
        f"Lrel={rel}|{clause.before}",
        f"Lper={person}|{word.shape}|{c.kind}",
        f"Lroom={clause.room}|{c.kind}",
        f"Lgb={bucket(gap)}|{at_start}|{clause.before}",
        f"Le={clause.earlier}|{clause.joined}|{at_start}|{between}",
        f"Lpp={role_at(line, j - 2)}|{prev}|{word.role}|{rel}",
        f"Lag={person}|{word.form[-1:]}|{word.part}|{c.kind}",
        f"Lpk={person}|{this}|{min(gap, 3)}",
        f"Lbp={between}|{role_at(line, j - 1)}|{c.kind}",
    ]


_NEAR = 25
"""Tokens before a cue among which its clause is looked for."""


def _earlier(c: Candidate) -> str:
    """The nearest thing before the cue in its sentence that says whose clause it is: an opener, a relative, another
    reporting verb; "" for none."""
    line = c.line
    begin = max(line.first[line.sentence[c.first]], c.first - _NEAR)
    for i in range(c.first - 1, begin - 1, -1):
        word = line.words[i]
        if word.kind in ("opener", "rel", "kana", "hal"):
            return f"{word.kind}{word.joined}{min(c.first - i, 3)}"
        if word.cue is not None and word.cue.shape in ("past", "present", "participle"):
            return f"{word.cue.shape}{word.joined}"
    return ""


def _between(c: Candidate, j: int) -> str:
    """How many verbs, commas and relatives stand between a source that may begin at token `j` and the cue after it."""
    verbs = commas = relatives = 0
    for word in c.line.words[j + 1 : c.first]:
        if word.form in "،,":
            commas += 1
        elif word.kind == "rel":
            relatives += 1
        elif word.role in ("V", "P", "past", "present", "kana"):
            verbs += 1
    return f"{min(verbs, 2)}{min(commas, 2)}{min(relatives, 1)}"


def _subject_before(c: Candidate) -> str:
    """What a noun phrase that stands right before the cue begins with: an opener, a relative, the sentence; "" for none."""
    line, words = c.line, c.line.words
    i = c.first - 1
    begin = line.first[line.sentence[c.first]]
    if (
        i < begin
        or words[i].form in MARKS
        or words[i].kind in ("prep", "conj", "opener", "rel", "neg", "qad", "kana", "time", "day")
    ):
        return words[i].kind if i >= begin and words[i].form not in MARKS else ""
    for k in range(i, max(begin, i - 8) - 1, -1):
        if words[k].kind in ("opener", "conj", "side", "hal"):
            return f"{words[k].kind}+{min(i - k, 3)}"
        if words[k].form in MARKS or words[k].kind in ("prep", "rel"):
            return ""
    return "sentence" if i - begin < 8 else ""


def source_end_features(c: Candidate, start: int, j: int, limit: int) -> list[str]:
    """For: does the source that begins at `start` end with token `j`, the last it may take being `limit`?"""
    line, words = c.line, c.line.words
    n1, this, name = around(line, j + 1), words[j].seen, words[j].namely
    r1, r2 = role_at(line, j + 1), role_at(line, j + 2)
    next_kind = words[j + 2].kind if j + 2 < len(words) else "$"
    length = j - start
    side = "R" if start > c.last else "L"
    held = _held(line, start, j)
    rest = "+" if limit - j > 3 else " ".join(around(line, i) for i in range(j + 1, limit + 2))
    return [
        f"{side}n1={n1}",
        f"{side}nn={name}|{r1}|{r2}",
        f"{side}nn1={name}|{r1}|{min(length, 3)}",
        f"{side}f1={words[j + 1].form if j + 1 < len(words) else '$'}",
        f"{side}kk={this}|{n1}|{next_kind}",
        f"{side}nk={name}|{n1}|{r2}",
        f"{side}hk={words[start].kind}|{n1}|{min(length, 3)}",
        f"{side}hkk={words[start].kind}|{n1}|{next_kind}",
        f"{side}pp={n1}|{words[j + 2].look if j + 2 < len(words) else '$'}",
        f"{side}t={this}",
        f"{side}tn={this}|{n1}",
        f"{side}len={min(length, 12)}|{n1 if n1 in MARKS else ''}",
        f"{side}lim={j == limit}",
        f"{side}limlen={j == limit}|{bucket(length)}",
        f"{side}head={words[start].seen}|{min(length, 4)}",
        f"{side}key={c.lemma}|{r1}",
        f"{side}held1={held}|{n1 if n1 in MARKS or (j + 1 < len(words) and words[j + 1].kind) else '-'}",
        f"{side}heldr={held}|{name}|{r1}",
        f"{side}rest={rest}",
        f"{side}k1={_sort_at(line, j + 1)}|{_sort_at(line, j + 2)}",
        f"{side}q={line.quote[j] > 0 and j + 1 < len(words) and line.quote[j + 1] == line.quote[j]}",
    ]


def _sort_at(line: Line, i: int) -> str:
    """The class of a word among function words and heads, its part of speech where it has none."""
    return line.words[i].kind or line.words[i].part if i < len(line.words) else "$"


def _held(line: Line, start: int, j: int) -> str:
    """What a source that begins at `start` has taken up to token `j`: names, a preposition, a comma, a relative."""
    names = preps = commas = relatives = 0
    for word in line.words[start : j + 1]:
        names += word.part == "R" or word.role in ("r", "?")
        preps += word.kind == "prep"
        commas += word.form in "،,"
        relatives += word.kind == "rel"
    return f"{line.words[start].kind}{min(names, 2)}{min(preps, 1)}{min(commas, 1)}{min(relatives, 1)}"


def name_places(words: list[Word]) -> list[int]:
    """Where in a source the name may begin: at its first word, and at any other that is no mark, no function word, no
    adjective of the word before it, and not written with a conjunction or preposition."""
    return [k for k, w in enumerate(words) if k == 0 or _may_begin(words, k)]


def _may_begin(words: list[Word], k: int) -> bool:
    word = words[k]
    if (
        word.form in MARKS
        or word.joined
        or words[k - 1].kind == "bridge"
        or (word.part == "A" and word.definite and words[k - 1].definite)
        or (word.cue is not None and word.part in "VP")
    ):
        return False
    if word.kind == "prep":
        return k + 1 < len(words) and personal(words[k + 1]) in "Rub"
    return word.kind in ("", "bridge", "body", "agency", "outlet", "title")


def personal(word: Word) -> str:
    """What a word is to a person's name, as one letter: R a known one, b a bridge, u never seen, D with the article, and its
    part of speech or class for any other."""
    if word.form in MARKS or word.joined:
        return word.form if word.form in MARKS else "j"
    if word.kind:
        return "b" if word.kind == "bridge" else word.kind
    if word.part == "R":
        return "R"
    if word.definite:
        return "D" + word.part
    if word.part == "?":
        return "u" if word.name < 0 else "r" if word.name > 7 else "n"
    return word.part


def name_run(words: list[Word], k: int) -> int:
    """How many words from `k` on may make up one person's name."""
    n = k
    while n < len(words) and (personal(words[n]) in "Rubr" or (n > k and personal(words[n])[0] == "D")):
        n += 1
    return n - k


def name_features(words: list[Word], k: int) -> list[str]:
    """For: does the name that a source gives begin at its word `k` (0: the source as a whole is the name)?"""
    n = len(words)
    word, before = words[k], words[k - 1] if k else None
    prev = before.seen if before is not None else "^"
    this = word.seen
    run = name_run(words, k)
    after = personal(words[k + run]) if k + run < n else "$"
    was = personal(before) if before is not None else "^"
    here = personal(word)
    head = words[0].kind
    return [
        f"head={words[0].seen}|{k == 0}|{min(n, 4)}",
        f"p={prev}",
        f"t={this}",
        f"pt={prev}|{this}",
        f"pp={was}|{here}|{min(run, 3)}",
        f"ppp={was}|{here}|{personal(words[k + 1]) if k + 1 < n else '$'}",
        f"run={min(run, 4)}|{after}|{k == 0}",
        f"hrun={head}|{min(run, 3)}|{after == '$'}|{was}",
        f"kk={head}|{k == 0}|{_titled_run(words)}",
        f"left={min(n - k, 5)}|{k == 0}",
        f"comma={prev in MARKS}|{min(n - k, 4)}",
        f"pf={before.form if before is not None else ''}",
    ]


def _titled_run(words: list[Word]) -> int:
    """The longest run of a person's name after the head, up to three words."""
    best = k = 0
    while (k := k + 1) < len(words):
        best = max(best, run := name_run(words, k))
        k += run
    return min(best, 3)
