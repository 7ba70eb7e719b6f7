"""The application: what stands before every command. The commands are in :mod:`musnad.cli.commands`."""

from __future__ import annotations

from typing import Annotated

import typer

from musnad import __version__

EXIT_CODES = (
    "Exit codes: 0 all was read · 1 some input could not be read, the rest was · 2 wrong usage · 130 interrupted."
)

app = typer.Typer(
    name="musnad",
    help="Who said what in Arabic news, and through whom we know it.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"musnad {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass
