"""Choices: which places come into question for each part of an attribution. Training and finding share them."""

from __future__ import annotations

from collections.abc import Iterator

from musnad.find import features, source_features
from musnad.find.cues import Candidate
from musnad.find.lines import MARKS, QUOTES, STOPS, WHO_MAY_SPEAK, Line
from musnad.lang.word import Word

REACH_START = 32
"""Tokens after a cue within which its content begins; an opener that is not in a relative clause ends the search."""
REACH_SOURCE = 25
REACH_END, REACH_LEFT = 500, 200
"""Tokens that a content may have after its beginning, and before a cue that it precedes; no marked one has 300."""
REACH_SENTENCES = 6
"""Sentences that a content may span; only quotations span more than one."""
REACH_ANTECEDENT = 16
"""Tokens before a cue within which what it reports may begin after a preposition («in the reforms that he promised»)."""
_LEADS = frozenset(("opener", "conj", "dem", "side", "what"))
_OPENING = frozenset('"“”„«')
_CLOSING = frozenset('"“”»')
_SOFT = frozenset(("conj", "accord", "accordwhat", "rel", "hal", "prep", "neg", "qad", "side"))


def starts(c: Candidate) -> tuple[list[int], list[list[str]]]:
    """The tokens at which a content that follows the cue may begin, with their features."""
    line = c.line
    end = min(line.sentence_end(c.last), c.last + REACH_START)
    places: list[int] = []
    seen: list[list[str]] = []
    openers = verbs = commas = relatives = 0
    prepositions = ""
    somebody = False
    ahead = features.distances(line, c.last + 1, end)
    for j in range(c.last + 1, end + 1):
        word = line.words[j]
        if word.form in MARKS and word.form not in _OPENING:
            commas += word.form in "،,"
            continue
        if (
            (j == c.last + 1 and _subject_follows(c, word))
            or (j > c.last + 1 and _goes_on(line.words[j - 1], word))
            or word.kind == "saying"
        ):
            verbs += word.cue is not None and word.cue.shape in ("past", "present")
            somebody |= features.may_speak(word)
            continue
        if places and ((_participial(word) and not _fused(line, j)) or (_next_clause(line, j) and openers == 0)):
            break
        if openers and (not relatives or openers > 1 or commas > 1 or verbs > 2):
            break
        places.append(j)
        way = features.Way(openers, verbs, commas, prepositions, somebody, ahead[j - c.last - 1])
        seen.append(features.start_features(c, j, way))
        openers += word.kind == "opener" and not line.paren[j]
        relatives += word.kind == "rel"
        verbs += word.cue is not None and word.cue.shape in ("past", "present")
        somebody |= features.may_speak(word)
        if word.kind == "prep" and len(prepositions) < 16:
            prepositions += word.form + " "
    return places, seen


def ends(c: Candidate, start: int) -> Iterator[tuple[int, list[str]]]:
    """The tokens with which a content that begins at `start` may end, one by one with their features: before marks, joints
    of clauses and the line's end. There is always one.

    A content that opens with a quotation ends no earlier than it, none ends inside a quotation that opened within it, and
    one that begins inside a quotation does not leave it.
    """
    line, words, quote = c.line, c.line.words, c.line.quote
    n = len(words)
    within, least = _bounds(c, start)
    given = False
    commas = stops = 0
    for j in range(start, min(n, start + REACH_END)):
        form = words[j].form
        last = j + 1 == n or (within and quote[j + 1] != within)
        if within and quote[j] != within:
            break
        mark = form in MARKS and form not in _CLOSING and form not in ")]"
        if mark:
            commas += form in "،,"
            if j + 1 < n and line.sentence[j] != line.sentence[j + 1]:
                stops += 1
                if stops >= REACH_SENTENCES:
                    break
        closing = within and form in QUOTES and (j + 1 == n or quote[j + 1] != within)
        if j < least or (mark and not (last and not given)) or closing:
            continue
        nxt = words[j + 1] if j + 1 < n else None
        if (nxt is None or last or _joint(words, j, nxt)) and (last or not _splits(line, j, within)):
            given = True
            yield j, features.end_features(c, start, j, commas, stops)
    if not given:
        place = max(start, least)
        yield place, features.end_features(c, start, place, commas, stops)


def _joint(words: list[Word], j: int, nxt: Word) -> bool:
    """Whether a clause may end with token `j`: before a mark, a verb of reporting, a particle, what is joined by a letter,
    and after a quotation that ends in a stop."""
    if nxt.form in MARKS or nxt.cue is not None or nxt.kind in _SOFT or nxt.joined:
        return True
    return words[j].form in _CLOSING and words[j - 1].form[0] in STOPS


