"""The claims of one counted thing over time, by claimant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import inf, isfinite
from typing import TYPE_CHECKING

from markupsafe import Markup

from musnad.publish.amounts import amount
from musnad.publish.labels import compared_labels
from musnad.publish.pictures.axes import round_values, times
from musnad.publish.pictures.manner import Manner
from musnad.publish.pictures.svg import Sheet, fitted, tag, width_of
from musnad.stories.amounts import scale_of, sense_of, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from musnad.model import Figure
    from musnad.stories.ledger import Entry, Series

_SIZE = 12  # of the letters, as pictures.css has it
_TOP, _PLOT, _UNDER, _ROW = 46, 170, 34, 20
_FOOT = 4  # under the last row, for letters that reach below the line
_WIDE = 600  # from here on claimants are named in two columns
_MARK = 4
_MOST = 6  # claimants with a colour of their own; the others are drawn in grey, under one name
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Point:
    at: datetime
    low: float
    high: float
    sense: str

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class _Line:
    """A claimant's points in the order of time; `hue` is None for all those that have no colour of their own."""

    name: str
    hue: int | None
    points: tuple[_Point, ...]


@dataclass(frozen=True, slots=True)
class _Plot:
    """The ground: where a time and a value stand on the sheet."""

    sheet: Sheet
    left: float
    right: float
    first: datetime
    last: datetime
    values: tuple[float, ...]

    def x(self, at: datetime) -> float:
        return self.left + (at - self.first) / (self.last - self.first) * (self.right - self.left)

    def y(self, value: float) -> float:
        low, high = self.values[0], self.values[-1]
        return _TOP + _PLOT * (1 - (min(max(value, low), high) - low) / (high - low))


def figures_over_time(entry: Entry, manner: Manner | None = None, *, width: int = 900) -> Markup:
    """The values that claimants gave of a thing, each at its time: a mark for a value, a bar for a range, an arrow where
    it is open; steps join what one claimant revised. Without a claim an empty string.

    A value stands beside its mark where there is room; the table of the claims has them all. At most six claimants have
    a colour and a shape of their own, those of most claims; `width` may be that of a phone.
    """
    manner = manner or Manner()
    lines = _lines(entry, manner)
    if not lines:
        return Markup("")
    plot = _plot(lines, manner, width)
    head = plot.sheet.text(2, 14, fitted(entry.words, _SIZE, width - 4), "pic-head", whole=entry.words)
    drawn = [head, *_ground(plot), *_named(plot.sheet, lines)]
    for line in reversed(lines):
        drawn += _steps(plot, line)
    drawn += [mark for line in reversed(lines) for point in line.points for mark in _mark(plot, line, point)]
    drawn += _values(plot, lines)
    told = "; ".join(_told(series, manner) for series in entry.series)
    return plot.sheet.whole("pic-figures", manner.words["figures"].format(what=entry.words), told, drawn)


def _lines(entry: Entry, manner: Manner) -> list[_Line]:
    """A line for each claimant that has a claim; all in one unit, its base where they have several."""
    figures = [claim.figure for series in entry.series for claim in series.claims]
    units = {figure.unit for figure in figures}
    one = len(units) == 1
    held = sorted((one_ for one_ in entry.series if one_.claims), key=lambda series: -len(series.claims))
    lines = []
    for hue, series in enumerate(held[:_MOST]):
        points = tuple(_points(series, scaled=not one))
        lines.append(_Line(_name(series, manner), hue, points))
    if rest := held[_MOST:]:
        points = tuple(sorted((p for s in rest for p in _points(s, scaled=not one)), key=lambda p: (p.at, p.low)))
        lines.append(_Line(manner.words["others"].format(count=manner.number(len(rest))), None, points))
    return lines


def _points(series: Series, *, scaled: bool) -> Iterator[_Point]:
    for claim in sorted(series.claims, key=lambda claim: claim.carried[0].at):
        low, high = _span(claim.figure)
        scale = scale_of(claim.figure) if scaled else 1
        yield _Point(claim.carried[0].at, low * scale, high * scale, sense_of(claim.figure))


def _span(figure: Figure) -> tuple[float, float]:
    low, high = span_of(figure)
    return (-inf, high) if figure.value is None and figure.low is None else (low, high)


def _name(series: Series, manner: Manner) -> str:
    return series.speaker.name if series.speaker else compared_labels(manner.language)["nobody"]


def _told(series: Series, manner: Manner) -> str:
    values = (f"{amount(c.figure)} ({manner.moment(c.carried[0].at)})" for c in series.claims)
    return f"{_name(series, manner)}: {', '.join(values)}"


