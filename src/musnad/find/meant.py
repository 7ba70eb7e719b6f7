"""Whom a source means: itself, somebody named in its own words, elsewhere in the text, or heard before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from musnad.find.antecedents import Known, Mention, agrees, definite, headline, stem
from musnad.find.cast import Cast, personal_name
from musnad.find.drafts import Draft
from musnad.find.lines import MARKS
from musnad.find.source_features import personal
from musnad.lang.word import Word

MOST = 24
"""Options that are weighed for one source."""
BACK = 60
"""Attributions before it whose sources are compared with a source."""
SHARED_WORDS = 6
"""Words of a description by which two are compared."""


@dataclass(slots=True)
class Option:
    """Somebody that a source may mean, and the ways by which it came up; `rank` is how many speakers ago, 9 for never."""

    known: Known
    ways: list[str] = field(default_factory=list)
    rank: int = 9


class Named:
    """The names that the sources of a document give, by their words; at most `HOLDERS` for one word."""

    def __init__(self, own: Sequence[Known | None]) -> None:
        self._by_word: dict[str, list[Known]] = {}
        seen: set[tuple[str, ...]] = set()
        for known in own:
            if known is None or len(known.name) > LONG_NAME or tuple(known.name) in seen:
                continue
            seen.add(tuple(known.name))
            for word in known.name:
                held = self._by_word.setdefault(word, [])
                if len(held) < HOLDERS:
                    held.append(known)

    def longer(self, known: Known) -> list[Known]:
        """The longer names that the name of `known` is a part of, in the order of the text."""
        mine = known.name
        among = self._by_word.get(mine[-1], ()) if mine else ()
        return [k for k in among if len(k.name) > len(mine) and part_of(mine, k.name)]


HOLDERS = 40
"""Names remembered for one word."""


class Options:
    """The options of one source, each name once, the source itself first."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.all: list[Option] = [Option(known, ["self"])]
        self._by_name: dict[tuple[str, ...], Option] = {tuple(known.name): self.all[0]}
        self._words = [w for w in known.described if w.form not in MARKS]
        self._named = _named(known)
        self._head = _head(self._words) if self._words else known.described[0]
        self._paper = self._head.kind in ("document", "medium")

    def add(self, known: Known, way: str, rank: int = 9) -> None:
        """One more way to somebody; forgotten where there are enough already."""
        key = tuple(known.name)
        option = self._by_name.get(key)
        if option is None:
            if len(self.all) >= MOST or not key:
                return
            option = self._by_name[key] = Option(known)
            self.all.append(option)
        if way not in option.ways:
            option.ways.append(way)
        option.rank = min(option.rank, rank)

    def read(self, cast: Cast) -> None:
        """Add whom the words of the source take in, and whom the text names with the same head."""
        if self._paper or not self._named:
            for inner, how in cast.within(self.known):
                self.add(inner, "within" + how)
        if not self._paper and (self._named or len(self._words) > SHORT_PHRASE):
            return
        for phrase in cast.phrases(self._head, self.known):
            if self._paper:
                for inner, how in cast.within(phrase):
                    self.add(inner, "issuer" + how)
            elif len(phrase.described) > 1:
                self.add(phrase, "phrase")

    def recall(self, before: Known | None, draft: Draft, speaker: Known) -> None:
        """Add who spoke in draft `draft`, `before` its source, where that is named alike, or is the document."""
        wanted = stem(self._head)
        if before is not None:
            theirs = [stem(w) for w in before.described[:SHARED_WORDS] if w.form not in MARKS]
            if wanted in theirs:
                same = theirs == [stem(w) for w in self._words]
                self.add(speaker, "echo" if same else "head" if theirs[0] == wanted else "source")
        if self._paper and _spoke_in(draft, wanted):
            self.add(speaker, "in")

    def complete(self, named: Named, cast: Cast) -> None:
        """Add the longer names, among the sources and in the text, that this name is a part of."""
        if self._head.kind and not (self._named and len(self.known.name) <= SHORT_NAME):
            return
        for other in named.longer(self.known):
            self.add(other, "name")
        for other in cast.fuller(self.known):
            self.add(other, "text")

    def hear(self, heard: list[Mention], ahead: bool) -> None:
        """Add those heard before where the source may point back to any; else tell how long ago the options were heard.

        The short description of a headline (`ahead`) may be anybody's who speaks in the body, without an article too.
        """
        words = self._words
        short = len(words) <= SHORT_POINTER and not self._named
        back = short and (_same(words) or _points_back(words))
        for mention in heard:
            if back:
                self.add(mention.known, "heard", mention.rank)
            elif ahead and short and words[0].part not in ("L", "R"):
                self.add(mention.known, "ahead", mention.rank)
            elif (option := self._by_name.get(tuple(mention.known.name))) is not None:
                option.rank = min(option.rank, mention.rank)


