"""What is said on standard error: one line a matter."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from musnad.publish import printable

if TYPE_CHECKING:
    from musnad.errors import MusnadError


def tell(what: str) -> None:
    """One line, whatever it holds; silent when nobody reads standard error."""
    try:
        print("musnad: " + " ".join(printable(what).split()), file=sys.stderr, flush=True)
    except OSError:
        return


def complain(error: MusnadError) -> None:
    """An error as one line: where, what, and what to do about it."""
    tell(str(error))
