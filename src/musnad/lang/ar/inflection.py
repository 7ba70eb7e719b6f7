"""Inflection: the written forms that news uses of a reporting verb, from four of its forms.

The four are given as they are published, because the hamza and the final ى decide («تنبأ» keeps its last letter, «تبنى»
loses it); what comes back is in folded spelling (no tashkil, one alef, final ى as ي, ة as ه). Passive and active are
written alike. Sources: the paradigms of any grammar of written Arabic; where papers write a form in two ways
(«قرأوا»، «قرؤوا») both are given. A form that no paper writes costs nothing and is not kept out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.lang.ar.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

PRONOUNS = ("هما", "هم", "هن", "ها", "نا", "كم", "ني", "ه", "ك")
"""Attached object and possessive pronouns, longest first."""

_HAMZA = "أؤئء"


def past(form: str) -> Iterator[tuple[str, str]]:
    """The past of a verb from its third person masculine singular: pairs of folded form and person.

    Bases that stand only before an attached pronoun («نفا» of «نفاه») are among them.

    >>> dict((p, f) for f, p in past("دعا"))["3fs"]
    'دعت'
    >>> dict((p, f) for f, p in past("تنبأ"))["3fs"]
    'تنبات'
    """
    whole = fold(form).words
    yield (whole, "3ms")
    if form[-1] in "اى" and len(form) > 2:
        yield from _past_weak(form, whole[:-1])
    elif form[-1] in _HAMZA:
        yield from ((whole + "ت", "3fs"), (whole + "تا", "3fd"), (whole + "وا", "3mp"), (whole[:-1] + "ووا", "3mp"))
        yield from ((whole + "و", "3mp"), (whole[:-1] + "وو", "3mp"), (whole + "نا", "1p"))
    elif form[-1] == "ي":
        yield from ((whole + "ت", "3fs"), (whole[:-1] + "وا", "3mp"), (whole + "ا", "3md"), (whole + "تا", "3fd"))
        yield from ((whole[:-1] + "و", "3mp"), (whole + "نا", "1p"), (whole + "ن", "3fp"))
    else:
        yield from ((whole + "ت", "3fs"), (whole + "وا", "3mp"), (whole + "ا", "3md"), (whole + "تا", "3fd"))
        yield (whole + "و", "3mp")
        for base in _before_consonant(form, whole):
            yield from ((base + "نا", "1p"), (base + "ن", "3fp"), (base + "ت", "1s"))


def _past_weak(form: str, stem: str) -> Iterator[tuple[str, str]]:
    """«دعا»: دعت، دعوا، دعون; «نفى»: نفت، نفوا، نفين; «حيا» is written with ا after its ي and inflects as «نفى»."""
    glide = "و" if form[-1] == "ا" and len(form) == 3 and form[-2] != "ي" else "ي"
    yield from ((stem + "ت", "3fs"), (stem + "وا", "3mp"), (stem + "تا", "3fd"), (stem + glide + "ن", "3fp"))
    yield from ((stem + glide + "ا", "3md"), (stem + glide + "نا", "1p"), (stem + glide + "ت", "1s"))
    yield (stem + "و", "3mp")
    if stem[-1] != "ا":
        yield (stem + "ا", "3ms")
    elif len(stem) == 2:  # «رآه»: too short to be looked up as a base and a pronoun, so given whole
        yield from ((stem + pronoun, "3ms") for pronoun in ("ه", "ها", "هم"))


def _before_consonant(form: str, whole: str) -> Iterator[str]:
    """The base of «قلنا، أشرنا، رددنا»: a hollow verb without its alef, a doubled one with its last letter twice.

    «أقر» is doubled and «أكد» is not, and their writing does not tell: of three letters after «أ» both are given.
    """
    hollow = len(form) > 2 and form[-2] == "ا"
    doubled = (
        len(form) == 2
        or (len(form) == 4 and form[0] == "ا" and form[2] == "ت")
        or (len(form) == 5 and form.startswith("است"))
    )
    if hollow:
        yield whole[:-2] + whole[-1]
    if doubled or (len(form) == 3 and form[0] == "أ"):
        yield whole + whole[-1]
    if not hollow and not doubled:
        yield whole


def present(form: str) -> Iterator[tuple[str, str]]:
    """The present from its third person masculine singular (``يقول``): indicative, and the plural without its nun.

    >>> [f for f, p in present("يرى") if p == "3mp"]
    ['يرون', 'يروا']
    """
    stem = fold(form).words[1:]
    short = stem[:-1] if form[-1] in "يىو" else stem
    yield from (("ي" + stem, "3ms"), ("ت" + stem, "3fs"), ("ن" + stem, "1p"), ("ا" + stem, "1s"))
    yield from (("ي" + short + "ون", "3mp"), ("ي" + short + "وا", "3mp"))
    if form[-1] in "أء":
        yield from (("ي" + stem[:-1] + "وون", "3mp"), ("ي" + stem[:-1] + "ووا", "3mp"))
    dual = stem + "ن" if form[-1] == "أ" else stem + "ان"
    yield from (("ي" + dual, "3md"), ("ت" + dual, "3fd"))
    if form[-1] == "ى":
        yield from (("ي" + short + "ا", "3ms"), ("ت" + short + "ا", "3fs"), ("ن" + short + "ا", "1p"))
    elif form[-1] not in "يو" + _HAMZA and form[-2] not in "ويا":
        yield ("ي" + stem + "ن", "3fp")


def participle(accusative: str) -> Iterator[tuple[str, str]]:
    """The active participle from its indefinite accusative (``مشيرا``), with feminine, dual and plural.

    >>> [f for f, p in participle("داعيا") if p == "3mp"]
    ['داعين', 'داعون']
    """
    whole = fold(accusative).words
    stem = whole[:-1] if whole.endswith("ا") else whole
    weak = accusative.endswith("يا")
    short = stem[:-1] if weak else stem
    yield from ((whole, "3ms"), (stem, "3ms"), (stem + "ه", "3fs"), (short + "ين", "3mp"), (short + "ون", "3mp"))
    yield from ((stem + "ات", "3fp"), (stem + "تين", "3fd"))
    if weak:
        yield (short, "3ms")
    elif stem.endswith("ء"):
        yield from ((stem[:-1] + "يين", "3mp"), (stem[:-1] + "وون", "3mp"))


def noun(form: str) -> Iterator[tuple[str, str]]:
    """A reporting noun: as it stands, in the indefinite accusative, and before an attached pronoun.

    >>> [f for f, _ in noun("شكوى")]
    ['شكوي', 'شكوا']
    """
    whole = fold(form).words
    yield (whole, "n")
    if form.endswith("ة"):
        yield (whole[:-1] + "ت", "n")
    elif form.endswith("ى"):
        yield (whole[:-1] + "ا", "n")
    elif not form.endswith(("أ", "ات")):
        yield (whole + "ا", "n")
        if form.endswith("ء"):
            yield from ((whole[:-1] + "ي", "n"), (whole[:-1] + "و", "n"))
