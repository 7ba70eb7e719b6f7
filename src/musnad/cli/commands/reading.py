"""The commands that read pages and documents, and their options."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from musnad.cli.app import EXIT_CODES, app
from musnad.cli.options import AllowPrivate, BidiOption, Color, Output, Pages


def _formats(incomplete: str) -> list[str]:
    from musnad.cli.read import format_names

    return [name for name in format_names() if name.startswith(incomplete)]


@app.command(epilog=EXIT_CODES)
def read(
    pages: Pages,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="text (default), json, jsonl, jsonld, annotations, csv or html.",
            autocompletion=_formats,
        ),
    ] = "text",
    output: Output = None,
    allow_private: AllowPrivate = False,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """Read pages: who said what, and through whom we know it.

    \b
    musnad read page.html
    musnad read saved/ --format html --output report.html
    musnad read https://example.com/a --format json
    curl -s https://example.com/a | musnad read - --format csv
    """
    from musnad.cli.read import read_pages

    return read_pages(pages, form=form, output=output, allow_private=allow_private, color=color, bidi=bidi)


@app.command(epilog=EXIT_CODES)
def explain(
    pages: Pages,
    at: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option("--at", metavar="OFFSET", min=0, help="Only what touches this code point of the text."),
    ] = None,
    output: Output = None,
    allow_private: AllowPrivate = False,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """Explain: which rule or model decided what, why each link, and what was left undecided.

    \b
    musnad explain page.html
    musnad explain page.html --at 239
    """
    from musnad.cli.explain import explain_pages

    return explain_pages(pages, at=at, output=output, allow_private=allow_private, color=color, bidi=bidi)


@app.command(epilog=EXIT_CODES)
def mark(
    documents: Annotated[
        str,
        typer.Argument(metavar="DOCS.jsonl", help="A document a line (id, text, …); .gz too; - for standard input."),
    ],
    output: Output = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that share the work.")] = 1,
) -> int:
    """Mark documents: a line of attributions and figures for each, in their order.

    \b
    musnad mark news.docs.jsonl > news.marks.jsonl
    musnad mark corpus.docs.jsonl.gz --jobs 4 --output corpus.marks.jsonl
    """
    from musnad.cli.mark import mark_documents

    return mark_documents(documents, output=output, jobs=jobs)


@app.command(epilog=EXIT_CODES)
def evaluate(
    documents: Annotated[str, typer.Argument(metavar="DOCS.jsonl", help="The documents (id, text, outlet, …).")],
    marked: Annotated[str, typer.Argument(metavar="GOLD.jsonl", help="What readers marked in them.")],
    given: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(metavar="[SYSTEM.jsonl]", help="What a system marked; musnad itself when it is left out."),
    ] = None,
    errors: Annotated[int, typer.Option("--errors", min=0, metavar="N", help="Show the first N that are wrong.")] = 0,
    seed: Annotated[int, typer.Option("--seed", help="Of the draws behind the intervals.")] = 0,
    by: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--by", metavar="FIELD", help="Also a line for each value of a field, as outlet."),
    ] = None,
    output: Output = None,
) -> int:
    """Compare marks with those of readers: precision, recall and F1, with 95 % intervals over documents.

    \b
    musnad evaluate dev.docs.jsonl dev.gold.jsonl
    musnad evaluate dev.docs.jsonl dev.gold.jsonl mine.jsonl --errors 20 --by outlet
    """
    from musnad.cli.evaluate import evaluate_marks

    return evaluate_marks(documents, marked, given, errors=errors, seed=seed, by=by, output=output)
