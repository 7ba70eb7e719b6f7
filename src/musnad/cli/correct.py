"""``musnad correct`` and ``musnad corrections``: what they keep and print."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Any

from musnad.cli.answering import Answering, opened
from musnad.errors import UsageError
from musnad.publish.answers import correction_value, standing_value
from musnad.publish.terminal.pieces import Piece, printable
from musnad.record.corrections import chain_of
from musnad.stories.moved import number_of, put_back, put_into, taken_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from musnad.publish.terminal.painter import Painter
    from musnad.record import Correction, Record, What


def correct_statement(
    statement: int,
    *,
    speaker: str | None,
    kind: str | None,
    chain: str | None,
    not_said: bool,
    story: str | None,
    undo: str | None,
    by: str | None,
    note: str,
    record: str | None,
    answering: Answering,
) -> int:
    """Keep what was put right in a statement, and print it."""
    asked: list[tuple[What, Any]] = []
    if speaker is not None:
        asked.append(("speaker", [speaker, kind] if kind else speaker))
    if chain is not None:
        asked.append(("chain", chain_of(chain)))
    if not_said:
        asked.append(("not_said", None))
    if story is not None:
        asked.append(("story", story))
    if undo is not None:
        asked.append(("undo", undo.replace("-", "_")))
    if len(asked) != 1:
        advice = "give one of --speaker, --chain, --not-said, --story, --undo"
        raise UsageError("one thing is put right at a time", advice=advice)
    what, value = asked[0]
    with opened(record) as held:
        who = by or getpass.getuser()
        told = _told(held, statement, what, value, who, note)
    values = [correction_value(told)]
    answering.give(values, lambda painter, _: _lines(values, painter))
    return 0


def _told(held: Record, statement: int, what: What, value: Any, by: str, note: str) -> Correction:
    if what == "story":
        return put_into(held, held.address_of(statement), number_of(value), by=by, note=note)
    if what == "undo" and value == "story":
        return put_back(held, held.address_of(statement), by=by, note=note)
    return held.correct(statement, what, value, by=by, note=note)


def list_corrections(
    address: str | None, *, since: datetime | None, known_at: datetime | None, record: str | None, answering: Answering
) -> int:
    """Print what was put right, the first first."""
    with opened(record) as held:
        values = [standing_value(one) for one in held.standing(address, since=since, known_at=known_at)]
    answering.give(values, lambda painter, _: _lines(values, painter))
    return 0


def take_back(number: int, *, by: str | None, note: str, record: str | None, answering: Answering) -> int:
    """Take a correction back, and print what was kept."""
    with opened(record) as held:
        values = [correction_value(taken_back(held, number, by=by or getpass.getuser(), note=note))]
    answering.give(values, lambda painter, _: _lines(values, painter))
    return 0


def _lines(values: Sequence[Mapping[str, Any]], painter: Painter) -> Iterator[str]:
    for one in values:
        told = one["value"]
        if one["what"] == "speaker":
            told = told[0]
        elif one["what"] == "story":
            told = told or "—"
        elif one["what"] == "chain":
            told = " < ".join(name for name, _ in told)
        number = [Piece(str(one["number"]), "number", apart=True), Piece("  ")] if "number" in one else []
        state = one.get("state", "stands")
        became = (
            []
            if state == "stands"
            else [Piece(f"  ({one.get('why') or state.replace('_', ' ')})", "warning", apart=True)]
        )
        yield painter.line([
            *number,
            Piece(printable(one["made_at"][:16]), "dim", apart=True), Piece("  "),
            Piece(one["what"].replace("_", " "), "number", apart=True), Piece("  "),
            Piece(printable(one["was"]), "source"), Piece("  "), Piece(printable(told or "")), *became,
        ])  # fmt: skip
        yield painter.line([Piece(printable(one["exact"]))], indent=2)
        why = f"{one['by']} · {one['note']}" if one["note"] else one["by"]
        yield painter.line([Piece(printable(f"{why} · {one['address']}"), "dim", apart=True)], indent=2)
