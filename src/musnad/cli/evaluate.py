"""``musnad evaluate``."""

from __future__ import annotations

from typing import Any

from musnad.cli.output import opened_output
from musnad.errors import BadRecord, InputError
from musnad.evaluate import compare, report
from musnad.publish import marks_value
from musnad.run import read_document, read_records

_GO = "correct the line: figures from half of a file would mislead"


def evaluate_marks(
    documents: str, marked: str, given: str | None, *, errors: int, seed: int, by: str | None, output: str | None
) -> int:
    """Print the figures of what `given` holds, or of what musnad finds, against what is marked."""
    texts = _by_id(documents, "text", str)
    gold = _by_id(marked, "attributions", list)
    ours = _by_id(given, "attributions", list) if given else _found(texts, gold)
    comparison = compare(texts, gold, ours)
    with opened_output(output, inputs=[name for name in (documents, marked, given) if name]) as out:
        for line in report(comparison, texts, errors=errors, seed=seed, by=by):
            out.write(line + "\n")
    return 0


def _found(texts: dict[str, dict[str, Any]], gold: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {key: marks_value(key, read_document(texts[key])) for key in gold if key in texts}


def _by_id(path: str, key: str, kind: type) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for record in read_records(path, {"id": str, key: kind}):
        if isinstance(record, InputError):
            raise BadRecord(record.what, where=record.where, advice=_GO)
        found[record["id"]] = record
    return found
