"""Pages of an invented outlet, and articles of them, for the tests of the record."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from musnad.model import Article, Page
from musnad.record import Added, Record
from musnad.run import read

ADDRESS = "https://madar.example/news/bridge"
TITLE = "الجسر يفتح غدا أمام الحافلات"
SAID = "قالت وزيرة النقل هدى منصور إن الجسر «سيفتح غدا» أمام 380 حافلة."
DENIED = "ونفى رئيس البلدية سالم الكعبي أن تكون الأعمال قد توقفت في الضفة الأخرى."
ADDED = "وأكد المهندس كريم الهادي أن المفاوضات مع الشركة انتهت مساء الخميس."
OTHER = "والنهر هناك هادئ منذ سنين طويلة، والطريق إليه قصيرة."


def html(*paragraphs: str, title: str = TITLE, extra: str = "") -> bytes:
    """A page with these paragraphs; `extra` stands where nobody reads."""
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    head = f"<head><title>{title}</title><meta name='build' content='{extra}'></head>"
    return f"<html lang='ar'>{head}<body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def at(hour: int, minute: int = 0) -> datetime:
    """A moment of the day of the tests."""
    return datetime(2022, 2, 28, hour, minute, tzinfo=UTC)


def page(
    *paragraphs: str, hour: int | None = None, address: str = ADDRESS, title: str = TITLE, extra: str = ""
) -> Page:
    """A page as it was fetched at that hour; without one, a saved page."""
    moment = None if hour is None else at(hour)
    return Page(html(*paragraphs, title=title, extra=extra), "bridge.html", address, moment)


def article(*paragraphs: str, title: str = TITLE) -> Article:
    """What musnad reads on such a page."""
    return read(page(*paragraphs, title=title))


def put(record: Record, *paragraphs: str, hour: int | None = None, **more: str) -> Added:
    """Read a page and add it."""
    one = page(*paragraphs, hour=hour, **more)
    return record.add(one, read(one), now=at(hour or 12))


def fresh(folder: Path) -> Record:
    """A record with nothing in it."""
    return Record.open(folder / "record.sqlite", create=True, wait=5)
