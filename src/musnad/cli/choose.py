"""Choosing one of some names, with help for whoever mistypes."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from musnad.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence


def choose(option: str, given: str, names: Sequence[str]) -> str:
    """`given`, in small letters, when it is one of `names`; otherwise raises UsageError that names the nearest and all.

    >>> choose("--format", "JSON", ["text", "json"])
    'json'
    """
    name = given.lower().strip()
    if name in names:
        return name
    close = get_close_matches(name, names, n=1)
    guess = f"did you mean {close[0]}? " if close else ""
    raise UsageError(f"no {option} {given!r}", advice=f"{guess}there are {', '.join(names)}")
