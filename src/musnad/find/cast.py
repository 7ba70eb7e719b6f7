"""The cast: who is named anywhere in a document, read from the text where a source asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from musnad.find.antecedents import Known, stem
from musnad.find.lines import MARKS, QUOTES, Line
from musnad.find.model import Models
from musnad.find.source_features import name_features, name_places, name_run, personal
from musnad.lang import language, table
from musnad.lang.word import Word

SURE_NAME = 0.5
"""Below this, a phrase is its own name: a title too many does less harm than half a name."""
LONGEST_PHRASE, LONGEST_NAME = 16, 5
"""Words of a title with its name, and of a name before a title, that are read from the text."""
PLACES = 24
"""Places of one word that are looked at, the first of the document, which introduce."""
BODIES = frozenset(("body", "agency", "outlet"))

_STOPS = frozenset(
    ("opener", "rel", "conj", "neg", "time", "day", "hal", "kana", "qad", "accord", "saying", "what", "side")
)
_AFTER_NAME = frozenset(("prep", "rel", "title", "time", "day", "pron", "conj", "hal", "same"))


class Cast:
    """Looks people and bodies up in the text of one document; nothing is read before it is asked for."""

    def __init__(self, lines: list[Line], models: Models) -> None:
        self.lines = lines
        self.models = models
        self._places: dict[str, list[tuple[int, int]]] = {}
        self._read: dict[tuple[int, int], Known] = {}

    def places(self, wanted: str) -> list[tuple[int, int]]:
        """Where a word stands, by its stem: line and token, at most `PLACES`; none for a word that does not stand there."""
        if not self._places:
            by_form: dict[str, list[tuple[int, int]]] = {}
            for number, line in enumerate(self.lines):
                for i, word in enumerate(line.words):
                    held = by_form.get(word.form)
                    if held is None:
                        held = by_form[word.form] = self._places.setdefault(stem(word), [])
                    held.append((number, i))
        return self._places.get(wanted, [])[:PLACES]

    def known(self, line: Line, first: int, last: int, person: str = "") -> Known:
        """A phrase as a speaker: its name cut out of it."""
        words = line.words[first : last + 1]
        while len(words) > 1 and words[0].form in MARKS:
            first, words = first + 1, words[1:]
        start = self._name_start(words)
        until = name_end(words, start)
        known = Known(line, first + start, first + until, words, person, begin=first)
        known.name = [w.form for w in words[start : until + 1] if w.form not in MARKS]
        return known

    def _name_start(self, words: list[Word]) -> int:
        places = name_places(words)
        if len(places) < 2:
            return 0
        best, sure = self.models.name.best([name_features(words, k) for k in places])
        return places[best] if sure > SURE_NAME else 0

    def fuller(self, known: Known) -> Iterator[Known]:
        """Names in the text that end with the name of `known` and have more words: after a title, an adjective, a comma."""
        n = len(known.name)
        if not n:
            return
        for number, at in self.places(stem(known.line.words[known.last])):
            line = self.lines[number]
            if [w.form for w in line.words[max(0, at - n + 1) : at]] != known.name[:-1]:
                continue
            start = at - n + 1
            while start > 0 and at - start < LONGEST_NAME and _namelike(line.words[start - 1]):
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
            if self.lines[number] is apart.line and apart.begin <= at < apart.begin + len(apart.described):
                continue
            if (number, at) not in self._read:
                self._read[number, at] = self._phrase(self.lines[number], at)
            yield self._read[number, at]

    def _phrase(self, line: Line, at: int) -> Known:
        """The phrase that begins at a token, with the name that stands before it where it has none of its own."""
        last = phrase_end(line, at)
        known = self.known(line, at, last)
        if known.kind == "title" and known.begin == known.first:
            named = _name_before(line, at)
            if named is not None:
                known = Known(line, *named, line.words[named[0] : last + 1], begin=named[0])
                known.name = [w.form for w in line.words[named[0] : named[1] + 1]]
        return known

    def within(self, known: Known) -> Iterator[tuple[Known, str]]:
        """The bodies and people that the phrase of `known` takes in, with what stands before each: who issued a document."""
        words = known.described
        inside = False
        for k in range(1, len(words)):
            heads = words[k].kind in BODIES or words[k].kind == "title" or name_run(words, k) > 1
            if heads and not inside:
                before = words[k - 1]
                how = "to" if words[k].joined else before.kind if before.kind else "by" if before.part in "VP" else ""
                yield self.known(known.line, known.begin + k, known.begin + len(words) - 1, known.person), how
            inside = heads


def personal_name(words: list[Word], k: int) -> bool:
    """Whether a person's name of two words or more begins at word `k`, or a known one of one word."""
    this = personal(words[k])
    if this == "r":
        return k + 1 < len(words) and personal(words[k + 1]) in "Rub"
    return this == "R" or (this in "ub" and name_run(words, k) > 1)


