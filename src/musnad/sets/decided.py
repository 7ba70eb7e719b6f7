"""What people decided about entities, as lines of JSON beside the versions of a data set, and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, get_args

from musnad.entities import EntityKind, key
from musnad.errors import BadRecord
from musnad.publish.answers import instant
from musnad.record import Decision
from musnad.record.identity import DECIDED
from musnad.sets.line import FORM, cells, moment_of

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "decisions.jsonl"
_WORDS = {"entity": True, "by": True, "why": True, "into": False, "name": False, "kind": False}
_MOMENTS = ("since", "until")
_LONGEST = 10_000  # characters of a name or a reason
_AHEAD = timedelta(days=1)
_NEEDED = {"merge": ("into",), "alias": ("name",), "add": ("name", "kind"), "rename": ("name",)}


def decision_line(one: Decision) -> str:
    """A decision as a line of JSON, its end included.

    >>> from datetime import UTC, datetime
    >>> made = datetime(2022, 3, 1, tzinfo=UTC)
    >>> print(decision_line(Decision("rename", "person:n-saad", "desk", "", made, name="نبيل سعد")), end="")
    {"form":1,"kind":"decision","what":"rename","entity":"person:n-saad","by":"desk","why":"","made_at":"2022-03-01T00:00:00Z","into":null,"name":"نبيل سعد","of_kind":null,"since":null,"until":null}
    """  # noqa: E501
    value: dict[str, Any] = {"form": FORM, "kind": "decision", "what": one.what}
    value |= {"entity": one.entity, "by": one.by, "why": one.why, "made_at": instant(one.made_at)}
    value |= {"into": one.into, "name": one.name, "of_kind": one.kind}
    value |= {name: instant(held) if (held := getattr(one, name)) else None for name in _MOMENTS}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def decision_of(value: Mapping[str, Any], where: str) -> Decision:
    """The decision that a line tells. Raises BadRecord where it is none, or one that no record could have kept."""
    try:
        told = cells({**value, "kind": value.get("of_kind")}, {name: (str, must) for name, must in _WORDS.items()})
        moments = {name: moment_of(value, name) if value.get(name) is not None else None for name in _MOMENTS}
        one = Decision(
            what=str(value.get("what")),
            made_at=moment_of(value, "made_at"),
            since=moments["since"],
            until=moments["until"],
            **told,
        )
        _check(one)
    except ValueError as error:
        raise BadRecord(str(error), where=where, advice="the rest is taken; correct it or leave it out") from error
    return one


def _check(one: Decision) -> None:
    if one.what not in DECIDED:
        raise ValueError(f"what: {one.what[:40]!r} is no decision")
    for name in _NEEDED.get(one.what, ()):
        if not getattr(one, name):
            raise ValueError(f"{name}: a decision to {one.what} needs it")
    if one.kind is not None and one.kind not in get_args(EntityKind):
        raise ValueError(f"of_kind: {one.kind[:40]!r} is no kind of entity")
    if one.name is not None and not key(one.name):
        raise ValueError("name: there is no word in it")
    for name in _WORDS:
        held = getattr(one, name)
        if held is not None and len(held) > _LONGEST:
            raise ValueError(f"{name}: it has {len(held):,} characters")
    if one.made_at > datetime.now(UTC) + _AHEAD:
        raise ValueError("made_at: it was made in the future")
