"""Durations and periods in a row of tokens: «قبل ثلاثة أيام», «خلال يومين», «الأسبوع المقبل»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.times.vocabulary import DEFINITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.times.tokens import Token


def read_number(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """A count in digits or words («خمسة وعشرين»), to 9999, and the token after it."""
    token = tokens[i]
    if token.readings.get("join") == "article" and tokens[i + 1].digits:
        i, token = i + 1, tokens[i + 1]
    if token.digits:
        return (int(token.text), i + 1) if len(token.text) <= 4 else None
    value = token.readings.get("number") or token.readings.get("thenumber")
    if value is None:
        return None
    count, after = int(value), i + 1
    following = tokens[after].readings.get("number")
    if count < 10 and following == "10" and not tokens[after].joined:
        return count + 10, after + 1
    if count < 10 and tokens[after].joined and following is not None and 20 <= int(following) < 100:
        return count + int(following), after + 1
    return count, after


def read_distance(
    tokens: Sequence[Token], i: int, bound: str | None, *, printed: bool
) -> tuple[tuple[str, int], int] | None:
    """Unit and signed count of a duration, and the token after it; None where it is counted from another event.

    `bound` is the preposition before it; without one it needs «الماضية» or «المقبلة» (or «ago») behind it.
    """
    if "hedge" in tokens[i].readings:
        i += 1
    counted = read_number(tokens, i)
    count, j = counted if counted is not None else (None, i)
    found = _unit(tokens, j, count)
    if found is None:
        return None
    unit, number, j = found
    if "number" in tokens[j].readings and count is None and tokens[j].readings["number"] == str(number):
        j += 1  # «يوم واحد», «يومين اثنين»
    definite = any(not {"thenumber", "spanunit"}.isdisjoint(token.readings) for token in tokens[i:j])
    sign = _sign(tokens, j, None if definite else bound)  # «الأشهر الثلاثة الأولى» are not those before or after today
    if sign is None:
        return None
    way, j = sign
    if "now" in tokens[j].readings or (tokens[j].readings.get("join") == "of" and "now" in tokens[j + 1].readings):
        j += 1 if "now" in tokens[j].readings else 2
    elif bound in ("before", "after") and _from_elsewhere(tokens[j]):
        return None
    if unit in ("minute", "second") and not printed and bound == "within":
        return None
    return (unit, way * number), j


def _from_elsewhere(token: Token) -> bool:
    """True for a word that says a duration is counted from another event, not from the publication."""
    return bool({token.readings.get("join"), token.readings.get("opener")} & {"of", "from"})


def _sign(tokens: Sequence[Token], j: int, bound: str | None) -> tuple[int, int] | None:
    if "ago" in tokens[j].readings:
        return -1, j + 1
    if "recent" in tokens[j].readings and not _from_elsewhere(tokens[j + 1]):
        return -1, j + 1
    step = tokens[j].readings.get("step")
    if step is not None and step in ("-1", "1"):
        return int(step), j + 1
    if bound in ("before", "since"):
        return -1, j
    return (1, j) if bound in ("after", "within", "in") else None


def _unit(tokens: Sequence[Token], i: int, count: int | None) -> tuple[str, int, int] | None:
    """The unit at `i` with its number: singulars and duals carry their own, «الأيام الثلاثة» has it behind."""
    token = tokens[i]
    value = token.readings.get("spanunit") or token.readings.get("unit")
    if value is None:
        return None
    unit, _, own = value.partition(":")
    after = i + 1
    if tokens[after].digits and len(tokens[after].text) == 4 and unit == "year":
        return None  # «قبل عام 2014»
    if own == "n" and count is None and "spanunit" in token.readings:
        behind = read_number(tokens, after)
        if behind is None:
            return None
        count, after = behind
    if count is None and (own == "n" or (own == "1" and _named(tokens[after], token.end))):
        return None  # «أيام» without a number; «خلال شهر شباط»
    number = int(own) if count is None else count
    limit = {"year": 500, "month": 600, "week": 600}.get(unit, 9999)
    return (unit, number, after) if 0 < number <= limit else None


def _named(token: Token, end: int) -> bool:
    """True where the word behind a unit names which one it is: «شهر شباط», «يوم الخميس», «شهر الصيام», «يوم 28»."""
    if token.digits or "month" in token.readings:
        return True
    return token.start == end + 1 and token.text.startswith(DEFINITE) and "step" not in token.readings


def read_period(tokens: Sequence[Token], i: int, *, edge: bool) -> tuple[tuple[str, int], int] | None:
    """«الأسبوع المقبل», «هذا العام», and after a word for beginning or end «نهاية الشهر»; None without a step."""
    token = tokens[i]
    before = token.readings.get("this") or token.readings.get("pre")
    if before is not None:
        unit = tokens[i + 1].readings.get("period")
        return None if unit is None else ((unit, int(before)), i + 2)
    unit = token.readings.get("period")
    if unit is None:
        return None
    step = tokens[i + 1].readings.get("step")
    if step is not None:
        return (unit, int(step)), i + 2
    if not edge or _named(tokens[i + 1], token.end):
        return None  # «مطلع العام الهجري» begins another year
    return (unit, 0), i + 1
