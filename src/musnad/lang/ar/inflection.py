"""Inflection: the written forms that news uses of a reporting verb, from four of its forms.

Everything is in folded spelling (no tashkil, one alef, final ى as ي, ة as ه). Passive and active are written alike.
"""

from __future__ import annotations

from collections.abc import Iterator

PRONOUNS = ("هما", "هم", "هن", "ها", "نا", "كم", "ني", "ه", "ك")
"""Attached object and possessive pronouns, longest first."""


def past(form: str) -> Iterator[tuple[str, str]]:
    """The past of a verb from its third person masculine singular: pairs of form and person.

    >>> dict((p, f) for f, p in past("دعا"))["3fs"]
    'دعت'
    """
    if form[-1] in "اي" and len(form) > 2 and form not in ("حيا",):
        stem = form[:-1]
        yield from (
            (form, "3ms"),
            (stem + "ت", "3fs"),
            (stem + "وا", "3mp"),
            (stem + "تا", "3fd"),
            (stem + "ين", "3fp"),
        )
        yield from ((stem + "ا", "3ms"), (stem + "و", "3mp"), (stem + ("ونا" if form[-1] == "ا" else "ينا"), "1p"))
        return
    yield from ((form, "3ms"), (form + "ت", "3fs"), (form + "وا", "3mp"), (form + "ا", "3md"), (form + "تا", "3fd"))
    hollow = form[0] + form[2:] if len(form) == 3 and form[1] == "ا" else form
    yield from ((hollow + "نا", "1p"), (hollow + "ن", "3fp"), (form + "و", "3mp"))


def present(form: str) -> Iterator[tuple[str, str]]:
    """The present from its third person masculine singular (``يقول``): indicative, and the plural without its nun."""
    stem = form[1:]
    short = stem[:-1] if stem[-1] in "يوا" and len(stem) > 2 else stem
    yield from (("ي" + stem, "3ms"), ("ت" + stem, "3fs"), ("ن" + stem, "1p"), ("ا" + stem, "1s"))
    yield from (
        ("ي" + short + "ون", "3mp"),
        ("ي" + short + "وا", "3mp"),
        ("ي" + stem + "ان", "3md"),
        ("ت" + stem + "ان", "3fd"),
    )


def participle(accusative: str) -> Iterator[tuple[str, str]]:
    """The active participle from its indefinite accusative (``مشيرا``), with feminine, dual and plural."""
    stem = accusative[:-1] if accusative.endswith("ا") else accusative
    short = stem[:-1] if stem.endswith("ي") else stem
    yield from ((accusative, "3ms"), (stem, "3ms"), (stem + "ه", "3fs"), (short + "ين", "3mp"), (short + "ون", "3mp"))
    yield from ((stem + "ات", "3fp"), (stem + "تين", "3fd"), (short if short != stem else stem, "3ms"))


def noun(form: str) -> Iterator[tuple[str, str]]:
    """A reporting noun: as it stands, in the indefinite accusative, and before an attached pronoun."""
    yield (form, "n")
    if form.endswith("ه"):
        yield (form[:-1] + "ت", "n")
    elif form.endswith("ي"):
        yield (form + "ا", "n")
    else:
        yield (form + "ا", "n")
        if form.endswith("ء"):
            yield from ((form[:-1] + "ي", "n"), (form[:-1] + "و", "n"))
