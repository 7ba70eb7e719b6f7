"""Readings: where the content of a cue begins and which words are its source, weighed as a whole.

Each of the two is first chosen place by place. Where that leaves several readings near one another, what only the whole
shows decides among them: what a reading leaves over between source and content, how many people its source names, whether
the verb agrees with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from musnad.find import choices
from musnad.find.cue_features import opened
from musnad.find.cues import Candidate
from musnad.find.features import bucket, role_at
from musnad.find.lines import MARKS, Line
from musnad.find.model import Models
from musnad.find.source_features import name_run, personal
from musnad.lang.word import Word

RIGHT = 0
TOGETHER, PLAIN = 4, -0.02
"""Beginnings of a content that are weighed together with the source; one likelier than this (its
logarithm) is taken as it is."""
NEAR, MOST = 3.0, 8
"""Readings less likely than the likeliest by no more than this (in logarithms) are weighed again, at most so many."""
SOURCES = 3
"""Places at which the source of one reading may begin, the likeliest."""


@dataclass(slots=True)
class Reading:
    """Where a content begins (0: before its cue), the source (None: the cue has none of its own), and the logarithm of how
    likely the two are."""

    start: int
    source: tuple[int, int] | None
    likely: float


def best_reading(cue: Candidate, direction: int, models: Models) -> Reading | None:
    """The reading to take; None where no content can begin after the cue."""
    among = readings(cue, direction, models)
    if len(among) < 2:
        return among[0] if among else None
    return among[models.reading.best([reading_features(cue, among, r) for r in among])[0]]


def readings(cue: Candidate, direction: int, models: Models) -> list[Reading]:
    """The readings of a cue that come into question, the likeliest first; empty where no content can begin after it."""
    out: list[Reading] = []
    if direction != RIGHT:
        _add_sources(out, cue, 0, direction, 0.0, {}, models)
    else:
        places, seen = choices.starts(cue)
        if not places:
            return out
        ranked = models.start.ranked(seen, TOGETHER)
        plain = ranked[0][1] > PLAIN
        subjects = {} if plain else _subjects(cue, models)
        for index, sure in ranked:
            if out and (plain or sure < max(r.likely for r in out) - NEAR):
                break
            _add_sources(out, cue, places[index], direction, sure, subjects, models)
    out.sort(key=lambda r: -r.likely)
    return [r for r in out[:MOST] if r.likely >= out[0].likely - NEAR]


def _add_sources(
    out: list[Reading],
    cue: Candidate,
    start: int,
    direction: int,
    sure: float,
    subjects: dict[int | None, float],
    models: Models,
) -> None:
    """Add the readings whose content begins at `start`, which is as likely as `sure`.

    A content that begins right after the cue leaves no room for a source, and «none» is then certain whatever stands
    there; so `subjects`, who the subject would be if no content were known, is weighed too.
    """
    places, seen = choices.source_starts(cue, start, direction)
    ranked = models.source_start.ranked(seen, SOURCES)
    for index, likely in ranked:
        if likely < ranked[0][1] - NEAR:
            break
        first = places[index]
        total = sure + likely + (subjects[first] if subjects else 0.0)
        if first is None:
            out.append(Reading(start, None, total))
            continue
        for last, ends in models.source_end.stops(choices.source_ends(cue, first, start, direction), NEAR):
            out.append(Reading(start, (first, last), total + ends))


def _subjects(cue: Candidate, models: Models) -> dict[int | None, float]:
    """For each token at which the source may begin, and None, the logarithm of its probability while it is not known
    where the content begins."""
    places, seen = choices.source_starts(cue, 0, RIGHT)
    return {places[index]: sure for index, sure in models.subject.ranked(seen, len(places))}


def reading_features(cue: Candidate, among: list[Reading], reading: Reading) -> list[str]:
    """For: is this reading, one of `among`, the right one?"""
    line, words = cue.line, cue.line.words
    word = words[cue.first]
    start, source = reading.start, reading.source
    behind = among[0].likely - reading.likely
    side = "-" if source is None else "R" if source[0] > cue.last else "L"
    far = str(int(behind * 4)) if behind < 2 else "+"
    shape = word.cue.shape if word.cue is not None else cue.kind
    person = word.cue.person if word.cue is not None else ""
    left = _left_over(cue, reading)
    begins = words[start].namely if start else "before"
    out = [
        f"t={int(behind * 4)}",
        f"t={far}|{side}",
        f"t={far}|{cue.kind}",
        f"g={left}|{side}",
        f"g={left}|{shape}|{begins}",
        f"s={side}|{shape}|{begins}",
        f"l={cue.lemma}|{side}|{begins}",
    ]
    if start and word.cue is not None:
        how = opened(words, start, word.cue)
        out += [f"o={how}|{side}|{shape}", f"og={how}|{left}", f"ol={cue.lemma}|{how}|{side}"]
    if source is None:
        return [*out, f"n={person}|{role_at(line, cue.last + 1)}|{role_at(line, cue.last + 2)}"]
    return out + _source_features(cue, source, side, person)


def _source_features(cue: Candidate, source: tuple[int, int], side: str, person: str) -> list[str]:
    """What the words of a source show together."""
    line, (first, last) = cue.line, source
    words = line.words[first : last + 1]
    head, end = words[0], words[-1]
    sorts = [_sort(w) for w in words]
    pattern = " ".join(sorts[:6]) + ("+" if len(sorts) > 6 else "")
    after = line.words[last + 1] if last + 1 < len(line.words) else None
    beyond = "$" if after is None else _sort(after)
    runs, longest = _runs(words)
    commas = sum(w.form in "،," for w in words)
    preps = sum(w.kind == "prep" or bool(w.led) for w in words)
    verbs = sum(w.part in "VP" and not w.kind for w in words[1:])
    next_ = role_at(line, last + 2)
    return [
        f"p={pattern}",
        f"pn={' '.join(sorts[-2:])}|{beyond}",
        f"pnn={sorts[-1]}|{beyond}|{next_}",
        f"e={end.form[-2:]}|{'$' if after is None else after.form[:2]}|{sorts[-1][:1]}{beyond[:1]}",
        f"ph={head.namely}|{runs}|{min(longest, 3)}|{beyond}",
        f"r={runs}|{min(longest, 4)}|{min(commas, 2)}",
        f"rh={head.kind}|{runs}|{min(longest, 4)}|{min(commas, 2)}|{min(preps, 2)}",
        f"v={min(verbs, 2)}|{min(commas, 2)}|{any(w.kind == 'rel' for w in words)}",
        f"a={person}|{head.namely}|{head.form[-1:]}|{side}",
        f"as={person}|{sorts[0]}|{side}",
        f"n={bucket(last - first)}|{side}",
        f"d={head.definite}|{words[1].definite if len(words) > 1 else ''}|{len(words) > 2}|{head.kind}",
        f"hb={head.namely}|{role_at(line, first - 1)}|{side}",
        f"lf={head.form}|{side}",
        f"ll={cue.lemma}|{sorts[0]}|{beyond}",
    ]


def _sort(word: Word) -> str:
    """A word of a source as a label: its place in a name, its class or part of speech, its article, what it is joined to."""
    if word.form in MARKS:
        return word.form
    return f"{word.joined}{personal(word) if not word.joined else word.kind or word.part}{'+' if word.definite else ''}"


def _runs(words: list[Word]) -> tuple[int, int]:
    """How many runs of a person's name of two words or more a source holds, up to three, and the longest."""
    count = longest = k = 0
    while k < len(words):
        run = name_run(words, k)
        count += run > 1
        longest = max(longest, run)
        k += max(run, 1)
    return min(count, 3), longest


def _left_over(cue: Candidate, reading: Reading) -> str:
    """What a reading leaves over between cue, source and content: the classes of up to four words."""
    if not reading.start:
        return "before"
    source = reading.source
    first = source[1] + 1 if source is not None and source[0] > cue.last else cue.last + 1
    rest = [_coarse(cue.line, i) for i in range(first, min(reading.start, first + 4))]
    return " ".join(rest) + ("+" if reading.start > first + 4 else "")


def _coarse(line: Line, i: int) -> str:
    word = line.words[i]
    if word.form in MARKS:
        return word.form
    return ("l" if word.led else "") + (word.kind or word.part)
