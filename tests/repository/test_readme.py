"""The README shows what the program prints."""

from __future__ import annotations

from bench import readme

REFRESH = "the output of the example changed: run `python -m bench.readme`, look at it, and commit it"


def test_the_example_is_what_is_printed() -> None:
    assert readme.example() in readme.README.read_text(encoding="utf-8"), REFRESH
