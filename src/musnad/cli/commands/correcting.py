"""The commands by which people put the record right, and their options."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from musnad.cli.app import app
from musnad.cli.options import BidiOption, Color, Form, KnownAt, Output, RecordOption, Since

_KEEPS = (
    "Exit codes: 0 it is kept · 1 the record cannot be written · 2 wrong usage, no such statement · 130 interrupted."
)
_ANSWERS = "Exit codes: 0 answered, also with nothing · 1 the record cannot be read · 2 wrong usage · 130 interrupted."
_KINDS = "person, office, body, agency, outlet, unnamed (default: as read)."
_CHAIN = "Through whom, the origin first: 'Speaker < agency:Name < Outlet'."

Words = Optional[str]  # noqa: UP045


@app.command(epilog=_KEEPS)
def correct(
    statement: Annotated[int, typer.Argument(metavar="STATEMENT", min=1, help="Its number: `musnad search` tells it.")],
    speaker: Annotated[Words, typer.Option("--speaker", metavar="NAME", help="Who said it.")] = None,
    kind: Annotated[Words, typer.Option("--kind", help=_KINDS)] = None,
    chain: Annotated[Words, typer.Option("--chain", metavar="NAMES", help=_CHAIN)] = None,
    not_said: Annotated[bool, typer.Option("--not-said", help="Nobody said it: it is no statement.")] = False,
    story: Annotated[
        Words, typer.Option("--story", metavar="ID", help="Its article belongs to this story; none: to one of its own.")
    ] = None,
    undo: Annotated[
        Words, typer.Option("--undo", metavar="PART", help="Take back: speaker, chain, not-said or story.")
    ] = None,
    by: Annotated[Words, typer.Option("--by", metavar="NAME", help="Who corrects (default: this user).")] = None,
    note: Annotated[str, typer.Option("--note", metavar="WORDS", help="Why, or by what.")] = "",
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """Put a statement right: who said it, through whom it came, or that nobody did. It holds when the page is read again.

    \b
    musnad search 'الجسر' --format jsonl         # "number" is the number of a statement
    musnad correct 12 --speaker 'ليلى الحسن' --kind person --note 'بحسب التسجيل'
    musnad correct 12 --chain 'ليلى الحسن < agency:واس < المدار'
    musnad correct 12 --story 7                  # the article that it is in
    musnad correct 12 --undo chain
    """
    from musnad.cli.answering import Answering
    from musnad.cli.correct import correct_statement

    return correct_statement(
        statement, speaker=speaker, kind=kind, chain=chain, not_said=not_said, story=story, undo=undo, by=by, note=note,
        record=record, answering=Answering(form, output, color, bidi),
    )  # fmt: skip


@app.command(epilog=_ANSWERS)
def corrections(
    address: Annotated[Words, typer.Argument(metavar="[ADDRESS]", help="Only on this page.")] = None,
    since: Since = None,
    known_at: KnownAt = None,
    undo: Annotated[
        Optional[int],  # noqa: UP045 - read by typer at run time
        typer.Option("--undo", metavar="NUMBER", min=1, help="Take the correction with this number back."),
    ] = None,
    by: Annotated[
        Words, typer.Option("--by", metavar="NAME", help="With --undo: who does (default: this user).")
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="WORDS", help="With --undo: why.")] = "",
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """List what people put right in the record, the first first, each with its number and what became of it.

    \b
    musnad corrections --since 1d
    musnad corrections --undo 7 --note 'بعد سماع التسجيل'
    musnad corrections https://example.com/live --format jsonl
    """
    from musnad.cli.answering import Answering
    from musnad.cli.correct import list_corrections, take_back
    from musnad.cli.moments import moment

    if undo is not None:
        return take_back(undo, by=by, note=note, record=record, answering=Answering(form, output, color, bidi))
    return list_corrections(
        address, since=moment("--since", since), known_at=moment("--as-known-at", known_at, end=True), record=record,
        answering=Answering(form, output, color, bidi),
    )  # fmt: skip
