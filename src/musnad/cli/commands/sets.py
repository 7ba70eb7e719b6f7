"""The commands that carry data sets out of the record and back, and their options."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from musnad.cli.app import app
from musnad.cli.options import ActOption, Agency, Form, KnownAt, Outlet, RecordOption, Since, Until

_FORMS = ("jsonl", "csv", "parquet", "annotations", "jsonld", "ninjs")
_EXPORTS = (
    "Exit codes: 0 the data set is whole · 1 it could not be, and there is none · 2 wrong usage · 130 interrupted."
)
_IMPORTS = "Exit codes: 0 all was taken · 1 something could not be, the rest was · 2 wrong usage · 130 interrupted."


@app.command("export", epilog=_EXPORTS)
def export_command(
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(_FORMS),
            help="jsonl and parquet have all; csv is for spreadsheets; the others are standards of the web and of news.",
            autocompletion=lambda incomplete: [name for name in _FORMS if name.startswith(incomplete)],
        ),
    ] = "jsonl",
    speaker: Annotated[
        str, typer.Option("--speaker", metavar="NAME", help="Articles in which this speaker speaks.")
    ] = "",
    outlet: Outlet = "",
    agency: Agency = "",
    act: ActOption = None,
    since: Since = None,
    until: Until = None,
    known_at: KnownAt = None,
    record: RecordOption = None,
    output: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            "--output",
            "-o",
            metavar="DIR|FILE",
            help="A new folder, or a file of JSON (.jsonl, .jsonld, .json); standard output where the form is one file.",
        ),
    ] = None,
) -> int:
    """Export the record, or a part of it, as a data set with its README, schema and digests.

    \b
    musnad export --format csv --output news/                      # attributions.csv opens in a spreadsheet
    musnad export --format parquet --since 7d --outlet المدار -o week
    musnad export --speaker 'وزارة الدفاع' --output ministry.jsonl
    musnad export --as-known-at 2022-02-28T18:00+02:00 | gzip > then.jsonl.gz
    """
    from musnad.cli.record import only_of
    from musnad.cli.sets import export_set

    only = only_of(speaker=speaker, outlet=outlet, agency=agency, act=act, since=since, until=until, known_at=known_at)
    return export_set(record=record, form=form, only=only, output=output)


@app.command("import", epilog=_IMPORTS)
def import_command(
    sets: Annotated[
        list[str],
        typer.Argument(
            metavar="SET...", help="Folders of musnad export, its *.jsonl (.gz too), or - for standard input."
        ),
    ],
    record: RecordOption = None,
    form: Form = "text",
) -> int:
    """Import data sets into the record, with the moments at which things were seen; what is known changes nothing.

    \b
    musnad import news/ --record copy.sqlite
    musnad import ministry.jsonl then.jsonl.gz
    musnad export --record a.sqlite | musnad import - --record b.sqlite
    """
    from musnad.cli.sets import import_set

    return import_set(sets, record=record, form=form)
