"""Alerts for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.publish.terminal.answers import put
from musnad.publish.terminal.pieces import Line, Piece, printable
from musnad.stories.sides import side_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from musnad.publish.terminal.painter import Painter
    from musnad.record.alerts import Alert, Tally


def alert_lines(alerts: Sequence[tuple[Alert, Tally]], painter: Painter, words: Mapping[str, str]) -> Iterator[str]:
    """A few lines an alert: its number and name, what it wants, where it goes, how its deliveries stand."""
    if not alerts:
        yield painter.line([Piece(words["no_alert"], "dim")])
    for alert, tally in alerts:
        rule = alert.rule
        yield from put(painter, [Piece(f"{alert.id}  ", "number"), Piece(printable(rule.name), "strong")])
        wanted = (
            ("words", rule.words), ("speaker", rule.speaker), ("outlet", rule.outlet),
            ("side", side_name(rule.side) if rule.side else ""), ("story", str(rule.story or "")),
        )  # fmt: skip
        line: Line = []
        for name, held in wanted:
            if held:
                line += [Piece(f"{words[name]}: ", "dim"), Piece(printable(held), apart=True), Piece("  ")]
        if rule.figures:
            line.append(Piece(words["figures"]))
        yield from put(painter, line, indent=2)
        yield from put(painter, [Piece(printable(rule.target), "label", apart=True)], indent=2)
        counts: Line = []
        for name, count in (("delivered", tally.delivered), ("waiting", tally.waiting), ("failed", tally.failed)):
            counts += [Piece(f"{words[name]}: ", "dim"), Piece(f"{count:,}", "number", apart=True), Piece("  ")]
        yield from put(painter, counts, indent=2)
        if tally.said:
            told = [Piece(f"{words['said']}: ", "warning"), Piece(printable(tally.said), apart=True)]
            yield from put(painter, told, indent=2)
