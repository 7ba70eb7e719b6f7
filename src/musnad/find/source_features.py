"""Features of sources: where the words that name a speaker begin and end, and the name within them."""

from __future__ import annotations

from musnad.find.cues import Candidate
from musnad.find.features import around, bucket, namely, role_at, seen
from musnad.find.lines import MARKS, Line
from musnad.lang.word import Word


def source_start_features(c: Candidate, j: int | None, content: int, direction: int) -> list[str]:
    """For: does the source of `c` begin at token `j` (None: the cue has no source of its own)?"""
    line, words = c.line, c.line.words
    word = words[c.first]
    key = f"{c.kind}:{c.lemma}"
    person = word.cue.person + word.attached if word.cue is not None else ""
    after = around(line, c.last + 1)
    before = around(line, c.first - 1)
    room = bucket(content - c.last - 1) if content > c.last else "L"
    if j is None:
        return [
            "none",
            f"none|{c.kind}|{person}",
            f"none|{c.kind}|{room}",
            f"none|{c.kind}|{after}",
            f"none|{key}",
            f"none|s|{_subject_before(c)}|{role_at(line, c.last + 1)}",
            f"none|{c.kind}|{before}",
            f"none|{line.block.kind[0]}|{c.kind}",
            f"none|{c.kind}|{direction}",
            f"none|{c.kind}|{word.attached}|{after}",
            f"none|nn|{c.kind}|{role_at(line, c.last + 1)}|{role_at(line, c.last + 2)}",
            f"none|nb|{c.kind}|{role_at(line, c.first - 1)}|{role_at(line, c.last + 1)}",
            f"none|np|{person}|{role_at(line, c.last + 1)}|{room}",
            f"none|e|{_earlier(c)}|{word.joined}|{c.kind}",
            f"none|er|{_earlier(c)}|{word.joined}|{before}|{role_at(line, c.last + 1)}",
        ]
    this, prev, nxt = seen(words[j]), around(line, j - 1), around(line, j + 1)
    subject = _subject_before(c)
    earlier = _earlier(c)
    if j > c.last:
        gap = j - c.last - 1
        return [
            f"Rnn={namely(words[j - 1])}|{namely(words[j])}|{min(gap, 2)}",
            f"Rs={subject}|{min(gap, 1)}|{c.kind}",
            f"Rf={words[j].form}",
            f"Rna={namely(words[j])}|{c.kind}|{person}|{min(gap, 1)}",
            f"Rt={this}",
            f"Rl={key}|{min(gap, 2)}",
            f"Rper={person}|{words[j].shape}",
            f"Rroom={room}|{min(gap, 2)}|{c.kind}",
            f"Rnx={namely(words[j])}|{role_at(line, j + 1)}|{role_at(line, j + 2)}|{min(gap, 1)}",
        ]
    gap = c.first - j
    rel = any(words[i].kind == "rel" for i in range(j, c.first))
    at_start = j == line.first[line.sentence[j]]
    return [
        f"Lgap={bucket(gap)}|{c.kind}",
        f"Lnn={namely(words[j - 1]) if j else '^'}|{namely(words[j])}",
        f"Lsu={subject}|{prev if prev in MARKS or (j and words[j - 1].kind) else ''}",
        f"Lt={this}",
        f"Lp={prev}",
        f"Lpt={prev}|{this}",
        f"Ltn={this}|{nxt}",
        f"Ls={at_start}|{line.block.kind[0]}|{c.kind}",
        f"Lrel={rel}|{before}",
        f"Lper={person}|{words[j].shape}|{c.kind}",
        f"Lroom={room}|{c.kind}",
        f"Lgb={bucket(gap)}|{at_start}|{before}",
        f"Le={earlier}|{word.joined}|{at_start}|{_between(c, j)}",
        f"Lpp={role_at(line, j - 2)}|{prev}|{words[j].role}|{rel}",
        f"Lag={person}|{words[j].form[-1:]}|{words[j].part}|{c.kind}",
        f"Lpk={person}|{this}|{min(gap, 3)}",
        f"Lbp={_between(c, j)}|{role_at(line, j - 1)}|{c.kind}",
    ]


