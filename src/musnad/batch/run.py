"""How a run begins: with the plan of the runs before it, if there were any, and what of it is not done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from musnad.batch.finish import MANIFEST
from musnad.batch.plan import PIECE, Plan, expanded
from musnad.batch.writing import receipts, sweep, written
from musnad.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.batch.job import Job, Piece
    from musnad.errors import InputError


def begin(inputs: Sequence[str], job: Job, *, base: str = "", piece: int = PIECE) -> tuple[Plan, list[InputError]]:
    """The plan of a data set, made or gone on with, and the inputs that cannot be read.

    Inputs that the plan has are not looked at again, new ones are added to it. Raises UsageError where the folder has
    something else, or where the data set was begun with other wishes; Unwritable where nothing can be written.
    """
    output = Path(job.output)
    with written(output):
        output.mkdir(parents=True, exist_ok=True)
        plan = Plan.load(output)
        wishes = _wishes(job)
        if plan is None:
            if any(not one.name.startswith((".", "_")) for one in output.iterdir()):
                what = "is not empty, and no data set of musnad batch"
                raise UsageError(what, where=job.output, advice="name another folder")
            plan = Plan(output, wishes)
        elif plan.job != wishes:
            other = ", ".join(sorted(name for name in wishes if plan.job.get(name) != wishes[name]))
            advice = "ask for the same again, or name another folder"
            raise UsageError(f"was begun with other wishes ({other})", where=job.output, advice=advice)
        known = len(plan.sizes)
        failures = plan.extend(expanded(inputs, base=base), piece=piece)
        if len(plan.sizes) > known or not known:
            (output / MANIFEST).unlink(missing_ok=True)
            plan.save()
        sweep(output)
    return plan, failures


def missing(plan: Plan) -> list[Piece]:
    """The pieces that are not done."""
    done = {receipt.piece for receipt in receipts(plan.output)}
    return [piece for piece in plan.pieces if piece.name not in done]


def part_of(pieces: Sequence[Piece], words: str) -> list[Piece]:
    """The pieces of one of several that share the work, ``K/N`` with K from 1. Raises UsageError where it is none.

    >>> from musnad.batch.job import Piece
    >>> [one.name for one in part_of([Piece(f"{n:06d}", (), 0) for n in range(5)], "2/2")]
    ['000001', '000003']
    """
    which, _, of = words.partition("/")
    if not (which.isdecimal() and of.isdecimal() and 1 <= int(which) <= int(of)):
        raise UsageError(f"--part {words!r} is none", advice="write 3/16 for the third of sixteen")
    return [piece for piece in pieces if int(piece.name) % int(of) == int(which) - 1]


def _wishes(job: Job) -> dict[str, Any]:
    return {**job.asked.value(), "keep_pages": job.keep_pages, "stories": job.stories, "longest": job.longest}
