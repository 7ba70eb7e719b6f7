"""The types of the model as plain values that JSON holds, and back, with nothing lost.

A frozen type becomes an object with the fields that are not at their default, a span a pair, a wall clock its ISO form.
"""

from __future__ import annotations

import types
from dataclasses import Field, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from musnad.model import Span

T = TypeVar("T")


def encode(value: Any) -> Any:
    """A value of the model as plain values.

    >>> from musnad.model import Named, Span
    >>> encode(Named("الجسر يفتح", Span(0, 10)))
    {'value': 'الجسر يفتح', 'span': [0, 10]}
    """
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        return {
            field.name: encode(held)
            for field in _fields(cast("Any", type(value)))
            if (held := getattr(value, field.name)) != field.default
        }
    return value


def decode(kind: type[T], value: Any) -> T:
    """The value of type `kind` that :func:`encode` turned into `value`. Raises TypeError or ValueError where it is none.

    >>> from musnad.model import Named, Span
    >>> decode(Named, {"value": "الجسر يفتح", "span": [0, 10]}) == Named("الجسر يفتح", Span(0, 10))
    True
    """
    return cast("T", _decode(kind, value))


def _decode(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if kind is Span:
        return Span(*value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = [one for one in get_args(kind) if one is not types.NoneType]
        return _decode(inner[0], value) if len(inner) == 1 else value  # several: a number, whole or not
    if origin is tuple:
        return tuple(_decode(get_args(kind)[0], item) for item in value)
    if origin is Literal or not is_dataclass(kind):
        return value
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no {cast('type', kind).__name__}")
    hints = _hints(cast("type", kind))
    return cast("type", kind)(**{name: _decode(hints.get(name), held) for name, held in value.items()})


@cache
def _fields(kind: Any) -> tuple[Field[Any], ...]:
    """The fields; for one without a default stands a sentinel that nothing equals, so it is always written."""
    return fields(kind)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
