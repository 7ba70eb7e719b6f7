"""Names of months by region, whichever region was asked for before."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest
from babel import localedata

from musnad.publish.pictures import Manner

DAY = datetime(2022, 2, 28, tzinfo=UTC)
NAMES = {"ar_LB": "28 شباط", "ar_EG": "28 فبراير", "ar_DZ": "28 فيفري"}


@pytest.mark.parametrize("order", list(permutations(NAMES)))
def test_one_region_does_not_change_another(order: tuple[str, ...]) -> None:
    localedata._cache.clear()
    for locale in order:
        assert Manner(locale=locale).day(DAY) == NAMES[locale], (locale, order)
        assert Manner(locale=locale).full(DAY).startswith(f"{NAMES[locale]} 2022")
