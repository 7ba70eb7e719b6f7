"""The cast: who is named anywhere in a document, read from the text where a source asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from musnad.find.antecedents import Known, definite, stem
from musnad.find.lines import MARKS, Line
from musnad.find.model import Models
from musnad.find.source_features import name_features
from musnad.lang.word import Word

SURE_NAME = 0.5
"""Below this, a phrase is its own name: a title too many does less harm than half a name."""
LONGEST_PHRASE = 16
"""Words of a title with its name that are read from the text."""
LONGEST_NAME = 5
PLACES = 40
"""Places of one word that are looked at; the first of a document introduce."""

_STOPS = frozenset(("opener", "rel", "conj", "neg", "time", "day", "hal", "kana", "qad", "accord", "saying", "what", "side"))
_INSIDE = frozenset(("document", "medium", "unnamed"))
_TO = "\u0644"


class Cast:
    """Looks people and bodies up in the text of one document; nothing is read before it is asked for."""

    def __init__(self, lines: list[Line], models: Models) -> None:
        self.lines = lines
        self.models = models
        self._places: dict[str, list[tuple[int, int]]] = {}
        self._number: dict[int, int] = {}
        self._read: dict[tuple[int, int], Known | None] = {}

    def _index(self) -> None:
        for number, line in enumerate(self.lines):
            self._number[id(line)] = number
            for i, word in enumerate(line.words):
                self._places.setdefault(stem(word), []).append((number, i))

    def number(self, line: Line) -> int:
        """The place of a line among those of the document."""
        if not self._places:
            self._index()
        return self._number[id(line)]

    def places(self, wanted: str) -> list[tuple[int, int]]:
        """Where a word stands, by its stem: line and token, at most `PLACES`; none for a word that does not stand there."""
        if not self._places:
            self._index()
        return self._places.get(wanted, [])[:PLACES]

    # --- the name within a phrase ---------------------------------------------------------------------------------

    def name_start(self, words: list[Word]) -> int:
        """Where in a phrase the name begins; 0 where the whole phrase is the name."""
        places = [k for k, w in enumerate(words) if k == 0 or may_begin(words, k)]
        if len(places) < 2:
            return 0
        best, sure = self.models.name.best([name_features(words, k) for k in places])
        return places[best] if sure > SURE_NAME else 0

    def known(self, line: Line, first: int, last: int, person: str = "") -> Known:
        """A phrase as a speaker: its name cut out of it."""
        words = line.words[first : last + 1]
        while len(words) > 1 and words[0].form in MARKS:
            first, words = first + 1, words[1:]
        start = self.name_start(words)
        until = name_end(words, start)
        known = Known(line, first + start, first + until, words, person, begin=first)
        known.name = [w.form for w in words[start : until + 1] if w.form not in MARKS]
        return known

    # --- what the text tells --------------------------------------------------------------------------------------

    def fuller(self, known: Known) -> Iterator[Known]:
        """Names in the text that end with the name of `known` and have more words: after a title, an adjective, a comma."""
        n = len(known.name)
        for number, at in self.places(stem(known.line.words[known.last])):
            line = self.lines[number]
            if [w.form for w in line.words[max(0, at - n + 1) : at]] != known.name[:-1]:
                continue
            start = at - n + 1
            while start > 0 and at - start < LONGEST_NAME and namelike(line.words[start - 1]):
                start -= 1
            while start <= at - n and not _introduces(line, start):
                start += 1
            if start <= at - n:
                found = Known(line, start, at, line.words[start : at + 1], known.person, begin=start)
                found.name = [w.form for w in found.described]
                yield found

    def phrases(self, head: Word, apart: Known) -> Iterator[Known]:
        """Phrases of the text that have this head, other than where `apart` stands."""
        for number, at in self.places(stem(head)):
            line = self.lines[number]
            if line is apart.line and apart.begin <= at <= apart.begin + len(apart.described):
                continue
            found = self.phrase(number, at)
            if found is not None:
                yield found

    def phrase(self, number: int, at: int) -> Known | None:
        """The phrase that begins at a token; with the name that stands before it, where it has none of its own."""
        key = number, at
        if key not in self._read:
            self._read[key] = self._phrase(self.lines[number], at)
        return self._read[key]

    def _phrase(self, line: Line, at: int) -> Known | None:
        last = phrase_end(line, at)
        known = self.known(line, at, last)
        if known.kind == "title" and len(known.name) == len([w for w in known.described if w.form not in MARKS]):
            named = _name_before(line, at)
            if named is not None:
                described = line.words[named[0] : last + 1]
                known = Known(line, *named, described, begin=named[0])
                known.name = [w.form for w in line.words[named[0] : named[1] + 1]]
        return known


def may_begin(words: list[Word], k: int) -> bool:
    """Whether a name may begin at word `k`: no mark, no function word, not written with a conjunction or preposition."""
    word = words[k]
    return word.form not in MARKS and not word.kind and not word.joined and word.part not in "VPMDFT"


def name_end(words: list[Word], start: int) -> int:
    """The last word of a name: before a title, a mark or a relative that follows two words of a person's name."""
    if words[start].part == "R" or (
        not words[start].kind and words[start].part == "?" and words[start].role != "\u0627\u0644?"
    ):
        for k in range(start + 1, len(words)):
            if words[k].form[:1] == _TO and words[k].part == "R":
                return k - 1
            if k > start + 1 and (words[k].kind in ("title", "rel") or words[k].form in "،,("):
                return k - 1
    return len(words) - 1


