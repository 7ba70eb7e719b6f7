"""The figures as lines to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from musnad.evaluate.bootstrap import intervals
from musnad.evaluate.counts import MEASURES, SHARES, Counts, measure, share, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from musnad.evaluate.compare import Comparison, Miss

_HEAD = f"{'':15s}  precision  recall      F1   95 % of F1"
_GROUP = 28


def report(
    comparison: Comparison,
    documents: Mapping[str, Mapping[str, Any]],
    *,
    errors: int = 0,
    seed: int = 0,
    by: str | None = None,
) -> Iterator[str]:
    """The figures of all documents with their intervals; with `by`, the name of a field of the documents, a line for each
    of its values; then the first `errors` that are not right, with what was marked and what was given."""
    whole = total(comparison.counts.values())
    yield from _table(whole, list(comparison.counts.values()), seed)
    if by is not None:
        yield ""
        yield from _by(comparison, documents, by, seed)
    for miss in comparison.misses[:errors]:
        yield ""
        yield from _miss(miss, str(documents[miss.document]["text"]))


def _table(whole: Counts, counts: Sequence[Counts], seed: int) -> Iterator[str]:
    sure = intervals(counts, seed=seed)
    yield f"{len(counts)} documents, {whole[2]} attributions marked, {whole[1]} given"
    yield _HEAD
    for name in MEASURES:
        precision, recall, both = measure(whole, name)
        yield f"{name:15s}  {precision:9.1f}  {recall:6.1f}  {both:6.1f}   {sure[name].low:.1f}-{sure[name].high:.1f}"
    shares = (f"{name} {share(whole, name):.1f} ({sure[name].low:.1f}-{sure[name].high:.1f})" for name in SHARES)
    yield "of the pairs found: " + ", ".join(shares)


def _by(comparison: Comparison, documents: Mapping[str, Mapping[str, Any]], field: str, seed: int) -> Iterator[str]:
    groups: dict[str, list[Counts]] = {}
    for key, counts in comparison.counts.items():
        groups.setdefault(str(documents[key].get(field) or "-"), []).append(counts)
    yield f"{field:{_GROUP}s}  documents  marked  found F1  who said what F1   95 %"
    for value, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        whole = total(group)
        sure = intervals(group, seed=seed)["who said what"]
        found, right = measure(whole, "found")[2], measure(whole, "who said what")[2]
        shown = value if len(value) <= _GROUP else value[: _GROUP - 1] + "…"
        counted = f"{shown:{_GROUP}s}  {len(group):9d}  {whole[2]:6d}  {found:8.1f}  {right:16.1f}"
        yield f"{counted}   {sure.low:.1f}-{sure.high:.1f}"


def _miss(miss: Miss, text: str) -> Iterator[str]:
    yield f"{miss.fault} in {miss.document}"
    yield f"  marked: {_shown(miss.marked, text)}"
    yield f"  given:  {_shown(miss.given, text)}"


def _shown(mark: Mapping[str, Any] | None, text: str) -> str:
    if mark is None:
        return "-"

    def words(spans: Sequence[Sequence[int]]) -> str:
        return " … ".join(text[start:end] for start, end in spans).replace("\n", " ")

    return f"{mark.get('speaker')!r} [{words(mark['cue'])}] {words(mark['content'])}"