def _earlier(c: Candidate) -> str:
    """The nearest thing before the cue in its sentence that says whose clause it is: an opener, a relative, another
    reporting verb; "" for none."""
    line = c.line
    begin = max(line.first[line.sentence[c.first]], c.first - 25)
    for i in range(c.first - 1, begin - 1, -1):
        word = line.words[i]
        if word.kind in ("opener", "rel", "kana", "hal"):
            return f"{word.kind}{word.joined}{min(c.first - i, 3)}"
        if word.cue is not None and word.cue.shape in ("past", "present", "participle"):
            return f"{word.cue.shape}{word.joined}"
    return ""


def _between(c: Candidate, j: int) -> str:
    """What stands between a source that may begin at token `j` and the cue after it: verbs, commas, particles."""
    verbs = commas = relatives = 0
    line = c.line
    for word in line.words[j + 1 : c.first]:
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
    n1, n2, this = around(line, j + 1), around(line, j + 2), seen(words[j])
    length = j - start
    side = "R" if start > c.last else "L"
    held = _held(line, start, j)
    rest = "+" if limit - j > 3 else " ".join(around(line, i) for i in range(j + 1, limit + 2))
    return [
        f"{side}n1={n1}",
        f"{side}nn={namely(words[j])}|{role_at(line, j + 1)}|{role_at(line, j + 2)}",
        f"{side}nn1={namely(words[j])}|{role_at(line, j + 1)}|{min(length, 3)}",
        f"{side}f1={words[j + 1].form if j + 1 < len(words) else '$'}",
        f"{side}kk={this}|{n1}|{words[j + 2].kind if j + 2 < len(words) else '$'}",
        f"{side}nk={namely(words[j])}|{n1}|{role_at(line, j + 2)}",
        f"{side}hk={words[start].kind}|{n1}|{min(length, 3)}",
        f"{side}hkk={words[start].kind}|{n1}|{words[j + 2].kind if j + 2 < len(words) else '$'}",
        f"{side}pp={n1}|{words[j + 2].look if j + 2 < len(words) else '$'}",
        f"{side}t={this}",
        f"{side}tn={this}|{n1}",
        f"{side}len={min(length, 12)}|{n1 if n1 in MARKS else ''}",
        f"{side}lim={j == limit}",
        f"{side}limlen={j == limit}|{bucket(length)}",
        f"{side}head={seen(words[start])}|{min(length, 4)}",
        f"{side}key={c.lemma}|{role_at(line, j + 1)}",
        f"{side}held1={held}|{n1 if n1 in MARKS or (j + 1 < len(words) and words[j + 1].kind) else '-'}",
        f"{side}heldr={held}|{namely(words[j])}|{role_at(line, j + 1)}",
        f"{side}rest={rest}",
        f"{side}k1={kind_at(line, j + 1)}|{kind_at(line, j + 2)}",
        f"{side}q={line.quote[j] > 0 and j + 1 < len(words) and line.quote[j + 1] == line.quote[j]}",
    ]


def kind_at(line: Line, i: int) -> str:
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


def name_features(words: list[Word], k: int) -> list[str]:
    """For: does the name that a source gives begin at its word `k` (0: the source as a whole is the name)?"""
    n = len(words)
    word, before = words[k], words[k - 1] if k else None
    prev = seen(before) if before is not None else "^"
    this = seen(word)
    names = sum(w.name > 7 or w.name < 0 for w in words[k:])
    return [
        f"head={seen(words[0])}|{k == 0}|{min(n, 4)}",
        f"p={prev}",
        f"t={this}",
        f"pt={prev}|{this}",
        f"nn={namely(before) if before is not None else '^'}|{namely(word)}",
        f"nnn={namely(before) if before is not None else '^'}|{namely(word)}|{namely(words[k + 1]) if k + 1 < n else '$'}",
        f"left={min(n - k, 5)}|{k == 0}",
        f"comma={prev in MARKS}|{min(n - k, 4)}",
        f"all={names == n - k}|{k == 0}|{min(n - k, 3)}",
        f"pf={before.form if before is not None else ''}",
    ]
