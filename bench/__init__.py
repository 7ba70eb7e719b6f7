"""The figures of the README, each in one run with its yardsticks: ``make bench``, or ``python -m bench --only speed``."""
