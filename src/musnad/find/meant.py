"""Whom a source means: itself, somebody named in its own words, elsewhere in the text, or heard before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from musnad.find.antecedents import Known, Mention, agrees, definite, stem
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
    """Somebody that a source may mean, and the ways by which he was come upon; `rank` is how many speakers ago, 9 for never."""

    known: Known
    ways: list[str] = field(default_factory=list)
    rank: int = 9


class Options:
    """The options of one source, each name once, the source itself first."""

    def __init__(self, known: Known) -> None:
        self.all: list[Option] = [Option(known, ["self"])]
        self._by_name: dict[tuple[str, ...], Option] = {tuple(known.name): self.all[0]}

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

    def hear(self, mention: Mention, new: bool) -> None:
        """How many speakers ago somebody was heard; `new`: even somebody who was not come upon otherwise."""
        if new:
            self.add(mention.known, "heard", mention.rank)
        elif (option := self._by_name.get(tuple(mention.known.name))) is not None:
            option.rank = min(option.rank, mention.rank)


def options(
    index: int,
    own: Sequence[Known | None],
    found: list[Draft],
    out: Sequence[Known | None],
    heard: list[Mention],
    cast: Cast,
) -> list[Option]:
    """Whom the source of draft `index` may mean; `own` are the sources as they stand, `out` the speakers known so far."""
    known = own[index]
    assert known is not None
    words = [w for w in known.described if w.form not in MARKS]
    held = Options(known)
    if not words:
        return held.all
    head = _head(words)
    paper = head.kind in ("document", "medium")
    same = any(w.kind == "same" for w in words[:3])
    named = _named(known)
    if paper or not named:
        for inner, how in cast.within(known):
            held.add(inner, "within" + how)
    stems = [stem(w) for w in words]
    for i in range(index - 1, max(-1, index - 1 - BACK), -1):
        before, speaker = own[i], out[i]
        if speaker is None:
            continue
        if before is not None:
            theirs = [stem(w) for w in before.described[:SHARED_WORDS] if w.form not in MARKS]
            if stem(head) in theirs:
                held.add(speaker, "echo" if theirs == stems else "head" if theirs[0] == stem(head) else "source")
        if paper and _spoke_in(found[i], stem(head)):
            held.add(speaker, "in")
    if len(words) <= 5 and not named or paper:
        for phrase in cast.phrases(head, known):
            if paper:
                for inner, how in cast.within(phrase):
                    held.add(inner, "issuer" + how)
            elif len(phrase.described) > 1:
                held.add(phrase, "phrase")
    if (named and len(known.name) <= 3) or not head.kind:
        for i, other in enumerate(own):
            longer = other is not None and i != index and len(known.name) < len(other.name) <= 6
            if longer and part_of(known.name, other.name):
                held.add(other, "name")
        for other in cast.fuller(known):
            held.add(other, "text")
    back = len(words) <= 4 and not named and (same or _points_back(words))
    for mention in heard:
        held.hear(mention, back)
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
