"""``musnad mark``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.cli.output import opened_output
from musnad.cli.say import complain
from musnad.errors import InputError
from musnad.publish import marks_value
from musnad.run import marked

if TYPE_CHECKING:
    from collections.abc import Iterable


def mark_documents(documents: str, *, output: str | None, jobs: int) -> int:
    """Print a line a document; 1 when a line could not be read."""
    return lines_of(documents, marked(documents, marks_value, jobs=jobs), output=output)


def lines_of(documents: str, lines: Iterable[str | InputError], *, output: str | None) -> int:
    """Print what was made of each line of `documents`; 1 when one could not be read, which is said."""
    failed = False
    with opened_output(output, inputs=[documents]) as out:
        for line in lines:
            if isinstance(line, InputError):
                complain(line)
                failed = True
            else:
                out.write(line + "\n")
    return int(failed)
