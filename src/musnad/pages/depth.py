"""Pages nested deeper than a page can be meant to be: made flat before the parser sees them.

HTML's rules make a parser look up the whole stack of open elements at every block; 100,000 nested ones cost it 16 seconds.
"""

from __future__ import annotations

import re

_MANY = 16_000
"""Below this many tags the parser needs at most about half a second, however they nest."""
_DEEPEST = 400
_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9-]*)[^<>]*>?")
_NEVER_OPEN = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li script style html head body title".split()
)


_LARGE = 200_000
_OVERLOADED = re.compile(rb"<([A-Za-z][A-Za-z0-9-]{0,40})\s(?:[^<>=]{0,2000}=){3000,}")
"""A tag with thousands of attributes: the parser compares each with each (100,000 of them cost it 18 seconds)."""


def flatten(utf8: bytes) -> tuple[bytes, bool]:
    """`utf8` without the tags that nest deeper than any page does, and whether there were any.

    >>> flatten(b"<p>a</p>")
    (b'<p>a</p>', False)
    """
    if len(utf8) > _LARGE and utf8.count(b"=") > _MANY:
        utf8 = _OVERLOADED.sub(rb"<\1 ", utf8)
    if len(utf8) < 3 * _MANY or utf8.count(b"<") < _MANY or _depth(utf8) <= 10 * _DEEPEST:
        return utf8, False
    parts: list[bytes] = []
    depth = at = 0
    for match in _TAG.finditer(utf8):
        if match[2].lower() in _NEVER_OPEN:
            continue
        parts.append(utf8[at : match.start()])
        at = match.end()
        depth = max(0, depth - 1) if match[1] else depth + 1
        parts.append(match[0] if depth < _DEEPEST else b"\n")
    parts.append(utf8[at:])
    return b"".join(parts), True


def _depth(utf8: bytes) -> int:
    depth = deepest = 0
    for match in _TAG.finditer(utf8):
        if match[2].lower() in _NEVER_OPEN:
            continue
        if match[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
            deepest = max(deepest, depth)
    return deepest
