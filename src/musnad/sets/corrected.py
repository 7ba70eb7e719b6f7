"""What people put right in the record, as lines of JSON beside the versions of a data set, and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from musnad.errors import BadRecord, UsageError
from musnad.publish.answers import instant
from musnad.record import Anchor, Correction
from musnad.record.corrections import checked
from musnad.sets.line import FORM, cells, moment_of

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "corrections.jsonl"
_WORDS = ("what", "address", "exact", "before", "after", "was", "by", "note")
_LONGEST = 100_000  # characters
_AHEAD = timedelta(days=1)


def correction_line(one: Correction) -> str:
    """A correction as a line of JSON, its end included.

    >>> from datetime import UTC, datetime
    >>> made = datetime(2022, 3, 1, tzinfo=UTC)
    >>> told = Correction("not_said", "https://madar.example/1", Anchor("الجسر يفتح"), "سالم", None, "desk", made)
    >>> correction_of(json.loads(correction_line(told)), "set:1") == told
    True
    """
    anchor = {"exact": one.anchor.exact, "before": one.anchor.before, "after": one.anchor.after}
    value: dict[str, Any] = {"form": FORM, "kind": "correction", "what": one.what, "address": one.address, **anchor}
    value |= {"was": one.was, "value": one.value, "by": one.by, "note": one.note, "made_at": instant(one.made_at)}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def correction_of(value: Mapping[str, Any], where: str) -> Correction:
    """The correction that a line tells. Raises BadRecord where it is none, or one that no record could have kept."""
    try:
        told = cells(value, {name: (str, True) for name in _WORDS})
        if any(len(held) > _LONGEST for held in told.values()):
            raise ValueError("it is longer than any correction")
        made_at = moment_of(value, "made_at")
        if made_at > datetime.now(UTC) + _AHEAD:
            raise ValueError("made_at: it was made in the future")
        anchor = Anchor(told.pop("exact"), told.pop("before"), told.pop("after"))
        return Correction(anchor=anchor, value=checked(told["what"], value.get("value")), made_at=made_at, **told)
    except (ValueError, UsageError) as error:
        raise BadRecord(str(error), where=where, advice="the rest is taken; correct it or leave it out") from error
