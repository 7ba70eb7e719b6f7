"""``python -m musnad`` is ``musnad``."""

import sys

from musnad.cli import main

if __name__ == "__main__":
    sys.exit(main())
