"""``musnad add``, ``search``, ``who``, ``history`` and ``verify``: what each prints."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, get_args

from musnad.cli.answering import FORMS, Answering, indented, line, opened
from musnad.cli.choose import choose
from musnad.cli.moments import moment
from musnad.cli.output import opened_output
from musnad.cli.say import complain
from musnad.cli.view import progress
from musnad.errors import InputError
from musnad.model import Act
from musnad.publish import answers
from musnad.publish.terminal.answers import found_lines, history_lines, who_lines
from musnad.publish.terminal.pieces import printable
from musnad.record import Only, history
from musnad.run import keep_pages, pages_in
from musnad.settings import load
from musnad.stories import keep_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from musnad.model import Page
    from musnad.record import Added
    from musnad.settings import Settings


def add_pages(
    pages: Sequence[str], *, record: str | None, form: str, output: str | None, allow_private: bool, jobs: int
) -> int:
    """Add pages and print what became of them; 1 when an input could not be read."""
    name = choose("--format", form, FORMS)
    settings = replace(load(), allow_private=allow_private)
    with opened(record, create=True) as held, opened_output(output, inputs=[*pages, held.where]) as out:
        outcomes: Counter[str] = Counter()
        kept: list[dict[str, Any]] = []
        quiet = output in (None, "-") and sys.stdout.isatty() and name == "jsonl"
        with progress(pages, quiet=quiet, word="kept") as step:
            for outcome in keep_pages(held, _pages(pages, settings), settings=settings, jobs=jobs):
                step()
                if isinstance(outcome, InputError):
                    outcomes["not read"] += 1
                    complain(outcome)
                    continue
                outcomes[outcome.outcome] += 1
                if name == "jsonl":
                    out.write(line(answers.added_value(outcome)))
                    out.flush()
                elif name == "json":
                    kept.append(answers.added_value(outcome))
                elif outcome.outcome == "changed":
                    out.write(_changed(outcome))
        if name == "json":
            out.write(indented(kept))
        elif name == "text":
            out.write(f"{_summary(outcomes)}; the record is {held.where}\n")
    return int(outcomes["not read"] > 0)


def _pages(names: Sequence[str], settings: Settings) -> Iterator[Page | InputError]:
    """The pages of all that was named; data sets of `musnad batch` give those that they kept."""
    from musnad.batch.taken import is_batch, pages_of_set

    for ours, among in groupby(names, is_batch):
        if ours:
            for name in among:
                yield from pages_of_set(name)
        else:
            yield from pages_in(list(among), settings, None)


def search_record(words: str, *, record: str | None, only: Only, limit: int, answering: Answering) -> int:
    """Print what was found, the best first."""
    with opened(record) as held:
        if only.story is not None:
            keep_up(held)
        found = held.search(words, only, limit=limit)
    answering.give(answers.found_values(found), lambda painter, labels: found_lines(found, painter, labels))
    return 0


def who_said(who: str, *, record: str | None, only: Only, limit: int, answering: Answering) -> int:
    """Print what was said by whoever has this name, newest first."""
    with opened(record) as held:
        statements = held.who(who, only, limit=limit)
        others = held.about(who, only, limit=limit)
    values = [{**answers.statement_value(one), "relation": "by"} for one in statements]
    values += [{**answers.statement_value(one), "relation": "about"} for one in others]
    answering.give(values, lambda painter, labels: who_lines(statements, others, painter, labels))
    return 0


def history_of(address: str, *, record: str | None, known_at: datetime | None, answering: Answering) -> int:
    """Print the versions of an address; 1 where there is none."""
    with opened(record) as held:
        versions = list(history(held.versions(address, known_at=known_at)))
    values = [answers.version_value(*version) for version in versions]
    answering.give(values, lambda painter, labels: history_lines(versions, painter, labels))
    return int(not versions)


def verify_record(*, record: str | None, form: str, output: str | None) -> int:
    """Print what is wrong in the record; 1 where anything is."""
    name = choose("--format", form, FORMS)
    with opened(record) as held:
        checked = held.verify()
    value = answers.checked_value(checked)
    with opened_output(output, inputs=[]) as out:
        if name == "json":
            out.write(indented(value))
        elif name == "jsonl":
            out.write(line(value))
        else:
            for problem in checked.problems:
                out.write(f"{printable(problem.where)}: {printable(problem.what)}\n")
            wrong = f"{len(checked.problems)} wrong" if checked.problems else "nothing is wrong"
            counted = ", ".join(f"{value[what]:,} {what}" for what in ("pages", "versions", "articles", "attributions"))
            out.write(f"{counted}, {checked.places:,} places: {wrong}\n")
    return int(bool(checked.problems))


def only_of(
    *,
    speaker: str = "",
    outlet: str = "",
    agency: str = "",
    act: str | None = None,
    story: int | None = None,
    since: str | None = None,
    until: str | None = None,
    known_at: str | None = None,
    exact: bool = False,
) -> Only:
    """The filters of the command line. Raises UsageError for an act or a moment that is none."""
    return Only(
        speaker=speaker,
        outlet=outlet,
        agency=agency,
        act=choose("--act", act, get_args(Act)) if act else None,  # type: ignore[arg-type]
        story=story,
        since=moment("--since", since),
        until=moment("--until", until, end=True),
        known_at=moment("--as-known-at", known_at, end=True),
        exact=exact,
    )


def _changed(outcome: Added) -> str:
    return f"changed: {printable(outcome.address)} (musnad history tells how)\n"


def _summary(outcomes: Counter[str]) -> str:
    told = [
        f"{outcomes[what]:,} {what}"
        for what in ("new", "changed", "refreshed", "unchanged", "not read")
        if outcomes[what]
    ]
    return ", ".join(told) or "nothing"
