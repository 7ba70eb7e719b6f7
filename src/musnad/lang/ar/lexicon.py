"""The Arabic lexicon: what is known of a written word, in folded spelling, its clitics taken off."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from musnad.lang.ar.inflection import PRONOUNS, noun, participle, past, present
from musnad.lang.ar.spelling import fold
from musnad.lang.tables import table
from musnad.lang.word import Cue, CueShape, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_PROCLITICS = ("", "و", "ف")
_NOUN_PROCLITICS = ("ال", "بال", "لل", "ب", "ل", "ك", "كال")
_HEADS = frozenset(("title", "body", "agency", "outlet", "unnamed", "document", "medium"))
_CLITICS = ("ال", "لل", "بال", "كال", "ب", "ل", "ك", "س")
_OBJECT = "ه"
"""In the column `takes`: what is told may be the verb's bare object."""
_LEADS = ("ب", "ل")
_BEFORE_HEADS, _BARE = ("", "ب", "ل", "لل", "بال", "وال", "فال", "و"), ("",)
_FIRST_OF_NOUN, _FIRST_OF_HEAD, _FIRST_OF_CLITIC = frozenset("ابلك"), frozenset("بلوف"), frozenset("البكس")
"""The letters that the proclitics of each kind begin with: most words begin with another and need no closer look."""
_ARTICLES = ("وال", "فال", "بال", "لل", "ال")
_HELD = 200_000
"""Words remembered; news has about 150,000 forms in a million articles, and a held word costs some 300 bytes."""


def _fold(words: str) -> str:
    return fold(words).words


@cache
def _cues() -> dict[str, Cue]:
    """Every written form of every reporting verb; where two share one, the first in this order: past, present, …"""
    forms: dict[str, Cue] = {}
    rows = table("ar", "cues")
    columns: tuple[tuple[CueShape, Callable[[str], Iterator[tuple[str, str]]]], ...] = (
        ("past", past),
        ("present", present),
        ("participle", participle),
    )
    for shape, inflect in columns:
        for row in rows:
            if row[shape] != "-":
                for form, person in inflect(row[shape]):
                    forms.setdefault(form, _made(row, shape, person))
    return _nouns() | forms


@cache
def _nouns() -> dict[str, Cue]:
    """Every written form of the reporting nouns, those too that are spelled as a verb («طلب»، «كشف»)."""
    forms: dict[str, Cue] = {}
    for row in table("ar", "cues"):
        for given in row["nouns"].split("،"):
            if given != "-":
                for form, person in noun(given):
                    forms.setdefault(form, _made(row, "noun", person))
    return forms


def _made(row: Mapping[str, str], shape: CueShape, person: str) -> Cue:
    takes = frozenset(_fold(row["takes"]).split("،")) - {"-"}
    return Cue(row["past"], shape, person, row["act"], row["telling"], takes - {_OBJECT}, _OBJECT in takes)


@cache
def _classes() -> dict[str, str]:
    out: dict[str, str] = {}
    for row in table("ar", "words"):
        out.setdefault(_fold(row["word"]), row["class"])
    return out


@cache
def _lookalikes() -> frozenset[str]:
    """Forms that are spelled as a reporting form and are another word («مدينة», «الزمن»); clitics are theirs."""
    return frozenset(_fold(row["word"]) for row in table("ar", "lookalikes"))


def _cue(form: str, attached: tuple[str, ...]) -> tuple[Cue, str] | None:
    """The reporting form that a word (without و and ف) is, and what is attached to it: "", "pronoun", "article", …

    `attached` are the pronouns that it may end in, here and below.
    """
    lookalikes = _lookalikes()
    if form in lookalikes:
        return None
    forms = _cues()
    found = forms.get(form)
    if found is not None:
        return found, ""
    for pronoun in attached:
        if len(form) - len(pronoun) >= 3:
            found = forms.get(form[: -len(pronoun)])
            if found is not None and found.shape != "participle":
                return found, "pronoun"
    if form[0] == "س" and len(form) > 4:
        found = forms.get(form[1:])
        if found is not None and found.shape == "present":
            return found, "future"
    for clitic in _NOUN_PROCLITICS if form[0] in _FIRST_OF_NOUN else ():
        rest = form[len(clitic) :]
        if form.startswith(clitic) and len(rest) >= 3 and rest not in lookalikes:
            found = _nouns().get(rest) or forms.get(rest)
            if found is not None and found.shape in ("noun", "participle"):
                return found, "article" if "ل" in clitic and clitic != "ل" else "preposition"
            for pronoun in attached if clitic in ("ب", "ل", "ك") else ():
                if len(rest) - len(pronoun) >= 3:
                    found = forms.get(rest[: -len(pronoun)])
                    if found is not None and found.shape == "noun":
                        return found, "preposition"
    return None


