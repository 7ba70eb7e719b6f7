"""Clocks and their zones in a row of tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from musnad.times.vocabulary import AND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.times.tokens import Token


class Clock(NamedTuple):
    """An hour as printed; `whole` is False where it may be of either half of the day."""

    hour: int
    minute: int | None
    second: int | None
    whole: bool


def read_clock(tokens: Sequence[Token], i: int, *, dotted: bool, free: bool) -> tuple[Clock, int] | None:
    """The clock that begins at token `i`; None when there is none.

    `dotted` allows «21.02» (beside a date only), `free` a clock that no word for hour opens.
    """
    j, opened = i, free
    while "clock" in tokens[j].readings and j - i < 3:
        j, opened = j + 1, True
    if tokens[j].text == ":" and j > i:
        j += 1
    if tokens[j].digits:
        return _digits(tokens, j, opened=j > i, dotted=dotted or j > i, free=free)
    if "hour" in tokens[j].readings:
        return _words(tokens, j, opened and j > i)
    return None


def _digits(tokens: Sequence[Token], i: int, *, opened: bool, dotted: bool, free: bool) -> tuple[Clock, int] | None:
    if len(tokens[i].text) == 4:
        return _four(tokens, i)
    hour = int(tokens[i].text) if len(tokens[i].text) <= 2 else 99
    if hour > 24:
        return None
    mark, minutes = tokens[i + 1], tokens[i + 2]
    parted = mark.text == ":" or (mark.text == "." and dotted) or (mark.text == "," and _zoned(tokens[i + 3]))
    parted = parted or "hoursep" in mark.readings
    if parted and minutes.digits and len(minutes.text) == 2 and int(minutes.text) < 60:
        second, after = _seconds(tokens, i + 3)
        sure = opened or free or "part" in tokens[after].readings or _zoned(tokens[after])
        if hour == 24 or not sure:
            return None
        return Clock(hour, int(minutes.text), second, whole=True), after
    if "hoursep" in mark.readings:
        return Clock(hour, None, None, whole=True), i + 2
    if parted and minutes.digits:
        return None
    if hour > 23 or not (opened or _turned(tokens[i + 1], hour)):
        return None
    return Clock(hour, None, None, whole=hour > 12 or hour == 0), i + 1


def _zoned(token: Token) -> bool:
    return not {"zone", "offset", "local"}.isdisjoint(token.readings)


def _four(tokens: Sequence[Token], i: int) -> tuple[Clock, int] | None:
    """«0553 بتوقيت غرينتش», as wires print the clock."""
    hour, minute = divmod(int(tokens[i].text), 100)
    if hour > 23 or minute > 59 or not _zoned(tokens[i + 1]):
        return None
    return Clock(hour, minute, None, whole=True), i + 1


def _turned(token: Token, hour: int) -> bool:
    """True for a word that makes a number before it an hour («9 مساء», «9 pm»)."""
    return "part" in token.readings and 1 <= hour <= 12 and (len(token.text) > 1 or token.text.isascii())


def _seconds(tokens: Sequence[Token], i: int) -> tuple[int | None, int]:
    if tokens[i].text == ":" and tokens[i + 1].digits and len(tokens[i + 1].text) == 2 and int(tokens[i + 1].text) < 60:
        return int(tokens[i + 1].text), i + 2
    return None, i


def _words(tokens: Sequence[Token], i: int, opened: bool) -> tuple[Clock, int] | None:
    """«الثالثة والنصف»; without the word for hour it needs the part of the day behind it."""
    hour, after = int(tokens[i].readings["hour"]), i + 1
    minute: int | None = None
    fraction = tokens[after].readings.get("fraction")
    if fraction is not None and (tokens[after].joined or fraction[0] == "-"):
        minute, after = int(fraction), after + 1
        if minute < 0:
            hour, minute = (hour - 1 if hour > 1 else 12), 60 + minute
    else:
        minute, after = _minutes(tokens, after)
    if not opened and "part" not in tokens[after].readings:
        return None
    return Clock(hour, minute, None, whole=hour == 0), after


def _minutes(tokens: Sequence[Token], i: int) -> tuple[int | None, int]:
    """«وعشرين دقيقة», «و20 دقيقة»."""
    j = i + 1 if tokens[i].text == AND else i
    token = tokens[j]
    unit = tokens[j + 1].readings.get("unit", "")
    if not unit.startswith("minute") or not (j > i or token.joined):
        return None, i
    value = int(token.text[:3]) if token.digits else int(token.readings.get("number", "99"))
    return (value, j + 2) if value < 60 else (None, i)


def turn(clock: Clock, half: str) -> int | None:
    """The hour of 24 when the clock stands in this half of the day (am, pm, noon, night); None where the two do not
    settle it («12 ليلا» could be the midnight before or after)."""
    hour = clock.hour
    if hour == 0 or hour > 12:
        return hour
    if half == "am":
        return hour % 12
    if half == "pm":
        return hour % 12 + 12
    if half == "noon":
        return hour if hour in (10, 11, 12) else hour + 12 if hour <= 3 else None
    if hour <= 4:
        return hour
    return hour + 12 if 6 <= hour <= 11 else None


def read_zone(
    tokens: Sequence[Token], i: int, places: dict[str, str] | None, *, bare: bool
) -> tuple[str | None, int] | None:
    """The zone printed at token `i` (None for one that is not named) and the token after it.

    `bare` allows a city without a word for zone before it, as under headlines.
    """
    j = i + 1 if tokens[i].text in ("(", "[") else i
    found = _zone(tokens, j, bare)
    if found is None:
        return None
    zone, after = found
    return zone, after + 1 if j > i and tokens[after].text in (")", "]") else after


def _zone(tokens: Sequence[Token], i: int, bare: bool) -> tuple[str | None, int] | None:
    readings = tokens[i].readings
    if "local" in readings:
        return None, i + 1
    if "offset" in readings:
        return _offset(tokens, i + 1) or (readings["offset"], i + 1)
    if "zone" in readings:
        following = tokens[i + 1].readings
        if "offset" in following:
            return _offset(tokens, i + 2) or (following["offset"], i + 2)
        place = following.get("place")
        return (place, i + 2) if place is not None else (None, i + 1)
    if bare and "place" in readings:
        return readings["place"], i + 1
    return _offset(tokens, i) if bare else None


def _offset(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """«+3», «+03:00», «+0300» after the name of a zone or the clock."""
    sign, hours = tokens[i], tokens[i + 1]
    if sign.text not in ("+", "-", "−") or not hours.digits or hours.start != sign.end:
        return None
    minutes, after = 0, i + 2
    value = int(hours.text[:4])
    if len(hours.text) == 4:
        value, minutes = divmod(value, 100)
    elif tokens[after].text == ":" and tokens[after + 1].digits and len(tokens[after + 1].text) == 2:
        minutes, after = int(tokens[after + 1].text), after + 2
    if len(hours.text) > 4 or value > 14 or minutes > 59:
        return None
    return f"{'+' if sign.text == '+' else '-'}{value:02d}:{minutes:02d}", after