SHORT_PHRASE, SHORT_POINTER, SHORT_NAME, LONG_NAME = 5, 4, 3, 6
"""Words of a source that may stand for a longer phrase, or for anybody heard; of a name that may be part of a longer one,
and of that one."""


def options(
    known: Known,
    index: int,
    own: Sequence[Known | None],
    found: list[Draft],
    out: Sequence[Known | None],
    heard: list[Mention],
    named: Named,
    cast: Cast,
) -> list[Option]:
    """Whom `known`, the source of draft `index`, may mean; `own` are the sources as they stand, `out` the speakers known."""
    held = Options(known)
    if any(w.form not in MARKS for w in known.described):
        held.read(cast)
        for i in range(index - 1, max(-1, index - 1 - BACK), -1):
            if (speaker := out[i]) is not None:
                held.recall(own[i], found[i], speaker)
        held.complete(named, cast)
        held.hear(heard, headline(found[index]))
    return held.all


def option_features(known: Known, option: Option) -> list[str]:
    """For: does the source `known` mean this option?"""
    mine = [w for w in known.described if w.form not in MARKS]
    theirs = [w for w in option.known.described if w.form not in MARKS]
    head = _head(mine)
    kind = head.kind or personal(mine[0])
    n = min(len(mine), 4)
    named = _named(known)
    if option.ways[0] == "self":
        return [
            "s",
            f"s/k={kind}|{definite(head)}|{n}",
            f"s/kn={kind}|{named}|{len(known.name) > 1}",
            f"s/f={head.form}|{min(n, 2)}",
            f"s/same={_same(mine)}|{kind}",
            f"s/last={personal(mine[-1])}|{kind}|{n}",
            f"s/w={len(option.ways)}|{kind}",
            *(f"s/{w}|{kind}" for w in option.ways[1:]),
        ]
    stems, others = [stem(w) for w in mine], {stem(w) for w in theirs}
    shared = sum(s in others for s in stems)
    all_ = shared == len(mine)
    left = "all" if all_ else "one" if shared == len(mine) - 1 else "some" if shared else "none"
    rank = min(option.rank, 4)
    their = option.known.kind or personal(theirs[0])
    theirs_named = _named(option.known) or their in ("R", "u", "r", "b")
    agree = agrees(known.person, option.known)
    where = "before" if _before(option.known, known) else "after"
    first = stem(theirs[0]) == stem(head)
    out = [
        "o",
        f"o/k={kind}|{their}|{theirs_named}",
        f"o/l={left}|{n}|{kind}",
        f"o/lt={left}|{their}|{theirs_named}|{definite(head)}",
        f"o/r={rank}|{left}|{kind}",
        f"o/a={agree}|{kind}",
        f"o/n={named}|{theirs_named}|{left}",
        f"o/ns={min(len(option.known.name), 5)}|{kind}|{their}",
        f"o/f={head.form}|{left}",
        f"o/x={min(len(mine) - shared, 2)}|{min(len(others - set(stems)), 2)}|{first}|{kind}",
        f"o/nm={bool(set(known.name) & set(option.known.name))}|{named}|{theirs_named}",
    ]
    for way in option.ways:
        out += [
            f"w={way}|{kind}|{left}",
            f"w={way}|{their}|{theirs_named}",
            f"w={way}|{where}|{kind}",
            f"w={way}|{rank}",
        ]
    return out


def _head(words: list[Word]) -> Word:
    """The word that says what a source is: past a demonstrative and «the same»."""
    for word in words:
        if word.kind not in ("dem", "same"):
            return word
    return words[0]


def _same(words: list[Word]) -> bool:
    return any(w.kind == "same" for w in words[:3])


def _named(known: Known) -> bool:
    """Whether a name was found within the words of a source, or a person's name makes it up."""
    return known.first > known.begin or personal_name(known.described, 0)


def _before(one: Known, other: Known) -> bool:
    if one.line is other.line:
        return one.begin < other.begin
    return one.line.block.span.start < other.line.block.span.start


def _points_back(words: list[Word]) -> bool:
    """Whether a short source may mean somebody named before: it is definite, of itself or by what follows its title.

    An unnamed source («a presidential official») and a place stay what they are.
    """
    if words[0].part in ("L", "R") or (words[0].kind == "unnamed" and not definite(words[0])):
        return False
    for word in words:
        if word.kind in ("prep", "rel"):
            return False
        if definite(word):
            return True
    return words[0].kind in ("same", "dem")


def _spoke_in(draft: Draft, wanted: str) -> bool:
    """Whether somebody spoke in a document of this name: «the statement» is that of whoever spoke «in a statement»."""
    first, content = draft.line.first[draft.line.sentence[draft.cue.first]], draft.content[0][0]
    until = content if content > draft.cue.first else draft.cue.first
    return any(stem(w) == wanted for w in draft.line.words[first:until])


def part_of(mine: list[str], theirs: list[str]) -> bool:
    """Whether one name stands within another."""
    n = len(mine)
    return any(theirs[i : i + n] == mine for i in range(len(theirs) - n + 1))