def _attached(form: str) -> tuple[str, ...]:
    """The pronouns that a word may end in, longest first; what is left is looked at by who asks."""
    return tuple([p for p in PRONOUNS if form.endswith(p)]) if form.endswith(PRONOUNS) else ()


@cache
def _vocabulary() -> dict[str, tuple[int, int]]:
    """Count and name-likeness (0 to 9) of the forms of the ANT corpus; see training/vocabulary.py."""
    path = files("musnad.lang").joinpath("ar", "vocabulary.tsv.gz")
    out: dict[str, tuple[int, int]] = {}
    if path.is_file():
        for row in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()[1:]:
            cells = row.split("\t")
            if len(cells) == 3:
                out[cells[0]] = (int(cells[1]), int(cells[2]))
    return out


class _Held(dict[str, Word]):
    """The words looked up so far, up to `_HELD`: what is there costs one look into a dict."""

    def __init__(self, analyse: Callable[[str], Word]) -> None:
        super().__init__()
        self._analyse = analyse

    def __missing__(self, form: str) -> Word:
        if len(self) >= _HELD:
            self.clear()
        word = self[form] = self._analyse(form)
        return word


class Lexicon:
    """Looks words up and remembers them; `vocabulary` is given only where it is being made.

    >>> LEXICON.word("واوضحت").cue.lemma
    'أوضح'
    """

    word: Callable[[str], Word]
    """What is known of a folded word; nothing known is a Word with an empty class and no cue."""

    def __init__(self, vocabulary: dict[str, tuple[int, int]] | None = None) -> None:
        self._given = vocabulary
        self.word = _Held(self._analyse).__getitem__

    def _analyse(self, form: str) -> Word:
        classes = _classes()
        known = classes.get(form, "")
        attached = _attached(form)
        another = form in _lookalikes()
        best: tuple[Cue, str] | None = None
        joined = ""
        for proclitic in _PROCLITICS:
            if form.startswith(proclitic) and len(form) > len(proclitic) + 1:
                rest = form[len(proclitic) :]
                if not known and proclitic:
                    known = classes.get(rest, "")
                    joined = proclitic if known else joined
                if best is None and not another:
                    best = _cue(rest, attached)
                    if best is not None and proclitic:
                        joined = proclitic
        if not known:
            known, clitic = _noun_class(form, attached, classes)
            joined = joined or clitic
        cue, how = best or (None, "")
        shape = _shape(form)
        vocabulary = _vocabulary() if self._given is None else self._given
        tag = known or (f"{cue.shape}{how[:1]}" if cue else shape)
        habit = ""
        if cue is not None:
            count, opened = vocabulary.get(f"={cue.lemma}|{cue.shape}", (0, 0))
            habit = f"{'rare' if count < 5 else opened}"
        name, part = _name_like(form, vocabulary), _part(form, attached)
        role = _role(known, cue, joined, part, shape, name)
        return Word(
            form,
            known,
            cue,
            how,
            joined,
            shape,
            joined + tag,
            habit,
            name,
            part,
            role,
            _look(form),
            form.startswith(("ال", "وال", "فال", "بال", "لل", "كال")) and len(form) > 4,
            _led(form, joined, vocabulary),
        )


def _led(form: str, joined: str, vocabulary: dict[str, tuple[int, int]]) -> str:
    """The preposition of one letter that is written with a word, "" where the letter is the word's own."""
    if form[0] not in _LEADS or len(form) < 4:
        return ""
    if joined[:1] == form[0] or form.startswith(("بال", "لل")):
        return form[0]
    own, rest = vocabulary.get(form, (0, 0))[0], vocabulary.get(form[1:], (0, 0))[0]
    return form[0] if rest > own else ""


