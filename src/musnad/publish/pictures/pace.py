"""The pace of a story: how many statements came in each stretch of its time."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from markupsafe import Markup

from musnad.publish.pictures.manner import Manner
from musnad.publish.pictures.svg import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_BAR, _GAP = 4, 1
_LEAST = 2.0  # height of a bar that stands for one statement among hundreds
_SHORTEST = timedelta(hours=1)


def pace(times: Sequence[datetime], manner: Manner | None = None, *, width: int = 120, height: int = 28) -> Markup:
    """Statements over time as small bars, from the first to the last; of no times an empty string.

    `times` are aware, in any order. A story of less than an hour is drawn as the hour before its last statement.
    """
    if not times:
        return Markup("")
    manner = manner or Manner()
    first, last = min(times), max(times)
    begin = min(first, last - _SHORTEST)
    bins = max(1, (width + _GAP) // (_BAR + _GAP))
    counts = Counter(min(bins - 1, int((at - begin) / (last - begin) * bins)) for at in times)
    most = max(counts.values())
    sheet = Sheet(width, height, manner)
    bars = [sheet.line((0, height - 0.5), (width, height - 0.5), "pic-axis")]
    for place, count in sorted(counts.items()):
        tall = max(_LEAST, (height - 2) * count / most)
        bars.append(sheet.rect(place * (_BAR + _GAP), height - 1 - tall, _BAR, tall, "pic-bar"))
    told = {"count": manner.number(len(times)), "first": manner.moment(first), "last": manner.moment(last)}
    title = manner.words["pace"].format(**told)
    return sheet.whole("pic-pace", title, manner.words["pace_most"].format(most=manner.number(most)), bars)
