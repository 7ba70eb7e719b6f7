"""Train the choices of the finder on marked documents; `make train` runs it.

usage: train.py DOCS=GOLD ... [--output FILE]

DOCS is a *.docs.jsonl (or .gz) with the texts, GOLD the marks of some of its documents. The marks in training/marks hold
places only; their texts are the ANT corpus. The order of the arguments is the order of training.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from musnad.find import choices
from musnad.find.antecedents import (
    Known,
    mentions,
    reading_order,
)
from musnad.find.cue_features import accept_features, cue_features
from musnad.find.cues import Candidate, candidates
from musnad.find.drafts import AROUND, CERTAIN, LEFT, RIGHT, Draft, built, direction_of
from musnad.find.features import direction_features
from musnad.find.linear import Features, Linear, fit
from musnad.find.lines import Line, lines
from musnad.find.meant import Named, option_features, options
from musnad.find.model import Models, pack
from musnad.find.nesting import inside_features, nest, swallowed
from musnad.find.readings import reading_features, readings
from musnad.find.source_features import name_features, name_places
from musnad.find.speakers import Resolver
from musnad.find.subjects import dropped_features
from musnad.lang import language
from musnad.model import Block, Span, Text

Choice = tuple[Sequence[Features], int]
_WORD = re.compile(r"\w+(?:[.,]\d+)*|\.{2,}|[^\w\s]")
WIDE = ("direction", "start", "end", "left", "source_start", "subject")
"""Choices among places: many features that are each seen seldom, learned faster and held less."""
STOPS = ("end", "source_end")
LAST = ("reading", "dropped", "antecedent", "accept", "inside")
NAMES = (
    "cue",
    "direction",
    "start",
    "end",
    "left",
    "source_start",
    "source_end",
    "subject",
    "reading",
    "name",
    "dropped",
    "antecedent",
    "accept",
    "inside",
)


def main(arguments: list[str]) -> None:
    """Read the marks, fit every choice, write the model file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="DOCS=GOLD")
    parser.add_argument("--output", type=Path, default=Path("src/musnad/lang/ar/attributions.json.gz"))
    given = parser.parse_args(arguments)
    marked_texts = [(document["text"], marks["attributions"]) for document, marks in marked_documents(given.pairs)]
    weights, data, missed = learn(marked_texts)
    packed = pack(weights)
    given.output.write_bytes(packed)
    attributions = sum(len(marks) for _, marks in marked_texts)
    print(f"{len(marked_texts)} documents, {attributions} attributions, {missed} cues not among the candidates")
    for name in NAMES:
        print(f"{name:13s} {len(data[name]):6d} choices {len(weights[name]):7d} weights")
    print(f"{given.output}: {len(packed)} bytes")


