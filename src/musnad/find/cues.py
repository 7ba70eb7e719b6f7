"""Cues: the words that may report what somebody communicated, and what they take with them."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.find.lines import Line


@dataclass(slots=True)
class Candidate:
    """Words that may be a cue: first and last token, kind (verb, participle, noun, accord, colon) and lemma.

    `own` marks a cue that only repeats its speaker («as he put it»): it belongs to the attribution that it trails.
    """

    line: Line
    first: int
    last: int
    kind: str
    lemma: str
    own: bool = False


def candidates(line: Line) -> list[Candidate]:
    """Every possible cue of a line, in order; one cue may take several words («according to what … reported»)."""
    out: list[Candidate] = []
    taken = -1
    for i, word in enumerate(line.words):
        if i <= taken:
            continue
        found = None
        if word.kind in ("accord", "accordwhat", "had"):
            found = _accord(line, i)
        elif word.form == ":":
            found = _colon(line, i)
        elif word.form == _FROM and _relayed(line, i, out):
            found = Candidate(line, i, i, "from", word.form)
        elif word.cue is not None and word.attached != "future" and not _governed(line, i):
            found = _verb(line, i)
        if found is not None:
            out.append(found)
            taken = found.last
    return out


def _governed(line: Line, i: int) -> bool:
    """Whether a participle stands right after a preposition: a noun then («in a memorandum»). Of 123 in the marks, readers
    marked two."""
    cue = line.words[i].cue
    return cue is not None and cue.shape == "participle" and i > 0 and line.words[i - 1].kind == "prep"


_FROM = "\u0639\u0646"
_RELAYS = 12
"""Words from a verb of relaying to the «from» that names whom it relays."""


def _relayed(line: Line, i: int, before: list[Candidate]) -> bool:
    """Whether a «from» names whom a verb of relaying before it in the sentence relays («quoted … from the minister»)."""
    for c in reversed(before):
        if c.line is not line or line.sentence[c.first] != line.sentence[i] or i - c.last > _RELAYS:
            return False
        cue = line.words[c.last].cue if c.kind == "accord" else line.words[c.first].cue
        if cue is not None and cue.act == "report" and cue.shape in ("past", "present") and not line.words[i - 1].cue:
            return True
    return False


def unsaid(line: Line, i: int) -> bool:
    """Whether a reporting word is negated, future or only possible: speech that did not happen is none (of 179 such words
    in the marks, nobody marked one)."""
    before = line.words[i - 1] if i else None
    if before is None:
        return False
    cue = line.words[i].cue
    possible = before.kind == "qad" and cue is not None and cue.shape == "present"
    return before.kind in ("neg", "future") or possible


def _accord(line: Line, i: int) -> Candidate | None:
    """«According to», with the verb of «according to what he said»."""
    words = line.words
    kinds = [w.kind for w in words[i : i + 5]] + [""] * 4
    word = words[i]
    if kinds[0] == "had":
        if not i or words[i - 1].kind != "prep" or kinds[1] not in ("ownword", "saynoun"):
            return None
        return Candidate(line, i - 1, i + 1, "accord", "had", own=kinds[1] == "ownword")
    if kinds[1] == "ownword":
        return Candidate(line, i, i + 1, "accord", "own", own=True)
    last = i
    verb = i + (2 if kinds[1] == "what" else 1 if kinds[0] == "accordwhat" else 0)
    if i < verb < len(words):
        cue = words[verb].cue
        if cue is not None and cue.shape in ("past", "present"):
            last = verb + 1 if words[min(verb + 1, len(words) - 1)].kind == "byit" else verb
    elif kinds[1] == "prep" and len(words[i + 1].form) == 2 and kinds[0] == "accord":
        last = i + 1
    return Candidate(line, i, min(last, len(words) - 1), "accord", word.bare)


def _colon(line: Line, i: int) -> Candidate | None:
    """A colon that may stand for a verb: the first of its line, early, with words before and after it."""
    if not 0 < i <= 14 or i + 1 >= len(line.words) or line.quote[i] or line.sentence[i]:
        return None
    if any(w.form == ":" for w in line.words[:i]) or line.words[i - 1].form[0].isdigit():
        return None
    return Candidate(line, i, i, "colon", ":")


def _verb(line: Line, i: int) -> Candidate | None:
    """A reporting verb, participle or noun; a verb takes a participle of saying that follows it at once."""
    cue = line.words[i].cue
    assert cue is not None
    kind = "verb" if cue.shape in ("past", "present") else cue.shape
    last = i
    if kind == "verb" and i + 1 < len(line.words):
        after = line.words[i + 1]
        adds = (
            after.cue is not None
            and after.cue.shape == "participle"
            and after.cue.person in ("3ms", "3fs")
            and not after.attached
        )
        if after.kind == "saying" or (adds and not after.joined and after.form[-1] in "\u0627\u0647"):
            last = i + 1
    return Candidate(line, i, last, kind, cue.lemma)
