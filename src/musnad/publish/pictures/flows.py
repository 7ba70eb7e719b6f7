"""Who carries whom: origins, those who brought it to the outlets, the outlets, with flows as thick as their statements."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from musnad.publish.pictures.manner import Manner
from musnad.publish.pictures.svg import Sheet, fitted, number, tag, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from musnad.stories.carried import Course

_SIZE = 12
_HEAD, _LABEL, _GAP = 26, 17, 8
_NODE = 12
_INSET = 2  # of labels at the edges, whose letters reach a little over their place
_WIDE = 600
_BARS, _BARS_WIDE = 170, 240  # what all bars of a column are high together
_THINNEST = 2.0
_HUES = 6

_Node = tuple[str, str]  # what it is (named, unknown, straight, others), and its name
_Flow = tuple[_Node, _Node, _Node]


@dataclass(slots=True)
class _Bar:
    """A node as drawn: where it begins, how high it is, and how far its two sides are filled."""

    y: float
    tall: float
    into: float = 0
    out: float = 0


def who_carries_whom(
    courses: Sequence[Course], manner: Manner | None = None, *, width: int = 900, top: int = 6
) -> Markup:
    """The courses of a story as a picture of three columns; without courses an empty string.

    The middle column is the one who gave it to the outlet: the last of `through`. Of each column the `top` of most
    statements are drawn, and the others as one; what is not known, or came straight, is a node of its own.
    """
    if not courses:
        return Markup("")
    manner = manner or Manner()
    flows = _merged(courses, top)
    columns = [_ordered(flows, place) for place in range(3)]
    total = sum(flows.values())
    scale = (_BARS_WIDE if width >= _WIDE else _BARS) / total
    high = max(sum(_LABEL + _GAP + max(_THINNEST, n * scale) for n in column.values()) for column in columns)
    sheet = Sheet(width, round(_HEAD + high), manner)
    bars = [_bars(column, scale) for column in columns]
    hues = {node: at for at, node in enumerate(node for node in columns[0] if node[0] == "named")}
    shown = [
        {node: _shown(node, courses, place, column, manner) for node in column} for place, column in enumerate(columns)
    ]
    drawn = list(_ribbons(sheet, flows, bars, hues, scale))
    drawn += _nodes(sheet, columns, bars, hues, shown)
    told = "; ".join(
        f"{' – '.join(shown[at][node] for at, node in enumerate(flow))}: {manner.number(n)}"
        for flow, n in flows.items()
    )
    title = manner.words["carried"].format(count=manner.number(total))
    return sheet.whole("pic-carried", title, told, drawn)


def _merged(courses: Sequence[Course], top: int) -> dict[_Flow, int]:
    """The flows between nodes, those beyond the `top` of a column under one name; most statements first."""
    told: Counter[_Flow] = Counter()
    for course in courses:
        middle = course.through[-1:]
        way = _node(middle[0]) if middle else ("straight", "")
        told[_node(course.origin), way, ("named", course.outlet)] += course.statements
    for place in range(3):
        counts: Counter[_Node] = Counter()
        for flow, count in told.items():
            counts[flow[place]] += count
        named = sorted((n for n in counts if n[0] == "named"), key=lambda n: (-counts[n], n))
        gone = set(named[top:]) if len(named) > top + 1 else set()
        again: Counter[_Flow] = Counter()
        for flow, count in told.items():
            nodes = [("others", str(place)) if at == place and n in gone else n for at, n in enumerate(flow)]
            again[nodes[0], nodes[1], nodes[2]] += count
        told = again
    return dict(sorted(told.items(), key=lambda item: (-item[1], item[0])))


def _node(name: str | None) -> _Node:
    return ("unknown", "") if name is None else ("named", name)


def _ordered(flows: dict[_Flow, int], place: int) -> dict[_Node, int]:
    """The nodes of a column: those with a name by their statements, then straight, others, unknown."""
    counts: Counter[_Node] = Counter()
    for flow, count in flows.items():
        counts[flow[place]] += count
    kinds = ("named", "straight", "others", "unknown")
    return dict(sorted(counts.items(), key=lambda item: (kinds.index(item[0][0]), -item[1], item[0])))


def _bars(column: dict[_Node, int], scale: float) -> dict[_Node, _Bar]:
    bars, y = {}, float(_HEAD)
    for node, count in column.items():
        tall = max(_THINNEST, count * scale)
        bars[node] = _Bar(y + _LABEL, tall)
        y += _LABEL + tall + _GAP
    return bars


def _shown(node: _Node, courses: Sequence[Course], place: int, column: dict[_Node, int], manner: Manner) -> str:
    kind, name = node
    if kind == "named":
        return name
    if kind != "others":
        return manner.words[f"{kind}_{place}"] if kind == "unknown" else manner.words[kind]
    every = {(c.origin, c.through[-1] if c.through else None, c.outlet)[place] for c in courses} - {None}
    count = len(every) - sum(other[0] == "named" for other in column)
    return manner.words["others"].format(count=manner.number(count))


def _places(sheet: Sheet) -> tuple[float, float, float]:
    return 0, (sheet.width - _NODE) / 2, sheet.width - _NODE


def _ribbons(
    sheet: Sheet, flows: dict[_Flow, int], bars: list[dict[_Node, _Bar]], hues: dict[_Node, int], scale: float
) -> Iterator[Markup]:
    """The flows between two columns and the next two, in one order where they leave and where they arrive."""
    xs = _places(sheet)
    for place in (0, 1):
        told: Counter[_Flow] = Counter()  # from, to, and the origin, whose colour it has
        for flow, count in flows.items():
            told[flow[place], flow[place + 1], flow[0]] += count
        left, right, first = bars[place], bars[place + 1], bars[0]
        rows = sorted(told, key=lambda f: (left[f[0]].y, right[f[1]].y, first[f[2]].y))
        starts = {}
        for row in rows:
            bar = left[row[0]]
            starts[row] = bar.y + bar.out
            bar.out += told[row] * scale
        for row in sorted(rows, key=lambda f: (right[f[1]].y, left[f[0]].y, first[f[2]].y)):
            bar = right[row[1]]
            start, end = (xs[place] + _NODE, starts[row]), (xs[place + 1], bar.y + bar.into)
            bar.into += told[row] * scale
            yield _ribbon(sheet, start, end, told[row] * scale, _hue(row[2], hues))


def _ribbon(sheet: Sheet, start: tuple[float, float], end: tuple[float, float], thick: float, css: str) -> Markup:
    x, to, middle = sheet.x(start[0]), sheet.x(end[0]), sheet.x((start[0] + end[0]) / 2)
    n = number
    there = f"M{n(x)} {n(start[1])}C{n(middle)} {n(start[1])} {n(middle)} {n(end[1])} {n(to)} {n(end[1])}"
    low, high = start[1] + thick, end[1] + thick
    back = f"L{n(to)} {n(high)}C{n(middle)} {n(high)} {n(middle)} {n(low)} {n(x)} {n(low)}Z"
    return tag("path", {"class": f"pic-flow {css}", "d": there + back})


def _nodes(
    sheet: Sheet,
    columns: list[dict[_Node, int]],
    bars: list[dict[_Node, _Bar]],
    hues: dict[_Node, int],
    shown: list[dict[_Node, str]],
) -> Iterator[Markup]:
    words, room = sheet.manner.words, sheet.width / 3 - 8
    for place, (x, anchor) in enumerate(zip(_places(sheet), ("start", "middle", "end"), strict=True)):
        at = x + (_INSET, _NODE / 2, _NODE - _INSET)[place]
        yield sheet.text(at, 14, fitted(words[f"column_{place}"], _SIZE, room), "pic-quiet", anchor=anchor)
        for node, count in columns[place].items():
            bar = bars[place][node]
            css = _hue(node, hues) if place == 0 else "pic-node"
            yield sheet.rect(x, bar.y, _NODE, bar.tall, f"pic-end {css}")
            told = f" · {sheet.manner.number(count)}"
            name = fitted(shown[place][node], _SIZE, room - width_of(told, _SIZE))
            whole = "" if name == shown[place][node] else shown[place][node]
            yield sheet.text(at, bar.y - 5, name, "pic-over", anchor=anchor, tail=told, whole=whole)


def _hue(origin: _Node, hues: dict[_Node, int]) -> str:
    hue = hues.get(origin, _HUES)
    return f"pic-c{hue}" if hue < _HUES else "pic-rest"