def name_end(words: list[Word], start: int) -> int:
    """The last word of a name: a person's ends before what cannot be of it, any other before a relative."""
    run = name_run(words, start)
    if run and personal(words[start]) in "Rub" and start + run < len(words):
        after = words[start + run]
        if run == 1 and _surname(words, start + 1):
            return start + 1
        led = after.joined or (after.led and after.definite)
        if run > 1 or led or after.kind in _AFTER_NAME or after.form in "،,(" or after.cue is not None:
            return start + run - 1
    if words[0].kind not in ("unnamed", "document", "medium"):
        for k in range(start + 1, len(words)):
            if words[k].kind == "rel":
                return k - 1 if words[k - 1].form not in MARKS else k - 2
    return len(words) - 1


def _surname(words: list[Word], k: int) -> bool:
    """Whether a word that may be a title is the surname of the first name before it: it has the article, and nothing follows
    that would say of whom or what it is the title."""
    word = words[k]
    return word.kind == "title" and word.definite and (k + 1 == len(words) or words[k + 1].form in MARKS)


def phrase_end(line: Line, at: int) -> int:
    """The last word of the noun phrase that begins at `at`: before a mark, a verb, a clause or a time; after the name that a
    title is given with."""
    title = line.words[at].kind == "title"
    if line.words[at].kind in ("document", "medium"):
        return _paper_end(line, at)
    last, named = at, 0
    for i in range(at + 1, min(at + LONGEST_PHRASE, len(line.words))):
        word = line.words[i]
        if word.form in MARKS:
            if word.form in QUOTES and line.quote[i] and line.quote[i] != line.quote[at]:
                last = i if line.quote[i - 1] == line.quote[i] else last
                continue
            break
        if word.kind in _STOPS or (word.part in ("V", "P") and personal(word) in ("V", "P")):
            break
        if word.cue is not None and word.cue.shape in ("past", "present") and word.part in "VP?":
            break
        if word.joined and word.kind == "title":
            break
        if word.kind == "prep" and not (title and word.form in _of_titles()):
            break
        if word.part in _BARE and not (word.definite or word.joined or word.kind) and line.words[i - 1].definite:
            break
        named = named + 1 if personal(word) in "Rub" or (named and word.definite) else 0 if named < 2 else -1
        if named < 0:
            break
        last = i
    while last > at and line.words[last].kind == "prep":
        last -= 1
    return last


_BARE = frozenset("MFVPD")
"""Parts of speech that, without the article, do not go on with a phrase whose last word has it."""


@cache
def _of_titles() -> frozenset[str]:
    """The prepositions that a title may go on with, before the name that it is given to."""
    return frozenset(language("ar").fold(row["preposition"]).words for row in table("ar", "of_titles"))


def _paper_end(line: Line, at: int) -> int:
    """The last word of what is said of a document beside its name: before a mark or an opener."""
    last = at
    for i in range(at + 1, min(at + LONGEST_PAPER, len(line.words))):
        word = line.words[i]
        if word.kind == "opener" or (word.form in MARKS and not (word.form in QUOTES and line.quote[i])):
            break
        last = i
    return last


LONGEST_PAPER = 10
"""Words beside the name of a document in which its issuer is looked for."""


def _name_before(line: Line, at: int) -> tuple[int, int] | None:
    """The name that a title stands beside («so-and-so, head of»); None for none of two words."""
    last = at - 1
    if last > 0 and line.words[last].form in "،,(":
        last -= 1
    first = last + 1
    while first > 0 and last - first < LONGEST_NAME - 1 and personal(line.words[first - 1])[0] in "RubD":
        first -= 1
    while first < last and personal(line.words[first])[0] == "D":
        first += 1
    return (first, last) if last - first >= 1 else None


def _introduces(line: Line, start: int) -> bool:
    before = line.words[start - 1] if start else None
    return before is not None and (before.kind == "title" or before.form in "،," or before.definite)


def _namelike(word: Word) -> bool:
    if word.form in MARKS or word.joined or word.cue is not None:
        return False
    return word.kind == "bridge" or word.part == "R" or (word.part == "?" and word.name < 0 and not word.kind)
