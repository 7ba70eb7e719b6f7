"""The commands that keep pages and ask the record, and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from musnad.cli.app import app
from musnad.cli.options import (
    ActOption,
    Agency,
    AllowPrivate,
    BidiOption,
    Color,
    Form,
    KnownAt,
    Limit,
    Outlet,
    Output,
    RecordOption,
    Since,
    StoryOption,
    Until,
)

_ANSWERS = "Exit codes: 0 answered, also with nothing · 1 the record cannot be read · 2 wrong usage · 130 interrupted."
_ADDS = (
    "Exit codes: 0 all was kept · 1 some input could not be read, the rest was kept · 2 wrong usage · 130 interrupted."
)
_FINDS = "Exit codes: 0 there are versions · 1 there is none, or no record · 2 wrong usage · 130 interrupted."
_CHECKS = (
    "Exit codes: 0 nothing is wrong · 1 something is, or the record cannot be read · 2 wrong usage · 130 interrupted."
)


@app.command(epilog=_ADDS)
def add(
    pages: Annotated[
        list[str],
        typer.Argument(
            metavar="PAGE...",
            help="HTML or text files, folders, WARC files, *.docs.jsonl, http(s) addresses, or - for standard input.",
        ),
    ],
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    allow_private: AllowPrivate = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=64, help="Processes that read; one writes.")] = 1,
) -> int:
    """Add pages to the record: read them, and keep them with all that was found in them.

    \b
    musnad add page.html saved/ crawl.warc.gz
    musnad add https://example.com/live          # again later: what changed is kept as a version
    musnad add news.docs.jsonl --jobs 2 --record news.sqlite
    """
    from musnad.cli.record import add_pages

    return add_pages(pages, record=record, form=form, output=output, allow_private=allow_private, jobs=jobs)


@app.command(epilog=_ANSWERS)
def search(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help='Words, "phrases", AND, OR, NOT, (brackets), beginnings*.')
    ] = "",
    speaker: Annotated[str, typer.Option("--speaker", metavar="NAME", help="Only what this speaker said.")] = "",
    outlet: Outlet = "",
    agency: Agency = "",
    act: ActOption = None,
    story: StoryOption = None,
    since: Since = None,
    until: Until = None,
    known_at: KnownAt = None,
    limit: Limit = 20,
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """Search the record: statements, then articles, the best first; words stand for all their spellings.

    \b
    musnad search 'المفاوضات'
    musnad search '"وقف إطلاق النار" AND (كييف OR موسكو) NOT تدريب'
    musnad search 'صواريخ' --speaker 'وزارة الدفاع' --since 2d --act deny
    musnad search --agency رويترز --until 2022-02-28 --format jsonl
    """
    from musnad.cli.answering import Answering
    from musnad.cli.record import only_of, search_record

    only = only_of(
        speaker=speaker, outlet=outlet, agency=agency, act=act, story=story, since=since, until=until, known_at=known_at
    )
    return search_record(query, record=record, only=only, limit=limit, answering=Answering(form, output, color, bidi))


@app.command(epilog=_ANSWERS)
def who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Words of a name, as newspapers write it.")],
    outlet: Outlet = "",
    agency: Agency = "",
    act: ActOption = None,
    since: Since = None,
    until: Until = None,
    known_at: KnownAt = None,
    exact: Annotated[bool, typer.Option("--exact", help="Only names with these words.")] = False,
    limit: Limit = 50,
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """Who said it: what somebody said under any name or office, newest first, with chains; then what others said of them.

    \b
    musnad who 'بوتين'
    musnad who 'وزارة الدفاع' --outlet 'المدار' --since 2022-02-28
    musnad who 'زيلينسكي' --as-known-at 2022-02-28T18:00+02:00
    """
    from musnad.cli.answering import Answering
    from musnad.cli.record import only_of, who_said

    only = only_of(outlet=outlet, agency=agency, act=act, since=since, until=until, known_at=known_at, exact=exact)
    return who_said(name, record=record, only=only, limit=limit, answering=Answering(form, output, color, bidi))


@app.command(epilog=_FINDS)
def history(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="The address of a page, or its file.")],
    known_at: KnownAt = None,
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """History of a page: its versions, and which statements stayed, moved, changed, went or came.

    \b
    musnad history https://example.com/live
    musnad history saved/page.html --format json
    """
    from musnad.cli.answering import Answering
    from musnad.cli.moments import moment
    from musnad.cli.record import history_of

    known = moment("--as-known-at", known_at, end=True)
    return history_of(address, record=record, known_at=known, answering=Answering(form, output, color, bidi))


@app.command(epilog=_CHECKS)
def verify(record: RecordOption = None, form: Form = "text", output: Output = None) -> int:
    """Verify the record: every page its digest, every place its text, every word its entry. Nothing is mended.

    \b
    musnad verify
    musnad verify --record news.sqlite --format json
    """
    from musnad.cli.record import verify_record

    return verify_record(record=record, form=form, output=output)
