"""Bytes to characters: validity first, then the words themselves, then who declares what."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_ARABIC_SETS = ("cp1256", "iso-8859-6")
_COMMON = (
    "\u0627\u0644",
    " \u0641\u064a ",
    " \u0645\u0646 ",
    " \u0639\u0644\u0649 ",
    "\u0627\u062a ",
    "\u064a\u0629 ",
    " \u0648",
)
"""The article, "in", "from", "on", two endings and "and": by far the commonest strings of written Arabic."""
_HEAD = 4096
_SAMPLE = 400_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page in UTF-8, the character set it was in, and whether a declaration of the page or server said otherwise."""

    utf8: bytes
    charset: str
    declared: str | None
    lossy: bool = False

    @property
    def misdeclared(self) -> bool:
        """True when a declaration names another character set than the one that the bytes are in."""
        return self.declared is not None and _canonical(self.declared) != _canonical(self.charset)


def decode(body: bytes, declared: str | None = None) -> Decoded:
    """`body` as UTF-8; `declared` is what the server said. Never raises: what no character set explains is replaced.

    Bytes that are valid UTF-8 are UTF-8, whoever says otherwise. Of the single-byte Arabic sets that one is taken in which
    the commonest Arabic words and endings appear most often; the declarations and a detector decide where there are none.

    >>> decode("قال الوزير في بيان".encode("cp1256"), "iso-8859-6").charset
    'cp1256'
    """
    meta = _META.search(body, 0, _HEAD)
    witness = declared or (meta[1].decode("ascii") if meta else None)
    for bom, name in _BOMS:
        if body.startswith(bom):
            return Decoded(body.decode(name, "replace").encode(), "utf-8" if name == "utf-8-sig" else name, witness)
    wide = _wide(body) if b"\0" in body[:_HEAD] else None
    if wide is not None:
        return Decoded(body.decode(wide, "replace").encode("utf-8", "replace"), wide, witness)
    if body.isascii():
        return Decoded(body, "utf-8", None)
    fault = _utf8_fault(body)
    if fault is None:
        return Decoded(body, "utf-8", witness)
    if fault >= len(body) - 3 or _mostly_utf8(body):
        return Decoded(body.decode("utf-8", "replace").encode(), "utf-8", witness, lossy=True)
    name = _single_byte(body, [w for w in (declared, meta[1].decode("ascii") if meta else None) if w])
    return Decoded(body.decode(name, "replace").encode("utf-8", "replace"), name, witness)


def _utf8_fault(body: bytes) -> int | None:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _mostly_utf8(body: bytes) -> bool:
    """A page glued together may hold a few broken characters: fewer than one in twenty of those beyond ASCII."""
    words = body[:_SAMPLE].decode("utf-8", "replace")
    broken = words.count("\ufffd")
    return broken * 20 < sum(1 for c in words if c > "\x7f")


def _wide(body: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of the markup is zero."""
    head = body[:_HEAD]
    if head.count(0) * 4 < len(head):
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _single_byte(body: bytes, declared: list[str]) -> str:
    sample = body[:_SAMPLE]
    scores = {name: _arabic_score(sample.decode(name, "replace")) for name in _ARABIC_SETS}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= 2 and scores[best] > 1.2 * min(scores.values()):
        return best
    for name in (*declared, detect_encoding(sample) or "", "cp1256" if scores["cp1256"] else "cp1252"):
        canonical = _canonical(name)
        if canonical and canonical not in ("utf-8", "utf-16", "ascii"):
            return canonical
    return "cp1252"


def _arabic_score(words: str) -> float:
    return sum(words.count(common) for common in _COMMON) - 5 * words.count("\ufffd")


def _canonical(name: str) -> str:
    """The codec's own name; empty for a name that no codec has."""
    try:
        return codecs.lookup(name.strip()).name
    except LookupError:
        return ""
