"""What became of corrections: which stand, which were replaced or taken back, and which are about nothing any more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy import func, select

from musnad.errors import UsageError
from musnad.record.anchors import Anchor, Orphan
from musnad.record.corrections import Correction, checked, keep, numbered, place_of
from musnad.record.rows import load_articles
from musnad.record.schema import addresses, attributions, versions
from musnad.record.schema_corrections import corrected, corrections
from musnad.record.types import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from musnad.model import Article

State = Literal["stands", "replaced", "taken_back", "loose"]
"""It holds · another of the same part was made later · it was taken back · its words stand no more, or not only once."""

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """A correction with its number in the record and what became of it; `why` says of a loose one what was not found."""

    number: int
    told: Correction
    state: State
    why: str = ""


def standing(
    connection: Connection, of: str | None, *, since: datetime | None = None, known_at: datetime | None = None
) -> list[Standing]:
    """The corrections of an address (None: of all), the first made first, as they stand beside its newest version."""
    told: dict[str, list[tuple[int, Correction]]] = defaultdict(list)
    for number, one in numbered(connection, None if of is None else [of], known_at=known_at):
        told[one.address].append((number, one))
    out: list[Standing] = []
    known = sorted(told)
    for at in range(0, len(known), _BATCH):
        newest = _newest(connection, known[at : at + _BATCH], known_at)
        for address in known[at : at + _BATCH]:
            out += _became(told[address], newest.get(address))
    out.sort(key=lambda one: (one.told.made_at, one.number))
    return [one for one in out if since is None or one.told.made_at >= since]


def take_back(connection: Connection, number: int, by: str, note: str) -> Correction:
    """Take a correction back. Raises UsageError for one that is not there, or that itself takes something back."""
    row = connection.execute(select(corrections).where(corrections.c.id == number)).first()
    if row is None:
        raise UsageError(f"there is no correction {number}", advice="`musnad corrections` tells their numbers")
    if row.what == "undo":
        raise UsageError("what was taken back stays taken back", advice="correct the statement anew")
    if not by.strip():
        raise UsageError("nobody has signed it", advice="say who corrects")
    anchor = Anchor(row.exact, row.before, row.after)
    told = Correction("undo", row.address, anchor, row.was, row.what, by.strip(), datetime.now(UTC), note.strip())
    keep(connection, told)
    return told


def damage(connection: Connection) -> Iterator[Problem]:
    """Corrections that no record could have kept, and links to statements that are not those of their words."""
    links: dict[int, set[int]] = defaultdict(set)
    for key, statement in connection.execute(select(corrected)):
        links[key].add(statement)
    for number, one in numbered(connection, None):
        where = f"correction {number}"
        try:
            checked(one.what, one.value)
        except UsageError as error:
            yield Problem(where, f"it says nothing: {error}")
            continue
        if links.pop(number, set()) != set(_statements(connection, one)):
            yield Problem(where, "it is linked with other statements than those of its words")
    for number in sorted(links):
        yield Problem(f"correction {number}", "it is linked with a statement, and not there")


def _statements(connection: Connection, one: Correction) -> Iterator[int]:
    """The statements that a correction is about, in all versions of its page."""
    wanted = select(versions.c.article_id).join(addresses, addresses.c.id == versions.c.address_id).distinct()
    ids = list(connection.execute(wanted.where(addresses.c.address == one.address)).scalars())
    for number, article in load_articles(connection, ids).items() if one.anchor.exact else ():
        at = place_of(article, one)
        if not isinstance(at, Orphan):
            mine = attributions.c.article_id == number, attributions.c.key == article.attributions[at].id
            yield from connection.execute(select(attributions.c.id).where(*mine)).scalars()


def _newest(connection: Connection, known: Iterable[str], known_at: datetime | None) -> dict[str, Article]:
    """The newest version of each page as it was read."""
    wanted = (
        select(addresses.c.address, func.max(versions.c.article_id))
        .join(versions, versions.c.address_id == addresses.c.id)
        .where(addresses.c.address.in_(list(known)))
        .group_by(addresses.c.address)
    )
    if known_at is not None:
        wanted = wanted.where(versions.c.added_at <= known_at)
    numbers: dict[str, int] = {row[0]: row[1] for row in connection.execute(wanted)}
    held = load_articles(connection, sorted(set(numbers.values())))
    return {address: held[number] for address, number in numbers.items()}


def _became(told: Sequence[tuple[int, Correction]], article: Article | None) -> Iterator[Standing]:
    """What became of the corrections of one page, in the order in which they were made."""
    out: list[Standing] = []
    last: dict[tuple[int | str, str], int] = {}
    for number, one in told:
        part = one.value if one.what == "undo" else one.what
        at: int | str | Orphan = "page"
        if part != "story":
            at = Orphan(one.anchor, "no such words", 0) if article is None else place_of(article, one)
        if isinstance(at, Orphan):
            out.append(Standing(number, one, "loose", at.reason))
            continue
        before = last.pop((at, part), None)
        if before is not None:
            out[before] = replace(out[before], state="taken_back" if one.what == "undo" else "replaced")
        if one.what != "undo":
            last[at, part] = len(out)
        out.append(Standing(number, one, "stands"))
    yield from out
