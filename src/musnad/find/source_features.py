"""Features of sources: where the words that name a speaker begin and end, and the name within them."""

from __future__ import annotations

from musnad.find.cues import Candidate
from musnad.find.features import around, bucket, namely, role_at, seen
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
    this, prev, nxt = seen(words[j]), around(line, j - 1), around(line, j + 1)
    subject = _subject_before(c)
    if j > c.last:
        gap = j - c.last - 1
        return [
            f"Rnn={namely(words[j - 1])}|{namely(words[j])}|{min(gap, 2)}",
            f"Rs={subject}|{min(gap, 1)}|{c.kind}",
            f"Rf={words[j].form}",
            f"Rlk={words[j].look}|{min(gap, 1)}",
            f"Rna={namely(words[j])}|{c.kind}|{person}|{min(gap, 1)}",
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
        f"Lnn={namely(words[j - 1]) if j else '^'}|{namely(words[j])}",
        f"Lsu={subject}|{prev if prev in MARKS or (j and words[j - 1].kind) else ''}",
        f"Lnc={namely(words[c.first - 1])}|{person}|{c.kind}",
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
    n1, n2, this = around(line, j + 1), around(line, j + 2), seen(words[j])
    length = j - start
    side = "R" if start > c.last else "L"
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
        f"{side}lk1={words[j + 1].look if j + 1 < len(words) else '$'}",
        f"{side}n12={n1}|{n2}",
        f"{side}t={this}",
        f"{side}tn={this}|{n1}",
        f"{side}len={min(length, 12)}|{n1 if n1 in MARKS else ''}",
        f"{side}lim={j == limit}",
        f"{side}limlen={j == limit}|{bucket(length)}",
        f"{side}head={seen(words[start])}|{min(length, 4)}",
        f"{side}room={bucket(limit - j)}|{n1}",
        f"{side}q={line.quote[j] > 0 and j + 1 < len(words) and line.quote[j + 1] == line.quote[j]}",
    ]


def name_places(words: list[Word]) -> list[int]:
    """Where in a source the name may begin: at its first word, and at any other that is no mark, no function word, and not
    written with a conjunction or preposition."""
    return [k for k, w in enumerate(words) if k == 0 or _may_begin(words, k)]


def _may_begin(words: list[Word], k: int) -> bool:
    word = words[k]
    if (
        word.form in MARKS
        or word.joined
        or words[k - 1].kind == "bridge"
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
    prev = seen(before) if before is not None else "^"
    this = seen(word)
    run = name_run(words, k)
    after = personal(words[k + run]) if k + run < n else "$"
    was = personal(before) if before is not None else "^"
    here = personal(word)
    head = words[0].kind
    return [
        f"head={seen(words[0])}|{k == 0}|{min(n, 4)}",
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
