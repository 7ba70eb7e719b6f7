"""Antecedents: which speaker known so far a dropped subject or a short mention («the minister») stands for."""

from __future__ import annotations

from dataclasses import dataclass, field

from musnad.find.drafts import Draft
from musnad.find.features import bucket
from musnad.find.lines import MARKS, Line
from musnad.lang.word import Word

REACH = 8
"""Speakers that come into question, the last named first."""


MEMORY = 60
"""Attributions that a reader looks back over for whom a word means."""


@dataclass(slots=True)
class Known:
    """A speaker: the tokens that name it in their line, the words of its description (which begins
    at token `begin`), gender and number of its verb."""

    line: Line
    first: int
    last: int
    described: list[Word]
    person: str = ""
    name: list[str] = field(default_factory=list)
    begin: int = -1

    @property
    def head(self) -> Word:
        """The first word of the description that is no mark."""
        return next((w for w in self.described if w.form not in MARKS), self.described[0])

    @property
    def kind(self) -> str:
        """The class of the head of the description."""
        return self.head.kind


def stem(word: Word) -> str:
    """A word without its conjunction and article, for comparing heads."""
    form = word.bare if word.joined in ("و", "ف", "ب", "ل") else word.form
    if not form.startswith(_ARTICLES):
        return form
    for article in _ARTICLES:
        if form.startswith(article) and len(form) > len(article) + 2:
            return form[len(article) :]
    return form


_ARTICLES = ("\u0648\u0627\u0644", "\u0644\u0644", "\u0628\u0627\u0644", "\u0627\u0644")


def definite(word: Word) -> bool:
    """Whether a word has the article."""
    return stem(word) != word.bare


@dataclass(slots=True)
class Mention:
    """A speaker as it was last heard of: by which draft, how many speakers ago, and how often before."""

    known: Known
    draft: Draft
    index: int
    rank: int
    count: int


def mentions(index: int, found: list[Draft], resolved: list[Known | None]) -> list[Mention]:
    """The distinct speakers before draft `index`, the last heard first; for a headline those of the body, the first first.

    A headline speaks before anybody is introduced, so that what it says is read when the body has been. Who is named by a
    verb that reports nothing comes into question too, in :mod:`musnad.find.subjects`.
    """
    title = headline(found[index])
    ahead, back = range(index + 1, len(found))[:MEMORY], range(index - 1, -1, -1)[:MEMORY]
    out: list[Mention] = []
    for i in ahead if title else back:
        known = resolved[i]
        if known is None or headline(found[i]):
            continue
        same = next((m for m in out if m.known is known or m.known.name == known.name), None)
        if same is not None:
            same.count += 1
        elif len(out) < REACH:
            out.append(Mention(known, found[i], i, len(out), 1))
    return out


def reading_order(found: list[Draft]) -> list[int]:
    """The drafts of the body in their order, then those of the headline."""
    return sorted(range(len(found)), key=lambda i: (headline(found[i]), i))


def headline(draft: Draft) -> bool:
    """Whether a draft stands in a headline."""
    return draft.line.block.kind == "headline"


def agreement(draft: Draft) -> str:
    """Gender and number that a dropped subject must have: "3fs", "3ms", "3mp" or "" for any."""
    cue = draft.line.words[draft.cue.first].cue
    if cue is None:
        return ""
    return cue.person


def agrees(wanted: str, known: Known) -> str:
    """ "yes", "no", or "?" where one of the two does not show gender and number."""
    have = known.person
    if not wanted or not have or "n" in (wanted, have) or wanted[0] != "3" or have[0] != "3":
        return "?"
    if wanted[2] == "p" or have[2] == "p":
        return "p" if wanted[2] == have[2] else "s"
    return "yes" if wanted[1] == have[1] else "no"


def pair_features(index: int, found: list[Draft], parents: list[int | None], mention: Mention) -> list[str]:
    """For: does the subject of draft `index` mean the speaker of `mention`?"""
    draft, before = found[index], mention.draft
    line = draft.line
    wanted = agreement(draft)
    agree = agrees(wanted, mention.known)
    parent = parents[index]
    relation = (
        "parent"
        if parent == mention.index
        else "level"
        if parents[mention.index] == parent
        else "inner"
        if parents[mention.index] is not None and parents[mention.index] != parent
        else "outer"
    )
    opener = line.words[draft.cue.first - 1] if draft.cue.first else None
    opened = opener.seen if opener is not None and opener.kind == "opener" else ""
    same = before.line is line
    near = (
        "sentence"
        if same and line.sentence[before.cue.first] == line.sentence[draft.cue.first]
        else "line"
        if same
        else "text"
    )
    kind, other = draft.cue.kind, before.cue.kind
    shape = line.words[draft.cue.first].cue
    form = f"{kind}{shape.shape if shape is not None else ''}"
    overt = before.source is not None
    rank = min(mention.rank, 4)
    return [
        f"r={rank}",
        f"ra={rank}|{agree}",
        f"a={agree}|{form}",
        f"rel={relation}|{rank}",
        f"relk={relation}|{form}|{other}",
        f"rela={relation}|{agree}|{near}",
        f"near={near}|{form}|{rank}",
        f"o={opened}|{relation}|{agree}",
        f"hk={mention.known.kind}|{rank}",
        f"hkk={mention.known.kind}|{form}|{other}",
        f"ok={other}|{overt}|{rank}",
        f"c={min(mention.count, 4)}|{rank}",
        f"d={bucket(index - mention.index)}|{relation}",
        f"b={line.block.kind[0]}{before.line.block.kind[0]}|{rank}",
        f"w={wanted}|{mention.known.kind}",
        f"dir={before.direction}|{form}|{rank}",
        f"in={parent is None}|{relation}|{rank}",
        f"fst={draft.cue.first == line.first[line.sentence[draft.cue.first]]}|{relation}|{near}",
    ]