def _splits(line: Line, j: int, within: int) -> bool:
    """Whether an end at token `j` would split what belongs together: a quotation, a parenthesis, a particle and its noun."""
    words = line.words
    if j + 1 >= len(words):
        return False
    nxt = words[j + 1]
    if nxt.form in "،," and j + 2 < len(words) and _participial(words[j + 2]):
        return False
    if (not within and line.quote[j] and line.quote[j + 1] == line.quote[j]) or (
        line.paren[j] and line.paren[j + 1] == line.paren[j]
    ):
        return True
    if nxt.form in "«(" or (nxt.form in _OPENING and line.quote[j + 1] and line.quote[j + 1] != line.quote[j]):
        return True
    return words[j].form not in MARKS and words[j].kind in _DANGLING and nxt.form not in MARKS


def _bounds(c: Candidate, start: int) -> tuple[int, int]:
    """The number of the quotation that the content lies in (0: none), and the first token with which it may end."""
    quote = c.line.quote
    n = len(quote)
    if quote[c.first] and quote[c.first] == quote[start]:
        return quote[start], start
    opened = quote[start] or (quote[start + 1] if start + 1 < n else 0)
    if not opened:
        return 0, start
    return 0, max(i for i in range(start, min(n, start + REACH_END)) if quote[i] == opened)


def lefts(c: Candidate) -> tuple[list[int], list[list[str]]]:
    """The tokens at which a content that stands before the cue may begin, nearest first."""
    line, words = c.line, c.line.words
    places, seen = [], []
    commas = 0
    lowest = max(line.first[max(0, line.sentence[c.first] - 2)], c.first - REACH_LEFT)
    for j in range(c.first - 1, lowest - 1, -1):
        word = words[j]
        form = word.form
        if form in MARKS and form not in _OPENING:
            commas += form in "،,"
            continue
        if _may_begin(c, j) or word.joined or word.kind in ("opener", "conj", "hal") or form in _OPENING:
            places.append(j)
            seen.append(features.left_features(c, j, commas))
    return places, seen


def _may_begin(c: Candidate, j: int) -> bool:
    """Whether what a cue after it reports may begin with token `j`, as far as the word and the one before it tell."""
    line, words = c.line, c.line.words
    word = words[j]
    if not j or j == line.first[line.sentence[j]] or word.cue is not None or (word.part == "V" and not word.kind):
        return True
    before = words[j - 1]
    if before.kind == "prep":
        return c.first - j < REACH_ANTECEDENT
    return before.form in MARKS or before.kind in _LEADS


def source_starts(c: Candidate, content: int, direction: int) -> tuple[list[int | None], list[list[str]]]:
    """The tokens at which the source may begin; None first: the cue has none. `content` is where the content begins; 0
    where that is not known yet: the source is then free to take any of the words that follow."""
    line, words = c.line, c.line.words
    places: list[int | None] = [None]
    end = min(line.sentence_end(c.last), c.last + REACH_SOURCE)
    if direction == 0 and content > c.last:
        end = min(end, content - 1)
    begin = _left_edge(c)
    after = c.last + 1
    places += [j for j in range(after, end + 1) if _may_head(words[j], c.kind) or (j == after and _named(line, j))]
    if c.kind != "accord":
        places += [j for j in range(c.first - 1, begin - 1, -1) if _may_head(words[j], c.kind)]
    return places, source_features.source_start_features(c, places, content, direction)


def _left_edge(c: Candidate) -> int:
    """The first token before the cue at which its source may begin: not beyond an opener, a colon or the sentence."""
    line = c.line
    begin = max(line.first[line.sentence[c.first]], c.first - REACH_SOURCE)
    for j in range(c.first - 1, begin - 1, -1):
        if line.words[j].kind == "opener" or line.words[j].form in ":;؛":
            return j + 1
    return begin


def source_ends(c: Candidate, start: int, content: int, direction: int) -> Iterator[tuple[int, list[str]]]:
    """The tokens with which a source that begins at `start` may end, one by one with their features; at least one."""
    line, words = c.line, c.line.words
    if start > c.last:
        limit = min(line.sentence_end(c.last), start + REACH_SOURCE)
        if direction == 0 and content > start:
            limit = min(limit, content - 1)
        limit = _barrier(line, start, limit)
    else:
        limit = c.first - 1
    places = [j for j in range(start, limit + 1) if _may_close(words[j]) and (j == limit or not _cuts(line, start, j))]
    return ((j, source_features.source_end_features(c, start, j, limit)) for j in places or [start])


_TO = "\u0644"
_PREFIXED = frozenset(("\u0644", "\u0628", "\u0644\u0644", "\u0628\u0627\u0644"))
_DANGLING = frozenset(("opener", "prep", "rel", "conj", "hal", "neg", "future", "qad", "saying", "bridge", "what"))
_NO_HEAD = frozenset(
    ("opener", "neg", "future", "qad", "kana", "prep", "rel", "conj", "hal", "adverb", "side", "saying", "byit", "what")
)


