"""What the pages ask the record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, get_args

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy import select

from musnad import stories as view
from musnad.model.attribution import Act
from musnad.publish.sheets import sheet
from musnad.publish.wordings import rewritten
from musnad.record import Only
from musnad.record.compare import compare
from musnad.record.schema import addresses, attributions, versions
from musnad.serve.changes import fates
from musnad.serve.results import others, results

if TYPE_CHECKING:
    from musnad.publish.pictures import Manner
    from musnad.record import Record, Version

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""The number of a story, an article or a statement in an address."""

ACTS: tuple[Act, ...] = get_args(Act)

_STATEMENTS = 50
_DAY = len("2022-02-28")
_Name = Annotated[str, Field(max_length=200)]


class Wanted(BaseModel):
    """What statements are asked for; empty is all."""

    model_config = ConfigDict(extra="ignore")
    q: Annotated[str, Field(max_length=500)] = ""
    speaker: _Name = ""
    outlet: _Name = ""
    agency: _Name = ""
    limit: Annotated[int, Field(ge=1, le=200)] = _STATEMENTS

    @property
    def asks(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.q.strip()) or self.only != Only()

    @property
    def only(self) -> Only:
        """The same for the record."""
        return Only(speaker=self.speaker.strip(), outlet=self.outlet.strip(), agency=self.agency.strip())


class Sought(Wanted):
    """The same as a form sends it, whose fields are there when they are empty. `since` and `until` are days or times,
    without an offset in UTC; a day is meant to its end."""

    act: Annotated[str, Field(pattern="^({})?$".format("|".join(ACTS)))] = ""
    story: Annotated[str, Field(pattern="^[0-9]{0,9}$")] = ""
    since: Annotated[str, Field(max_length=40)] = ""
    until: Annotated[str, Field(max_length=40)] = ""

    @field_validator("since", "until")
    @classmethod
    def _read(cls, words: str) -> str:
        _moment(words.strip(), end=True)
        return words.strip()

    @property
    def only(self) -> Only:
        """The same for the record."""
        return replace(
            super().only,
            act=next((act for act in ACTS if act == self.act), None),
            story=int(self.story) if self.story else None,
            since=_moment(self.since),
            until=_moment(self.until, end=True),
        )


def found(record: Record, wanted: Wanted, manner: Manner) -> dict[str, Any]:
    """Statements, then articles whose other words match, as pages show them."""
    answer = record.search(wanted.q, wanted.only, limit=wanted.limit)
    return {"statements": results(answer.statements, manner), "mentions": others(answer.mentions, manner), "about": []}


def spoken(record: Record, name: str, manner: Manner) -> dict[str, Any]:
    """What was said by whoever has this name, and what others said of them, each newest first."""
    said = record.who(name, limit=_STATEMENTS)
    return {
        "statements": results(said, manner),
        "mentions": [],
        "about": results(record.about(name, limit=_STATEMENTS), manner),
    }


@dataclass(frozen=True, slots=True)
class Held:
    """A version of a page, with all versions of its address."""

    version: Version
    versions: tuple[Version, ...]

    @property
    def before(self) -> Version | None:
        """The version before it; None for the first."""
        at = self.versions.index(self.version)
        return self.versions[at - 1] if at else None


def held_of(record: Record, number: int) -> Held | None:
    """The version whose article has this number; None where there is none."""
    wanted = select(addresses.c.address).join(versions, versions.c.address_id == addresses.c.id)
    with record.reading() as connection:
        address = connection.execute(wanted.where(versions.c.article_id == number).limit(1)).scalar()
    known = record.versions(address) if address else ()
    mine = next((one for one in known if one.article_id == number), None)
    return Held(mine, known) if mine else None


def article_page(record: Record, number: int) -> dict[str, Any] | None:
    """A version of a page as it is printed, with the others of its address; None where there is none."""
    held = held_of(record, number)
    if held is None:
        return None
    story = view.story_of(record, held.version.address)
    shown = sheet(held.version.article, "p1")
    return {
        "page": shown,
        "version": held.version,
        "versions": held.versions,
        "before": held.before,
        "story": story,
        "corrections": len(record.corrections(held.version.address)),
    }


def compared_page(record: Record, number: int, other: int | None) -> dict[str, Any] | None:
    """A version beside another of its page, else beside the one before it; None where there are no two."""
    held = held_of(record, number)
    if held is None:
        return None
    first = next((one for one in held.versions if one.article_id == other), None) if other else held.before
    if first is None or first is held.version:
        return None
    comparison = compare(first.article, held.version.article)
    return {
        "before": first,
        "after": held.version,
        "title": held.version.article.headline.value if held.version.article.headline else held.version.address,
        "lines": rewritten(first.article.text.words, held.version.article.text.words),
        "fates": list(fates(comparison)),
        "counts": comparison.counts,
        "notices": [notice.span.of(held.version.article.text.words) for notice in comparison.notices],
    }


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: the number of the article, and its own key in it."""

    article: int
    key: str


def place_of(record: Record, statement: int) -> Place | None:
    """Where the statement with this number stands; None where there is none."""
    wanted = select(attributions.c.article_id, attributions.c.key).where(attributions.c.id == statement)
    with record.reading() as connection:
        row = connection.execute(wanted).first()
    return Place(row.article_id, row.key) if row else None


def address_of(record: Record, statement: int) -> str | None:
    """The address of a statement on the page of its article, or of that alone where the statement was said to be none."""
    place = place_of(record, statement)
    held = held_of(record, place.article) if place else None
    if place is None or held is None:
        return None
    said = held.version.article.attributions
    at = next((at for at, one in enumerate(said, 1) if one.id == place.key), None)
    return f"/article/{place.article}" + (f"#p1-{at}" if at else "")


def number_of(record: Record, article: int, key: str) -> int | None:
    """The number of the statement with this key in an article; None where there is none."""
    wanted = select(attributions.c.id).where(attributions.c.article_id == article, attributions.c.key == key)
    with record.reading() as connection:
        return connection.execute(wanted).scalar()


def _moment(words: str, *, end: bool = False) -> datetime | None:
    if not words:
        return None
    found = datetime.fromisoformat(words)
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        return (found + timedelta(days=1) if end and len(words) == _DAY else found).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{words!r} is no moment that can be counted with") from error