def _noun_class(form: str, attached: tuple[str, ...], classes: dict[str, str]) -> tuple[str, str]:
    """The class of a head of a noun phrase under a preposition that is written with it, or with a pronoun after it."""
    for clitic in _BEFORE_HEADS if form[0] in _FIRST_OF_HEAD else _BARE if attached else ():
        if not form.startswith(clitic) or len(form) - len(clitic) < 3:
            continue
        rest = form[len(clitic) :]
        for stem in (rest, "ال" + rest if clitic in ("لل", "بال", "وال", "فال") else ""):
            if stem and clitic and classes.get(stem) in _HEADS:
                return classes[stem], clitic
        for pronoun in attached:
            if len(rest) - len(pronoun) >= 3:
                stem = rest[: -len(pronoun)]
                for whole in (stem, stem[:-1] + "ه" if stem.endswith("ت") else ""):
                    if whole and classes.get(whole) in _HEADS:
                        return classes[whole], clitic
    return "", ""


@cache
def _parts() -> dict[str, str]:
    """The part of speech that a form most often has in news, as one letter; see forms.tsv."""
    return {row["form"]: row["part"] for row in table("ar", "forms")}


def _part(form: str, attached: tuple[str, ...]) -> str:
    """The part of speech of a written word: of itself, or of what is left without its clitics; "?" when not known."""
    parts = _parts()
    found = parts.get(form)
    if found is not None:
        return found
    for whole in _without_clitics(form):
        found = parts.get(whole)
        if found is not None:
            return found
        for pronoun in attached:
            if len(whole) - len(pronoun) >= 3:
                stem = whole[: -len(pronoun)]
                found = parts.get(stem) or (parts.get(stem[:-1] + "ه") if stem.endswith("ت") else None)
                if found is not None:
                    return found
    if form[0].isdigit():
        return "U"
    bare = form[2:] if form.startswith("ال") else form
    return "B" if bare != form and bare.endswith(("ي", "يه", "يين", "يون")) and len(bare) > 4 else "?"


def _without_clitics(form: str) -> list[str]:
    out = [form]
    for joined in ("و", "ف", ""):
        if not form.startswith(joined) or len(form) - len(joined) < 2:
            continue
        rest = form[len(joined) :]
        if joined:
            out.append(rest)
        if rest[0] in _FIRST_OF_CLITIC:
            out += [rest[len(c) :] for c in _CLITICS if rest.startswith(c) and len(rest) - len(c) >= 2]
    return out


def _name_like(form: str, vocabulary: dict[str, tuple[int, int]]) -> int:
    """How much a form looks like a name, 0 to 9; -1 for a form never seen (names often are)."""
    return vocabulary.get(form, (0, -1))[1]


def _role(kind: str, cue: Cue | None, joined: str, part: str, shape: str, name: int) -> str:
    """One label for what a word can do in a noun phrase: its class, its part of speech with the article or clitic shown."""
    if kind:
        return joined + kind
    if cue is not None and cue.shape in ("past", "present") and part in "VP?":
        return joined + cue.shape
    if part == "?":
        part = "r" if name > 7 else "?" if name < 0 else "n"
    clitic, _, last = shape.partition("…")
    return (clitic if last and len(clitic) > 1 else "") + part


def _look(form: str) -> str:
    """How a word looks: its first two or three letters, its length, its last letter."""
    return f"{form[:3] if form[:2] == 'ال' else form[:2]}{min(len(form), 8)}{form[-1:]}"


def _shape(form: str) -> str:
    """A coarse shape: digits, Latin, with the article, or the first and last letter."""
    if form[0].isdigit():
        return "0"
    if form[0] < "\u0600":
        return "A"
    if form.startswith(_ARTICLES):
        for clitic in _ARTICLES:
            if form.startswith(clitic) and len(form) > len(clitic) + 1:
                return clitic + "…" + form[-1]
    return form[0] + "…" + form[-1]


LEXICON = Lexicon()
