"""Features of cues: is a candidate one, and is what was built on it an attribution? Training and finding share them."""

from __future__ import annotations

import math

from musnad.find.cues import Candidate
from musnad.find.features import ahead, around, bucket, role_at
from musnad.find.lines import MARKS
from musnad.lang.word import Cue, Word


def cue_features(c: Candidate) -> list[str]:
    """For: is this candidate a cue?"""
    line, words = c.line, c.line.words
    word = words[c.first]
    key = f"{c.kind}:{c.lemma}"
    before, before2, after, after2, after3 = (
        around(line, i) for i in (c.first - 1, c.first - 2, c.last + 1, c.last + 2, c.last + 3)
    )
    block = line.block.kind[0]
    end = line.sentence_end(c.last)
    out = [
        f"l={key}",
        f"f={word.form}",
        f"b={before}",
        f"kb={c.kind}|{before}",
        f"kbb={c.kind}|{before2}|{before}",
        f"ka={c.kind}|{after}",
        f"kaa={c.kind}|{after}|{after2}",
        f"la={key}|{after}",
        f"lb={key}|{before}",
        f"block={block}|{c.kind}",
        f"lblock={block}|{key}",
        f"blocka={block}|{c.kind}|{after}",
        f"k3={c.kind}|{after3}",
        f"q={line.quote[c.first] > 0}|{c.kind}",
        f"first={c.first == line.first[line.sentence[c.first]]}|{c.kind}",
    ]
    if word.cue is not None:
        habit = word.habit
        out += [
            f"ha={word.cue.shape}|{habit}|{after}",
            f"hb={word.cue.shape}|{habit}|{before}",
            f"hblock={habit}|{block}|{word.cue.shape}",
            f"act={word.cue.act}|{word.cue.shape}",
            f"acta={word.cue.act}|{word.cue.shape}|{after}",
            f"hn={word.cue.shape}|{habit}|{line.words[c.last + 1].name if c.last + 1 < len(words) else '$'}",
        ]
        out += [
            f"s={word.cue.shape}|{word.cue.person}|{word.attached}",
            f"sl={key}|{word.attached}|{word.joined}",
            f"sp={word.cue.shape}|{block}",
        ]
        out += _telling_features(c, word.cue, block)
    opener, quote, colon = ahead(line, c.last + 1, end)
    out += [
        f"oph={opener}|{quote}|{word.habit}|{c.kind}",
        f"op={opener}|{c.kind}",
        f"lop={key}|{opener}",
        f"qa={quote}|{c.kind}",
        f"co={colon}|{c.kind}",
        f"lq={key}|{quote}",
    ]
    negated = any(words[j].kind in ("neg", "future") for j in range(max(0, c.first - 2), c.first))
    if negated:
        out.append(f"negated|{c.kind}")
    if block == "h":
        out += [f"hb={c.kind}|{before2}|{before}"]
    if c.kind == "colon":
        out += _colon_features(c)
    return out + _role_features(c)


def _colon_features(c: Candidate) -> list[str]:
    """Whether somebody who may speak stands before a colon, or a place or a label, and whether a clause follows."""
    line, words, i = c.line, c.line.words, c.first
    left = words[:i]
    verb = any(_finite(w) for w in left)
    particle = any(w.kind == "prep" or w.led for w in left[1:])
    roles = "".join(w.kind[:1].upper() if w.kind else w.role[:1] for w in left[-3:])
    length = min(i, 7)
    return [
        f"cn={length}",
        f"cr={roles}",
        f"cvp={length}|{verb}|{particle}",
        f"cf={words[0].namely}",
        f"cfl={words[0].namely}|{words[i - 1].namely}",
        f"cp={sum(w.part == 'R' or w.role in 'r?' for w in left)}|{length}",
        f"cq={line.quote[i + 1] > 0}",
        f"cc={sum(w.form == ':' for w in words)}",
        f"cv={any(map(_finite, words[i + 1 :]))}",
    ]


def _finite(word: Word) -> bool:
    return word.cue is not None and word.cue.shape in ("past", "present")


def _role_features(c: Candidate) -> list[str]:
    """What can stand before and after a cue, by the role of the words: a name that was never seen is still a name."""
    line = c.line
    word = line.words[c.first]
    shape, act = (word.cue.shape, word.cue.act) if word.cue is not None else (c.kind, c.kind)
    b2, b, a, a2, a3 = (role_at(line, i) for i in (c.first - 2, c.first - 1, c.last + 1, c.last + 2, c.last + 3))
    return [
        f"ra={shape}|{a}",
        f"raa={shape}|{a}|{a2}",
        f"raaa={shape}|{a}|{a2}|{a3}",
        f"rb={shape}|{b}",
        f"rbb={shape}|{b2}|{b}",
        f"rba={shape}|{b}|{a}",
        f"rha={shape}|{word.habit}|{a}",
        f"rhb={shape}|{word.habit}|{b}",
        f"rca={act}|{shape}|{a}",
        f"rcb={act}|{shape}|{b}",
    ]


