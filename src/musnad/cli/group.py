"""``musnad group``."""

from __future__ import annotations

from musnad.cli.mark import lines_of
from musnad.run import grouped


def group_documents(documents: str, *, output: str | None) -> int:
    """Print a line a document; 1 when a line could not be read."""
    return lines_of(documents, grouped(documents), output=output)
