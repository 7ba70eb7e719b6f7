"""The commands that follow the coverage, and their options."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from musnad.cli.app import app
from musnad.cli.options import AllowPrivate, BidiOption, Color, Form, Output, RecordOption

_FOLLOWS = (
    "Exit codes: 0 it ended as asked (also by SIGTERM) · 1 with --once, some feed or article could not be had, the rest was "
    "· 1 the record cannot be written · 2 wrong usage · 130 interrupted."
)
_LISTS = "Exit codes: 0 done · 1 some of it could not be done, the rest was · 2 wrong usage · 130 interrupted."

sources = typer.Typer(
    name="sources",
    help="The feeds that are followed: add, list, remove, check.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.add_typer(sources)

Feeds = Annotated[
    Optional[list[str]],  # noqa: UP045 - read by typer at run time
    typer.Argument(metavar="FEED...", help="Addresses of feeds, sitemaps, section pages, live pages."),
]
ListFile = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--sources", metavar="FILE", help="A list of feeds: an address a line (name, outlet, language), or OPML."
    ),
]


@app.command(epilog=_FOLLOWS)
def follow(
    feeds: Feeds = None,
    listed: ListFile = None,
    once: Annotated[bool, typer.Option("--once", help="Look once and end, as for cron.")] = False,
    every: Annotated[
        str, typer.Option("--every", metavar="TIME", help="How often feeds and live pages are looked at.")
    ] = "5m",
    lasting: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--for", metavar="TIME", help="End after that long (default: when it is stopped)."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=64, help="Hosts asked at the same time.")] = 4,
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    allow_private: AllowPrivate = False,
) -> int:
    """Follow feeds: fetch what is new or changed, read it, keep it, go on. Without FEED, those of `musnad sources`.

    \b
    musnad follow https://example.com/rss.xml https://example.com/live
    musnad follow --sources feeds.opml --every 2m --record news.sqlite
    musnad follow --once --format jsonl          # for cron: what is due, then the end
    """
    from musnad.cli.follow import Wanted, follow_feeds

    wanted = Wanted(tuple(feeds or ()), listed, once=once, every=every, lasting=lasting, jobs=jobs)
    return follow_feeds(wanted, record=record, form=form, output=output, allow_private=allow_private)


@app.command(epilog=_LISTS)
def replay(
    examples: Annotated[
        str, typer.Argument(metavar="EXAMPLES", help="A folder of pages, with a replay.json or without.")
    ],
    seconds: Annotated[float, typer.Option("--seconds", min=1, max=86_400, help="How long the day takes.")] = 60.0,
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 takes one that is free.")] = 0,
    listing: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            "--write-sources", metavar="FILE", help="Write the feeds there, as `follow --sources` reads them."
        ),
    ] = None,
) -> int:
    """Replay a day: serve pages on 127.0.0.1 as feeds, sitemap, section and live pages that change over a minute.

    \b
    musnad replay examples --port 8022
    musnad follow http://127.0.0.1:8022/feeds/rss.xml --allow-private --every 5s      # in another terminal
    """
    from musnad.cli.replay import replay_day

    return replay_day(examples, seconds=seconds, port=port, listing=listing)


@sources.command("add", epilog=_LISTS)
def add(
    feeds: Feeds = None,
    listed: ListFile = None,
    name: Annotated[str, typer.Option("--name", help="What the feed is called (default: what it calls itself).")] = "",
    outlet: Annotated[str, typer.Option("--outlet", metavar="NAME", help="The outlet whose feed it is.")] = "",
    language: Annotated[str, typer.Option("--language", metavar="CODE", help="ar, en, …")] = "",
    record: RecordOption = None,
) -> int:
    """Add feeds to those that are followed; nothing is fetched yet (`musnad sources check` looks).

    \b
    musnad sources add https://example.com/rss.xml --outlet 'المدار'
    musnad sources add --sources feeds.tsv --record news.sqlite
    """
    from musnad.cli.sources import add_feeds

    return add_feeds(feeds or [], listed, record=record, name=name, outlet=outlet, language=language)


@sources.command("list", epilog=_LISTS)
def list_(
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """List the feeds: what each is, when it was last seen, how much it brought, what went wrong.

    \b
    musnad sources list
    musnad sources list --format jsonl
    """
    from musnad.cli.answering import Answering
    from musnad.cli.sources import list_feeds

    return list_feeds(record=record, answering=Answering(form, output, color, bidi))


@sources.command("remove", epilog=_LISTS)
def remove(
    feeds: Annotated[list[str], typer.Argument(metavar="FEED...", help="Their addresses.")],
    record: RecordOption = None,
) -> int:
    """Remove feeds from those that are followed; what they brought stays in the record.

    \b
    musnad sources remove https://example.com/rss.xml
    """
    from musnad.cli.sources import remove_feeds

    return remove_feeds(feeds, record=record)


@sources.command("check", epilog=_LISTS)
def check(
    feeds: Feeds = None,
    listed: ListFile = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Show that many articles of each.")] = 5,
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    allow_private: AllowPrivate = False,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """Check feeds: fetch them and say what they are and what they would give. Nothing is recorded.

    \b
    musnad sources check https://example.com/rss.xml
    musnad sources check --sources feeds.opml --format jsonl
    musnad sources check                          # all that are followed
    """
    from musnad.cli.answering import Answering
    from musnad.cli.sources import check_feeds

    answering = Answering(form, output, color, bidi)
    return check_feeds(
        feeds or [], listed, limit=limit, record=record, allow_private=allow_private, answering=answering
    )
