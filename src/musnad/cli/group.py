"""``musnad group``."""

from __future__ import annotations

from musnad.cli.output import opened_output
from musnad.cli.say import complain
from musnad.errors import InputError
from musnad.run import grouped


def group_documents(documents: str, *, output: str | None) -> int:
    """Print a line a document; 1 when a line could not be read."""
    failed = False
    with opened_output(output, inputs=[documents]) as out:
        for line in grouped(documents):
            if isinstance(line, InputError):
                complain(line)
                failed = True
            else:
                out.write(line + "\n")
    return int(failed)
