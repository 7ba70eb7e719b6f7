"""Statements and stories page by page, in each kind of database, while more comes in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from musnad import stories as view
from musnad.errors import UsageError
from musnad.model import Page
from musnad.record import Only, Record, newest
from musnad.run.path import read

WORDS = "قال مدير الميناء سالم الكعبي إن {} ستعود إلى {} غدا."
NOON = datetime(2022, 3, 1, 12, 0, tzinfo=UTC)
THINGS = ("العبارة", "القاطرة", "الرافعة", "السفينة", "الباخرة")
PLACES = ("السند", "الضفة", "الساحل", "الجزيرة", "الخليج")


def _write(record: Record, number: int, thing: str, place: str, *, later: int = 0, more: str = "") -> None:
    title, said = f"عودة {thing} إلى {place}", WORDS.format(thing, place)
    body = f"<html lang=ar><title>{title}</title><article><h1>{title}</h1><p>{said}</p><p>{more}</p></article></html>"
    seen = NOON + timedelta(minutes=number + later)
    page = Page(body.encode(), "x", f"https://x.example/{number}", seen, "text/html", "utf-8")
    record.add(page, read(page))


def test_statements_in_the_order_in_which_they_came(record: Record) -> None:
    for number, (thing, place) in enumerate(zip(THINGS, PLACES, strict=True)):
        _write(record, number, thing, place)
    found = newest(record, limit=None)
    assert [one.id for one in found] == sorted((one.id for one in found), reverse=True)
    assert len(found) == len(THINGS)
    first = newest(record, limit=2)
    _write(record, 9, "الناقلة", "المرفأ")
    assert (*first, *newest(record, before=first[-1].id, limit=10)) == found
    assert [one.address for one in newest(record, "القاطرة")] == ["https://x.example/1"]
    assert len(newest(record, only=Only(speaker="الكعبي"), limit=3)) == 3
    assert newest(record, "العبارة", Only(speaker="منصور")) == ()
    assert [one.address for one in newest(record, after=5)] == ["https://x.example/9"]
    with pytest.raises(UsageError):
        newest(record, '"')


def test_stories_page_by_page(record: Record) -> None:
    for number, (thing, place) in enumerate(zip(THINGS, PLACES, strict=True)):
        _write(record, number, thing, place)
    assert view.changed_at(record, 99) is None
    for latest in (True, False):
        whole, end = view.page_of_stories(record, newest=latest, limit=50)
        assert end is None
        walked: list[int] = []
        after = None
        while True:
            heads, after = view.page_of_stories(record, newest=latest, after=after, limit=2)
            walked += [head.id for head in heads]
            if after is None:
                break
        assert walked == [head.id for head in whole]
    newest_first, _ = view.page_of_stories(record, newest=True)
    assert [head.last_at for head in newest_first] == sorted((head.last_at for head in newest_first), reverse=True)
    numbers = [head.id for head in newest_first]
    assert set(view.first_addresses(record, numbers)) == set(numbers)
    statements = newest(record)
    assert set(view.stories_of(record, [one.id for one in statements])) == {one.id for one in statements}


def test_a_statement_stays_first_seen_when_its_page_is_edited(record: Record) -> None:
    _write(record, 0, "العبارة", "السند")
    (one,) = newest(record)
    _write(record, 30, "العبارة", "السند")
    _write(record, 0, "العبارة", "السند", later=90, more="ثم زاد الخبر سطرا.")
    number = view.story_of(record, "https://x.example/0")
    assert number is not None
    seen = view.sightings(record, view.articles_of(record, number))
    assert seen == {("https://x.example/0", one.attribution.id): (one.seen_at, 1)}