def _cuts(line: Line, start: int, j: int) -> bool:
    """Whether token `j` and the next stand in one quotation or one parenthesis that does not surround all of a source
    that begins at `start`."""
    return any(
        number[j] > 0 and number[j + 1] == number[j] and not (start and number[start - 1] == number[j])
        for number in (line.quote, line.paren)
    )


def _may_head(word: Word, kind: str) -> bool:
    """Whether a source may begin with this word: no mark but an opening quotation, no particle, verb or adverb."""
    if word.form in MARKS:
        return word.form in _OPENING
    if word.kind in _NO_HEAD or (word.part in "DF" and word.kind != "share") or (word.part in "VPT" and not word.kind):
        return False
    return kind == "accord" or word.joined not in _PREFIXED


def _named(line: Line, j: int) -> bool:
    """Whether a word that is usually a particle, a verb or a time must be a name where it stands, right after a cue: what
    needs something after it has an opener, a preposition or a mark there, or a part of a name."""
    words = line.words
    word = words[j]
    if word.joined or word.form in MARKS or word.kind not in ("", "prep"):
        return False
    nxt = words[j + 1] if j + 1 < len(words) else None
    if word.kind == "prep":
        return nxt is None or nxt.form in MARKS or nxt.kind in ("opener", "prep", "bridge", "time", "day")
    return word.part in "VPT"


def _may_close(word: Word) -> bool:
    """Whether a source may end with this word: a closing mark, or a word that needs nothing after it."""
    if word.form in MARKS:
        return word.form in _CLOSING or word.form in ")]"
    return word.kind not in _DANGLING and word.kind not in ("adverb", "side", "kana")


def _barrier(line: Line, start: int, limit: int) -> int:
    """The last token before what no name runs across: an opener, a colon, «saying», the end of a quotation around it."""
    quote = line.quote[start]
    for j in range(start + 1, limit + 1):
        word = line.words[j]
        if (
            word.kind in ("opener", "saying", "accord", "accordwhat")
            or word.form in ":;؛"
            or (word.form in STOPS and len(line.words[j - 1].form) > 1)
            or (quote and line.quote[j] != quote and j > start + 6)
        ):
            return j - 1
        if word.form in "،," and j + 1 <= limit and _participial(line.words[j + 1]):
            return j - 1
    return limit


_TELLING = frozenset(("say", "announce", "confirm", "report", "promise", "express", "predict"))


def _subject_follows(c: Candidate, word: Word) -> bool:
    """Whether the word right after a verb of telling is its subject: somebody who can speak, not what is told."""
    cue = c.line.words[c.first].cue
    if c.kind != "verb" or cue is None or cue.act not in _TELLING or cue.shape not in ("past", "present"):
        return False
    return word.kind in WHO_MAY_SPEAK and not word.joined


_FEMININE = "\u0647"
_NEVER_FIRST = frozenset(("time", "day", "bridge", "adverb", "same", "hal", "side"))


def _goes_on(before: Word, word: Word) -> bool:
    """Whether a word goes on with the phrase that the word before it belongs to, so that no content begins with it."""
    if word.kind in _NEVER_FIRST or (word.part == "R" and (before.part == "R" or word.form[:1] == _TO)):
        return True
    return (
        word.part in "BA"
        and word.definite
        and before.form not in MARKS
        and before.kind not in ("prep", "conj", "opener")
    )


def _next_clause(line: Line, j: int) -> bool:
    """A reporting verb joined to what stands before it, after a comma: another clause begins."""
    word = line.words[j]
    return word.cue is not None and word.cue.shape == "past" and word.joined != "" and line.words[j - 1].form in "،,؛"


def _participial(word: Word) -> bool:
    """A reporting participle in the accusative («…, pointing out»): it begins another clause."""
    return (
        word.cue is not None
        and word.cue.shape == "participle"
        and not word.joined
        and word.attached == ""
        and word.cue.person in ("3ms", "3fs")
    )


def _fused(line: Line, j: int) -> bool:
    """Whether a word that looks like a feminine participle goes on with what is before it: no mark parts the two, and it may
    be a noun («his hope», «approval») that is spelled alike."""
    return line.words[j - 1].form not in MARKS and line.words[j].form[-1] == _FEMININE


def trim(line: Line, first: int, last: int) -> tuple[int, int]:
    """The stretch without marks at its edges, closing ones after it and opening ones before it excepted."""
    words = line.words
    while (
        last > first and words[last].form in MARKS and words[last].form not in _CLOSING and words[last].form not in ")]"
    ):
        last -= 1
    while (
        first < last
        and words[first].form in MARKS
        and words[first].form not in _OPENING
        and words[first].form not in "(["
    ):
        first += 1
    return first, last
