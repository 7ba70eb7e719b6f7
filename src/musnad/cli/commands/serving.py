"""The command that serves the live page, and its options."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from musnad.cli.app import app
from musnad.cli.options import RecordOption


@app.command(epilog="Exit codes: 0 stopped · 1 the record cannot be read · 2 wrong usage · 130 interrupted.")
def serve(
    record: RecordOption = None,
    host: Annotated[str, typer.Option(help="Where to listen; elsewhere than here a token is needed.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8080,
    token: Annotated[
        str, typer.Option(envvar="MUSNAD_SERVE_TOKEN", help="Only who has it reads: open ADDRESS?token=TOKEN once.")
    ] = "",
    public: Annotated[
        str,
        typer.Option(
            envvar="MUSNAD_PUBLIC",
            metavar="ADDRESS",
            help="Where it is reached from outside, as https://HOST: for links.",
        ),
    ] = "",
    embed: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer at run time
        typer.Option("--embed", metavar="ORIGIN", help="Pages of https://HOST may frame timelines; several times."),
    ] = None,
    rate: Annotated[
        float, typer.Option(min=0, help="Questions a second from one client, searches and API alike; 0: any number.")
    ] = 10.0,
) -> int:
    """Serve the live page of a record in the browser: its stories as they come in, each statement with its chain.

    \b
    musnad serve
    musnad serve --record desk.sqlite --port 9000
    MUSNAD_SERVE_TOKEN=… musnad serve --host 0.0.0.0
    musnad serve --public https://desk.example --embed https://www.news.example
    """
    from musnad.cli.serve import record_named, serve_record
    from musnad.serve.settings import Serving

    place, wait = record_named(record)
    return serve_record(Serving(place, host, port, token, wait, public=public, embed=tuple(embed or ()), rate=rate))
