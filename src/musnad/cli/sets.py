"""``musnad export`` and ``import``: what each does and prints."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from musnad.cli.answering import FORMS as ANSWERS
from musnad.cli.answering import indented, line, opened
from musnad.cli.choose import choose
from musnad.cli.say import complain, tell
from musnad.cli.view import bar
from musnad.errors import InputError, UsageError
from musnad.publish import printable
from musnad.sets import FORMS, export, take

if TYPE_CHECKING:
    from musnad.record import Only


def export_set(*, record: str | None, form: str, only: Only, output: str | None) -> int:
    """Write a data set, and say on standard error what is in it."""
    name = choose("--format", form, sorted(FORMS))
    with opened(record) as held:
        if output not in (None, "-") and held.where == output:
            raise UsageError("is the record", where=str(output), advice="name another place to write to")
        with bar("versions", quiet=output in (None, "-") and sys.stdout.isatty()) as step:
            counts = export(held, name, only, output, step=step)
    told = ", ".join(f"{count:,} {what}" for what, count in counts.items())
    tell(f"{told}: {printable(output or '-')}")
    return 0


def import_set(paths: list[str], *, record: str | None, form: str) -> int:
    """Take data sets into the record and print what became of them; 1 when anything could not be taken."""
    name = choose("--format", form, ANSWERS)
    fates: Counter[str] = Counter()
    faults = 0
    with opened(record, create=True) as held, bar("versions", quiet=False) as step:
        for path in paths:
            try:
                for fate in take(held, path):
                    if isinstance(fate, InputError):
                        faults += 1
                        complain(fate)
                    else:
                        fates[fate] += 1
                    step(fates.total() + faults, 0)
            except InputError as error:
                faults += 1
                complain(error)
        where = held.where
    counts = {fate: fates[fate] for fate in ("added", "decided", "known")}
    value = {**counts, "faults": faults, "record": where}
    if name == "text":
        faulty = f", {faults:,} could not be taken or are not as they were" if faults else ""
        decided = f", decisions taken: {counts['decided']:,}" if counts["decided"] else ""
        told = f"{counts['added']:,} versions added{decided}, {counts['known']:,} known{faulty}"
        print(f"{told}; the record is {printable(where)}")
    else:
        sys.stdout.write(indented(value) if name == "json" else line(value))
    return int(faults > 0)
