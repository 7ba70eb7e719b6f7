"""Values to draw, made by hand; their names are invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from musnad.model import Article, Attribution, Figure, Link, Named, Span, Speaker, Text
from musnad.stories import Course, Telling
from musnad.stories.counted import Thing
from musnad.stories.ledger import Carried, Claim, Entry, Series

DAY = datetime(2022, 3, 1, 6, tzinfo=UTC)
NAMES = (
    "الهيئة العامة للدفاع المدني وشؤون الإسعاف في محافظات الساحل والجبل",
    "هدى منصور",
    "Coastal Relief Co-operative (North)",
    "سسسس ششش صصص ضضض",
    "وزارة الصحة",
    "مرصد السهل",
    "بلدية المرفأ",
    "شهود عيان",
    "جمعية الضفة",
)
HOSTILE = '"><script>alert(1)</script>&amp;<b onload="x">\u202eمقلوب\x00\x1b[31m ]]> \'`{{7*7}}'


def telling(number: int, outlet: str, *said: tuple[str, tuple[Link, ...]], copy: int | None = None) -> Telling:
    """An article of an outlet with statements: the words of each, and the links after the outlet."""
    words = "\n".join(content for content, _ in said)
    rows, start = [], 0
    for at, (content, links) in enumerate(said):
        speaker = Speaker(links[-1].name or "", links[-1].kind) if links else Speaker("", "unnamed")
        chain = (Link(outlet, "outlet"), *links) if links else ()
        span = Span(start, start + len(content))
        rows.append(Attribution(f"{number}-{at}", (), None, (span,), "indirect", speaker, chain=chain))
        start += len(content) + 1
    article = Article(Text(words), outlet=Named(outlet), attributions=tuple(rows))
    at_ = DAY + timedelta(hours=number)
    return Telling(
        number, number if copy is None else copy, article, f"https://{number}.example/", outlet, at_, None, at_
    )


def entry(*series: tuple[str | None, tuple[tuple[float, Figure], ...]], words: str = "قتلى") -> Entry:
    """What is counted, with claims of claimants so many hours into the day."""
    told = telling(0, "المدار")
    made = []
    for name, claims in series:
        held = tuple(
            Claim((Carried(told, figure, None, None, DAY + timedelta(hours=hours)),)) for hours, figure in claims
        )
        made.append(Series(Speaker(name, "body") if name is not None else None, held))
    return Entry(Thing("person", "شخص", frozenset(), frozenset(["dead"]), frozenset()), words, tuple(made))


def figure(
    value: float | None, low: float | None = None, high: float | None = None, hedge: str | None = None
) -> Figure:
    """A figure."""
    return Figure(Span(0, 4), Span(0, 2), value, low, high, hedge, "people")


def crowded() -> Entry:
    """Nine claimants, some at one time, with ranges and open ends."""
    rows = []
    for at, name in enumerate(NAMES):
        claims = tuple((at % 3 + 5.0 * n, figure(20 + 9 * at + 13 * n)) for n in range(4 - at // 3))
        rows.append((name, claims))
    rows[1] = (NAMES[1], ((3.0, figure(None, 40, 70)), (30.0, figure(None, 90)), (40.0, figure(75, hedge="نحو"))))
    rows[2] = (NAMES[2], ((8.0, figure(60, hedge="أكثر من")), (9.0, figure(None, None, 120))))
    return entry(*rows)


def many() -> tuple[Course, ...]:
    """Courses from nine origins through some agencies to ten outlets."""
    rows = []
    for at, name in enumerate(NAMES):
        ways: tuple[tuple[str | None, ...], ...] = ((), ("وكالة الميناء",), ("وكالة نبأ للأنباء العاجلة",), (None,))
        rows += [
            Course(name, ways[(at + n) % 4], f"منبر {NAMES[(at * 3 + n) % 9]}", 1 + (at * n) % 5) for n in range(4)
        ]
    return (*rows, Course(None, (), "المدار", 3))
