"""Calendar dates in a row of tokens: numerals, month names of every region, Hijri dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from hijridate import Hijri

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.times.tokens import Token

_NUMERIC = frozenset("/-.–‑\\")
_LOOSE = frozenset("/-–—,،.(")
YEARS = range(1900, 2101)
"""Years that a date may carry; those of «in the year …» may be older (see `year_words`)."""
_HIJRI_YEARS = range(1300, 1501)


class Calendar(NamedTuple):
    """A date as printed: year or day may be missing (never the month, unless the year stands alone)."""

    year: int | None
    month: int | None
    day: int | None
    hijri: bool = False


Found = tuple[Calendar, int] | None


def read_date(tokens: Sequence[Token], i: int, *, printed: bool, code: str, bare: bool) -> Found:
    """The date that begins at token `i` and the token after it; None when there is none.

    `printed` allows what only a line of furniture means as a date (two-digit years), `bare` a month that stands alone.
    """
    token = tokens[i]
    if token.readings.get("join") == "article" and tokens[i + 1].digits:
        i, token = i + 1, tokens[i + 1]
    if token.digits:
        return _numeric(tokens, i, printed, code) or _day_first(tokens, i) or _year_first(tokens, i)
    if "ordinal" in token.readings:
        return _day_first(tokens, i)
    if "month" in token.readings:
        return _month_first(tokens, i, printed) or _month(tokens, i, bare)
    if "yearword" in token.readings or "period" in token.readings:
        return year_words(tokens, i)
    return None


def gregorian(read: Calendar) -> date | None:
    """The day in the Gregorian calendar; None when a field is missing or there is no such day.

    Hijri dates are those of Umm al-Qura, 1343 to 1500; outside these years there is no table, so no answer.
    """
    if read.year is None or read.month is None or read.day is None:
        return None
    try:
        if read.hijri:
            day = Hijri(read.year, read.month, read.day).to_gregorian()
            return date(day.year, day.month, day.day)
        return date(read.year, read.month, read.day)
    except (ValueError, OverflowError):
        return None


def day_number(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """A day of the month, 1 to 31, in digits or as an ordinal («الثامن والعشرين»)."""
    token = tokens[i]
    if token.digits:
        day = int(token.text) if len(token.text) <= 2 else 0
        after = i + 2 if "suffix" in tokens[i + 1].readings and tokens[i + 1].start == token.end else i + 1
    else:
        day, after = int(token.readings.get("ordinal", "0")), i + 1
        tens = tokens[after]
        if 0 < day < 10 and tens.joined and tens.readings.get("ordinal") in ("20", "30"):
            day, after = day + int(tens.readings["ordinal"]), after + 1
    return (day, after) if 1 <= day <= 31 else None


def month_name(tokens: Sequence[Token], i: int) -> tuple[int, bool, int] | None:
    """A month by name, doubled names («شباط/فبراير», «فبراير (شباط)») being one: its number, whether it is Hijri, the
    token after it."""
    found = _one_month(tokens[i])
    if found is None:
        return None
    number, hijri = found
    after = i + 1
    while True:
        j, opened = after, False
        if tokens[j].text in ("/", "-", "–", "(", "،", "[", "\\", "|"):
            opened = tokens[j].text in "(["
            j += 1
        if _one_month(tokens[j]) != found:
            return number, hijri, after
        after = j + 1
        if opened and tokens[after].text in (")", "]"):
            after += 1


def _one_month(token: Token) -> tuple[int, bool] | None:
    value = token.readings.get("month")
    if value is None:
        return None
    return (int(value[1:]), True) if value[0] == "h" else (int(value), False)


def _numeric(tokens: Sequence[Token], i: int, printed: bool, code: str) -> Found:
    """Three numbers with the same mark between them."""
    first, mark, second, again, third = tokens[i : i + 5]
    if mark.text not in _NUMERIC or again.text != mark.text or not (second.digits and third.digits):
        return None
    if tokens[i + 5].text == mark.text and tokens[i + 6].digits and tokens[i + 6].start == tokens[i + 5].end:
        return None  # a fourth number: a version, an address
    if tokens[i - 1].text == mark.text and i and tokens[i - 1].end == first.start:
        return None
    a, b, c = (int(t.text[:5]) for t in (first, second, third))
    widths = len(first.text), len(second.text), len(third.text)
    after = i + 5
    if widths[0] == 4 and max(widths[1:]) <= 2:
        month, day = (b, c) if b <= 12 else (c, b)
        return _calendar(a, month, day, tokens, after)
    if widths[2] == 4 and max(widths[:2]) <= 2:
        return _ordered(a, b, c, code, tokens, after)
    if printed and widths[2] == 2 and max(widths[:2]) <= 2:
        return _ordered(a, b, 2000 + c if c < 70 else 1900 + c, code, tokens, after)
    return None


def _ordered(a: int, b: int, year: int, code: str, tokens: Sequence[Token], after: int) -> Found:
    """Day first, as Arabic pages print, unless the second number can be no month; English pages do either, so there a
    date that could be both is none."""
    if b > 12:
        return _calendar(year, a, b, tokens, after)
    if code == "en" and a <= 12 and a != b:
        return None
    return _calendar(year, b, a, tokens, after)


def _calendar(year: int, month: int, day: int, tokens: Sequence[Token], after: int) -> Found:
    hijri = year in _HIJRI_YEARS
    read = Calendar(year, month, day, hijri)
    if gregorian(read) is None or not (hijri or year in YEARS):
        return None
    return read, _era(tokens, after, hijri)


def _day_first(tokens: Sequence[Token], i: int) -> Found:
    """«28 شباط 2022», «الثامن والعشرين من شباط», «28 فبراير (شباط) 2022», «28 February»."""
    found = day_number(tokens, i)
    if found is None:
        return None
    day, j = found
    if tokens[j].text in ("/", "-", "–", ".", "،") or tokens[j].readings.get("join") == "of":
        j += 1
    if "monthword" in tokens[j].readings:
        j += 1
    month = month_name(tokens, j)
    if month is None:
        return None
    number, hijri, after = month
    mark = tokens[after]
    short = mark.text in ("-", "/") and tokens[after + 1].digits and len(tokens[after + 1].text) == 2
    if short and tokens[j - 1].text == mark.text:
        return _named(2000 + int(tokens[after + 1].text), number, day, hijri, after + 2)
    year, after = _year(tokens, after, hijri)
    return _named(year, number, day, hijri, after)


def _named(year: int | None, month: int, day: int, hijri: bool, after: int) -> Found:
    read = Calendar(year, month, day, hijri)
    known = (
        read if year is not None else Calendar(1444 if hijri else 2020, month, min(day, 29) if hijri else day, hijri)
    )
    return None if gregorian(known) is None or (hijri and year is None) else (read, after)


def _month_first(tokens: Sequence[Token], i: int, printed: bool) -> Found:
    """«شباط 28, 2022», «February 28, 2022»."""
    month = month_name(tokens, i)
    if month is None:
        return None
    number, hijri, after = month
    if printed and tokens[after].text in ("/", "-", "."):
        after += 1
    if not tokens[after].digits:
        return None
    found = day_number(tokens, after)
    if found is None:
        return None
    day, after = found
    year, behind = _year(tokens, after, hijri)
    if year is None and not tokens[i].text.isascii():
        return None  # «في شباط 28 قتيلا»: Arabic prints the day first unless a year follows
    return _named(year, number, day, hijri, behind)


def _year_first(tokens: Sequence[Token], i: int) -> Found:
    """«2022 شباط 28», «2022/شباط/28»."""
    year = int(tokens[i].text) if len(tokens[i].text) == 4 else 0
    if year not in YEARS:
        return None
    j = i + 2 if tokens[i + 1].text in _LOOSE else i + 1
    month = month_name(tokens, j)
    if month is None or month[1]:
        return None
    j = month[2] + 1 if tokens[month[2]].text in _LOOSE else month[2]
    found = day_number(tokens, j) if tokens[j].digits else None
    return None if found is None else _named(year, month[0], found[0], False, found[1])


def _month(tokens: Sequence[Token], i: int, bare: bool) -> Found:
    """«شباط 2022», and where the words before it allow, a month alone."""
    month = month_name(tokens, i)
    if month is None or month[1]:
        return None
    year, after = _year(tokens, month[2], False)
    if year is None and not bare and after == i + 1 and "step" not in tokens[after].readings:
        return None
    return Calendar(year, month[0], None), after


def _year(tokens: Sequence[Token], i: int, hijri: bool) -> tuple[int | None, int]:
    """A year at token `i`, the words and marks before it passed over; (None, i) when there is none."""
    j, marked = i, False
    if tokens[j].text in _LOOSE or tokens[j].readings.get("join") == "of":
        marked = tokens[j].text in ",،."
        j += 1
    word = "yearword" in tokens[j].readings or tokens[j].readings.get("period") == "year"
    if word:
        j += 1
    token = tokens[j]
    if token.digits and 3 <= len(token.text) <= 4:
        year = int(token.text)
        fits = year in _HIJRI_YEARS if hijri else len(token.text) == 4 and year in YEARS
        counts = marked and not word and _counts(tokens[j + 1], token.end)
        if fits and not counts:
            return year, _era(tokens, j + 1, hijri)
    return None, i


def _counts(token: Token, end: int) -> bool:
    """True for a plain word on the heels of a number: «28 شباط، 2000 مقاتل» has no year."""
    return bool(token.text) and token.text[0].isalpha() and not token.readings and token.start - end <= 1


def _era(tokens: Sequence[Token], i: int, hijri: bool) -> int:
    era = tokens[i].readings.get("era")
    if era == ("hijri" if hijri else "gregorian"):
        return i + 1
    after = tokens[i + 1]
    if era == "letter" and not hijri and not (after.text == ":" or after.digits):
        return i + 1
    return i


def year_words(tokens: Sequence[Token], i: int) -> Found:
    """«عام 2014», «العام 2014»: years from 1000 on, as histories print them; a Hijri year is no Gregorian one."""
    if tokens[i].readings.get("period", "year") != "year" or not tokens[i + 1].digits or len(tokens[i + 1].text) != 4:
        return None
    year, after = int(tokens[i + 1].text), _era(tokens, i + 2, False)
    if tokens[i + 2].readings.get("era") == "hijri" or not 1000 <= year <= 2100:
        return None
    if year in _HIJRI_YEARS and after == i + 2 and year >= 1400:
        return None  # could be of either calendar
    return Calendar(year, None, None), after
