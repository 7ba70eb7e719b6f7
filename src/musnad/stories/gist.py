"""What an article is about, in few numbers: its weightiest words, and a sample of its shingles.

Words are those of :mod:`musnad.record.words`, so that spellings and what is written together with a word do not part
articles. How much a word tells is first known from the counted vocabulary of the language, then from the stream itself.
"""

from __future__ import annotations

import gzip
import math
import struct
from array import array
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING
from zlib import crc32

from musnad.lang import language, table
from musnad.model import SPOKEN
from musnad.record.words import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from musnad.model import Article

SHINGLE = 4
"""Words in a row that make a shingle."""

_TERMS, _SKETCH = 40, 80
_NAMES = 6
_SAMPLED = 4  # of four shingles one is kept for the sketch
_UNIT = 65535
_HEAD = struct.Struct("<dHHH")
_LEAD = 80  # words after the headline
_IN_HEADLINE, _IN_LEAD = 2.0, 1.5
_COMMON = 2.3
_PRIOR = 400  # articles for which the counted corpus stands beside those of the stream


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article in the form in which they are compared: those of its headline, and those after it."""

    headline: tuple[str, ...]
    body: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Both, in order."""
        return self.headline + self.body


@dataclass(frozen=True, slots=True)
class Gist:
    """`terms` are the weightiest words (their CRC-32) with weights that make a vector of length one, `sketch` a sample of
    the shingles, `met` the encounters that its beginning tells of (each a kind and two names, as a number), `at` the instant
    it was published, in seconds since 1970."""

    at: float
    terms: dict[int, float]
    sketch: tuple[int, ...]
    met: tuple[int, ...] = ()

    def packed(self) -> bytes:
        """As bytes to keep, about half a kilobyte; :meth:`unpacked` gives back what is equal."""
        head = _HEAD.pack(self.at, len(self.terms), len(self.sketch), len(self.met))
        weights = array("H", (round(weight * _UNIT) for weight in self.terms.values()))
        return (
            head + array("I", self.terms).tobytes() + weights.tobytes() + array("I", self.sketch + self.met).tobytes()
        )

    @classmethod
    def unpacked(cls, held: bytes) -> Gist:
        """The gist that :meth:`packed` made these bytes of."""
        at, terms, sketch, met = _HEAD.unpack_from(held)
        start = _HEAD.size
        numbers = struct.unpack_from(f"<{terms}I", held, start)
        weights = struct.unpack_from(f"<{terms}H", held, start + 4 * terms)
        told = struct.unpack_from(f"<{sketch + met}I", held, start + 6 * terms)
        weighed = {one: weight / _UNIT for one, weight in zip(numbers, weights, strict=True)}
        return cls(at, weighed, told[:sketch], told[sketch:])


def words_of(article: Article) -> Words:
    """The words of what is told in an article, its furniture left out."""
    text = article.text
    headline = article.headline.span if article.headline else None
    told = [block.span.of(text.words) for block in text.blocks if block.kind in SPOKEN and block.span != headline]
    return Words(tuple(forms(article.headline.value if article.headline else "")), tuple(forms("\n".join(told))))


def gist_of(words: Words, at: float, seen: Counter[int], of: int) -> Gist:
    """The gist of an article; `seen` is in how many of `of` earlier articles each term was kept."""
    lead = frozenset(map(stem, words.body[:_LEAD]))
    headline = frozenset(map(stem, words.headline))
    counts = Counter(map(stem, words.all))
    weights: dict[int, float] = {}
    for form, count in counts.items():
        if len(form) < 2 or form[0].isdigit():
            continue
        term = crc32(form.encode())
        weight = (1 + math.log(count)) * _tells(_known(form), seen[term], of)
        weight *= _IN_HEADLINE if form in headline else _IN_LEAD if form in lead else 1.0
        weights[term] = weight
    kept = sorted(weights.items(), key=lambda one: (-one[1], one[0]))[:_TERMS]
    length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    terms = {term: round(weight / length * _UNIT) / _UNIT for term, weight in kept if weight > 0}
    return Gist(at, terms, sampled(shingles(words.all)), tuple(_encounters(words)))


def _encounters(words: Words) -> Iterator[int]:
    """Each kind of encounter that the headline or the lead names, with each two of the names that are told most."""
    lead = words.headline + words.body[:_LEAD]
    kinds = {_kinds()[word] for word in lead if word in _kinds()}
    if not kinds:
        return
    told = Counter(word for word in words.all if word in lead and _is_name(word))
    names = sorted(name for name, count in told.most_common(_NAMES) if count > 1)
    for kind in sorted(kinds):
        for one, other in combinations(names, 2):
            yield crc32(f"{kind} {one} {other}".encode())


@lru_cache(maxsize=100_000)
def _is_name(form: str) -> bool:
    """Whether a word looks like a name, or is one that the counted corpus has not seen."""
    word = language("ar").word(form)
    return not word.kind and word.cue is None and (word.name >= 7 or word.name < 0)


def _tells(known: float, seen: int, of: int) -> float:
    """How much a word tells: its rarity, nothing where one article in ten has it."""
    return max(0.0, -math.log((seen + _PRIOR * known) / (of + _PRIOR)) - _COMMON)


def shingles(words: Sequence[str]) -> list[int]:
    """The shingles of a text, each as a number; a text shorter than one shingle has none."""
    whole = zip(*(words[at:] for at in range(SHINGLE)), strict=False)
    return [crc32(" ".join(one).encode()) for one in whole]


def sampled(all_of_them: Iterable[int]) -> tuple[int, ...]:
    """The same sample of the same shingles in whatever text they stand; of a short text, all."""
    apart = set(all_of_them)
    if len(apart) <= _SKETCH // 2:
        return tuple(sorted(apart))
    return tuple(sorted(one for one in apart if one % _SAMPLED == 0)[:_SKETCH])


@lru_cache(maxsize=100_000)
def stem(form: str) -> str:
    """A word without the endings that part its forms: those of number, gender and the adjective (endings.tsv).

    >>> stem("مفاوضات") == stem("مفاوضه"), stem("يمنيه") == stem("يمنيين")
    (True, True)
    """
    for ending in _endings():
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            return form[: -len(ending)]
    return form


@cache
def table_fingerprint() -> str:
    """A digest of the tables and the numbers that decide about a gist."""
    numbers = (SHINGLE, _TERMS, _SKETCH, _SAMPLED, _LEAD, _IN_HEADLINE, _IN_LEAD, _COMMON, _PRIOR, _NAMES)
    told = f"{_counted()} {_endings()} {_kinds()} {numbers}"
    return sha256(told.encode()).hexdigest()[:16]


@lru_cache(maxsize=100_000)
def rarity(form: str) -> float:
    """How rare a form is in the counted corpus: the natural logarithm of one article in how many has it.

    >>> rarity("موتمر") < rarity("زبرجد")
    True
    """
    return -math.log(_known(form))


@lru_cache(maxsize=100_000)
def _known(form: str) -> float:
    """The share of articles that have a word, as counted in a corpus of news (training/frequencies.py)."""
    counts, articles = _counted()
    return counts.get(form, 1) / articles


@cache
def _counted() -> tuple[dict[str, int], int]:
    packed = files("musnad.lang").joinpath("ar", "frequencies.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode().splitlines()[1:])
    counts = {form: int(count) for form, count in rows}
    return counts, counts.pop("")


@cache
def _kinds() -> dict[str, str]:
    return {form: row["kind"] for row in table("ar", "encounters") for form in forms(row["word"])}


@cache
def _endings() -> tuple[str, ...]:
    return tuple(row["ending"] for row in table("ar", "endings"))
