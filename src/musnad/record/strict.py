"""Plain values from elsewhere, checked against the types of the model before anything is made of them.

:func:`decode` believes what the record itself wrote. What comes out of a file of somebody else is checked first: every
value has the type of its field, every span lies in the text, and nothing is there that no field is for.
"""

from __future__ import annotations

import math
import types
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from musnad.model import Article, Moment, Span
from musnad.record.codec import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from musnad.model import Attribution


def article_of(value: object) -> Article:
    """The article that `value` tells, as :func:`musnad.record.codec.encode` writes it.

    Raises ValueError with what is wrong and where, whatever `value` is.

    >>> article_of({"text": {"words": "الجسر يفتح"}, "headline": {"value": 5}})
    Traceback (most recent call last):
    ...
    ValueError: article.headline.value: 5 is no str
    """
    _check(Article, value, "article")
    try:
        article = decode(Article, value)
        _consistent(article)
    except (LookupError, TypeError, OverflowError) as error:
        raise ValueError(f"article: {error}") from error
    return article


def _check(kind: Any, value: object, path: str) -> None:
    origin = get_origin(kind)
    if kind is Span:
        _span(value, path)
    elif origin in (Union, types.UnionType):
        _either(get_args(kind), value, path)
    elif origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{path}: {_shown(value)} is no list")
        for number, item in enumerate(value):
            _check(get_args(kind)[0], item, f"{path}[{number}]")
    elif origin is Literal:
        if value not in get_args(kind):
            raise ValueError(f"{path}: {_shown(value)} is none of {', '.join(map(str, get_args(kind)))}")
    elif is_dataclass(kind):
        _fields(cast("type", kind), value, path)
    else:
        _plain(kind, value, path)


def _either(kinds: tuple[Any, ...], value: object, path: str) -> None:
    """A field that may be empty, or a number that may be whole."""
    inner = [kind for kind in kinds if kind is not types.NoneType]
    if value is None and len(inner) < len(kinds):
        return
    if len(inner) > 1:
        kind = int if isinstance(value, int) else float
        if kind not in inner:
            raise ValueError(f"{path}: {_shown(value)} is no number")
        _plain(kind, value, path)
    else:
        _check(inner[0], value, path)


def _fields(kind: type, value: object, path: str) -> None:
    if not isinstance(value, dict):
        raise ValueError(f"{path}: {_shown(value)} is no object")
    hints = get_type_hints(kind)
    for name, held in value.items():
        if name not in hints:
            raise ValueError(f"{path}: there is no field {_shown(name)}")
        _check(hints[name], held, f"{path}.{name}")


def _plain(kind: type, value: object, path: str) -> None:
    if kind is datetime:
        _moment(value, path)
    elif kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        if not math.isfinite(value):
            raise ValueError(f"{path}: {value} is no number")
    elif not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValueError(f"{path}: {_shown(value)} is no {kind.__name__}")
    elif isinstance(value, str) and not _whole(value):
        raise ValueError(f"{path}: holds half of a character, which nothing can keep")


def _moment(value: object, path: str) -> None:
    try:
        if not isinstance(value, str):
            raise ValueError
        datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{path}: {_shown(value)} is no moment in ISO 8601") from None


def _span(value: object, path: str) -> None:
    numbers = isinstance(value, list) and len(value) == 2 and all(type(number) is int for number in value)
    if not numbers:
        raise ValueError(f"{path}: {_shown(value)} is no pair of offsets")
    try:
        Span(*cast("list[int]", value))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def _whole(words: str) -> bool:
    """Whether the words hold no half of a character (a lone surrogate)."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True


def _consistent(article: Article) -> None:
    """Places within the text, attributions that refer to others that are there and not in a ring, zones that are zones."""
    size = len(article.text.words)
    for held in _held(article):
        if isinstance(held, Span) and held.end > size:
            raise ValueError(
                f"article: the place [{held.start}, {held.end}) is not within its text of {size} characters"
            )
        if isinstance(held, Moment):
            held.iso, held.instant  # noqa: B018 - raise where the zone is none, or the moment before the calendar
    count = len(article.attributions)
    for number, one in enumerate(article.attributions):
        if one.within is not None and not 0 <= one.within < count:
            raise ValueError(f"article.attributions[{number}]: it stands within {one.within}, and there are {count}")
        if not 0 <= one.score <= 1:
            raise ValueError(f"article.attributions[{number}]: the score {one.score} is not between 0 and 1")
    _no_ring(article.attributions)
    for number, figure in enumerate(article.figures):
        if figure.claimant is not None and not 0 <= figure.claimant < count:
            raise ValueError(f"article.figures[{number}]: claimed by {figure.claimant}, and there are {count}")


def _no_ring(attributions: tuple[Attribution, ...]) -> None:
    free: set[int] = set()
    for number in range(len(attributions)):
        way: set[int] = set()
        at: int | None = number
        while at is not None and at not in free:
            if at in way:
                raise ValueError(f"article.attributions[{at}]: it stands within itself")
            way.add(at)
            at = attributions[at].within
        free |= way


def _held(value: object) -> Iterator[object]:
    """Every value of the model within `value`."""
    if isinstance(value, tuple):
        for item in value:
            yield from _held(item)
    elif is_dataclass(value):
        yield value
        if not isinstance(value, Span):
            for field in fields(value):
                yield from _held(getattr(value, field.name))


def _shown(value: object) -> str:
    told = repr(value)
    return told if len(told) <= 40 else told[:40] + "…"
