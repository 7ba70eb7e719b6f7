"""What the commands that ask the record share: opening it, and printing an answer in the form that was asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from musnad.cli.choose import choose
from musnad.cli.output import opened_output
from musnad.cli.view import painter_of
from musnad.publish.labels import record_labels
from musnad.record import Record
from musnad.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from musnad.publish.terminal import Painter

FORMS = ("text", "json", "jsonl")
LANGUAGE = "ar"
"""Of the labels in answers for people."""


@dataclass(frozen=True, slots=True)
class Answering:
    """How an answer is wanted: its form, where it goes, and how text is shown. Made before the record is opened, so that a
    form that is none is said at once (UsageError)."""

    form: str = "text"
    output: str | None = None
    color: bool | None = None
    bidi: str = "auto"

    def __post_init__(self) -> None:
        choose("--format", self.form, FORMS)

    def give(self, values: Sequence[Any], lines: Callable[[Painter, Mapping[str, str]], Iterator[str]]) -> None:
        """Print an answer: `values` as JSON or JSON lines, or what `lines` makes of it for people."""
        name = choose("--format", self.form, FORMS)
        with opened_output(self.output, inputs=[]) as out:
            if name == "json":
                out.write(indented(list(values)))
            elif name == "jsonl":
                out.writelines(map(line, values))
            else:
                painter = painter_of(color=self.color, bidi=self.bidi, to_file=self.output not in (None, "-"))
                out.writelines(f"{told}\n" for told in lines(painter, record_labels(LANGUAGE)))


def opened(record: str | None, *, create: bool = False) -> Record:
    """The record that `--record` names, else the setting, else that of this user. Raises as Record.open does."""
    settings = load()
    return Record.open(record or settings.record, create=create, wait=settings.record_wait)


def line(value: object) -> str:
    """A value as a line of JSON."""
    return json.dumps(value, ensure_ascii=False) + "\n"


def indented(value: object) -> str:
    """A value as JSON to look at."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
