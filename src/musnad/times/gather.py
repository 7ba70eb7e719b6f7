"""Gather: the longest expression of time that begins at a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.times.clocks import read_clock, read_zone
from musnad.times.dates import Calendar, day_number, read_date
from musnad.times.parts import Parts
from musnad.times.relative import read_distance, read_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.times.tokens import Token

_DAYS = frozenset({"day", "weekday", "dayword"})
MARKS = frozenset("،,()/-–—|•·:؛;[]·∙~«»\"'.⋅●_>")
_RUNNING_MARKS = frozenset("،,(/-–")


def gather(tokens: Sequence[Token], i: int, *, printed: bool, code: str) -> tuple[Parts, int] | None:
    """The parts of the expression that begins at token `i` and the token after it; None when there is none.

    `printed`: the line is nothing but times and their labels, so marks and cities between them mean what they mean
    there. In running text the parts must follow each other with at most two joining words between them.
    """
    parts = Parts(start=tokens[i].start)
    j, end, skipped = i, 0, 0
    while tokens[j].text:
        after = _part(tokens, j, parts, printed, code)
        if after:
            j, skipped = after, 0
            if parts.said:
                end = after
            continue
        after = _opening(tokens, j, parts) if not parts.said else 0
        if after:
            j = after
            continue
        after = _joining(tokens, j, parts, printed)
        if not after or skipped >= (6 if printed else 2) or (not parts.said and not printed and not _opened(parts)):
            break
        j, skipped = after, skipped + 1
    if not end or not _sound(parts, printed):
        return None
    end = _closed(tokens, i, end)
    parts.end = tokens[end - 1].end
    return parts, end


def _closed(tokens: Sequence[Token], i: int, end: int) -> int:
    """The end moved behind a bracket that the expression opens: «اليوم (الاثنين)»."""
    opened = sum((token.text == "(") - (token.text == ")") for token in tokens[i:end])
    return end + 1 if opened == 1 and tokens[end].text == ")" else end


def _opened(parts: Parts) -> bool:
    return parts.lead or parts.edge or parts.bound is not None or parts.part is not None


def _sound(parts: Parts, printed: bool) -> bool:
    """False for what looks like a time and is none: a clock alone in running text needs a word of its own."""
    if parts.dated or printed:
        return True
    clock = parts.clock
    return clock is not None and (clock.whole or parts.half is not None)


def _opening(tokens: Sequence[Token], i: int, parts: Parts) -> int:
    """A word that may stand before an expression and says nothing alone; 0 when there is none."""
    readings = tokens[i].readings
    if "lead" in readings and not parts.lead:
        parts.lead = True
    elif "prep" in readings and parts.bound is None:
        parts.bound = readings["prep"]
    elif "edge" in readings and not parts.edge:
        parts.edge = True
    elif "partof" in readings and parts.part is None:
        parts.turned(readings["partof"])
    elif "part" in readings and parts.part is None and len(tokens[i].text) > 1:
        parts.turned(readings["part"])
    elif not ("dayword" in readings or "monthword" in readings):
        return 0
    return i + 1


def _joining(tokens: Sequence[Token], i: int, parts: Parts, printed: bool) -> int:
    token = tokens[i]
    readings = token.readings
    if printed:
        joins = token.text in MARKS or not {"join", "joint", "dayword"}.isdisjoint(readings)
    else:
        joins = token.text in _RUNNING_MARKS or not {"join", "joint", "dayword", "edge", "hedge"}.isdisjoint(readings)
        joins = joins or ("lead" in readings and not parts.lead)
        if "edge" in readings and parts.said:
            joins = False
        joins = joins or (parts.dated and readings.get("prep") == "from" and "clock" in tokens[i + 1].readings)
    return i + 1 if joins else 0


def _part(tokens: Sequence[Token], i: int, parts: Parts, printed: bool, code: str) -> int:
    """Read one part at token `i` into `parts`; the token after it, 0 when there is none (or it is said already)."""
    token = tokens[i]
    readings = token.readings
    if not (token.digits or readings or token.text in "(+-−["):
        return 0
    return (
        _day_part(tokens, i, parts)
        or _day(tokens, i, parts)
        or _weekday(tokens, i, parts, printed)
        or _duration(tokens, i, parts, printed)
        or _date(tokens, i, parts, printed, code)
        or _month_of(tokens, i, parts)
        or _period(tokens, i, parts)
        or _year(tokens, i, parts, printed)
        or _clock(tokens, i, parts, printed)
        or _zone(tokens, i, parts, printed)
    )


def _day_part(tokens: Sequence[Token], i: int, parts: Parts) -> int:
    readings = tokens[i].readings
    value = readings.get("part")
    if value is None and parts.said and not _DAYS.isdisjoint(tokens[i + 1].readings):
        value = readings.get("partof")  # «الساعة 1.59 صباح السبت»
    if value is None or not parts.said or (parts.half is not None and parts.part is not None):
        return 0
    if parts.half is not None and value.startswith("-"):
        return 0
    if len(tokens[i].text) == 1 and parts.clock is None:
        return 0  # «م» and «ص» turn a clock and nothing else
    parts.turned(value)
    return i + 1


def _day(tokens: Sequence[Token], i: int, parts: Parts) -> int:
    value = tokens[i].readings.get("day")
    if value is None or parts.shift is not None or parts.period is not None:
        return 0
    after = tokens[i + 1].readings
    if ("ordinal" in after or "hour" in after) and value[0] == "0":
        return 0  # «اليوم الخامس من الغزو», «الليلة الثانية»
    shift, _, part = value.partition(":")
    parts.shift = int(shift)
    if part and parts.part is None:
        parts.part = part
        parts.half = "night" if part == "night" else "am" if part == "morning" else "pm"
    return i + 1


def _weekday(tokens: Sequence[Token], i: int, parts: Parts, printed: bool) -> int:
    value, j = tokens[i].readings.get("weekday"), i + 1
    if value is None and (printed or tokens[j].digits or tokens[j].text in (",", ".") or "month" in tokens[j].readings):
        value = tokens[i].readings.get("shortday")  # «sun» alone is the sun
    step = tokens[i].readings.get("pre") or tokens[i].readings.get("this")
    if value is None and step is not None:
        value, j = tokens[i + 1].readings.get("weekday"), i + 2
    if value is None or parts.weekday is not None or parts.distance is not None:
        return 0
    if i and "every" in tokens[i - 1].readings:
        return 0  # «أيام الخميس»
    parts.weekday = int(value)
    if step is None and "step" in tokens[j].readings:
        step, j = tokens[j].readings["step"], j + 1
    if step is not None and parts.step is None:
        parts.step = int(step)
    if tokens[j].text == "." and printed:
        j += 1
    return _night_between(tokens, j, parts)


def _night_between(tokens: Sequence[Token], j: int, parts: Parts) -> int:
    """«ليل الأحد الإثنين», «ليل الأحد - الإثنين»: the night that begins on the first of the two."""
    k = j + 1 if tokens[j].text in ("-", "/", "–") else j
    value = tokens[k].readings.get("weekday")
    if (
        parts.part == "night"
        and value is not None
        and parts.weekday is not None
        and int(value) == parts.weekday % 7 + 1
    ):
        return k + 1
    return j


def _duration(tokens: Sequence[Token], i: int, parts: Parts, printed: bool) -> int:
    if parts.dated:
        return 0
    found = read_distance(tokens, i, parts.bound, printed=printed)
    if found is None:
        return 0
    parts.distance, after = found
    return after


def _date(tokens: Sequence[Token], i: int, parts: Parts, printed: bool, code: str) -> int:
    if parts.distance is not None or parts.period is not None:
        return 0
    opener = tokens[i - 1] if i else None
    bare = parts.edge or parts.bound is not None
    if opener is not None:
        named = "monthword" in opener.readings
        bare = bare or named or {opener.readings.get("join"), opener.readings.get("opener")} & {"in", "of"} != set()
        bare = bare and (named or "alone" not in tokens[i].readings)  # «آب» is August and, without its madda, a father
    found = read_date(tokens, i, printed=printed, code=code, bare=bare)
    if found is None:
        return 0
    read, after = found
    if read.hijri:
        if parts.hijri is not None:
            return 0
        parts.hijri = read
        return after
    if parts.date is not None:
        return 0
    parts.date = read
    if read.year is None and "step" in tokens[after].readings and parts.step is None:
        parts.step = int(tokens[after].readings["step"])
        return after + 1
    if read.year is None:
        of = after + 1 if tokens[after].readings.get("join") == "of" else after
        period = read_period(tokens, of, edge=False)
        if period is not None and period[0][0] == "year":
            parts.year_step, after = period[0][1], period[1]
    return after


def _month_of(tokens: Sequence[Token], i: int, parts: Parts) -> int:
    """«24 من الشهر الجاري», «الرابع والعشرين من الشهر الماضي»."""
    if parts.date is not None or parts.period is not None or parts.distance is not None:
        return 0
    if not (tokens[i].digits or "ordinal" in tokens[i].readings):
        return 0
    day = day_number(tokens, i)
    if day is None or tokens[day[1]].readings.get("join") != "of":
        return 0
    period = read_period(tokens, day[1] + 1, edge=False)
    if period is None or period[0][0] != "month":
        return 0
    parts.date, parts.period = Calendar(None, None, day[0]), period[0]
    return period[1]


def _period(tokens: Sequence[Token], i: int, parts: Parts) -> int:
    if parts.period is not None or parts.date is not None or parts.distance is not None or parts.shift is not None:
        return 0
    found = read_period(tokens, i, edge=i > 0 and "edge" in tokens[i - 1].readings)
    if found is None:
        return 0
    if parts.weekday is not None and found[0][0] != "week":
        return 0
    parts.period = found[0]
    return found[1]


def _year(tokens: Sequence[Token], i: int, parts: Parts, printed: bool) -> int:
    """A year alone: «منذ 2011», «أواخر 2021», «في 2014»."""
    token = tokens[i]
    if parts.dated or printed or len(token.text) != 4 or not token.digits or not 1900 <= int(token.text) <= 2100:
        return 0
    before, after = tokens[i - 1] if i else token, tokens[i + 1]
    if after.text in ("/", "-", ".", ":") and tokens[i + 2].digits:
        return 0
    sure = parts.edge or parts.bound in ("since", "until")
    if not (
        sure or "in" in (before.readings.get("join"), before.readings.get("opener"), before.readings.get("prep"))
    ) or (not sure and after.text[:1].isalpha() and not after.readings):
        return 0
    parts.date = Calendar(int(token.text), None, None)
    return i + 1


def _clock(tokens: Sequence[Token], i: int, parts: Parts, printed: bool) -> int:
    if parts.distance is not None:
        return 0
    free = printed or parts.dated
    j = i + 1 if parts.clock is not None and tokens[i].text in ("(", "/", "[") else i
    found = read_clock(tokens, j, dotted=parts.dated, free=free)
    if found is None:
        return 0
    clock, after = found
    if parts.clock is None:
        parts.clock = clock
        return after
    if not clock.whole or parts.other is not None:
        return 0
    zone = read_zone(tokens, after, None, bare=False)
    if zone is None or zone[0] is None:
        return 0
    parts.other, after = (clock, zone[0]), zone[1]
    return after + 1 if j > i and tokens[after].text in (")", "]") else after


def _zone(tokens: Sequence[Token], i: int, parts: Parts, printed: bool) -> int:
    if parts.zone is not None or parts.unnamed_zone or (parts.clock is None and not printed):
        return 0
    found = read_zone(tokens, i, None, bare=printed)
    if found is None:
        return 0
    parts.zone, after = found
    parts.unnamed_zone = parts.zone is None
    return after
