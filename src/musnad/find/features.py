"""Features: what a model sees of a place, as short strings. One function a choice; training and finding share them."""

from __future__ import annotations

from typing import NamedTuple

from musnad.find.cues import Candidate
from musnad.find.lines import MARKS, STOPS, WHO_MAY_SPEAK, Line
from musnad.lang.word import Word

_FAR = 24
_ACCUSATIVE = "\u0627"
_BUCKETS = (0, 1, 2, 3, 4, 5, 7, 9, 12, 16, 22, 30, 45)
_NAMES = [str(next(b for b in _BUCKETS if n <= b)) for n in range(_BUCKETS[-1] + 1)]


def bucket(n: int) -> str:
    """A length as one of a dozen names."""
    return _NAMES[max(n, 0)] if n < len(_NAMES) else "+"


def around(line: Line, i: int) -> str:
    """What stands at token `i`, "^" and "$" beyond the line."""
    if i < 0:
        return "^"
    return line.words[i].seen if i < len(line.words) else "$"


def ahead(line: Line, start: int, end: int) -> tuple[str, str, str]:
    """How far the next opener, quotation mark and colon are: "0", "1", "near", "far", "-"."""
    found = ["-", "-", "-"]
    words = line.words
    for j in range(start, min(end + 1, start + _FAR)):
        word = words[j]
        which = (
            0
            if word.kind == "opener" and not word.joined
            else 1
            if word.form in '"“”«„'
            else 2
            if word.form == ":"
            else -1
        )
        if which >= 0 and found[which] == "-":
            d = j - start
            found[which] = str(d) if d < 2 else "near" if d < 9 else "far"
        elif word.cue is not None and word.cue.shape in ("past", "present") and found[0] == "-" and word.joined:
            break
    return found[0], found[1], found[2]


def direction_features(c: Candidate) -> list[list[str]]:
    """For: does the content stand after the cue (0), before it (1), or around it (2)?"""
    line = c.line
    key = f"{c.kind}:{c.lemma}"
    before, after = around(line, c.first - 1), around(line, c.last + 1)
    start = c.first == line.first[line.sentence[c.first]]
    end = line.sentence_end(c.last)
    opener, quote, colon = ahead(line, c.last + 1, end)
    near = min(end, c.last + _FAR)
    comma = next((j for j in range(c.last + 1, near + 1) if line.words[j].form in "،,"), end)
    word = line.words[c.first]
    attached = word.attached
    common = [
        "1",
        f"k={c.kind}",
        f"l={key}",
        f"lw={c.last - c.first}|{c.kind}",
        f"b={c.kind}|{before}",
        f"a={c.kind}|{after}",
        f"la={key}|{after}",
        f"start={start}|{c.kind}",
        f"op={opener}|{c.kind}",
        f"q={quote}|{c.kind}",
        f"co={colon}|{c.kind}",
        f"left={bucket(end - c.last)}|{c.kind}",
        f"gone={bucket(c.first - line.first[line.sentence[c.first]])}|{c.kind}",
        f"comma={bucket(comma - c.last)}|{c.kind}|{comma == end}",
        f"att={attached}|{c.kind}|{before}",
        f"j={word.joined}|{c.kind}",
    ]
    return [[f"{d}/{f}" for f in common] for d in "RLW"]


class Way(NamedTuple):
    """What stands between a cue and a place: openers, verbs, commas, the prepositions, whether somebody who may be its
    subject; and `ahead`, how far the next opener and quotation after the place are."""

    openers: int
    verbs: int
    commas: int
    prepositions: str
    somebody: bool
    ahead: str


def may_speak(word: Word) -> bool:
    """Whether a word may head the name of a speaker."""
    return word.kind in ("title", "body", "agency", "outlet", "unnamed", "document") or word.part in ("R", "H", "O")


def distances(line: Line, first: int, last: int) -> list[str]:
    """For each token from `first` to `last`, how far after it the next opener and the next quotation are."""
    out = []
    opener = quote = last + _FAR
    for j in range(last, first - 1, -1):
        out.append(f"{_distance(opener - j - 1)}|{_distance(quote - j - 1)}")
        word = line.words[j]
        if word.kind == "opener" and not word.joined:
            opener = j
        elif word.form in '"“”„«':
            quote = j
    return out[::-1]


