"""Options that several commands share: their names, their help, their completion."""

from __future__ import annotations

from typing import Annotated, Optional

import typer


def _bidis(incomplete: str) -> list[str]:
    from musnad.cli.view import BIDI_NAMES

    return [name for name in BIDI_NAMES if name.startswith(incomplete)]


Pages = Annotated[
    list[str],
    typer.Argument(
        metavar="PAGE...", help="HTML or text files, folders, WARC files, http(s) addresses, or - for standard input."
    ),
]
Output = Annotated[
    Optional[str],  # noqa: UP045 - read by typer at run time
    typer.Option("--output", "-o", metavar="FILE|DIR", help="Write there instead of to standard output."),
]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Also fetch from private and loopback addresses.")]
Color = Annotated[
    Optional[bool],  # noqa: UP045
    typer.Option("--color/--no-color", help="Colours in the text (default: in a terminal, unless NO_COLOR is set)."),
]
BidiOption = Annotated[
    str,
    typer.Option(
        "--bidi",
        metavar="auto|plain|isolate|direct|visual",
        help="How right-to-left lines are sent to the terminal; visual for one that shows Arabic reversed.",
        autocompletion=_bidis,
    ),
]
RecordOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--record",
        metavar="PATH",
        help="The record: a file, or postgresql://… (default: MUSNAD_RECORD, or a file of this user's).",
    ),
]
Form = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="text|json|jsonl",
        help="For people (text, default) or for programs.",
        autocompletion=lambda incomplete: [name for name in ("text", "json", "jsonl") if name.startswith(incomplete)],
    ),
]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=100_000, help="At most that many.")]
Outlet = Annotated[
    str, typer.Option("--outlet", metavar="NAME", help="Only what this outlet printed; its host will do.")
]
Agency = Annotated[str, typer.Option("--agency", metavar="NAME", help="Only what came through this agency.")]
ActOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--act", metavar="ACT", help="Only this act: say, deny, demand, warn, accuse …"),
]
StoryOption = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option("--story", metavar="ID", min=1, help="Only in this story (`musnad story` lists them)."),
]
Since = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--since", metavar="WHEN", help="Said from then on: 2022-02-28, 2022-02-28T18:00+03:00, 6h, 2d."),
]
Until = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--until", metavar="WHEN", help="Said before then; a day is meant to its end."),
]
KnownAt = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--as-known-at", metavar="WHEN", help="Answer as the record would have answered then."),
]
