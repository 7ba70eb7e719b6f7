"""Words and moments out of feeds, which are untrusted: plain text, and no moment that is a guess."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from musnad.times import read_moment
from musnad.times.machine import read_machine

if TYPE_CHECKING:
    from musnad.model import Moment

_TAG = re.compile(
    r"<(script|style)\b[^<]{0,10000}(?:</\1[^<>]{0,20}>)?|<[a-zA-Z/!?][^<>]{0,5000}>?",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LONGEST = 500


def plain(text: str) -> str:
    """A title as plain words: no marks of HTML, also not such as were escaped twice, no control characters, one line.

    >>> plain("<b>الجسر</b> يفتح &amp;lt;script&amp;gt;x&amp;lt;/script&gt; غدا")
    'الجسر يفتح غدا'
    """
    text = text[: 20 * _LONGEST]
    for _ in range(3):
        text = html.unescape(text)
    return " ".join(_CONTROL.sub(" ", _TAG.sub(" ", text)).split())[:_LONGEST]


def moment_of(text: str, language: str | None) -> Moment | None:
    """The moment that a feed gives, in whatever form it can surely be read; None for any other.

    >>> moment_of("Mon, 28 Feb 2022 21:02:00 +0300", "ar").iso, moment_of("28 شباط 2022", "ar").iso
    ('2022-02-28T21:02:00+03:00', '2022-02-28')
    >>> moment_of("soon", "ar") is None
    True
    """
    text = " ".join(text[:200].split())
    if not text:
        return None
    try:
        return read_machine(text) or read_moment(text, language="en" if (language or "").startswith("en") else "ar")
    except (LookupError, ValueError, OverflowError):
        return None
