"""The commands of stories, and their options."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from musnad.cli.app import EXIT_CODES, app
from musnad.cli.options import BidiOption, Color, Form, KnownAt, Limit, Output, RecordOption, Since, Until

_ANSWERS = "Exit codes: 0 answered, also with nothing · 1 the record cannot be read · 2 wrong usage · 130 interrupted."


@app.command(epilog=EXIT_CODES)
def group(
    documents: Annotated[
        str,
        typer.Argument(metavar="DOCS.jsonl", help="A document a line (id, text, …); .gz too; - for standard input."),
    ],
    output: Output = None,
) -> int:
    """Group documents as they come: a line for each with its story and the text that it is a copy of.

    \b
    musnad group news.docs.jsonl > news.groups.jsonl
    musnad group news.docs.jsonl.gz --output news.groups.jsonl
    """
    from musnad.cli.group import group_documents

    return group_documents(documents, output=output)


@app.command(epilog=_ANSWERS)
def story(
    number: Annotated[
        Optional[int],  # noqa: UP045
        typer.Argument(metavar="[ID]", help="A story, by its number in the list; the list when left out.", min=1),
    ] = None,
    since: Since = None,
    until: Until = None,
    known_at: KnownAt = None,
    limit: Limit = 20,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Group all articles anew first; stories keep their numbers.")
    ] = False,
    picture: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--picture", metavar="WHAT", help="Draw the story as SVG: pace, figures or carried."),
    ] = None,
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """Stories: articles about the same happening, with their copies, and how many sources stand behind them.

    \b
    musnad story --since 2d
    musnad story 17
    musnad story 17 --picture carried --output carried.svg
    musnad story 17 --as-known-at 2022-02-28T20:00+02:00 --format json
    """
    from musnad.cli.answering import Answering
    from musnad.cli.moments import moment
    from musnad.cli.story import draw_story, list_stories, tell_story

    answering = Answering(form, output, color, bidi)
    known = moment("--as-known-at", known_at, end=True)
    if picture is not None:
        return draw_story(number, picture, record=record, known_at=known, rebuild=rebuild, output=output)
    if number is not None:
        return tell_story(number, record=record, known_at=known, limit=limit, rebuild=rebuild, answering=answering)
    first, last = moment("--since", since), moment("--until", until, end=True)
    return list_stories(
        since=first, until=last, record=record, known_at=known, limit=limit, rebuild=rebuild, answering=answering
    )