def _telling_features(c: Candidate, cue: Cue, block: str) -> list[str]:
    """What is known of a verb beforehand, and whether what it takes follows; without a lemma, for verbs never marked."""
    line, shape = c.line, cue.shape
    known = f"{cue.telling}|{shape}"
    follows = _takes(c, cue)
    role = role_at(line, c.last + 1)
    return [
        f"g={known}",
        f"t={shape}|{follows}",
        f"gt={known}|{follows}|{cue.bare}",
        f"ga={known}|{around(line, c.last + 1)}",
        f"gr={known}|{role}",
        f"grt={known}|{role}|{follows}",
        f"gb={known}|{around(line, c.first - 1)}",
        f"gblock={known}|{block}|{follows}",
    ]


_REACH_TAKES = 14
"""Words after a cue among which the particle that it takes is looked for."""


def _takes(c: Candidate, cue: Cue) -> str:
    """What comes first after a cue and how near: an opener, a particle that its verb takes, a quotation, a mark, a verb."""
    words = c.line.words
    end = min(c.line.sentence_end(c.last), c.last + _REACH_TAKES)
    for j in range(c.last + 1, end + 1):
        word = words[j]
        far = "0" if j == c.last + 1 else "n" if j < c.last + 6 else "f"
        if word.kind == "opener":
            return "o" + far
        if word.form in cue.takes:
            return "p" + far
        if word.led and word.led in cue.takes:
            return "l" + far
        if word.form in MARKS:
            if word.form in '"“«:':
                return word.form.replace("“", '"').replace("«", '"') + far
            if word.form in "،؛":
                return "," + far
        elif j > c.last + 1 and _finite(word):
            return "v" + far
    return "-"


def accept_features(
    c: Candidate, sure: float, source: tuple[int, int] | None, content: list[tuple[int, int]]
) -> list[str]:
    """For: is what was built on this candidate an attribution? Who would speak and what would be said tell what the cue
    alone does not: ships cross a canal with the verb by which ministers express regret."""
    line, words = c.line, c.line.words
    key = f"{c.kind}:{c.lemma}"
    p = str(int(sure * 10))
    odds = int(math.log(max(sure, 1e-4) / max(1 - sure, 1e-4)) * 1.5)
    cue = words[c.first].cue
    shape = cue.shape if cue is not None else c.kind
    act = cue.act if cue is not None else c.kind
    head = words[source[0]].namely if source is not None else "none"
    side = "none" if source is None else "R" if source[0] > c.last else "L"
    first, last = content[0]
    begins = words[first].namely
    before = words[first - 1].seen if first else "^"
    length = bucket(last - first)
    out = [
        f"p={p}",
        f"pk={p}|{shape}",
        f"o={odds}",
        f"ok={odds}|{shape}",
        f"h={shape}|{head}|{side}",
        f"hp={head}|{p}",
        f"ah={act}|{head}",
        f"lh={key}|{head}",
        f"b={shape}|{begins}|{before}",
        f"bp={begins}|{p}",
        f"lb={key}|{before}",
        f"len={length}|{shape}",
        f"bl={line.block.kind[0]}|{p}|{side}",
        f"l={key}|{p}",
        f"q={line.quote[first] > 0}|{shape}|{p}",
        f"w={words[c.first].habit}|{head}|{begins}",
    ]
    if cue is not None:
        how = opened(words, first, cue)
        out += [
            f"gb={cue.telling}|{shape}|{how}|{side}",
            f"gh={cue.telling}|{shape}|{head}|{how}",
            f"go={cue.telling}|{how}|{odds}",
        ]
    if source is not None:
        second = role_at(line, source[0] + 1) if source[1] > source[0] else "."
        out += [f"ls={min(source[1] - source[0], 6)}|{shape}|{side}", f"h2={shape}|{head}|{second}"]
    return out


def opened(words: list[Word], first: int, cue: Cue) -> str:
    """How a content opens beside what the verb takes: with an opener, a particle of its own, a quotation, or barely."""
    word = words[first]
    before = words[first - 1].form if first else ""
    if word.kind == "opener":
        return "o"
    if word.form in cue.takes or before in cue.takes:
        return "p"
    if word.led in cue.takes:
        return "l"
    return "q" if word.form in '"“«' else "b" if cue.bare else "-"
