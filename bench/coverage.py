"""Coverage of one happening, made up: articles of many outlets, each with statements that nobody else made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

from musnad.model import Page

START = datetime(2022, 2, 28, 6, tzinfo=UTC)
FIRST = 10_001
"""The number that the first statement tells, of which each later one tells the next: by it a statement is known again."""

HEADLINE = "فيضان نهر السند يقطع الطرق إلى قرى الضفة الشمالية"
_LEAD = "قطع فيضان نهر السند فجر اليوم الطرق إلى قرى الضفة الشمالية، ونقلت الزوارق مئات العائلات إلى مدينة الرصيف."
_SPEAKERS = (
    "وزير الري سالم الكعبي", "المحافظة هدى منصور", "مدير الإنقاذ كريم العامري", "الطبيبة ليلى حداد", "المهندس رامي درويش",
    "رئيس البلدية نبيل الصافي", "المتحدثة باسم الهلال الأحمر سلمى يوسف", "القبطان فادي مراد", "وزيرة الصحة مها الزين",
    "العقيد طارق الشامي", "مديرة المدرسة رنا قاسم", "خبير السدود عماد الخطيب",
)  # fmt: skip
_PLACES = (
    "الرصيف", "العين", "النخيل", "الجسر القديم", "الوادي", "التل", "البستان", "الميناء", "المحطة", "السوق", "الحصن",
    "المرج", "الصخرة",
)  # fmt: skip
TOLD = (
    "إن {n} عائلة غادرت {place} قبل الظهر", "إن منسوب الماء عند {place} بلغ {n} سنتيمترا",
    "إن {n} كيس رمل وصلت إلى {place}", "إن الكهرباء عادت إلى {n} منزل في {place}",
    "إن {n} تلميذا من {place} نقلوا إلى مدارس أخرى", "إن طريق {place} سيفتح بعد رفع {n} متر مكعب من الطين",
    "إن مستشفى {place} استقبل {n} مصابا منذ الفجر",
)  # fmt: skip
_SAYS = ("قال", "أكد", "أعلن", "أوضح", "أضاف")


def pages(articles: int, each: int, *, first: int = 0) -> Iterator[Page]:
    """That many pages with `each` statements, as one outlet after another prints them; `first` is how many were before."""
    numbers = count(FIRST + first * each)
    for at in range(first, first + articles):
        told = [statement(next(numbers)) for _ in range(each)]
        yield page(at, told, START + timedelta(minutes=at))


def page(at: int, statements: list[str], published: datetime) -> Page:
    """One page of the coverage."""
    said = "".join(f"<p>{words}</p>" for words in statements)
    html = (
        f'<!doctype html><html lang="ar"><head><title>{HEADLINE}</title><meta property="og:site_name" '
        f'content="صحيفة {_PLACES[at % len(_PLACES)]}"><meta property="article:published_time" content='
        f'"{published.isoformat()}"></head><body><article><h1>{HEADLINE}</h1><p>{_LEAD}</p>{said}</article></body></html>'
    )
    address = f"https://outlet{at % len(_PLACES)}.example/flood/{at}"
    return Page(html.encode(), address, content_type="text/html", charset="utf-8", address=address)


def statement(number: int) -> str:
    """A statement that is known by its number."""
    at = number - FIRST
    who, place = _SPEAKERS[at % len(_SPEAKERS)], _PLACES[at // len(TOLD) % len(_PLACES)]
    says = _SAYS[at // 3 % len(_SAYS)]
    return f"{says}{'ت' if _woman(who) else ''} {who} {TOLD[at % len(TOLD)].format(n=number, place=place)}."


def _woman(who: str) -> bool:
    return who.split()[0].endswith("ة") or who.split()[0] == "المتحدثة"