def _distance(n: int) -> str:
    return str(n) if n < 2 else "near" if n < 9 else "far" if n < _FAR - 1 else "-"


def start_features(c: Candidate, j: int, way: Way) -> list[str]:
    """For: does the content that follows cue `c` begin at token `j`, `way` from it?"""
    seen_opener, verbs, commas, prepositions, somebody, coming = way
    line, words = c.line, c.line.words
    word = words[j]
    before = words[j - 1]
    key = f"{c.kind}:{c.lemma}"
    this, prev, nxt = word.seen, before.seen, around(line, j + 1)
    gap = bucket(j - c.last - 1)
    role, was = word.namely, before.namely
    near = min(j - c.last - 1, 3)
    out = [
        f"p={prev}",
        f"pt={prev}|{this}",
        f"tn={this}|{nxt}",
        f"ct={c.kind}|{this}",
        f"lp={key}|{prev}",
        f"lt={key}|{this}",
        f"gap={gap}|{c.kind}",
        f"lgap={key}|{gap if j - c.last < 3 else '-'}",
        f"so={seen_opener}|{this if word.kind == 'opener' else ''}",
        f"gapp={min(j - c.last - 1, 6)}|{prev if before.kind or before.form in MARKS else ''}",
        f"f={word.form}",
        f"lk={word.look}",
        f"nnc={c.kind}|{was}|{role}|{near}",
        f"v={min(verbs, 2)}|{min(commas, 2)}",
        f"vo={min(verbs, 2)}|{seen_opener}|{word.kind == 'opener'}",
        f"lpp={key}|{prepositions}|{prev if before.kind == 'prep' else ''}",
        f"cpp={c.kind}|{prepositions[-8:]}|{prev if before.kind == 'prep' else this[:1]}",
        f"lf1={key}|{word.form[:1]}|{gap if j - c.last < 2 else ''}",
        f"ah={coming}|{role}",
        f"sb={somebody}|{c.kind}|{role}",
        f"sbp={somebody}|{was}|{role}",
        f"bl={line.block.kind[0]}|{role}|{near}",
    ]
    if word.form in '"“”«„' and line.quote[j] and not line.quote[j - 1]:
        out += ["quote", f"quote|{prev}", f"quote|{gap}"]
    if line.quote[j] and line.quote[j] == line.quote[j - 1]:
        out.append("inside")
    reports = words[c.first].cue
    act = reports.act if reports is not None else c.kind
    out.append(f"sba={somebody}|{act}|{word.form[:1]}")
    if word.cue is not None:
        out.append(f"cue={word.cue.shape}|{gap}")
    return out


