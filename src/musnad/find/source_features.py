"""Features of sources: where the words that name a speaker begin and end, and the name within them."""

from __future__ import annotations

from musnad.find.cues import Candidate
from musnad.find.features import around, bucket, role_at
from musnad.find.lines import MARKS
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
        ]
    this, prev, nxt = words[j].seen, around(line, j - 1), around(line, j + 1)
    subject = _subject_before(c)
    if j > c.last:
        gap = j - c.last - 1
        return [
            f"Rnn={words[j - 1].namely}|{words[j].namely}|{min(gap, 2)}",
            f"Rs={subject}|{min(gap, 1)}|{c.kind}",
            f"Rf={words[j].form}",
            f"Rlk={words[j].look}|{min(gap, 1)}",
            f"Rna={words[j].namely}|{c.kind}|{person}|{min(gap, 1)}",
            f"Rt={this}",
            f"Rl={key}|{min(gap, 2)}",
            f"Rper={person}|{words[j].shape}",
            f"Rroom={room}|{min(gap, 2)}|{c.kind}",
            f"Rprev={prev if words[j - 1].kind or prev in MARKS else ''}|{gap > 0}",
        ]
    gap = c.first - j
    rel = any(words[i].kind == "rel" for i in range(j, c.first))
    at_start = j == line.first[line.sentence[j]]
    return [
        f"Lgap={bucket(gap)}|{c.kind}",
        f"Lnn={words[j - 1].namely if j else '^'}|{words[j].namely}",
        f"Lsu={subject}|{prev if prev in MARKS or (j and words[j - 1].kind) else ''}",
        f"Lnc={words[c.first - 1].namely}|{person}|{c.kind}",
        f"Lt={this}",
        f"Lp={prev}",
        f"Lpt={prev}|{this}",
        f"Ltn={this}|{nxt}",
        f"Lb={before}|{c.kind}",
        f"Ls={at_start}|{line.block.kind[0]}|{c.kind}",
        f"Lrel={rel}|{before}",
        f"Lper={person}|{words[j].shape}|{c.kind}",
        f"Lroom={room}|{c.kind}",
        f"Lgb={bucket(gap)}|{at_start}|{before}",
    ]


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
    n1, n2, this = around(line, j + 1), around(line, j + 2), words[j].seen
    length = j - start
    side = "R" if start > c.last else "L"
    return [
        f"{side}n1={n1}",
        f"{side}nn={words[j].namely}|{role_at(line, j + 1)}|{role_at(line, j + 2)}",
        f"{side}nn1={words[j].namely}|{role_at(line, j + 1)}|{min(length, 3)}",
        f"{side}f1={words[j + 1].form if j + 1 < len(words) else '$'}",
        f"{side}kk={this}|{n1}|{words[j + 2].kind if j + 2 < len(words) else '$'}",
        f"{side}nk={words[j].namely}|{n1}|{role_at(line, j + 2)}",
        f"{side}hk={words[start].kind}|{n1}|{min(length, 3)}",
        f"{side}hkk={words[start].kind}|{n1}|{words[j + 2].kind if j + 2 < len(words) else '$'}",
        f"{side}pp={n1}|{words[j + 2].look if j + 2 < len(words) else '$'}",
        f"{side}lk1={words[j + 1].look if j + 1 < len(words) else '$'}",
        f"{side}n12={n1}|{n2}",
        f"{side}t={this}",
        f"{side}tn={this}|{n1}",
        f"{side}len={min(length, 12)}|{n1 if n1 in MARKS else ''}",
        f"{side}lim={j == limit}",
        f"{side}limlen={j == limit}|{bucket(length)}",
        f"{side}head={words[start].seen}|{min(length, 4)}",
        f"{side}room={bucket(limit - j)}|{n1}",
        f"{side}q={line.quote[j] > 0 and j + 1 < len(words) and line.quote[j + 1] == line.quote[j]}",
    ]


def name_features(words: list[Word], k: int) -> list[str]:
    """For: does the name that a source gives begin at its word `k` (0: the source as a whole is the name)?"""
    n = len(words)
    word, before = words[k], words[k - 1] if k else None
    prev = before.seen if before is not None else "^"
    this = word.seen
    names = sum(w.name > 7 or w.name < 0 for w in words[k:])
    return [
        f"head={words[0].seen}|{k == 0}|{min(n, 4)}",
        f"p={prev}",
        f"t={this}",
        f"pt={prev}|{this}",
        f"nn={before.namely if before is not None else '^'}|{word.namely}",
        f"nnn={before.namely if before is not None else '^'}|{word.namely}|{words[k + 1].namely if k + 1 < n else '$'}",
        f"left={min(n - k, 5)}|{k == 0}",
        f"comma={prev in MARKS}|{min(n - k, 4)}",
        f"all={names == n - k}|{k == 0}|{min(n - k, 3)}",
        f"pf={before.form if before is not None else ''}",
    ]
