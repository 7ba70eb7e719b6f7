"""When a page was published: printed times and metadata as witnesses, set against one another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from musnad.model import Conflict, Doubt
from musnad.pages import clock

if TYPE_CHECKING:
    from musnad.model import Moment
    from musnad.pages.witness import Witness

_UTC = ("Z", "UTC", "+00:00")
_PUBLISHED = """
    article:published_time datepublished og:published_time published_time pubdate publishdate publish-date
    article.published parsely-pub-date sailthru.date dc.date.issued dcterms.created dc.date date datecreated
"""
_MODIFIED = """
    article:modified_time datemodified og:updated_time lastmod last-modified dcterms.modified article.updated
"""
_NAMES = {"published": tuple(_PUBLISHED.split()), "modified": tuple(_MODIFIED.split())}
"""The names under which meta elements give the two times, the commonest first."""
_GMT = re.compile(r"GMT|UTC")


@dataclass(slots=True)
class Settled:
    """The moment that stands, what disagreed with it, and what was not decided."""

    moment: Moment | None
    conflicts: list[Conflict]
    doubts: list[Doubt]


def claims(witness: Witness, field: str) -> list[Moment]:
    """The moments that metadata gives for "published" or "modified", the best witness first."""
    given = witness.published if field == "published" else witness.modified
    found = []
    if given:
        found.append(clock.iso_moment(given, f"json-ld:date{field.title()}"))
    for name in _NAMES[field]:
        value = witness.meta.get(name)
        if value:
            found.append(clock.iso_moment(value, f"meta:{name}"))
    return [moment for moment in found if moment is not None]


def settle(printed: Moment | None, line: str, metadata: list[Moment], field: str) -> Settled:
    """What stands of a printed moment (in its `line`) and of metadata's.

    Printed words come first where they have a clock; where they have only a day, metadata of about that day gives the clock.
    A zone is taken from the words or from an offset of metadata that shows the same clock, or the same instant; an offset
    of zero that shows a clock printed without a zone is not believed: many systems write their local time so.
    """
    metadata = [m for m in metadata if m.precision != "year"]
    claim = _best(metadata)
    conflicts = _disagreement(claim, metadata, field)
    if printed is None:
        return Settled(claim, conflicts, [])
    if claim is None:
        return Settled(printed, conflicts, [])
    if printed.precision == "day" and claim.precision in ("minute", "second", "hour"):
        if abs((claim.wall.date() - printed.wall.date()).days) <= (0 if claim.zone is None else 1):
            return Settled(claim, conflicts, [])
        return Settled(printed, [*conflicts, _conflict(field, printed, claim)], [])
    if printed.precision not in ("minute", "second", "hour") or claim.precision == "day":
        if printed.wall.date() != claim.wall.date() and printed.precision != "month":
            conflicts.append(_conflict(field, printed, claim))
        return Settled(printed, conflicts, [])
    return _clocks(printed, line, claim, conflicts, field)


def _clocks(printed: Moment, line: str, claim: Moment, conflicts: list[Conflict], field: str) -> Settled:
    """Both show a clock."""
    if printed.zone is not None:
        if claim.zone is not None and _apart(printed, claim) > timedelta(minutes=5):
            conflicts.append(_conflict(field, printed, claim))
        return Settled(printed, conflicts, [])
    shown = abs(printed.wall - claim.wall) < timedelta(minutes=2)
    if shown and claim.zone is None:
        return Settled(printed, conflicts, [])
    if shown and claim.zone in _UTC:
        if _GMT.search(line):
            return Settled(replace(printed, zone="+00:00"), conflicts, [])
        doubt = Doubt(
            f"metadata says that {claim.wall:%H:%M} is UTC, but the page prints the same clock and no zone: it is left open",
            "times: offset of zero",
            printed.span,
        )
        return Settled(printed, conflicts, [doubt])
    if shown:
        return Settled(replace(printed, zone=claim.zone, inferred=True), conflicts, [])
    offset = _offset_between(printed, claim)
    if offset is not None:
        return Settled(replace(printed, zone=offset, inferred=True), conflicts, [])
    return Settled(printed, [*conflicts, _conflict(field, printed, claim)], [])


def _best(metadata: list[Moment]) -> Moment | None:
    """The first claim, or another of the same clock that carries a zone, or of the same day that has a clock."""
    if not metadata:
        return None
    first = metadata[0]
    for other in metadata[1:]:
        same_clock = abs(other.wall - first.wall) < timedelta(minutes=1)
        if first.zone is None and other.zone is not None and same_clock and other.precision != "day":
            return other
        if first.precision == "day" and other.precision != "day" and other.wall.date() == first.wall.date():
            first = other
    return first


def _offset_between(printed: Moment, claim: Moment) -> str | None:
    """The zone in which the printed clock shows the claim's instant, when the claim is in UTC and the zone is one that
    Arabic news is printed in (UTC-8 to UTC+5, whole and half hours); None otherwise."""
    if claim.zone not in _UTC:
        return None
    minutes = round((printed.wall - claim.wall).total_seconds() / 60)
    if minutes % 30 in (1, 29):
        minutes += 1 if minutes % 30 == 29 else -1
    if minutes % 30 or not -480 <= minutes <= 300:
        return None
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _apart(one: Moment, other: Moment) -> timedelta:
    first, second = one.instant, other.instant
    return timedelta(0) if first is None or second is None else abs(first - second)


def _disagreement(claim: Moment | None, metadata: list[Moment], field: str) -> list[Conflict]:
    """Metadata against metadata: another day is a conflict."""
    if claim is None:
        return []
    others = [m for m in metadata if _other_day(claim, m)]
    if not others:
        return []
    return [_conflict(field, claim, *others)]


def _other_day(one: Moment, other: Moment) -> bool:
    if one.instant is not None and other.instant is not None:
        return _apart(one, other) >= timedelta(days=1)
    return abs((one.wall.date() - other.wall.date()).days) >= (1 if "day" in (one.precision, other.precision) else 2)


def _conflict(field: str, *moments: Moment) -> Conflict:
    return Conflict(field, tuple(m.text for m in moments), tuple(m.evidence for m in moments))