def end_features(c: Candidate, start: int, j: int, commas: int, stops: int) -> list[str]:
    """For: does the content that begins at token `start` end with token `j`?

    What a sentence says is no sign of where a report ends: forms of words before the boundary, lemmas of cues and lengths
    were tried and made it worse on outlets that were not trained on.
    """
    line, words = c.line, c.line.words
    n = len(words)
    n1, n2 = around(line, j + 1), around(line, j + 2)
    opened = line.quote[start] or (line.quote[start + 1] if start + 1 < n else 0)
    inside = line.quote[j] > 0 and j + 1 < n and line.quote[j + 1] == line.quote[j]
    closes = bool(opened) and line.quote[j] == opened and not inside
    quoted = f"{closes}|{inside}|{bool(opened)}"
    out = [
        f"n1={n1}",
        f"n12={n1}|{n2}",
        f"c={min(commas, 4)}|{n1}",
        f"st={min(stops, 3)}|{n1}|{bool(opened)}",
        f"k={c.kind}|{n1}|{n2}",
        f"op={words[start].kind == 'opener'}|{n1}",
        f"q={quoted}",
        f"qn={quoted}|{n1}",
        f"b={line.block.kind[0]}|{n1}",
    ]
    if line.quote[j] and not inside:
        stopped = words[j - 1].form[0] in STOPS
        out += [f"qc={n1}|{_opening(line, start)}", f"qs={stopped}|{n1 if n1 in MARKS else ''}|{closes}"]
    if j + 1 < n:
        mark = n1 if n1 in MARKS else ""
        at = j + 2 if mark and j + 2 < n else j + 1
        nxt = words[at]
        out.append(f"nf={nxt.form}|{mark != ''}")
        if nxt.joined:
            out.append(f"par={words[start].namely}|{nxt.namely}|{mark}")
        if nxt.cue is not None:
            out.append(f"cue={nxt.cue.shape}|{nxt.joined}|{nxt.attached}|{mark}")
            out.append(f"opc={words[start].kind == 'opener'}|{nxt.joined}|{nxt.cue.shape}|{mark}|{nxt.attached}")
            out.append(f"lc={nxt.cue.lemma}|{nxt.cue.shape}|{nxt.joined}|{mark != ''}")
            out.append(f"clause={nxt.cue.shape}|{nxt.joined}|{mark}|{_follows(words, at + 1)}")
        elif nxt.form[-1:] == _ACCUSATIVE and not nxt.joined and not nxt.kind:
            out.append(f"acc={nxt.form[0]}|{mark}|{around(line, at + 1) if at + 1 < n and words[at + 1].kind else ''}")
        out.append(f"rn={mark}|{nxt.namely}")
        out.append(f"rnn={mark}|{nxt.namely}|{role_at(line, j + 3)}")
        out.append(f"nj={nxt.joined}|{nxt.shape}|{mark}")
    return out


def _opening(line: Line, start: int) -> str:
    """What a content begins with, coarsely: an opener, a quotation, a preposition's noun, a verb, another word."""
    words = line.words
    word = words[start]
    if word.kind == "opener":
        return "opener"
    if line.quote[start]:
        return "quote"
    if start and words[start - 1].kind == "prep":
        return "prep"
    return "verb" if word.part in "VP" else "other"


def _follows(words: list[Word], i: int) -> str:
    """What follows a reporting verb, coarsely: somebody who may speak, an opener, a preposition, something else."""
    if i >= len(words):
        return "$"
    word = words[i]
    if word.kind in WHO_MAY_SPEAK or (not word.kind and word.part in "RHO"):
        return "somebody"
    return word.kind if word.kind in ("opener", "prep") else word.form if word.form in MARKS else "other"


def left_features(c: Candidate, j: int, commas: int) -> list[str]:
    """For: does the content that stands before cue `c` begin at token `j`?"""
    line, words = c.line, c.line.words
    prev, this = around(line, j - 1), words[j].seen
    at_start = j == line.first[line.sentence[j]]
    length = bucket(c.first - j)
    quoted = words[j].form in '"“”«„' and line.quote[j] > 0
    closing = line.quote[c.first - 1] > 0 or (c.first > 1 and line.quote[c.first - 2] > 0)
    leads = c.first == line.first[line.sentence[c.first]]
    return [
        f"p={prev}",
        f"pt={prev}|{this}",
        f"t={this}",
        f"s={at_start}",
        f"sk={at_start}|{c.kind}",
        f"len={length}|{at_start}",
        f"lenp={length}|{prev}",
        f"c={min(commas, 4)}|{at_start}",
        f"q={quoted}|{closing}",
        f"tn={this}|{around(line, j + 1)}",
        f"st={line.sentence[c.first] - line.sentence[j]}",
        f"b={line.block.kind[0]}|{at_start}",
        f"n={words[j].namely}|{role_at(line, j + 1)}|{at_start}",
        f"l={c.kind}:{c.lemma}|{at_start}|{prev in MARKS}",
        f"sf={line.sentence[c.first] - line.sentence[j]}|{at_start}|{c.kind}|{leads}",
    ]


def role_at(line: Line, i: int) -> str:
    """The role of token `i`, "$" beyond the line."""
    return line.words[i].namely if 0 <= i < len(line.words) else "$"