def _plot(lines: Sequence[_Line], manner: Manner, width: int) -> _Plot:
    points = [point for line in lines for point in line.points]
    ends = [value for point in points for value in (point.low, point.high) if isfinite(value)] or [0]
    low, high = min(ends), max(ends)
    if 0 <= low <= high / 2 or low == high:  # from zero, but where that would make all of it one line at the top
        low, high = min(0, low), max(high, 0) or 1
    room = (high - low) * 0.05
    values = round_values(low - room if low else 0, high + room if high else 0)
    first, last = min(point.at for point in points), max(point.at for point in points)
    if last - first < _HOUR:
        first, last = first - _HOUR, last + _HOUR
    left = max(width_of(manner.short_number(value), _SIZE) for value in values) + 14
    rows = -(-len(lines) // (2 if width >= _WIDE else 1))
    sheet = Sheet(width, _TOP + _PLOT + _UNDER + rows * _ROW + _FOOT, manner)
    return _Plot(sheet, left, width - 18, first, last, values)


def _ground(plot: _Plot) -> Iterator[Markup]:
    sheet = plot.sheet
    for value in plot.values:
        y = plot.y(value)
        yield sheet.line((plot.left - 6, y), (plot.right + 6, y), "pic-axis" if value == plot.values[0] else "pic-grid")
        label = sheet.manner.short_number(value)
        yield sheet.text(plot.left - 10, y + 4, label, "pic-quiet", anchor="end")
    for mark in times(plot.first, plot.last, (plot.left, plot.right), _SIZE, sheet.manner):
        yield sheet.line((mark.place, _TOP + _PLOT), (mark.place, _TOP + _PLOT + 4), "pic-axis")
        yield sheet.text(mark.place, _TOP + _PLOT + 18, mark.label, "pic-quiet", anchor="middle")


def _named(sheet: Sheet, lines: Sequence[_Line]) -> Iterator[Markup]:
    """Who is drawn how, under the picture: a row each, or two a row."""
    columns = 2 if sheet.width >= _WIDE else 1
    each = sheet.width / columns
    for at, line in enumerate(lines):
        x, y = (at % columns) * each, _TOP + _PLOT + _UNDER + (at // columns) * _ROW + _ROW / 2
        yield _shape(sheet, x + 10, y, line.hue)
        yield sheet.text(x + 22, y + 4, fitted(line.name, _SIZE, each - 34), whole=line.name)


def _steps(plot: _Plot, line: _Line) -> Iterator[Markup]:
    """From a value to the next of the same claimant; a range is not joined to anything, since nothing in it is its value."""
    if line.hue is None:
        return
    for one, other in zip(line.points, line.points[1:], strict=False):
        if one.exact and other.exact:
            x, to = plot.x(one.at), plot.x(other.at)
            yield plot.sheet.line((x, plot.y(one.low)), (to, plot.y(one.low)), f"pic-step pic-c{line.hue}")
            yield plot.sheet.line((to, plot.y(one.low)), (to, plot.y(other.low)), f"pic-step pic-c{line.hue}")


def _mark(plot: _Plot, line: _Line, point: _Point) -> Iterator[Markup]:
    x, top, foot = plot.x(point.at), plot.y(point.high), plot.y(point.low)
    css = _hue(line.hue)
    if not point.exact:
        yield plot.sheet.rect(x - 2, top, 4, max(2, foot - top), f"pic-range {css}")
    up = point.sense in ("more", "at least") or point.high == inf
    down = point.sense in ("less", "at most") or point.low == -inf
    if point.exact:
        yield _shape(plot.sheet, x, foot, line.hue)
    ends = ((top, -1, up, point.high), (foot, 1, down, point.low))
    for y, way, shown, end in ends:
        tip = y + way * (13 if isfinite(end) else 0)  # an end that is open reaches the edge of the ground
        if shown:
            yield _path(plot.sheet, [(x - 4, tip - way * 5), (x, tip), (x + 4, tip - way * 5)], f"pic-open {css}")


def _shape(sheet: Sheet, x: float, y: float, hue: int | None) -> Markup:
    """A mark that is known by its form too: circle, square, diamond, triangle, and these hollow."""
    css = f"pic-mark {_hue(hue)}" + (" pic-hollow" if hue is None or hue > 3 else "")
    m = _MARK
    if hue is None or hue % 4 == 0:
        return tag("circle", {"class": css, "cx": sheet.x(x), "cy": y, "r": m})
    if hue % 4 == 1:
        return sheet.rect(x - m, y - m, 2 * m, 2 * m, css)
    if hue % 4 == 2:
        return _path(sheet, [(x, y - m - 1), (x + m + 1, y), (x, y + m + 1), (x - m - 1, y)], css, closed=True)
    return _path(sheet, [(x, y - m - 1), (x + m + 1, y + m), (x - m - 1, y + m)], css, closed=True)


def _path(sheet: Sheet, points: Sequence[tuple[float, float]], css: str, *, closed: bool = False) -> Markup:
    told = " ".join(f"{sheet.x(x):.1f},{y:.1f}" for x, y in points)
    return tag("polygon" if closed else "polyline", {"class": css, "points": told})


def _values(plot: _Plot, lines: Sequence[_Line]) -> Iterator[Markup]:
    """The values beside their marks, over or under, each once for a claimant, where nothing else stands."""
    taken = [
        (x - 6, y - 6, x + 6, y + 6) for line in lines for p in line.points for x, y in [(plot.x(p.at), plot.y(p.low))]
    ]
    taken += [(plot.x(p.at) - 5, plot.y(p.high) - 14, plot.x(p.at) + 5, plot.y(p.low) + 14)
              for line in lines for p in line.points if p.sense or not p.exact]  # fmt: skip
    for line in lines:
        for point in line.points:
            ends = [plot.sheet.manner.number(v) for v in (point.low, point.high) if isfinite(v)]
            label = "–".join(dict.fromkeys(ends))
            half, x = width_of(label, _SIZE) / 2, plot.x(point.at)
            for base in (plot.y(point.high) - 9, plot.y(point.low) + 19):
                box = (x - half, base - 11, x + half, base + 4)
                inside = (
                    plot.left - 6 <= box[0] and box[2] <= plot.sheet.width and box[1] >= 22 and box[3] <= _TOP + _PLOT
                )
                if inside and not any(_meet(box, other) for other in taken):
                    taken.append(box)
                    yield plot.sheet.text(x, base, label, f"pic-value {_hue(line.hue)}", anchor="middle")
                    break


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _hue(hue: int | None) -> str:
    return "pic-rest" if hue is None else f"pic-c{hue}"
