"""Printed times: what the words of a page say about when, no more precise than they are.

`read_moment` reads a string that is a time, `find_moments` every time of a running text, `zone_of` the zone of a city.
`read_times` and `find_times` give the same with the doubts: what is printed side by side and does not agree.
`places` says cheaply where a time may stand.
"""

from musnad.times.printed import read_moment, read_times, same_time, weekday_conflict
from musnad.times.result import Times
from musnad.times.running import find_moments, find_times, places
from musnad.times.zones import zone_of

__all__ = [
    "Times", "find_moments", "find_times", "places", "read_moment", "read_times", "same_time", "weekday_conflict", "zone_of",
]  # fmt: skip
