"""``musnad read``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.cli.choose import choose
from musnad.cli.outcomes import Outcomes
from musnad.cli.output import Folder, is_folder, opened_output
from musnad.cli.view import painters, progress
from musnad.errors import UsageError
from musnad.publish import FORMATS, Format

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def format_names() -> list[str]:
    """The names that ``--format`` takes, the default first."""
    return ["text", *FORMATS]


def read_pages(
    pages: Sequence[str], *, form: str, output: str | None, allow_private: bool, color: bool | None, bidi: str
) -> int:
    """Read and print; 1 when an input could not be read."""
    name = choose("--format", form, format_names())
    to_file = output not in (None, "-")
    chosen = _text_format(color, bidi, to_file) if name == "text" else FORMATS[name]
    with progress(pages, quiet=not to_file and name == "text") as step:
        articles = Outcomes(pages, allow_private=allow_private, step=step)
        if is_folder(output):
            folder = Folder(str(output), chosen.suffix)
            for article in articles:
                folder.write(article, chosen.head + chosen.write(article), bom=chosen.bom)
        else:
            with opened_output(output, inputs=pages, bom=chosen.bom) as out:
                for words in _printed(articles, chosen):
                    out.write(words)
                    out.flush()
    return int(bool(articles.failures))


def _text_format(color: bool | None, bidi: str, to_file: bool) -> Format:
    from musnad.publish.terminal import article_lines

    painter = painters(color=color, bidi=bidi, to_file=to_file)
    return Format("text", ".txt", lambda article: "\n".join([*article_lines(article, painter(article)), ""]), many=True)


def _printed(articles: Outcomes, form: Format) -> Iterator[str]:
    if form.together:
        yield form.together(list(articles), articles.failures)
    elif form.many:
        yield form.head
        for article in articles:
            yield form.write(article)
    else:
        yield from _only(articles, form)


def _only(articles: Outcomes, form: Format) -> Iterator[str]:
    """One article; nothing is printed before it is known that there is no second."""
    first = None
    for article in articles:
        if first is not None:
            many = ", ".join(name for name, other in FORMATS.items() if other.many or other.together)
            raise UsageError(
                f"--format {form.name} holds one page, and there are more",
                advice=f"choose one of {many}, or give a folder: --output FOLDER/",
            )
        first = article
    if first is not None:
        yield form.write(first)