def phrase_end(line: Line, at: int) -> int:
    """The last word of the noun phrase that begins at `at`: before a mark, a verb, a clause or a time."""
    title = line.words[at].kind == "title"
    last = at
    for i in range(at + 1, min(at + LONGEST_PHRASE, len(line.words))):
        word = line.words[i]
        if word.form in MARKS:
            if word.form in _QUOTES and line.quote[i] and line.quote[i] != line.quote[at]:
                continue
            break
        if word.kind in _STOPS or word.kind in _INSIDE or word.part in ("V", "P") and word.name < 7:
            break
        if word.cue is not None and word.cue.shape in ("past", "present") and word.part in "VP?":
            break
        if word.kind == "prep" and not (title and word.form in _WITHIN):
            break
        last = i
    while last > at and (line.words[last].kind == "prep" or line.words[last].form in '«"“„'):
        last -= 1
    return last


_QUOTES = '«»"“”„'
_WITHIN = frozenset(("\u0641\u064a", "\u0639\u0646", "\u0644\u062f\u064a", "\u0628\u0627\u0633\u0645"))


def _name_before(line: Line, at: int) -> tuple[int, int] | None:
    """The name that a title stands beside («so-and-so, head of»); None for none of two words."""
    last = at - 1
    if last > 0 and line.words[last].form in "،,(":
        last -= 1
    first = last + 1
    while first > 0 and last - first < LONGEST_NAME - 1 and nameword(line.words[first - 1]):
        first -= 1
    return (first, last) if last - first >= 1 else None


def _introduces(line: Line, start: int) -> bool:
    before = line.words[start - 1] if start else None
    return before is not None and (
        before.kind == "title" or before.form in "،," or before.form[:2] == "ال" or before.form[:3] == "وال"
    )


def namelike(word: Word) -> bool:
    """Whether a word may be part of a person's name, by what is known of it."""
    if word.form in MARKS or word.joined or word.cue is not None:
        return False
    return word.kind == "bridge" or word.part == "R" or (word.part == "?" and word.name < 0 and not word.kind)


def nameword(word: Word) -> bool:
    """Whether a word is most likely part of a person's name."""
    name = word.kind == "bridge" or (word.part == "R" or word.role in ("r", "?"))
    return name and not word.joined and word.cue is None and word.form not in MARKS


__all__ = ["Cast", "definite"]
