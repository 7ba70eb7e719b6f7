"""Models: the learned choices, kept in one small file beside the code."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from musnad.find.linear import Linear


@dataclass(frozen=True, slots=True)
class Models:
    """One linear model a choice; trained by ``make train``, see docs/training.md."""

    cue: Linear
    direction: Linear
    start: Linear
    end: Linear
    left: Linear
    source_start: Linear
    source_end: Linear
    subject: Linear
    reading: Linear
    name: Linear
    dropped: Linear
    antecedent: Linear
    accept: Linear
    inside: Linear


@cache
def load(code: str = "ar") -> Models:
    """The models of a language, read once. Raises LookupError for a language that has none."""
    path = files("musnad.lang").joinpath(code, "attributions.json.gz")
    if not path.is_file():
        raise LookupError(f"no trained models for language {code!r}: run `make train`")
    return unpack(path.read_bytes())


def unpack(data: bytes) -> Models:
    """Models from the bytes of a model file; a choice that the file does not hold has no weights."""
    held = json.loads(gzip.decompress(data), parse_float=cache(float))  # a few thousand weights, each held once
    return Models(**{f.name: Linear(held.get(f.name)) for f in fields(Models)})


def pack(weights: dict[str, dict[str, float]]) -> bytes:
    """The bytes of a model file: equal weights give equal bytes."""
    words = json.dumps(weights, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return gzip.compress(words.encode(), mtime=0)
