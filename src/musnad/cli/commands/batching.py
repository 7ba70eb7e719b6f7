"""The command that reads archives, and its options."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from musnad.cli.app import app

_BATCHES = (
    "Exit codes: 0 the data set is whole (what could not be read in it is in its table of errors), or this part is done · "
    "1 some pieces are missing: run it again · 2 wrong usage · 130 interrupted: run it again."
)


@app.command(epilog=_BATCHES)
def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="WARC files, *.docs.jsonl, pages, folders, lists (@FILE, *.paths.gz), or addresses that fsspec knows "
            "(s3://, gs://, https://).",
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="DIR", help="The data set; one that was begun is gone on with.")
    ],
    languages: Annotated[
        str, typer.Option("--language", metavar="ar,en", help="Only articles in these languages.")
    ] = "",
    outlets: Annotated[
        str, typer.Option("--outlets", metavar="NAME,…", help="Only of these outlets: names as printed, or hosts.")
    ] = "",
    since: Annotated[
        Optional[str],  # noqa: UP045 - read by typer at run time
        typer.Option("--since", metavar="WHEN", help="Fetched (else published) from then on: 2022-02-28."),
    ] = None,
    until: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--until", metavar="WHEN", help="Before then; a day is meant to its end."),
    ] = None,
    sample: Annotated[
        float, typer.Option("--sample", min=0.0, max=1.0, help="This share of the addresses, always the same ones.")
    ] = 1.0,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, max=1024, help="Processes; 0: as many as cores.")] = 0,
    keep_pages: Annotated[
        bool, typer.Option("--keep-pages", help="Keep the bytes of the pages too, for `musnad add DIR`.")
    ] = False,
    stories: Annotated[
        bool, typer.Option("--stories", help="Group the articles into stories and copies when all are there.")
    ] = False,
    longest: Annotated[
        str,
        typer.Option("--longest", metavar="TIME", help="A page that takes more of a processor is stopped and listed."),
    ] = "60s",
    base: Annotated[
        str, typer.Option("--base", metavar="ADDRESS", help="What stands before the relative names of a list.")
    ] = "",
    piece: Annotated[int, typer.Option("--piece", metavar="MB", min=1, help="How much is done at once.")] = 64,
    part: Annotated[
        str, typer.Option("--part", metavar="K/N", help="Do the K-th of N parts, as one of an array of jobs.")
    ] = "",
    engine: Annotated[str, typer.Option("--engine", metavar="local|ray", help="Who does the work.")] = "local",
    address: Annotated[
        str, typer.Option("--address", metavar="ADDRESS", help="Of the Ray cluster (default: the one of this machine).")
    ] = "auto",
) -> int:
    """Read archives into tables: who said what, through whom, as Parquet files by day.

    \b
    musnad batch CC-NEWS-2022*.warc.gz --language ar --output february
    musnad batch warc.paths.gz --base https://data.commoncrawl.org/ --sample 0.01 -o sample
    musnad batch @files.list -o /shared/year --part $SLURM_ARRAY_TASK_ID/100 -j 4
    musnad batch s3://archive/2022/ -o /shared/year --engine ray --address ray-head:6379
    """
    from musnad.cli.batch import Wishes, run_batch

    wishes = Wishes(
        tuple(inputs), output, languages, outlets, since, until, sample, keep_pages, stories, longest, base, piece, part
    )
    return run_batch(wishes, jobs=jobs, engine=engine, address=address)