def marked_documents(pairs: Sequence[str]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The documents of pairs DOCS=GOLD that are marked, each with its marks, in the order of the marks."""
    for pair in pairs:
        docs, gold = pair.split("=")
        documents = {d["id"]: d for d in _records(Path(docs))}
        for marks in _records(Path(gold)):
            yield documents[marks["id"]], marks


def learn(
    marked_texts: list[tuple[str, list[dict[str, Any]]]],
) -> tuple[dict[str, dict[str, float]], dict[str, list[Choice]], int]:
    """The weights of every choice, the choices that they were fitted on, and how many marked cues are no candidates."""
    data: dict[str, list[Choice]] = {name: [] for name in NAMES}
    missed = sum(collect(words, marks, data) for words, marks in marked_texts)
    weights = {n: _fit(n, data[n]) for n in NAMES if n not in LAST}
    _meant(marked_texts, data)
    weights |= {n: _fit(n, data[n]) for n in LAST}
    return weights, data, missed


def _meant(marked_texts: list[tuple[str, list[dict[str, Any]]]], data: dict[str, list[Choice]]) -> None:
    """Choices of who is meant, on what the finder itself finds in each half after training on the other half.

    On the marks alone a ranker never meets a source that was cut wrong or a cue that is none; it would trust them.
    """
    halves = marked_texts[::2], marked_texts[1::2]
    for half, other in (halves, halves[::-1]):
        known: dict[str, list[Choice]] = {name: [] for name in NAMES}
        for words, marks in other:
            collect(words, marks, known)
        models = Models(**{n: Linear(_fit(n, known[n]) if n not in LAST else None) for n in NAMES})
        for words, marks in half:
            rows, found = system_drafts(words, models)
            shares = aligned(found, marks)
            _readings(rows, marks, models, data)
            for draft, mark in zip(found, shares, strict=True):
                seen = accept_features(draft.cue, draft.score, draft.source, draft.content)
                data["accept"].append(([[], seen], int(mark is not None)))
            pairs = [(d, m) for d, m in zip(found, shares, strict=True) if m is not None or d.score >= CERTAIN]
            _insides(pairs, data)
            found = [d for d, _ in pairs]
            speakers(rows, found, [m for _, m in pairs], models, data)
            rows, found, sorted_marks = drafts_of(words, marks)
            speakers(rows, found, list(sorted_marks), models, data)


def _readings(rows: list[Line], marks: list[dict[str, Any]], models: Models, data: dict[str, list[Choice]]) -> None:
    """Choices among the readings of each marked cue; where none is near the
    marked source there is nothing to learn."""
    for line in rows:
        tokens = _Tokens(line)
        for cue in candidates(line):
            mark = next((m for m in marks if _is_cue(tokens, m["cue"], cue)), None)
            if cue.own or mark is None:
                continue
            pieces = [r for r in map(tokens.range, mark["content"]) if r is not None]
            source = tokens.range(mark["source"]) if mark["source"] else None
            among = readings(cue, direction_of(cue, models), models)
            if not pieces or (mark["source"] and source is None) or len(among) < 2:
                continue
            start = choices.trim(line, *pieces[0])[0]
            near = [2 * _shared(r.source, source) + (r.start in (0, start)) for r in among]
            if max(near) > 1:
                data["reading"].append(([reading_features(cue, among, r) for r in among], near.index(max(near))))


def _shared(one: tuple[int, int] | None, other: tuple[int, int] | None) -> float:
    """How much of two stretches of tokens is shared; all where there are none."""
    if one is None or other is None:
        return float(one is other)
    both = min(one[1], other[1]) - max(one[0], other[0]) + 1
    return max(both, 0) / (max(one[1], other[1]) - min(one[0], other[0]) + 1)


def _insides(pairs: list[tuple[Draft, dict[str, Any] | None]], data: dict[str, list[Choice]]) -> None:
    """Choices of whether an attribution stands within the content of one before it, as the marks of that one say."""
    for outer, mark in pairs:
        if mark is None or outer.content[-1][0] <= outer.cue.last:
            continue
        for inner, _ in pairs:
            if inner.line is outer.line and swallowed(outer, inner):
                at = inner.line.span(inner.cue.first, inner.cue.first).start
                within = any(s <= at < e for s, e in mark["content"])
                data["inside"].append(([[], inside_features(outer, inner)], int(within)))
                if not within:
                    break


def system_drafts(words: str, models: Models) -> tuple[list[Line], list[Draft]]:
    """What the finder finds in a document, with the lines."""
    rows = lines(document(words), language("ar"))
    return rows, [draft for row in rows for draft in built(row, models) if not draft.cue.own]


def aligned(found: list[Draft], marks: list[dict[str, Any]]) -> list[dict[str, Any] | None]:
    """For each draft the mark whose cue it shares, None for one that nobody marked."""
    out: list[dict[str, Any] | None] = []
    for draft in found:
        span = draft.line.span(draft.cue.first, draft.cue.last)
        out.append(next((m for m in marks if any(p[0] < span.end and span.start < p[1] for p in m["cue"])), None))
    return out


def _fit(name: str, choices_: list[Choice]) -> dict[str, float]:
    """The weights of one choice; how fast and how firmly held was chosen by cross-validation, choice by choice: steps three
    to six times as long made 1.5 to 2 points fewer of the choices of whom a source or a dropped subject means right."""
    rate, decay = (0.1, 0.003) if name in WIDE else (0.3, 0.01) if name == "source_end" else (0.05, 0.01)
    return fit(_passed(choices_) if name in STOPS else choices_, rate=rate, decay=decay)


def _passed(choices_: list[Choice]) -> list[Choice]:
    """A choice of where to stop as a series of yes-or-no choices: passed by, passed by, …, stopped at."""
    return [([[], f], int(k == right)) for seen, right in choices_ for k, f in enumerate(seen) if k <= right]


def drafts_of(words: str, marks: list[dict[str, Any]]) -> tuple[list[Line], list[Draft], list[dict[str, Any]]]:
    """The marks of a document as drafts, in the order of their cues, with the lines they stand in."""
    rows = lines(document(words), language("ar"))
    found: list[tuple[tuple[int, int], Draft, dict[str, Any]]] = []
    for number, line in enumerate(rows):
        tokens = _Tokens(line)
        possible = candidates(line)
        for mark in marks:
            cue = next((r for r in map(tokens.range, mark["cue"]) if r), None)
            content = [choices.trim(line, *r) for r in map(tokens.range, mark["content"]) if r]
            if cue is None or not content:
                continue
            c = next((c for c in possible if c.first <= cue[1] and cue[0] <= c.last), None) or Candidate(
                line, *cue, "verb", "?"
            )
            direction = LEFT if content[-1][1] < c.first else AROUND if content[0][0] < c.first else RIGHT
            source = tokens.range(mark["source"]) if mark["source"] else None
            found.append(((number, c.first), Draft(c, direction, content, source, 1.0), mark))
    found.sort(key=lambda f: f[0])
    return rows, [f[1] for f in found], [f[2] for f in found]


def speakers(
    rows: list[Line],
    found: list[Draft],
    marks: Sequence[dict[str, Any] | None],
    models: Models,
    data: dict[str, list[Choice]],
) -> None:
    """Add the choices of who is meant: by a subject that is only in the verb, and by a source."""
    parents = nest(found)
    resolver = Resolver(rows, models)
    own = [resolver.own(d) for d in found]
    named = Named(own)
    fold = language("ar").fold
    names = [
        frozenset(_WORD.findall(fold(m["speaker"]).words)) if m else frozenset({f"?{i}"}) for i, m in enumerate(marks)
    ]
    heard: list[Known | None] = [None] * len(found)
    fullest: dict[frozenset[str], Known] = {}
    for index in reading_order(found):
        known = own[index]
        before = mentions(index, found, heard)
        if marks[index] is None:
            heard[index] = known
            continue
        right = next((m.rank for m in before if names[m.index] == names[index]), None)
        if known is None:
            near = resolver.near(found[index])
            if right is None:
                likes = [_likeness(set(k.name), names[index]) for _, k in near]
                if any(likes):
                    nearest = likes.index(max(likes))
                    right = len(before) + nearest
                    fullest.setdefault(names[index], near[nearest][1])
            if right is not None and len(before) + len(near) > 1:
                data["dropped"].append((dropped_features(index, found, parents, before, near), right))
            heard[index] = fullest.get(names[index])
            continue
        among = options(known, index, own, found, heard, before, named, resolver.cast)
        likes = [_likeness(set(o.known.name), names[index]) for o in among]
        meant = likes.index(max(likes))
        if len(among) > 1:
            data["antecedent"].append(([option_features(known, o) for o in among], meant))
        best = among[meant].known
        if likes[meant] > _likeness(set(getattr(fullest.get(names[index]), "name", ())), names[index]):
            fullest[names[index]] = best
        heard[index] = fullest.get(names[index], known)


def _likeness(name: set[str], right: frozenset[str]) -> float:
    """How much of two names is shared, in tenths, so that near ones count alike; 0 where neither is a part of the other and
    less than half is."""
    both = name & right
    if not both or not (name <= right or right <= name or 2 * len(both) > len(name | right)):
        return 0.0
    return round(len(both) / len(name | right), 1)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for row in file:
            if row.strip():
                yield json.loads(row)


def document(words: str) -> Text:
    """A marked document as a Text: its first line the headline, the others paragraphs."""
    blocks, at = [], 0
    for row in words.split("\n"):
        if row.strip():
            blocks.append(Block("headline" if at == 0 else "paragraph", Span(at, at + len(row))))
        at += len(row) + 1
    return Text(words, tuple(blocks))


def collect(words: str, marks: list[dict[str, Any]], data: dict[str, list[Choice]]) -> int:
    """Add the choices of one marked document to `data`; the number of marks whose cue is no candidate."""
    done: set[int] = set()
    for line in lines(document(words), language("ar")):
        tokens = _Tokens(line)
        for c in candidates(line):
            if c.own:
                done.update(i for i, a in enumerate(marks) if tokens.overlaps(a["cue"][0], c) and len(a["cue"]) == 1)
                continue
            index = next((i for i, a in enumerate(marks) if i not in done and _is_cue(tokens, a["cue"], c)), None)
            data["cue"].append(([[], cue_features(c)], 0 if index is None else 1))
            if index is not None:
                done.add(index)
                _parts(tokens, c, marks[index], data)
    return len(marks) - len(done)


def _is_cue(tokens: _Tokens, cue: list[list[int]], c: Candidate) -> bool:
    return any(tokens.overlaps(piece, c) for piece in cue)


class _Tokens:
    """From places of the published words to tokens of one line."""

    def __init__(self, line: Line) -> None:
        self.spans = [line.span(i, i) for i in range(len(line.words))]

    def overlaps(self, place: list[int], c: Candidate) -> bool:
        start, end = self.spans[c.first].start, self.spans[c.last].end
        return place[0] < end and start < place[1]

    def range(self, place: list[int]) -> tuple[int, int] | None:
        inside = [i for i, s in enumerate(self.spans) if s.start < place[1] and place[0] < s.end]
        return (inside[0], inside[-1]) if inside else None


def _parts(tokens: _Tokens, c: Candidate, mark: dict[str, Any], data: dict[str, list[Choice]]) -> None:
    """The choices of one marked attribution: direction, content, source."""
    pieces = [r for r in map(tokens.range, mark["content"]) if r is not None]
    if not pieces:
        return
    pieces = [choices.trim(c.line, *p) for p in pieces]
    before, after = pieces[0][0] < c.first, pieces[-1][1] > c.last
    direction = AROUND if before and after else LEFT if before else RIGHT
    data["direction"].append((direction_features(c), direction))
    source = tokens.range(mark["source"]) if mark["source"] else None
    start = pieces[0][0]
    if direction == RIGHT:
        places, seen = choices.starts(c)
        _add(data["start"], places, seen, start)
        _add(data["end"], *_unzip(choices.ends(c, start)), pieces[-1][1])
    else:
        _add(data["left"], *choices.lefts(c), start)
        if direction == AROUND and pieces[-1][0] > c.last:
            _add(data["end"], *_unzip(choices.ends(c, pieces[-1][0])), pieces[-1][1])
    where, seen = choices.source_starts(c, start if direction == RIGHT else 0, direction)
    _add(data["source_start"], where, seen, source[0] if source else None)
    if direction == RIGHT:
        _add(data["subject"], *choices.source_starts(c, 0, RIGHT), source[0] if source else None)
    if source is not None and (source[1] < c.first or source[0] > c.last):
        _name(c.line, source, mark, data)
        _add(
            data["source_end"],
            *_unzip(choices.source_ends(c, source[0], start if direction == RIGHT else 0, direction)),
            source[1],
        )


def _name(line: Line, source: tuple[int, int], mark: dict[str, Any], data: dict[str, list[Choice]]) -> None:
    words = line.words[source[0] : source[1] + 1]
    want = _WORD.findall(language("ar").fold(mark["speaker"]).words)
    places = name_places(words)
    _add(data["name"], places, [name_features(words, k) for k in places], _name_at([w.form for w in words], want))


def _name_at(have: list[str], want: list[str]) -> int | None:
    """Where in a source its speaker's name begins: all of the name, or the last words of the source that are part of it; 0
    where the source only describes, None where what it shares with the name is no one piece."""
    for k in range(len(have)):
        if have[k : k + len(want)] == want:
            return k
    for k in range(1, len(have)):
        if have[k:] in [want[i : i + len(have) - k] for i in range(len(want))]:
            return k
    return None if set(have) & set(want) else 0


def _unzip(places: Iterator[tuple[int, list[str]]]) -> tuple[list[int], list[list[str]]]:
    where, seen = zip(*places, strict=True)
    return list(where), list(seen)


def _add(choices_: list[Choice], places: Sequence[int | None], seen: Sequence[Features], right: int | None) -> None:
    if right in places and len(places) > 1:
        choices_.append((seen, places.index(right)))


if __name__ == "__main__":
    main(sys.argv[1:])
