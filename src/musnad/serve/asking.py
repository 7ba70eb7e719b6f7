"""What the pages ask the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from musnad import stories as view
from musnad.publish.answers import found_values, statement_value
from musnad.publish.pictures import Manner, pace
from musnad.publish.sheets import sheet
from musnad.record import Only
from musnad.record.schema import addresses, versions

if TYPE_CHECKING:
    from musnad.record import Record, Version

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""The number of a story or of an article in an address."""

_STORIES = 40
_STATEMENTS = 50


class Wanted(BaseModel):
    """What a search asks for; empty is all."""

    model_config = ConfigDict(extra="ignore")
    q: Annotated[str, Field(max_length=500)] = ""
    speaker: Annotated[str, Field(max_length=200)] = ""
    outlet: Annotated[str, Field(max_length=200)] = ""
    agency: Annotated[str, Field(max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = _STATEMENTS

    @property
    def asks(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.q.strip() or self.speaker.strip() or self.outlet.strip() or self.agency.strip())

    @property
    def only(self) -> Only:
        """The same for the record."""
        return Only(speaker=self.speaker.strip(), outlet=self.outlet.strip(), agency=self.agency.strip())


def coverage(record: Record, language: str) -> list[dict[str, Any]]:
    """The stories of most articles with their sources and a picture of their pace; none is an empty list."""
    out = []
    for head in view.stories(record, limit=_STORIES):
        tellings = view.articles_of(record, head.id)
        drawn = pace(view.statement_times(tellings), Manner(language))
        out.append({"head": head, "sources": view.sources_of(tellings), "pace": drawn})
    return out


def found(record: Record, wanted: Wanted) -> dict[str, Any]:
    """Statements, then articles whose other words match, as plain values with their numbers."""
    answer = record.search(wanted.q, wanted.only, limit=wanted.limit)
    values = found_values(answer)
    return {
        "statements": [value for value in values if value["statement"]],
        "mentions": [value for value in values if not value["statement"]],
    }


def spoken(record: Record, name: str) -> dict[str, Any]:
    """What was said by whoever has this name, newest first."""
    values = [statement_value(one) for one in record.who(name, limit=_STATEMENTS)]
    return {"statements": values, "mentions": []}


def article_page(record: Record, number: int) -> dict[str, Any] | None:
    """A version of a page as it is printed, with the others of its address; None where there is none."""
    wanted = select(addresses.c.address).join(versions, versions.c.address_id == addresses.c.id)
    with record.reading() as connection:
        address = connection.execute(wanted.where(versions.c.article_id == number).limit(1)).scalar()
    held: tuple[Version, ...] = record.versions(address) if address else ()
    mine = next((one for one in held if one.article_id == number), None)
    if mine is None:
        return None
    story = view.story_of(record, mine.address)
    return {"page": sheet(mine.article, "p1"), "version": mine, "versions": held, "story": story}
