"""The command that serves the live page, and its options."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from musnad.cli.app import app
from musnad.cli.options import AllowPrivate, RecordOption


@app.command(epilog="Exit codes: 0 stopped by SIGTERM · 1 the record cannot be read · 2 wrong usage · 130 interrupted.")
def serve(
    sources: Annotated[
        Optional[list[str]],  # noqa: UP045 - read by typer at run time
        typer.Argument(metavar="[SOURCE]...", help="With --follow: addresses of feeds, or a list of them in a file."),
    ] = None,
    record: RecordOption = None,
    host: Annotated[str, typer.Option(help="Where to listen; elsewhere than here a token is needed.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8080,
    token: Annotated[
        str, typer.Option(envvar="MUSNAD_SERVE_TOKEN", help="Only who has it reads: open ADDRESS?token=TOKEN once.")
    ] = "",
    following: Annotated[
        bool,
        typer.Option("--follow", help="Follow the feeds named, or those of `musnad sources`, in a process beside."),
    ] = False,
    every: Annotated[
        str, typer.Option("--every", metavar="TIME", help="With --follow: how often feeds are looked at.")
    ] = "5m",
    allow_private: AllowPrivate = False,
    access_log: Annotated[bool, typer.Option("--access-log", help="Print a line of JSON for every request.")] = False,
    browse: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
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
    musnad serve --follow                             # reads the feeds of `musnad sources` besides
    musnad serve --follow https://example.com/rss.xml --every 2m
    musnad serve --follow feeds.tsv --access-log >> requests.jsonl
    MUSNAD_SERVE_TOKEN=… musnad serve --host 0.0.0.0
    musnad serve --public https://desk.example --embed https://www.news.example
    """
    from musnad.cli.serve import follow_arguments, record_named, request_line, serve_record
    from musnad.serve.settings import Serving

    place, wait = record_named(record)
    serving = Serving(
        place, host, port, token, wait, log=request_line if access_log else None, public=public, embed=tuple(embed or ()),
        rate=rate,
    )  # fmt: skip
    beside = follow_arguments(sources or [], place, every=every, allow_private=allow_private, following=following)
    return serve_record(serving, beside, browse=browse)
