"""What changed in the articles of a story: versions beside the ones before them, and what was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from musnad.publish.chains import said
from musnad.publish.wordings import Part, reworded
from musnad.record.compare import compare
from musnad.record.schema import addresses, versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from musnad.record import Comparison, Record, Version
    from musnad.record.compare import Change
    from musnad.stories import Telling

_NEWEST = 20
_AT_ONCE = 500  # addresses in one question
_KEPT = 4096  # comparisons that are kept


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a statement: who said it, and its words with those that went and came; `gone` if it is no more there,
    `stands` if only nobody is named any more to whom its words, which still stand, are attributed."""

    speaker: str
    parts: tuple[Part, ...]
    gone: bool
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A version that says something else than the one before it; `article` and `before` are their numbers in the record.
    `corrects` if the page labels a correction, `headline` what became of the headline, `new` counts new statements."""

    at: datetime
    outlet: str
    title: str
    article: int
    before: int
    corrects: bool
    headline: tuple[Part, ...]
    fates: tuple[Fate, ...]
    new: int


class Changes:
    """Comparisons of versions, each made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, int], Changed | None] = {}

    def of(self, record: Record, tellings: Sequence[Telling]) -> tuple[Changed, ...]:
        """What changed in the articles of a story, the newest first, at most 20; a story that stands as it was has none."""
        outlets = {telling.address: telling.outlet or "" for telling in tellings}
        out: list[Changed] = []
        for address in _rewritten(record, list(outlets)):
            held = record.versions(address)
            found = (self._between(before, after) for before, after in pairwise(held))
            out += [one for one in found if one]
        return tuple(sorted(out, key=lambda one: one.at, reverse=True)[:_NEWEST])

    def _between(self, before: Version, after: Version) -> Changed | None:
        key = before.article_id, after.article_id
        if key not in self._made:
            if len(self._made) >= _KEPT:
                self._made.clear()
            self._made[key] = _changed(before, after)
        return self._made[key]


def fates(comparison: Comparison) -> Iterator[Fate]:
    """What became of the statements that were there, without those that stayed."""
    for change in comparison.changes:
        if change.fate in ("reworded", "gone"):
            yield _fate(comparison, change)


def _changed(before: Version, after: Version) -> Changed | None:
    comparison = compare(before.article, after.article)
    told = tuple(fates(comparison))
    headline = comparison.headline
    if not (told or headline or comparison.counts["new"] or comparison.corrects):
        return None
    article = after.article
    return Changed(
        at=after.seen_at,
        outlet=article.outlet.value if article.outlet else "",
        title=article.headline.value if article.headline else after.address,
        article=after.article_id,
        before=before.article_id,
        corrects=comparison.corrects,
        headline=reworded(headline[0] or "", headline[1] or "") if headline else (),
        fates=told,
        new=comparison.counts["new"],
    )


def _fate(comparison: Comparison, change: Change) -> Fate:
    assert change.before is not None  # only one that is new has none
    was = said(comparison.before, change.before)
    if change.after is None:
        parts: tuple[Part, ...] = (Part("same" if change.stands else "gone", was),)
        return Fate(change.before.speaker.name or "", parts, gone=True, stands=change.stands is not None)
    return Fate(change.after.speaker.name or "", reworded(was, said(comparison.after, change.after)), gone=False)


def _rewritten(record: Record, known: Sequence[str]) -> list[str]:
    """Those of these addresses that have more than one version."""
    out: list[str] = []
    with record.reading() as connection:
        for at in range(0, len(known), _AT_ONCE):
            wanted = (
                select(addresses.c.address)
                .join(versions, versions.c.address_id == addresses.c.id)
                .where(addresses.c.address.in_(known[at : at + _AT_ONCE]))
                .group_by(addresses.c.address)
                .having(func.count(versions.c.id) > 1)
            )
            out += connection.execute(wanted).scalars()
    return out
