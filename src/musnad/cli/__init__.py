"""The command line: ``read``, ``explain``, ``mark``, ``evaluate``; ``add``, ``search``, ``who``, ``history``, ``verify``;
``follow``, ``sources``, ``replay``.

Exit codes: 0 all was read · 1 some input could not be read (the rest was), or a check found something wrong · 2 wrong
usage · 130 interrupted · 141 nobody reads the output any longer.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line with `arguments` (those of the process when None) and give back the exit code."""
    from musnad.cli.start import start

    return start(sys.argv[1:] if arguments is None else arguments)
