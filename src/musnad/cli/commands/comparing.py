"""The commands that compare what the articles of a story tell, and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from musnad.cli.app import app
from musnad.cli.options import BidiOption, Color, Form, KnownAt, Limit, Output, RecordOption

_ANSWERS = "Exit codes: 0 answered, also with nothing · 1 the record cannot be read · 2 wrong usage · 130 interrupted."

Stories = Annotated[
    list[str],
    typer.Argument(
        metavar="STORY...", help="Numbers of stories, or addresses of pages that tell them; several are read as one."
    ),
]


@app.command(epilog=_ANSWERS)
def accounts(
    stories: Stories,
    known_at: KnownAt = None,
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """Accounts side by side: what each party says of a call, a meeting or talks; said by both, by one, in contradiction.

    \b
    musnad accounts 12
    musnad accounts https://a.example/call https://b.example/call     # two stories as one
    musnad accounts 12 --format json --as-known-at 2022-02-28T20:00+03:00
    """
    from musnad.cli.answering import Answering
    from musnad.cli.comparing import accounts_of
    from musnad.cli.moments import moment

    known = moment("--as-known-at", known_at, end=True)
    return accounts_of(stories, record=record, known_at=known, answering=Answering(form, output, color, bidi))


@app.command(epilog=_ANSWERS)
def figures(
    stories: Stories,
    known_at: KnownAt = None,
    limit: Limit = 100,
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """Figures of a story: what is counted, who claims how many and as of when, what was revised; never averaged.

    \b
    musnad figures 12
    musnad figures 12 --format jsonl --limit 5
    musnad figures https://example.com/quake --as-known-at 2h
    """
    from musnad.cli.answering import Answering
    from musnad.cli.comparing import figures_of
    from musnad.cli.moments import moment

    known = moment("--as-known-at", known_at, end=True)
    answering = Answering(form, output, color, bidi)
    return figures_of(stories, record=record, known_at=known, limit=limit, answering=answering)


@app.command(epilog=_ANSWERS)
def drift(
    stories: Stories,
    known_at: KnownAt = None,
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """Drift of quotations: one utterance in the wordings of several outlets; a changed number or negation is flagged.

    \b
    musnad drift 12
    musnad drift 12 --format json
    musnad drift https://example.com/a --bidi plain
    """
    from musnad.cli.answering import Answering
    from musnad.cli.comparing import drift_of
    from musnad.cli.moments import moment

    known = moment("--as-known-at", known_at, end=True)
    return drift_of(stories, record=record, known_at=known, answering=Answering(form, output, color, bidi))
