"""The articles of a run, and what could not be read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from musnad.cli.say import complain
from musnad.errors import InputError
from musnad.run import read_many
from musnad.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from musnad.model import Article


class Outcomes:
    """The articles of the inputs, one after another; what could not be read is told at once and counted."""

    def __init__(self, pages: Sequence[str], *, allow_private: bool, step: Callable[[], None]) -> None:
        self.failures: list[InputError] = []
        settings = load()
        self._outcomes = read_many(pages, settings=replace(settings, allow_private=allow_private))
        self._step = step

    def __iter__(self) -> Iterator[Article]:
        for outcome in self._outcomes:
            self._step()
            if isinstance(outcome, InputError):
                self.failures.append(outcome)
                complain(outcome)
            else:
                yield outcome
