"""``musnad add``, ``search``, ``who``, ``history`` and ``verify``: what each prints."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from musnad.cli.choose import choose
from musnad.cli.moments import moment
from musnad.cli.output import opened_output
from musnad.cli.say import complain
from musnad.cli.view import painter_of, progress
from musnad.errors import InputError
from musnad.model import Act
from musnad.publish import answers
from musnad.publish.labels import record_labels
from musnad.publish.terminal.answers import found_lines, history_lines, statement_lines
from musnad.publish.terminal.pieces import printable
from musnad.record import Only, Record, history, record_path
from musnad.run import keep_many
from musnad.settings import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from musnad.record import Added

FORMS = ("text", "json", "jsonl")
_LANGUAGE = "ar"


def add_pages(
    pages: Sequence[str], *, record: str | None, form: str, output: str | None, allow_private: bool, jobs: int
) -> int:
    """Add pages and print what became of them; 1 when an input could not be read."""
    name = choose("--format", form, FORMS)
    settings = replace(load(), allow_private=allow_private)
    with _opened(record, create=True) as opened, opened_output(output, inputs=[*pages, str(opened.path)]) as out:
        outcomes: Counter[str] = Counter()
        kept: list[dict[str, Any]] = []
        quiet = output in (None, "-") and sys.stdout.isatty() and name == "jsonl"
        with progress(pages, quiet=quiet, word="kept") as step:
            for outcome in keep_many(opened, pages, settings=settings, jobs=jobs):
                step()
                if isinstance(outcome, InputError):
                    outcomes["not read"] += 1
                    complain(outcome)
                    continue
                outcomes[outcome.outcome] += 1
                if name == "jsonl":
                    out.write(_line(answers.added_value(outcome)))
                    out.flush()
                elif name == "json":
                    kept.append(answers.added_value(outcome))
                elif outcome.outcome == "changed":
                    out.write(_changed(outcome))
        if name == "json":
            out.write(_indented(kept))
        elif name == "text":
            out.write(f"{_summary(outcomes)}; the record is {opened.path}\n")
    return int(outcomes["not read"] > 0)


def search_record(
    words: str,
    *,
    record: str | None,
    only: Only,
    limit: int,
    form: str,
    output: str | None,
    color: bool | None,
    bidi: str,
) -> int:
    """Print what was found, the best first."""
    name = choose("--format", form, FORMS)
    with _opened(record) as opened:
        found = opened.search(words, only, limit=limit)
    painter = painter_of(color=color, bidi=bidi, to_file=output not in (None, "-"))
    lines = found_lines(found, painter, record_labels(_LANGUAGE))
    _print(name, answers.found_values(found), lines, output)
    return 0


def who_said(
    who: str,
    *,
    record: str | None,
    only: Only,
    limit: int,
    form: str,
    output: str | None,
    color: bool | None,
    bidi: str,
) -> int:
    """Print what was said by whoever has this name, newest first."""
    name = choose("--format", form, FORMS)
    with _opened(record) as opened:
        statements = opened.who(who, only, limit=limit)
    painter = painter_of(color=color, bidi=bidi, to_file=output not in (None, "-"))
    lines = statement_lines(statements, painter, record_labels(_LANGUAGE))
    _print(name, [answers.statement_value(statement) for statement in statements], lines, output)
    return 0


def history_of(
    address: str,
    *,
    record: str | None,
    known_at: datetime | None,
    form: str,
    output: str | None,
    color: bool | None,
    bidi: str,
) -> int:
    """Print the versions of an address; 1 where there is none."""
    name = choose("--format", form, FORMS)
    with _opened(record) as opened:
        versions = list(history(opened.versions(address, known_at=known_at)))
    painter = painter_of(color=color, bidi=bidi, to_file=output not in (None, "-"))
    lines = history_lines(versions, painter, record_labels(_LANGUAGE))
    _print(name, [answers.version_value(*version) for version in versions], lines, output)
    return int(not versions)


def verify_record(*, record: str | None, form: str, output: str | None) -> int:
    """Print what is wrong in the record; 1 where anything is."""
    name = choose("--format", form, FORMS)
    with _opened(record) as opened:
        checked = opened.verify()
    value = answers.checked_value(checked)
    with opened_output(output, inputs=[]) as out:
        if name == "json":
            out.write(_indented(value))
        elif name == "jsonl":
            out.write(_line(value))
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
    since: str | None = None,
    until: str | None = None,
    known_at: str | None = None,
) -> Only:
    """The filters of the command line. Raises UsageError for an act or a moment that is none."""
    return Only(
        speaker=speaker,
        outlet=outlet,
        agency=agency,
        act=choose("--act", act, get_args(Act)) if act else None,  # type: ignore[arg-type]
        since=moment("--since", since),
        until=moment("--until", until, end=True),
        known_at=moment("--as-known-at", known_at, end=True),
    )


def _opened(record: str | None, *, create: bool = False) -> Record:
    settings = load()
    return Record.open(record_path(record or settings.record), create=create, wait=settings.record_wait)


def _print(name: str, values: list[dict[str, Any]], lines: Iterator[str], output: str | None) -> None:
    with opened_output(output, inputs=[]) as out:
        if name == "json":
            out.write(_indented(values))
        elif name == "jsonl":
            out.writelines(map(_line, values))
        else:
            out.writelines(f"{line}\n" for line in lines)


def _changed(outcome: Added) -> str:
    return f"changed: {printable(outcome.address)} (musnad history tells how)\n"


def _summary(outcomes: Counter[str]) -> str:
    told = [
        f"{outcomes[what]:,} {what}"
        for what in ("new", "changed", "refreshed", "unchanged", "not read")
        if outcomes[what]
    ]
    return ", ".join(told) or "nothing"


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _indented(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
